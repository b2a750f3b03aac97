"""The page of problems: groups by reason, rows that open their document, one remedy a group."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QWidget

from strongroom_desktop.absence import absence
from strongroom_desktop.client import Engine, needs_words
from strongroom_desktop.latest import Latest
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.outside import (
    copy_paths,
    open_outside,
    show_in_folder,
    words_to_open,
    words_to_show,
)
from strongroom_desktop.page import Page
from strongroom_desktop.passwords import NEEDS_PASSWORD
from strongroom_desktop.problems.group import GroupBox
from strongroom_desktop.problems.groups import Group, all_well, grouped
from strongroom_desktop.problems.head import Filters
from strongroom_desktop.selection import Place, Selection
from strongroom_desktop.widgets import label
from strongroom_desktop.wording import number, plural, tr
from strongroom_engine.protocol import (
    Changed,
    Done,
    Exclude,
    Failed,
    GetStatus,
    Ready,
    Rescan,
    RetryDocuments,
    Status,
)
from strongroom_engine.types import DocumentRecord, LibraryStatus

REFRESH_MS = 700
NARROW_PX = 660


class Problems(Page):
    """`settings_wanted` leads to the limits; `refused` says in a sentence what was not done,
    `said` what was. `report_wanted` carries a document's path, `password_wanted` the records that
    a password is to be given for, and all that need one."""

    settings_wanted = Signal()
    report_wanted = Signal(str)
    password_wanted = Signal(tuple, tuple)
    refused = Signal(str)
    said = Signal(str)

    def __init__(
        self, engine: Engine, selection: Selection, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, tr("Problems"), parent)
        self._engine = engine
        self._selection = selection
        self._latest = Latest(engine)
        self._status: LibraryStatus | None = None
        self._boxes: dict[str, GroupBox] = {}
        self._again: dict[int, tuple[str, ...]] = {}
        self._sent: set[int] = set()
        self._well = label("", "reading", "text_2", wrap=True)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.timeout.connect(self._ask)
        self.filters = Filters(theme)
        self.filters.changed.connect(self._show)
        self.filters.rescan_wanted.connect(lambda: self._engine.send(Rescan()))
        self.filters.copy_wanted.connect(lambda: copy_paths(self._lines()))
        self.head_row.addWidget(self.filters)
        self.body.addWidget(self._well)
        self.body.addStretch(1)
        engine.received.connect(self._on_event)
        absence.changed.connect(self._show)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.filters.set_narrow(self.width() < self.theme.px(NARROW_PX))

    def show_collection(self, name: str) -> None:
        """Show the problems of one collection; '' for those of all."""
        self.filters.choose_collection(name)

    def text(self) -> str:
        """What the page says, group by group; for tests and for copying."""
        return "\n".join(
            f"{group.reason.title} {number(len(group.records))}: {group.reason.sentence}"
            for group in self._groups()
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        """Ask anew, while the page is seen: the list can be long."""
        if self.isVisible() and self._engine.ready is not None:
            self._latest.send(GetStatus())

    # --- what the engine says --------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case Ready():
                self._ask()
            case Changed() if not self._refresh.isActive():
                self._refresh.start(REFRESH_MS)
            case Status() if self._latest.wants(event) and event.status != self._status:
                self._status = event.status
                self._show()
            case Done() | Failed() if event.id in self._sent:
                self._sent.discard(event.id)
                self._again.pop(event.id, None)
                self._show_again()
                self._ask()
                if isinstance(event, Failed) and needs_words(event):
                    self.refused.emit(str(event.error))
            case _:
                pass

    # --- showing ---------------------------------------------------------------------------------

    def _groups(self) -> list[Group]:
        if self._status is None:
            return []
        return grouped(self._status.problems, self.filters.state, self.filters.collection)

    def _show(self) -> None:
        problems = self._status.problems if self._status else ()
        everything = sum(self._status.documents.values()) if self._status else 0
        documents = plural(everything, "{n} document", "{n} documents")
        shown = tr(
            "{n} of {documents} are not in the index", n=number(len(problems)), documents=documents
        )
        self.subtitle.set_text(shown if problems else "")
        self.filters.show_problems(problems)
        groups = self._groups()
        self._show_groups(groups)
        self._well.setText(all_well(self._status, away=absence.any))
        self._well.setVisible(not groups and self._status is not None)

    def _show_groups(self, groups: Sequence[Group]) -> None:
        """Boxes that stay are kept: nothing in them jumps."""
        for code in set(self._boxes) - {group.code for group in groups}:
            box = self._boxes.pop(code)
            self.body.removeWidget(box)
            box.hide()
            box.deleteLater()
        for place, group in enumerate(groups):
            box = self._boxes.get(group.code) or self._make_box(group)
            box.show_group(group)
            if self.body.indexOf(box) != place:
                self.body.insertWidget(place, box)
        self._show_again()

    def _make_box(self, group: Group) -> GroupBox:
        box = GroupBox(group, self.theme)
        box.wanted.connect(self._do)
        box.list.wanted.connect(lambda key, record: self._do(key, (record,)))
        box.list.menu_wanted.connect(self._show_menu)
        box.list.left.connect(lambda by: self._step(box, by))
        box.list.row_reached.connect(lambda rect: self._reveal(box.list, rect))
        self._boxes[group.code] = box
        return box

    def _show_again(self) -> None:
        again = frozenset(path for paths in self._again.values() for path in paths)
        for box in self._boxes.values():
            box.set_again(again)

    def _lines(self) -> list[str]:
        """The list as it is copied: path and reason, a tab between them."""
        return [
            f"{record.path}\t{record.reason}"
            for group in self._groups()
            for record in group.records
        ]

    # --- the keyboard ----------------------------------------------------------------------------

    def _step(self, box: GroupBox, by: int) -> None:
        """From the last row of a group to the first of the next, and back."""
        boxes = [self._boxes[group.code] for group in self._groups()]
        at = boxes.index(box) + by
        if 0 <= at < len(boxes):
            rows = boxes[at].list
            rows.setFocus(Qt.FocusReason.OtherFocusReason)
            row = 0 if by > 0 else boxes[at].model.rowCount() - 1
            rows.setCurrentIndex(boxes[at].model.index(row))

    def _reveal(self, rows: QWidget, rect: QRect) -> None:
        scroll = self.findChild(QScrollArea)
        content = scroll.widget() if scroll is not None else None
        if scroll is not None and content is not None:
            at = rows.mapTo(content, rect.center())
            scroll.ensureVisible(at.x(), at.y(), 0, rect.height())

    # --- doing -----------------------------------------------------------------------------------

    def _do(self, key: str, records: Sequence[DocumentRecord]) -> None:
        paths = tuple(record.path for record in records)
        match key:
            case "copy":
                copy_paths(paths)
            case "settings":
                self.settings_wanted.emit()
            case "password":
                self.password_wanted.emit(tuple(records), self._locked())
            case "rescan":
                self._engine.send(Rescan())
            case "exclude":
                for record in records:
                    self._send(Exclude(source=record.source, pattern=record.path))
                self.said.emit(_left_out(len(records)))
            case "retry" | "download":
                self._again[self._send(RetryDocuments(paths=paths))] = paths
                self._show_again()
            case _:
                self._show_one(key, records[0])

    def _show_one(self, key: str, record: DocumentRecord) -> None:
        """Here, in another program, in its folder, or how it was read."""
        match key:
            case "outside":
                if not open_outside(record.path):
                    path = record.path
                    self.refused.emit(tr("{path} cannot be opened on this computer.", path=path))
            case "folder":
                show_in_folder(record.path)
            case "report":
                self.report_wanted.emit(record.path)
            case _:
                self._selection.open(Place(record.path, title=record.title))

    def _locked(self) -> tuple[DocumentRecord, ...]:
        """All documents that need a password, whatever is shown of them."""
        problems = self._status.problems if self._status else ()
        return tuple(record for record in problems if record.code == NEEDS_PASSWORD)

    def _send(self, message: Exclude | RetryDocuments) -> int:
        number = self._engine.send(message)
        self._sent.add(number)
        return number

    def menu_for(self, record: DocumentRecord) -> QMenu:
        """The context menu of a row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        deeds = [
            ("open", tr("Open")),
            ("outside", words_to_open(record.path)),
            ("folder", words_to_show(record.path)),
            ("copy", tr("Copy path")),
            ("report", tr("How it was read")),
            ("retry", tr("Read again")),
        ]
        if record.code == NEEDS_PASSWORD:
            deeds.insert(0, ("password", tr("Enter password…")))
        if record.path != record.source:
            deeds.append(("exclude", tr("Leave out of the library")))
        for key, text in deeds:
            menu.addAction(text, partial(self._do, key, (record,)))
        return menu

    def _show_menu(self, record: DocumentRecord, at: QPoint) -> None:
        self.menu_for(record).popup(at)


def _left_out(count: int) -> str:
    return plural(
        count,
        "{n} document is left out. The page of its collection takes it back.",
        "{n} documents are left out. The page of their collection takes them back.",
    )
