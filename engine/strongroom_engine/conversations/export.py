"""Writing a conversation to a file, in the format that its ending says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from strongroom_engine.conversations.as_html import as_html
from strongroom_engine.conversations.as_markdown import as_markdown
from strongroom_engine.conversations.paper import Paper, paper_of
from strongroom_engine.errors import ReportUnwritable
from strongroom_engine.evaluation.files import replace_file
from strongroom_engine.types import Conversation, ExportWords


def write(conversation: Conversation, file: Path, words: ExportWords) -> None:
    """Write it whole or not at all; raises `ReportUnwritable`."""
    refuse_unknown_format(file)
    paper = paper_of(conversation, words, datetime.now().astimezone())
    replace_file(file, _FORMATS[file.suffix.lower()](paper))


def refuse_unknown_format(file: Path) -> None:
    """Raise `ReportUnwritable` where the file's ending names none of the formats."""
    if file.suffix.lower() not in _FORMATS:
        raise ReportUnwritable(file=file, why="its name ends in none of .md, .html, .pdf and .docx")


def _as_pdf(paper: Paper) -> bytes:
    from strongroom_engine.conversations.as_pdf import as_pdf

    return as_pdf(paper)


def _as_docx(paper: Paper) -> bytes:
    from strongroom_engine.conversations.as_docx import as_docx

    return as_docx(paper)


_FORMATS: dict[str, Callable[[Paper], bytes]] = {
    ".md": as_markdown,
    ".markdown": as_markdown,
    ".html": as_html,
    ".htm": as_html,
    ".pdf": _as_pdf,
    ".docx": _as_docx,
}
