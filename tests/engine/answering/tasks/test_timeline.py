"""Real files -> what happened when."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from strongroom_engine.answering.tasks.body import Body
from strongroom_engine.answering.tasks.events import events, merged
from strongroom_engine.answering.tasks.timeline import NONE_FOUND, timeline
from strongroom_engine.errors import NotSearchable

from .papers import Desk, cited, write_docx, write_pdf

LEASE = [
    "LEASE",
    "This lease was signed on 3 May 2019 by the Landlord and the Tenant.",
    "The Tenant moved in on 2019-06-01. The deposit was paid back on May 31, 2024.",
    "The rent is EUR 1,200 a month, for 24 months at least, and may be raised then.",
]
LETTERS = [
    "Letters of the firm",
    "Am 12. Dezember 2020 kündigte der Vermieter die Wohnung schriftlich.",
    "The Landlord and the Tenant signed the lease on May 3, 2019.",
    "In 1871 the mill burned down. It had been built in March 1820 by two brothers.",
]


@pytest.fixture
def lease(desk: Desk, tmp_path: Path) -> Path:
    return desk.put(write_pdf(tmp_path / "lease.pdf", LEASE, width=46))


@pytest.fixture
def letters(desk: Desk, tmp_path: Path) -> Path:
    return desk.put(write_docx(tmp_path / "letters.docx", LETTERS))


def days(text: str) -> list[str]:
    return [event.day for event in merged(events(Body(text)))]


def test_events_are_sorted_cited_and_told_once(desk: Desk, lease: Path, letters: Path) -> None:
    answer = timeline(desk.job("timeline", "What happened when?", lease, letters))
    desk.check(answer)
    assert [line[2:].partition(": ")[0] for line in answer.text.split("\n")] == [
        "1820-03",
        "1871",
        "2019-05-03",
        "2019-06-01",
        "2020-12-12",
        "2024-05-31",
    ]
    signed = cited(answer, "2019-05-03")
    assert {file for file, _ in signed} == {"lease.pdf", "letters.docx"}
    assert ("letters.docx", LETTERS[2]) in signed
    assert cited(answer, "2020-12-12") == [("letters.docx", LETTERS[1])]
    assert cited(answer, "2019-06-01") == [("lease.pdf", "The Tenant moved in on 2019-06-01.")]
    assert answer.model == ""
    assert answer.route == "documents"
    assert answer.coverage == "Read 2 of 2 documents to their end."
    assert answer.searched == "Read 2 documents from end to end."
    data = json.loads(answer.data)
    assert [one["date"] for one in data][:2] == ["1820-03", "1871"]
    assert data[4]["written"] == "12. Dezember 2020"
    assert desk.progress[-1] == (2, 2)


def test_a_timeline_of_everything_reads_all_documents(
    desk: Desk, lease: Path, letters: Path
) -> None:
    for question in ("Make a timeline", "Erstelle eine Zeitleiste aller Dokumente"):
        answer = timeline(desk.job("timeline", question))
        assert answer.route == "documents"
        assert len(json.loads(answer.data)) == 6


def test_a_timeline_of_something_reads_what_is_about_it(
    desk: Desk, lease: Path, letters: Path
) -> None:
    answer = timeline(desk.job("timeline", 'Make a timeline of the "mill"'))
    assert answer.route == "passages"
    assert answer.coverage == ""
    assert "1871" in answer.text
    assert "2024" not in answer.text


def test_a_timeline_of_a_named_document(desk: Desk, lease: Path, letters: Path) -> None:
    answer = timeline(desk.job("timeline", "Make a timeline of lease.pdf"))
    assert len(json.loads(answer.data)) == 3
    assert answer.coverage == "Read 1 of 1 page."


def test_without_dates_it_says_so(desk: Desk, tmp_path: Path) -> None:
    path = desk.put(write_pdf(tmp_path / "poem.pdf", ["Roses are red and violets are blue."]))
    answer = timeline(desk.job("timeline", "When?", path))
    desk.check(answer)
    assert answer.abstained
    assert answer.text == NONE_FOUND


def test_a_document_that_is_not_there(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotSearchable):
        timeline(desk.job("timeline", "When?", tmp_path / "nowhere.pdf"))


def test_it_can_be_stopped(desk: Desk, lease: Path, letters: Path) -> None:
    job = desk.job("timeline", "When?", lease, letters, cancelled=lambda: len(desk.progress) > 0)
    answer = timeline(job)
    assert answer.stopped
    assert answer.coverage == ""
    assert len(json.loads(answer.data)) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was made on the 1st day of March, 2003, in Rome.", ["2003-03-01"]),
        ("Paid on 01.02.2020 in cash.", ["2020-02-01"]),
        ("Paid on 02/01/2020 in cash.", ["2020-02-01"]),
        ("Paid on 02/01/2020 in cash. Sent on 25/01/2020 by mail.", ["2020-01-02", "2020-01-25"]),
        ("From 1 May 2020 until 3 June 2021 they rented it.", ["2020-05-01", "2021-06-03"]),
        ("Since 1998 it has been a museum.", ["1998"]),
        ("The office is located in 1600 Lower State Road, Doylestown.", []),
        ("The sum rose to 2000 euros by 15 percent. You may 30 days later come.", []),
        ("It ends on 30 March.", []),
    ],
)
def test_dates_as_people_write_them(text: str, expected: list[str]) -> None:
    assert days(text) == expected


def test_a_date_that_can_be_read_in_two_ways_is_shown_as_written(
    desk: Desk, tmp_path: Path
) -> None:
    path = desk.put(write_pdf(tmp_path / "note.pdf", ["The car was sold on 02/01/2020 in Rome."]))
    answer = timeline(desk.job("timeline", "When?", path))
    assert answer.text.startswith("- 2020-02-01 (written 02/01/2020): The car was sold")


def test_of_a_long_sentence_the_part_around_the_date_is_shown(desk: Desk, tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(60))
    text = f"It begins {words} and on 4 July 2011 the bridge was opened {words} in the end."
    path = desk.put(write_pdf(tmp_path / "long.pdf", [text]))
    answer = timeline(desk.job("timeline", "When?", path))
    desk.check(answer)
    assert answer.text.startswith("- 2011-07-04: … ")
    assert answer.text.endswith(" …")
    assert "on 4 July 2011 the bridge was opened" in answer.text
    assert len(answer.text) < 300


def test_running_heads_are_no_events() -> None:
    pages = [f"Draft of 1 May 2020 - {n}\nThe text of page {n} goes on\nand on." for n in range(5)]
    starts = tuple(sum(len(page) + 1 for page in pages[:n]) for n in range(5))
    assert events(Body("\n".join(pages), starts, paged=True)) == []
