"""The page of a collection: how far it is indexed, what it consists of, what was left out."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.files import file_icon, file_name, lies_in
from strongroom_desktop.latest import Latest
from strongroom_desktop.line_row import Line, Section
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.page import Page
from strongroom_desktop.sources.contents import Contents
from strongroom_desktop.sources.deeds import Deeds
from strongroom_desktop.sources.members import Members
from strongroom_desktop.sources.nodes import share_done, total
from strongroom_desktop.sources.pace import Pace
from strongroom_desktop.sources.stock import Missing, Notice, Stock
from strongroom_desktop.widgets import Button, IconButton
from strongroom_desktop.wording import plural, tr
from strongroom_engine.protocol import (
    Changed,
    Documents,
    Exclusions,
    GetIndexing,
    Indexing,
    ListDocuments,
    ListExclusions,
    ListSources,
    Progress,
    Sources,
)
from strongroom_engine.types import DocumentRecord, Exclusion, Source
from strongroom_engine.types import Progress as Counted

PULSE_MS = 250
"""Progress comes faster than one can read."""
REFRESH_MS = 1_500
"""While the index changes, documents are asked for at most this often."""
ROWS_A_MS = 5
"""Long lists are asked for less often: a millisecond more for so many documents."""


class CollectionPage(Page):
    """`problems_wanted` (of this collection) and `ask_wanted` lead on; `open_wanted` carries a
    `Place`; `choose_wanted` 'folder' or 'files' and the collection; `gone` when it is no more."""

    problems_wanted = Signal(str)
    ask_wanted = Signal()
    open_wanted = Signal(object)
    choose_wanted = Signal(str, str)
    refused = Signal(str)
    gone = Signal()

    def __init__(self, engine: Engine, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._engine = engine
        self._every: tuple[Source, ...] = ()
        self._exclusions: tuple[Exclusion, ...] = ()
        self._paused = self._damaged = False
        self._name = ""
        self._shown_reading: list[str] = []
        self._progress: Counted | None = None
        self._records: dict[str, tuple[DocumentRecord, ...]] = {}
        self._parts: dict[int, list[DocumentRecord]] = {}
        self._indexing = Latest(engine)
        self._left_out = Latest(engine)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.timeout.connect(self._ask)
        self._pulse = QTimer(self)
        self._pulse.setSingleShot(True)
        self._pulse.setInterval(PULSE_MS)
        self._pulse.timeout.connect(self._show)
        self.deeds = Deeds(engine, theme, self)
        self.deeds.refused.connect(self.refused)
        self.pace = Pace(theme)
        self.stock = Stock(theme)
        self.missing = Missing(theme)
        self.notice = Notice(theme)
        self.reading = Section(tr("Reading now"))
        self.contents = Contents(theme)
        self.members = Members(self.deeds, theme)
        self._add_controls()
        self._add_sections()
        engine.received.connect(self._on_event)
        engine.died.connect(self._parts.clear)

    @property
    def collection(self) -> str:
        return self._name

    def show_collection(self, name: str) -> None:
        """Turn to the page of a collection."""
        if name != self._name:
            self._name = name
            self._show_records()
        self._indexing.send(GetIndexing())
        self._ask()
        self._show()

    # --- layout ----------------------------------------------------------------------------------

    def _add_controls(self) -> None:
        again = IconButton(self.theme, "refresh-cw", tr("Look for changes"), keys="F5")
        again.clicked.connect(lambda: self.deeds.rescan_paths(s.path for s in self._mine()))
        more = IconButton(self.theme, "ellipsis", tr("More to do with this collection"))
        more.clicked.connect(
            lambda: self.more_menu().popup(more.mapToGlobal(more.rect().bottomLeft()))
        )
        self.pause = Button(self.theme, "", icon="pause")
        self.pause.hide()  # until it is known what it would do
        self.pause.clicked.connect(lambda: self.deeds.pause(not self._paused))
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        buttons.addWidget(again)
        buttons.addWidget(more)
        self.head_row.addLayout(buttons)
        self.head_row.addWidget(self.pause)

    def _add_sections(self) -> None:
        gap = self.theme.space(5)
        sections = (
            self.pace, self.stock, self.missing, self.notice,
            self.reading, self.contents, self.members,
        )  # fmt: skip
        for section in sections:
            self.body.addWidget(section)
        self.body.setSpacing(gap)
        self.body.addStretch(1)
        self.stock.problems_wanted.connect(lambda: self.problems_wanted.emit(self._name))
        self.notice.ask_wanted.connect(self.ask_wanted)
        self.contents.open_wanted.connect(self.open_wanted)

    def more_menu(self) -> QMenu:
        """Add to the collection, or take it away."""
        menu = QMenu(self)
        name, paths = self._name, [source.path for source in self._mine()]
        menu.addAction(tr("Add a folder…"), lambda: self.choose_wanted.emit("folder", name))
        menu.addAction(tr("Add files…"), lambda: self.choose_wanted.emit("files", name))
        menu.addSeparator()
        menu.addAction(
            tr("Remove from the library…"), lambda: self.deeds.ask_to_remove(name, paths)
        )
        return menu

    # --- what the engine says --------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()
        self._show()

    def _ask(self) -> None:
        """Ask for the documents and exclusions, while the page is seen; for the sources first,
        where nothing has been said of them since the page was made."""
        if not self._every:
            self._engine.send(ListSources())
        elif self.isVisible() and self._name:
            self._left_out.send(ListExclusions())
            for source in self._mine():
                self._engine.send(ListDocuments(source=source.path))

    def _on_event(self, event: object) -> None:
        match event:
            case Sources():
                self._on_sources(event.sources)
            case Documents() if event.source:
                self._on_documents(event)
            case Exclusions() if self._left_out.wants(event):
                self._exclusions = event.exclusions
                self._show_members()
            case Indexing() if event.id == 0 or self._indexing.wants(event):
                self._paused, self._damaged = event.paused, event.why == "damage"
                self.pace.set_resting(paused=event.paused, why=event.why)
                self._show()
            case Progress():
                self.pace.set_progress(event.progress)
                self._progress = event.progress
                if not self._pulse.isActive():
                    self._pulse.start()
            case Changed() if event.documents and not self._refresh.isActive():
                known = sum(len(self._records.get(source.path, ())) for source in self._mine())
                self._refresh.start(REFRESH_MS + known // ROWS_A_MS)
            case _:
                pass

    def _on_sources(self, sources: tuple[Source, ...]) -> None:
        before = {source.path for source in self._mine()}
        is_first, self._every = not self._every, sources
        known = {source.path for source in sources}
        self._records = {path: kept for path, kept in self._records.items() if path in known}
        names = {source.collection for source in sources if source.path in before}
        if self._name and before and not self._mine():
            if len(names) == 1:  # it was renamed
                self._name = names.pop()
            else:
                self._name = ""
                self.gone.emit()
        if is_first and sources:
            self._ask()
        self._show()

    def _on_documents(self, event: Documents) -> None:
        if event.source not in {source.path for source in self._mine()}:
            return
        self._parts.setdefault(event.id, []).extend(event.documents)
        if not event.more:
            self._records[event.source] = tuple(self._parts.pop(event.id))
            self._show_records()
            self._show()

    def _show_records(self) -> None:
        self.contents.show_records(
            record for source in self._mine() for record in self._records.get(source.path, ())
        )

    def _mine(self) -> list[Source]:
        return [source for source in self._every if source.collection == self._name]

    # --- what it shows ---------------------------------------------------------------------------

    def _show(self) -> None:
        if not (self._name and self._every and self.isVisible()):
            return
        sources = self._mine()
        self.title.setText(self._name)
        several = plural(len(sources), "{n} source", "{n} sources")
        self.subtitle.set_text(sources[0].path if len(sources) == 1 else several)
        share = share_done(sources)
        self.pace.show_share(sum(total(source) for source in sources), share)
        self.pause.setVisible((share is not None or self._paused) and not self._damaged)
        self.pause.setText(tr("Go on") if self._paused else tr("Pause"))
        self.pause.setIcon(self.theme.icon("play" if self._paused else "pause"))
        self.stock.show_counts(sources)
        self.missing.show_sources(sources)
        self.notice.show_counts(sources)
        self._show_reading(under_way=share is not None and not self._paused)
        self._show_members()

    def _show_reading(self, *, under_way: bool) -> None:
        now = self._progress if under_way and self._progress and not self._progress.model else None
        self.contents.show_finished(now.finished if now else ())
        read = (now.reading or (now.what,)) if now else ()
        mine = [path for path in read if any(lies_in(s.path, path) for s in self._mine())]
        if mine != self._shown_reading:
            self._shown_reading = mine
            self.reading.show_lines(
                [
                    Line(self.theme, (file_icon(path), "text_2"), file_name(path), "", tooltip=path)
                    for path in mine
                ]
            )

    def _show_members(self) -> None:
        names = sorted({source.collection for source in self._every}, key=str.casefold)
        self.members.show_members(self._mine(), self._exclusions, names)
