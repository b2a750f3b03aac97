"""The place 'Review grids' of the centre: all that are kept, a new one, or the one that is open."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.dialogs import confirm
from strongroom_desktop.latest import Latest
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review.grid import GridView
from strongroom_desktop.review.kept import KeptReviews
from strongroom_desktop.review.memory import Looks
from strongroom_desktop.review.new import NewReview, choose_documents
from strongroom_desktop.review.sheets import ask_name
from strongroom_desktop.selection import Selection
from strongroom_desktop.wording import tr
from strongroom_engine import protocol as wire
from strongroom_engine.types import DocumentRecord, ReviewSummary

REFRESH_MS = 2_000
"""While documents are being read, the list to choose from is made anew this often."""


class ReviewPage(QWidget):
    """`counted`: how many reviews are kept. `reader_wanted`: whether the reader is to be seen
    beside the page: while a grid is open, and a page of it was wanted."""

    counted = Signal(int)
    reader_wanted = Signal(bool)

    def __init__(
        self,
        engine: Engine,
        selection: Selection,
        theme: Theme,
        settings: QSettings | None = None,
    ) -> None:
        super().__init__()
        self._engine, self._selection, self._theme = engine, selection, theme
        self._looks = Looks(settings)
        self._listing, self._documents = Latest(engine), Latest(engine)
        self._renaming: dict[int, tuple[str, str]] = {}
        self._records: dict[str, DocumentRecord] = {}
        self._parts: list[DocumentRecord] = []
        self._reviews: tuple[ReviewSummary, ...] = ()
        self._stale = True
        self.kept = KeptReviews(theme)
        self.new = NewReview(engine, theme)
        self.grid = GridView(engine, selection, theme, self._looks)
        self._stack = QStackedWidget()
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._lay_out()
        self._connect()
        if engine.ready is not None:
            self._listing.send(wire.ListReviews())

    def _lay_out(self) -> None:
        self.setMinimumWidth(1)
        for widget in (self.kept, self.new, self.grid):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self._engine.received.connect(self._on_event)
        self._refresh.timeout.connect(self._load_documents)
        self.kept.chosen.connect(self.open_review)
        self.kept.new_wanted.connect(self.begin_new)
        self.kept.rename_wanted.connect(self._rename)
        self.kept.removal_wanted.connect(self._remove)
        self.new.left.connect(self.show_all)
        self.new.started.connect(self._start)
        self.grid.left.connect(self.show_all)
        self.grid.changed.connect(lambda: self._listing.send(wire.ListReviews()))
        self.grid.removal_wanted.connect(self._remove)
        self.grid.documents_wanted.connect(self._choose_documents)
        self.grid.reader_wanted.connect(self.reader_wanted)

    # --- going somewhere -------------------------------------------------------------------------

    @property
    def shown(self) -> str:
        """'kept', 'new' or 'grid'."""
        current = self._stack.currentWidget()
        return "kept" if current is self.kept else "new" if current is self.new else "grid"

    def show_all(self) -> None:
        """Back to the list; an open review goes on being answered."""
        self._stack.setCurrentWidget(self.kept)
        self._listing.send(wire.ListReviews())
        self.reader_wanted.emit(False)
        self.kept.list.setFocus()

    def begin_new(self) -> None:
        """A new review, of the documents that are chosen in the window, if any are."""
        self._load_if_stale()
        self._stack.setCurrentWidget(self.new)
        self.reader_wanted.emit(False)
        self.new.begin(self._selection.documents, (each.name for each in self._reviews))

    def open_review(self, name: str) -> None:
        """Show a kept review; the one that is open already stays as it is."""
        self._load_if_stale()
        self._stack.setCurrentWidget(self.grid)
        if name != self.grid.session.name or not self.grid.model.documents:
            self.grid.look_at(name)
        self.grid.table.setFocus()

    def _start(self, request: wire.RunReview) -> None:
        self._load_if_stale()
        self._stack.setCurrentWidget(self.grid)
        self.grid.start(request)

    # --- changing --------------------------------------------------------------------------------

    def _rename(self, name: str) -> None:
        def then(new: str) -> None:
            if new and new != name:
                number = self._engine.send(wire.RenameReview(name=name, new_name=new))
                self._renaming[number] = (name, new)

        ask_name(self, self._theme, name, then)

    def _take_name(self, name: str, new: str) -> None:
        if name == self.grid.session.name:
            self.grid.session.take_name(new)
        self.grid.session.call(name, new)

    def _remove(self, name: str) -> None:
        confirm(
            self,
            self._theme,
            tr("Remove this review grid?"),
            tr("“{name}” and its answers go. The documents stay in the library.", name=name),
            action=tr("Remove"),
            then=lambda: self._remove_now(name),
        )

    def _remove_now(self, name: str) -> None:
        if name == self.grid.session.name:
            self.grid.close_review()
        else:
            self.grid.session.stop(name)
        self._engine.send(wire.RemoveReview(name=name))
        self._looks.forget(name)
        self.show_all()

    def _choose_documents(self) -> None:
        self._load_if_stale()
        had = self.grid.model.documents
        sheet, picker = choose_documents(self, self._theme, self._records, had)

        def save() -> None:
            chosen = frozenset(picker.chosen())
            gone = frozenset(had) & self._records.keys() - chosen
            kept = [each for each in had if each not in gone]
            added = [each for each in picker.chosen() if each not in frozenset(had)]
            if added or gone:
                columns = self.grid.model.columns
                self.grid.session.put(columns, [*kept, *added], ask=bool(added))

        sheet.accepted.connect(save)

    # --- what comes ------------------------------------------------------------------------------

    def _on_event(self, event: wire.Message) -> None:
        match event:
            case wire.Ready():
                self._on_ready(event)
            case wire.Changed(documents=True):
                self._stale = True
                if self.new.isVisible() and not self._refresh.isActive():
                    self._refresh.start()
            case wire.Reviews() if self._listing.wants(event):
                self._reviews = event.reviews
                self.kept.set_reviews(event.reviews)
                self.counted.emit(len(event.reviews))
            case wire.Documents() if self._documents.wants(event):
                self._on_documents(event)
            case wire.Progress(progress=None):
                self.grid.refresh()  # the index has come to rest: documents may be others
            case wire.Done() | wire.Failed() if event.id in self._renaming:
                self._on_renamed(event)
            case _:
                pass

    def _on_ready(self, event: wire.Ready) -> None:
        self._stale = True
        self._listing.send(wire.ListReviews())
        if event.plan is None:  # the first of two: the library has just been opened
            self.grid.refresh()
        if self.isVisible():
            self._load_documents()

    def _on_renamed(self, event: wire.Done | wire.Failed) -> None:
        name, new = self._renaming.pop(event.id)
        if isinstance(event, wire.Done):
            self._take_name(name, new)
        else:
            self.kept.notice.say(str(event.error))
        self._listing.send(wire.ListReviews())

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._load_if_stale()

    def _load_if_stale(self) -> None:
        if self._stale and self._engine.ready is not None:
            self._load_documents()

    def _load_documents(self) -> None:
        self._stale = False
        self._parts = []
        self._documents.send(wire.ListDocuments())

    def _on_documents(self, event: wire.Documents) -> None:
        self._parts += event.documents
        if not event.more:
            self._records = {each.path: each for each in self._parts}
            self.new.set_records(self._records)
            self.grid.set_records(self._records)
