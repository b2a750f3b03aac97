"""Writing what was measured where the user wants it."""

from __future__ import annotations

from pathlib import Path

from strongroom_engine.errors import ReportUnwritable


def write_report(file: Path, text: str) -> None:
    """Write the text, in UTF-8; raises `ReportUnwritable`."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as exc:
        raise ReportUnwritable(file=file, why=exc.strerror or exc) from exc


def refuse_unwritable(file: Path) -> None:
    """Raise `ReportUnwritable` before hours of work where the file's folder is not there."""
    if file.is_dir():
        raise ReportUnwritable(file=file, why="it is a folder")
    if not file.absolute().parent.is_dir():
        raise ReportUnwritable(file=file, why="its folder is not there")
