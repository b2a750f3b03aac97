"""What the command line says of drives that are away."""

from __future__ import annotations

import io

from rich.console import Console

from strongroom_engine.commands.away import away_json, show_away
from strongroom_engine.types import Away, Source

HERE = Source("/home/u/papers", "Papers")
SILENT = Source("/mnt/nas", "Scans", present=False, away=Away.SILENT, away_ms=1_800_000_000_000)
INSIDE = Source("/home/u", "Home", places_away=("/home/u/stick",))


def said(*sources: Source) -> str:
    told = io.StringIO()
    show_away(Console(file=told, width=200), sources)
    return told.getvalue()


def test_what_is_away_is_said_with_why_and_since_when() -> None:
    assert said(HERE) == ""
    line = said(HERE, SILENT)
    assert "/mnt/nas" in line
    assert "It does not answer (since 2027-01-1" in line
    assert "still searched" in line
    assert "/home/u/stick" in said(INSIDE)


def test_programs_are_told_the_same() -> None:
    assert away_json([HERE, SILENT, INSIDE]) == [
        {"path": "/mnt/nas", "why": "silent", "since_ms": 1_800_000_000_000},
        {"path": "/home/u/stick", "why": "missing", "since_ms": 0},
    ]
