"""What a terminal says of indexing while it goes on."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.progress import Progress as Bar

from strongroom_engine.commands.terminal import Bars
from strongroom_engine.types import Progress


@pytest.mark.parametrize(
    ("progress", "note"),
    [
        (
            Progress(3, 9, "/papers/Lease.pdf", 1.25, 240.0, 1_204, pages_read=88),
            "1.2/s, 4 min left, reading Lease.pdf, 88 pages read, 1,204 passages to go",
        ),
        (
            Progress(0, 1, "/papers/Deeds.pdf", reading_s=43.2),
            "0.0/s, reading Deeds.pdf for 43 s",
        ),
        (
            Progress(0, 1, "/papers/Log.txt", reading_s=43.2, cut=0.4),
            "0.0/s, reading Log.txt (40% divided into passages)",
        ),
        (
            Progress(0, 1, "/papers/Log.txt", reading_s=43.2, cut=1.0),
            "0.0/s, reading Log.txt (storing its passages)",
        ),
        (
            Progress(0, 1, "/papers/Scan.pdf", page=3, pages=40, reading_s=90.0),
            "0.0/s, reading Scan.pdf (page 3 of 40)",
        ),
    ],
)
def test_indexing_says_what_is_read_and_what_is_left(
    progress: Progress, note: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Bar, "start", lambda _bar: None)
    bars = Bars()
    bars.indexing(progress)
    (task,) = bars._bar.tasks
    assert (task.completed, task.total) == (progress.done, progress.total)
    assert task.fields["note"] == note


def test_counts_stay_beside_a_long_name_that_looks_like_markup(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Bar, "start", lambda _bar: None)
    bars = Bars()
    bars.indexing(Progress(40, 95, f"/papers/[bold] {'of the lease ' * 20}.pdf", 1.9, 180.0))
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(bars._bar.get_renderable())
    (line,) = console.export_text().splitlines()
    assert "40/95 1.9/s, 3 min left, reading [bold] of the" in line
