"""Writing what was measured or found where the user wants it."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from strongroom_engine.errors import ReportUnwritable


def write_report(file: Path, text: str) -> None:
    """Write the text, in UTF-8; raises `ReportUnwritable`."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as exc:
        raise ReportUnwritable(file=file, why=exc.strerror or exc) from exc


def replace_file(file: Path, content: bytes) -> None:
    """Write the file whole, or leave what is there; raises `ReportUnwritable`."""
    try:
        _replace(file, content)
    except OSError as exc:
        raise ReportUnwritable(file=file, why=exc.strerror or exc) from exc


def _replace(file: Path, content: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=file.absolute().parent, suffix=file.suffix)
    try:
        with os.fdopen(handle, "wb") as writing:
            writing.write(content)
        if not file.exists():  # as any new file, not for its owner alone
            mask = os.umask(0)
            os.umask(mask)
            Path(beside).chmod(0o666 & ~mask)
        Path(beside).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def refuse_unwritable(file: Path) -> None:
    """Raise `ReportUnwritable` before hours of work where the file's folder is not there."""
    if file.is_dir():
        raise ReportUnwritable(file=file, why="it is a folder")
    if not file.absolute().parent.is_dir():
        raise ReportUnwritable(file=file, why="its folder is not there")
