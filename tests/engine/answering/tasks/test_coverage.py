from __future__ import annotations

from dataclasses import replace

import pytest

from strongroom_engine.answering.tasks.coverage import Coverage, told
from strongroom_engine.store import StoredChunk


def paged(**changes: int | None) -> Coverage:
    return Coverage(**{"paged": True, "pages": 312, "passages": 900, **changes})  # type: ignore[arg-type]  # the tests name real fields


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        ([paged(pages_read=312)], "Read 312 of 312 pages."),
        ([paged(pages_read=120)], "Read 120 of 312 pages."),
        ([Coverage(True, 1, 2, pages_read=1)], "Read 1 of 1 page."),
        ([paged(pages_read=312), Coverage(True, 8, 9, 8)], "Read 320 of 320 pages."),
        ([Coverage(False, 1, 14, passages_read=14)], "Read all 14 passages."),
        ([Coverage(False, 1, 14, passages_read=5)], "Read 5 of 14 passages."),
        ([Coverage(False, 1, 1, passages_read=1)], "Read its one passage."),
        (
            [paged(pages_read=312, chosen=60, condensed=60)],
            "Read 312 of 312 pages; the model condensed the 60 sentences that say most.",
        ),
        (
            [paged(pages_read=312, chosen=60, condensed=20)],
            "Read 312 of 312 pages; the model condensed 20 of the 60 sentences that say most.",
        ),
        (
            [paged(pages_read=312, chosen=8)],
            "Read 312 of 312 pages; the 8 that say most are quoted.",
        ),
    ],
)
def test_what_was_read_is_told_honestly(documents: list[Coverage], said: str) -> None:
    assert told(documents) == said


def test_a_page_counts_when_it_was_read_to_its_end() -> None:
    chunk = StoredChunk(1, "/a.pdf", "", "", "", True, (0, 101, 202), 0, 0, "", "", "")
    covered = Coverage(True, 3, 4)
    ends = [(60, 0), (100, 1), (201, 2)]
    for number, (end, pages) in enumerate(ends, 1):
        covered.read_to(_until(chunk, end), number)
        assert (covered.pages_read, covered.passages_read) == (pages, number)
    covered.read_to(_until(chunk, 250), 4)
    assert covered.pages_read == 3


def _until(chunk: StoredChunk, end: int) -> StoredChunk:
    return replace(chunk, end=end)
