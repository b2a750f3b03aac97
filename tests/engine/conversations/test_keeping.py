"""Conversations in a store: kept from the question on, listed, searched, renamed, removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from strongroom_engine.conversations import keeping
from strongroom_engine.conversations.keeping import LibraryConversations
from strongroom_engine.conversations.titles import TITLE_CHARACTERS, best_line, title_of
from strongroom_engine.errors import (
    DiskFull,
    ReportUnwritable,
    StrongroomError,
    UnknownConversation,
    UnknownTurn,
)
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Answer, Asked, KeptTurn, Turn

KEY = "3f2a"


@pytest.fixture
def store(tmp_path: Path, key: LibraryKey) -> Iterator[Store]:
    with Store.open(tmp_path / "library", key, mode="write", model="m", dimensions=4) as store:
        yield store


@pytest.fixture
def troubles() -> list[StrongroomError]:
    return []


@pytest.fixture
def kept(store: Store, troubles: list[StrongroomError]) -> LibraryConversations:
    return LibraryConversations(store, troubles.append)


def ask(kept: LibraryConversations, key: str, answer: Answer) -> None:
    kept.keep(key, Asked(answer.question), lambda: answer)


def test_question_and_whole_answer_are_there_again(
    kept: LibraryConversations, answer: Answer
) -> None:
    asked = Asked(
        answer.question, "summary", ("Leases",), ("/docs/odd\udce9.pdf",), "m", True, "{}"
    )
    assert kept.keep(KEY, asked, lambda: answer) is answer
    whole = kept.get(KEY)
    assert whole.turns == (KeptTurn(asked, whole.turns[0].asked_ms, answer),)
    assert whole.summary.title == "How high is the rent?"
    assert whole.summary.turns == 1
    assert kept.listed() == (whole.summary,)


def test_the_question_is_there_before_it_is_answered_and_after_a_failure(
    kept: LibraryConversations,
) -> None:
    def dies() -> Answer:
        (turn,) = kept.get(KEY).turns
        assert (turn.asked.question, turn.answer, turn.unreadable) == ("Why?", None, False)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        kept.keep(KEY, Asked("Why?"), dies)
    (turn,) = kept.get(KEY).turns
    assert (turn.asked.question, turn.answer) == ("Why?", None)


def test_an_answer_that_cannot_be_kept_is_given_all_the_same(
    kept: LibraryConversations,
    store: Store,
    troubles: list[StrongroomError],
    answer: Answer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full = DiskFull(library="/library")

    def refuse(_row: int, _answer: Answer) -> None:
        raise full

    monkeypatch.setattr(store.conversations, "put_answer", refuse)
    assert kept.keep(KEY, Asked("Why?"), lambda: answer) is answer
    assert troubles == [full]
    assert kept.get(KEY).turns[0].asked.question == "Why?"


def test_without_a_key_or_words_nothing_is_kept(kept: LibraryConversations, answer: Answer) -> None:
    for key, question in (("", "Why?"), (KEY, " \n")):
        assert kept.keep(key, Asked(question), lambda: answer) is answer
    assert kept.listed() == ()


def test_an_answer_of_another_release_does_not_hide_the_others(
    kept: LibraryConversations, store: Store, answer: Answer
) -> None:
    for number in range(3):
        ask(kept, KEY, replace(answer, question=f"Question {number}?"))
    raw = json.dumps({"question": "Question 1?", "text": ["another", "shape"]})
    with store._write() as db:
        db.execute("UPDATE conversation_turns SET answer = ? WHERE ordinal = 1", (raw,))
        later = {"question": "Question 2?", "task": "unheard-of"}
        db.execute(
            "UPDATE conversation_turns SET asked = ? WHERE ordinal = 2", (json.dumps(later),)
        )
    turns = kept.get(KEY).turns
    assert [turn.asked.question for turn in turns] == ["Question 0?", "Question 1?", "Question 2?"]
    assert [turn.unreadable for turn in turns] == [False, True, False]
    assert [turn.answer is None for turn in turns] == [False, True, False]


def test_new_fields_of_a_later_release_are_passed_over(
    kept: LibraryConversations, store: Store, answer: Answer
) -> None:
    ask(kept, KEY, answer)
    with store._write() as db:
        ((raw,),) = db.execute("SELECT answer FROM conversation_turns").fetchall()
        more = json.dumps(json.loads(str(raw)) | {"unheard": 1})
        db.execute("UPDATE conversation_turns SET answer = ?", (more,))
    assert kept.get(KEY).turns[0].answer == answer


def test_turns_come_in_parts(
    kept: LibraryConversations, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = replace(answer, prompt="x" * 1_000)
    for number in range(7):
        ask(kept, KEY, replace(long, question=f"Question {number}?"))
    monkeypatch.setattr(keeping, "PART_CHARACTERS", 8_000)
    parts = list(kept.parts(KEY))
    assert len(parts) > 2
    assert all(parts)
    questions = [turn.asked.question for part in parts for turn in part]
    assert questions == [f"Question {number}?" for number in range(7)]


def test_the_list_has_what_changed_last_first(
    kept: LibraryConversations, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(1, 100))
    monkeypatch.setattr("strongroom_engine.store.conversations._now_ms", lambda: next(clock))
    for key in ("a", "b", "c", "a"):
        ask(kept, key, replace(answer, question=f"Of {key}?"))
    assert [each.key for each in kept.listed()] == ["a", "c", "b"]
    kept.rename("b", "Mine")
    assert [each.title for each in kept.listed()] == ["Of a?", "Of c?", "Mine"]
    assert kept.listed()[0].turns == 2
    assert kept.listed()[0].created_ms < kept.listed()[0].changed_ms


def test_words_are_found_wherever_they_stand_whatever_their_case(
    kept: LibraryConversations, answer: Answer
) -> None:
    plain = replace(answer, sentences=(), doubts=())
    ask(kept, "a", replace(plain, question="Rent?", text="# High\n\n- The **STRASSE** is long.\n"))
    ask(kept, "b", replace(plain, question="Who signed?", text="Ms Vega did."))
    ask(kept, "b", replace(plain, question="And in the Stra\u00dfe?", text="Nobody."))
    found = kept.listed("stra\u00dfe long")
    assert [(each.key, each.found) for each in found] == [("a", "The STRASSE is long.")]
    assert [each.key for each in kept.listed("STRASSE")] == ["b", "a"]
    assert kept.listed("vega nobody signed")[0].found == "Ms Vega did."  # over several turns
    assert kept.listed("vega long") == ()
    assert kept.listed("  ") == kept.listed()
    kept.rename("b", "Signatures")
    (titled,) = kept.listed("signatures")
    assert (titled.title, titled.found) == ("Signatures", "")
    assert kept.listed("100%_") == ()


def test_a_question_that_waits_for_its_answer_is_found(kept: LibraryConversations) -> None:
    with pytest.raises(RuntimeError):
        kept.keep(KEY, Asked("Where is the Annex?\nIn full"), _dies)
    assert [each.found for each in kept.listed("full")] == ["In full"]


def _dies() -> Answer:
    raise RuntimeError


def test_renaming_with_nothing_brings_the_question_back(
    kept: LibraryConversations, answer: Answer
) -> None:
    ask(kept, KEY, answer)
    assert kept.rename(KEY, "  My\u202e \n name ").title == "My name"
    assert kept.find("MY NAME").key == KEY
    assert kept.rename(KEY, " ").title == "How high is the rent?"


def test_a_removed_conversation_is_gone_with_all_its_rows(
    kept: LibraryConversations, store: Store, answer: Answer
) -> None:
    ask(kept, KEY, answer)
    ask(kept, "other", answer)

    def removed() -> Answer:
        kept.remove(KEY)
        return answer

    kept.keep(KEY, Asked("Again?"), removed)  # its answer comes after all is gone
    assert [each.key for each in kept.listed()] == ["other"]
    with store._read() as db:
        for table in ("conversation_turns", "conversation_texts"):
            assert _count(db, table) == 1
    for what in (kept.get, kept.remove, lambda key: kept.rename(key, "x")):
        with pytest.raises(UnknownConversation):
            what(KEY)
    with pytest.raises(UnknownConversation):
        list(kept.parts(KEY))


def _count(db: apsw.Connection, table: str) -> int:
    return len(db.execute(f"SELECT 1 FROM {table}").fetchall())


def test_a_conversation_is_named_by_its_title_or_how_it_begins(
    kept: LibraryConversations, answer: Answer
) -> None:
    for key, question in (("1", "How high is the rent?"), ("2", "How long is the lease?")):
        ask(kept, key, replace(answer, question=question))
    assert kept.find("2").key == "2"
    assert kept.find("how high").key == "1"
    for name in ("how", "", "nothing"):
        with pytest.raises(UnknownConversation):
            kept.find(name)


def test_what_a_follow_up_may_point_back_to(kept: LibraryConversations, answer: Answer) -> None:
    def add(question: str, text: str, *, stopped: bool = False, standalone: str = "") -> None:
        ask(kept, KEY, replace(
            answer, question=question, text=text, stopped=stopped, standalone=standalone
        ))  # fmt: skip

    for number in range(6):
        add(f"Q{number}?", f"A{number}")
    add("Q1?", "A1 again")
    add("Q7?", "half", stopped=True)
    add("And then?", "more", standalone="What then?")
    assert kept.earlier(KEY) == (
        *(Turn(f"Q{number}?", f"A{number}") for number in (2, 3, 4, 5)),
        Turn("Q1?", "A1 again"),
        Turn("And then?", "more", "What then?"),
    )


def test_one_turn_is_exported_or_all(
    kept: LibraryConversations, answer: Answer, tmp_path: Path
) -> None:
    ask(kept, KEY, answer)
    ask(kept, KEY, replace(answer, question="Another?"))
    file = tmp_path / "out.md"
    kept.export(KEY, file)
    assert "Another?" in file.read_text("utf-8")
    kept.export(KEY, file, 0)
    assert "Another?" not in file.read_text("utf-8")
    with pytest.raises(UnknownTurn, match="number 3"):
        kept.export(KEY, file, 2)
    with pytest.raises(ReportUnwritable):
        kept.export(KEY, tmp_path / "out.odt")


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("  How\nhigh?  ", "How high?"),
        ("a\x00b\u202ec", "a b c"),
        ("word " * 40, ("word " * 17).strip() + "…"),
        ("x" * 200, "x" * (TITLE_CHARACTERS - 1) + "…"),
        ("", ""),
    ],
)
def test_a_question_becomes_a_title(question: str, title: str) -> None:
    assert title_of(question) == title
    assert len(title) <= TITLE_CHARACTERS


def test_a_long_line_is_shown_from_a_little_before_the_word() -> None:
    line = "before " * 100 + "the needle here " + "after " * 100
    shown = best_line([(line, line)], ("needle",), "")
    assert shown.startswith("… before")
    assert "the needle here after" in shown
    assert len(shown) < 250
    assert best_line([("|---|:-|", "|---|:-|")], ("-",), "") == ""
