"""What a collection holds: its documents by kind, and those that changed or were read last."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from heapq import nlargest
from pathlib import PurePath

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from strongroom_desktop.files import file_icon, file_name
from strongroom_desktop.line_row import Line, Section
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Place
from strongroom_desktop.sources import words
from strongroom_desktop.sources.nodes import Node
from strongroom_desktop.wording import number, plural, tr
from strongroom_engine.types import DocumentRecord, State

SHOWN = 6
GAP_PX = 48
NARROW_PX = 720
_KINDS = {
    "pdf": ("pdf",),
    "word": ("doc", "docx", "odt", "rtf"),
    "table": ("csv", "tsv", "xlsx", "xls", "ods"),
    "slides": ("ppt", "pptx", "odp"),
    "mail": ("eml", "msg", "mbox"),
    "web": ("html", "htm", "xhtml", "xml"),
    "text": ("txt", "md", "markdown", "rst", "log"),
    "image": ("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp", "jp2", "heic", "avif"),
}
_KIND_OF = {suffix: kind for kind, suffixes in _KINDS.items() for suffix in suffixes}


class Contents(QWidget):
    """Two columns side by side. `open_wanted` carries the `Place` of a document."""

    open_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._by_path: dict[str, DocumentRecord] = {}
        self._newest: list[DocumentRecord] = []
        self._shown: list[DocumentRecord] | None = None
        self.kinds = Section(tr("Documents by kind"))
        self.latest = Section(tr("Changed last"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP_PX)
        for section in (self.kinds, self.latest):
            self._row.addWidget(section, 1, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One below the other where there is no room for two columns."""
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(NARROW_PX)
        direction = QBoxLayout.Direction
        wanted = direction.TopToBottom if narrow else direction.LeftToRight
        if wanted != self._row.direction():
            self._row.setDirection(wanted)
            self._row.setSpacing(self._theme.space(5) if narrow else GAP_PX)

    def show_records(self, records: Iterable[DocumentRecord]) -> None:
        """Show these documents: by kind, and those that changed last."""
        self._by_path = {record.path: record for record in records}
        newest = nlargest(SHOWN, self._by_path.values(), key=lambda record: record.mtime_ns)
        self._newest = [record for record in newest if record.mtime_ns]
        kinds = _counted(self._by_path.values())
        self.kinds.show_lines([self._kind_line(*each) for each in kinds])
        self._shown = None
        self.show_finished(())

    def show_finished(self, finished: Iterable[str]) -> None:
        """Show what was just read in place of what changed last; nothing of it: the latter."""
        known = (self._by_path[path] for path in finished if path in self._by_path)
        done = [record for record in known if record.state != State.PENDING]  # not told of yet
        if done == self._shown:
            return
        self._shown = done
        self.latest.set_title(tr("Just finished") if done else tr("Changed last"))
        shown = done or self._newest
        names = _told_apart([record.path for record in shown])
        lines = [
            self._line(record, name, just=bool(done))
            for record, name in zip(shown, names, strict=True)
        ]
        self.latest.show_lines(lines)
        self.setVisible(bool(self._by_path))

    def _kind_line(self, kind: str, icon: str, count: int) -> Line:
        return Line(self._theme, (icon, "text_2"), _kind_name(kind), number(count))

    def _line(self, record: DocumentRecord, name: str, *, just: bool) -> Line:
        mark = words.glyph(_node(record))
        icon = (
            mark if mark[0] else ("check", "accent") if just else (file_icon(record.path), "text_2")
        )
        line = Line(
            self._theme,
            icon,
            name,
            _outcome(record) if just else _date(record.mtime_ns),
            choosable=True,
            tooltip=f"{record.path}\n{words.state_sentence(record)}".strip(),
        )
        place = Place(record.path, title=record.title)
        line.chosen.connect(lambda: self.open_wanted.emit(place))
        return line


def _told_apart(paths: list[str]) -> list[str]:
    """The names of files; those that several bear, with their folder before them."""
    names = [file_name(path) for path in paths]
    return [
        f"{PurePath(path).parent.name} \u203a {name}" if names.count(name) > 1 else name
        for path, name in zip(paths, names, strict=True)
    ]


def _node(record: DocumentRecord) -> Node:
    return Node("document", file_name(record.path), record.path, record=record)


def _outcome(record: DocumentRecord) -> str:
    """'204 pages, 1,031 passages', or why there are none."""
    if record.state in (State.SKIPPED, State.FAILED):
        return words.state_sentence(record)
    parts = []
    if record.paged and record.pages:
        parts.append(plural(record.pages, "{n} page", "{n} pages"))
    if record.chunks:
        parts.append(plural(record.chunks, "{n} passage", "{n} passages"))
    return ", ".join(parts)


def _date(mtime_ns: int) -> str:
    return QDateTime.fromMSecsSinceEpoch(mtime_ns // 1_000_000).toString("yyyy-MM-dd")


def _counted(records: Iterable[DocumentRecord]) -> list[tuple[str, str, int]]:
    """Kind, icon and number of documents, the most frequent first."""
    counts: Counter[str] = Counter()
    icons: dict[str, str] = {}
    for record in records:
        suffix = os.path.splitext(record.path)[1].lower().lstrip(".")  # noqa: PTH122 (many)
        kind = _KIND_OF.get(suffix, "")
        counts[kind] += 1
        icons.setdefault(kind, file_icon(record.path) if kind else "file")
    rows = [(kind, icons[kind], count) for kind, count in counts.items()]
    return sorted(rows, key=lambda row: (not row[0], -row[2]))[:SHOWN]


def _kind_name(kind: str) -> str:
    names = {
        "pdf": tr("PDF"),
        "word": tr("Text documents (Word, OpenDocument)"),
        "table": tr("Tables"),
        "slides": tr("Presentations"),
        "mail": tr("E-mail"),
        "web": tr("Web pages"),
        "text": tr("Plain text and Markdown"),
        "image": tr("Pictures"),
    }
    return names.get(kind, tr("Other files"))
