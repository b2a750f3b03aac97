"""The heads of mails, and times in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.engine.answering.exact.made import TODAY, job

from strongroom_engine.answering.asking import Request
from strongroom_engine.answering.exact.listing import from_index
from strongroom_engine.answering.exact.mails import read_mail
from strongroom_engine.answering.exact.when import Bounds, read_when, when_pattern
from strongroom_engine.answering.route import route
from strongroom_engine.store import Store
from strongroom_engine.types import Answer, Chunk, Document, FileFacts, Page

SAVED = """Return-Path: <a@b.example>
Received: from mx.example
 by mail.example; Tue, 2 Jan 2024 10:00:00 +0100
From: =?utf-8?q?Anna?= Keller <a@b.example>
To: Office <office@holt.example>,
 Peter <p@holt.example>
Cc: Jonas <j@mill.example>
X-Mailer: Some Program
Subject: The rent
Date: Mon, 1 Jan 2024 23:30:00 -0500

From: this line is text
"""


def test_the_head_of_a_saved_mail() -> None:
    mail = read_mail(SAVED)
    assert mail is not None
    assert mail.sender.endswith("Keller <a@b.example>")
    assert "p@holt.example" in mail.recipients
    assert "j@mill.example" in mail.recipients
    assert (mail.subject, mail.day) == ("The rent", date(2024, 1, 1))
    assert SAVED[mail.start : mail.end].endswith("-0500")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Monday, April 3, 2023 10:15 AM", date(2023, 4, 3)),
        ("Montag, 3. April 2023 10:15", date(2023, 4, 3)),
        ("03.04.2023 10:15", date(2023, 4, 3)),
        ("2023-04-03T10:15:00", date(2023, 4, 3)),
        ("3 Apr 2023 10:15:00 +0000", date(2023, 4, 3)),
        ("some day", None),
        ("31.02.2023", None),
    ],
)
def test_the_day_of_a_printed_mail(written: str, day: date | None) -> None:
    mail = read_mail(f"Printed by Office\n\n**From:** Anna\n**Sent:** {written}\n\nHello")
    assert mail is not None
    assert mail.day == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("De : Anne\nEnvoyé : vendredi 8 mars 2024 11:20\nÀ : Bo\nObjet : Bail\n\nBonjour", 8),
        (
            "De: Ana\nEnviado el: sábado, 9 de marzo de 2024 11:20\nPara: Bo\nAsunto: Piso\n\nHola",
            9,
        ),
        ("Od: Ana\nWysłano: 7 marca 2024 11:20\nDo: Bo\nTemat: Najem\n\nDzień dobry", 7),
        ("От: Анна\nОтправлено: 6 марта 2024 г. 11:20\nКому: Бо\nТема: Аренда\n\nДень", 6),
        ("Von: Ana\nGesendet: 05/01/2024\nAn: Bo\nBetreff: Miete\n\nHallo", None),
    ],
)
def test_the_head_of_a_mail_printed_in_another_language(text: str, day: int | None) -> None:
    mail = read_mail(text)
    assert mail is not None
    assert mail.recipients in ("Bo", "Бо")
    assert mail.day == (date(2024, 3, day) if day else None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear Anna,\n\nFrom: London\nTo: Paris\n",
        "From: London\nTo: Paris\n\nThe train leaves at nine.",
        "Date: today\nSubject: none\n",
        "One.\nTwo.\nThree.\nFour.\nFrom: Anna\nDate: 2023-04-03\n",
    ],
)
def test_what_is_no_mail(text: str) -> None:
    assert read_mail(text) is None


def test_a_mail_without_a_date_is_told_of(store: Store, add: Callable[..., Path]) -> None:
    add("one.eml", "From: Anna Keller\nSubject: One\nDate: 3 Apr 2023 10:15:00 +0000\n\nHello")
    add("two.eml", "From: Anna Keller\nSubject: Two\n\nHello")
    add("three.eml", "Nothing of a mail")
    request = Request("Which mails from Keller in 2023?")
    answer = from_index(job(store, request), route(store, request, TODAY))
    assert answer.text.splitlines()[1:] == ["- one.eml (Anna Keller; 2023-04-03; One)"]
    assert "1 of the mails had no date that could be read." in answer.searched
    every = Request("How many mails are there?")
    answer = from_index(job(store, every), route(store, every, TODAY))
    assert answer.text.startswith("There are 3 mails:")


def listed(store: Store, question: str) -> Answer:
    request = Request(question)
    routed = route(store, request, TODAY)
    assert routed.route == "index"
    return from_index(job(store, request), routed)


def test_words_in_a_phrase_may_part_at_a_passages_end(
    store: Store, add: Callable[..., Path]
) -> None:
    filler = "Word after word stands here so that a passage ends. " * 40
    add("long.txt", filler.strip() + " Holt\nTextiles " + filler)
    add("other.txt", "Holt makes Textiles.")
    add("names.txt", "Holt's yarn, Holts yarn, holt textilesque.")
    answer = listed(store, "Which documents mention Holt Textiles?")
    assert answer.text.splitlines()[1:] == ["- long.txt"]
    assert "Holt" in answer.citations[0].quote
    assert listed(store, "How many documents mention Holt?").text.startswith("There are 3 ")
    assert listed(store, 'How many documents contain "Holts"?').text.startswith("There is 1 ")


def test_what_cannot_be_seen_is_not_counted(store: Store, tmp_path: Path) -> None:
    text = "Boeing is ours.\nThe rent is due.\n"
    facts = FileFacts(str(tmp_path / "a.txt"), 1, 1, "1")
    document = Document("a", "text/plain", (Page(1, text),), False, hidden=((0, 15),))
    store.add_source(str(tmp_path), "Papers")
    store.note_pending(str(tmp_path), [facts])
    store.put_document(facts, "1", document, [Chunk(0, len(text), "", text, text)])
    assert listed(store, "Which documents mention Boeing?").text.startswith("There are no ")
    (citation,) = listed(store, "Which documents mention rent?").citations
    assert citation.quote == "The rent is due."
    (citation,) = listed(store, "How many documents are there?").citations
    assert citation.quote == "The rent is due."


def test_without_mails_or_letters_questions_about_them_are_about_texts(
    store: Store, add: Callable[..., Path]
) -> None:
    add("history.txt", "In 2015 many mails were sent.")
    for question in ("How many mails were sent in 2015?", "How many letters are there?"):
        assert route(store, Request(question), TODAY).route == "passages"
    assert route(store, Request("How many PDFs are there?"), TODAY).route == "index"


# --- times -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said", "bounds"),
    [
        ("en", "in 2023", (date(2023, 1, 1), date(2024, 1, 1))),
        ("en", "in March 2024", (date(2024, 3, 1), date(2024, 4, 1))),
        ("en", "in December", (date(2025, 12, 1), date(2026, 1, 1))),
        ("en", "on 3 April 2023", (date(2023, 4, 3), date(2023, 4, 4))),
        ("en", "on April 3rd, 2023", (date(2023, 4, 3), date(2023, 4, 4))),
        ("en", "since May", (date(2026, 5, 1), None)),
        ("en", "after May 2024", (date(2024, 6, 1), None)),
        ("en", "before 2024-02-29", (None, date(2024, 2, 29))),
        ("en", "until 2024", (None, date(2025, 1, 1))),
        ("en", "between March 2023 and 2024", (date(2023, 3, 1), date(2025, 1, 1))),
        ("en", "from 2021 to 2022", (date(2021, 1, 1), date(2023, 1, 1))),
        ("en", "last month", (date(2026, 10, 1), date(2026, 11, 1))),
        ("en", "on 2023-02-30", None),
        ("en", "in the garden", None),
        ("de", "im März 2024", (date(2024, 3, 1), date(2024, 4, 1))),
        ("de", "seit dem 3. April 2023", (date(2023, 4, 3), None)),
        ("de", "zwischen 2021 und 2022", (date(2021, 1, 1), date(2023, 1, 1))),
        ("de", "vor dem 01.02.2023", (None, date(2023, 2, 1))),
        ("de", "letzten Monat", (date(2026, 10, 1), date(2026, 11, 1))),
    ],
)
def test_times_in_words(language: str, said: str, bounds: Bounds | None) -> None:
    assert read_when(said, language, TODAY) == bounds


def test_a_time_is_found_without_groups() -> None:
    assert "(?P" not in when_pattern("en")
