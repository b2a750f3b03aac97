"""The page of problems: groups by reason, rows that open their document, one remedy a group."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.latest import Latest
from strongroom_desktop.page import Page
from strongroom_desktop.problems.groups import Group, detail, grouped
from strongroom_desktop.problems.rows import ProblemRow
from strongroom_desktop.selection import Place, Selection
from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import Button, Glyph, dress, label, rule
from strongroom_engine.protocol import Changed, GetStatus, Ready, Rescan, Status
from strongroom_engine.types import LibraryStatus, State

REFRESH_MS = 700
SHOWN_ROWS = 6
"""Rows of a group until 'n more' is pressed."""


class Problems(Page):
    def __init__(
        self, engine: Engine, selection: Selection, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "Problems", parent)
        self._engine = engine
        self._selection = selection
        self._latest = Latest(engine)
        self._status: LibraryStatus | None = None
        self._wanted: State | None = None
        self._unfolded: set[str] = set()
        self._segments = QButtonGroup(self)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._make_segments()
        self._refresh.timeout.connect(lambda: self._latest.send(GetStatus()))
        engine.received.connect(self._on_event)
        self._show_head()
        if engine.ready is not None:
            self._latest.send(GetStatus())

    def _make_segments(self) -> None:
        frame = QWidget()
        frame.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        dress(frame, surface="segments")
        row = QHBoxLayout(frame)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for state in (None, State.SKIPPED, State.FAILED):
            button = Button(self.theme, "", "segment")
            button.setCheckable(True)
            button.setChecked(state is None)
            button.clicked.connect(lambda _on=False, state=state: self._filter(state))
            self._segments.addButton(button)
            row.addWidget(button)
        self._segments_frame = frame
        self.head_row.addWidget(frame)
        again = Button(self.theme, "Look for changes", icon="refresh-cw")
        again.setToolTip("Read again what was mended meanwhile  F5")
        again.clicked.connect(lambda: self._engine.send(Rescan()))
        self.head_row.addWidget(again)

    def _on_event(self, event: object) -> None:
        match event:
            case Ready():
                self._latest.send(GetStatus())
            case Changed() if not self._refresh.isActive():
                self._refresh.start(REFRESH_MS)
            case Status() if self._latest.wants(event) and event.status != self._status:
                self._status = event.status
                self._show()
            case _:
                pass

    def _filter(self, state: State | None) -> None:
        self._wanted = state
        self._show()

    # --- showing ---------------------------------------------------------------------------------

    def text(self) -> str:
        """What the page says, group by group; for tests and for copying."""
        return "\n".join(
            f"{group.reason.title} {len(group.records)}: {group.reason.sentence}"
            for group in self._groups()
        )

    def _groups(self) -> list[Group]:
        return grouped(self._status.problems, self._wanted) if self._status else []

    def _show(self) -> None:
        self._show_head()
        self.clear_body()
        groups = self._groups()
        for group in groups:
            self._add_group(group)
        if not groups and self._status is not None:
            self.body.addWidget(label("Every document is in the index.", "reading", "text_2"))
        self.body.addStretch(1)

    def _show_head(self) -> None:
        problems = self._status.problems if self._status else ()
        everything = sum(self._status.documents.values()) if self._status else 0
        skipped = sum(record.state == State.SKIPPED for record in problems)
        self.subtitle.set_text(
            f"{len(problems):,} of {everything:,} documents are not in the index"
            if problems
            else ""
        )
        names = (f"All {len(problems)}", f"Skipped {skipped}", f"Failed {len(problems) - skipped}")
        for button, name in zip(self._segments.buttons(), names, strict=True):
            button.setText(name)
        self._segments_frame.setVisible(bool(problems))

    def _add_group(self, group: Group) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Glyph(self.theme, group.reason.icon, group.role))
        head.addWidget(label(group.reason.title, "ui_strong"))
        head.addWidget(label(f"{len(group.records):,}", "ui", "text_3"))
        head.addStretch(1)
        self.body.addLayout(head)
        sentence = label(group.reason.sentence, "small", "text_2", wrap=True)
        sentence.setIndent(24)  # by reading direction, unlike margins
        sentence.setContentsMargins(0, 6, 0, 10)
        self.body.addWidget(sentence)
        self._add_rows(group)
        self.body.addSpacing(self.theme.space(5))

    def _add_rows(self, group: Group) -> None:
        title = group.reason.title
        shown = group.records
        if title not in self._unfolded and len(shown) > SHOWN_ROWS + 1:
            shown = shown[:SHOWN_ROWS]
        for record in shown:
            self.body.addWidget(rule())
            row = ProblemRow(self.theme, record, detail(record, group.records))
            row.open_wanted.connect(
                lambda record=record: self._selection.open(Place(record.path, title=record.title))
            )
            row.folder_wanted.connect(lambda record=record: _show_in_folder(record.path))
            self.body.addWidget(row)
        if len(shown) < len(group.records):
            self.body.addWidget(rule())
            self.body.addWidget(self._more(title, len(group.records) - len(shown)), 0, _LEADING)

    def _more(self, title: str, count: int) -> QWidget:
        more = Button(self.theme, f"{count:,} more", "plain", icon="chevron-right")
        more.clicked.connect(lambda: self._unfold(title))
        return more

    def _unfold(self, title: str) -> None:
        self._unfolded.add(title)
        self._show()


def _show_in_folder(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(PurePath(path).parent)))


_LEADING = Qt.AlignmentFlag.AlignLeading
