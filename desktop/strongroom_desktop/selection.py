"""What is open and what is searched: all that the regions of the window share besides the engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document. `spans` are page coordinates; empty means the page as a whole.

    `page` is None where there are no pages, or for 'where the document begins'.
    `where` says in words where it is in a document without: 'sheet Budget, row 40'.
    `number` is the citation's figure in its answer, 0 where there is none.
    """

    file: str
    page: int | None = None
    spans: tuple[tuple[int, int], ...] = ()
    title: str = ""
    number: int = 0
    quiet: bool = False
    """Marked only while it is open: a passage found by its meaning holds no word to point to."""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """Places one can step through, and the one that is open. `kind` names them for the reader:
    'citation' (of an answer), 'hit' (of a search) or 'document' (opened by itself)."""

    kind: str
    places: tuple[Place, ...]
    index: int = 0

    @property
    def place(self) -> Place:
        return self.places[self.index]


class Selection(QObject):
    """The open place and the collections in scope.

    `opened` carries a `Trail`, or None when nothing is open any more, and whether it is only a
    preview: the reader turns to it then, but takes neither the focus nor a narrow window's centre.
    `documents_changed`: other documents are chosen to ask about.
    """

    opened = Signal(object, bool)
    scope_changed = Signal()
    documents_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trail: Trail | None = None
        self._collections: tuple[str, ...] = ()
        self._left_out: frozenset[str] = frozenset()
        self._documents: tuple[str, ...] = ()

    # --- what is open ----------------------------------------------------------------------------

    @property
    def trail(self) -> Trail | None:
        return self._trail

    @property
    def place(self) -> Place | None:
        return self._trail.place if self._trail else None

    def open(self, place: Place, *, preview: bool = False) -> None:
        """Open one place by itself."""
        self.open_trail(Trail("document", (place,)), preview=preview)

    def open_trail(self, trail: Trail, *, preview: bool = False) -> None:
        """Open a citation among its answer's citations, or a hit among its search's hits."""
        self._trail = trail
        self.opened.emit(trail, preview)

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) place of the trail; the ends meet."""
        if self._trail and len(self._trail.places) > 1:
            index = (self._trail.index + by) % len(self._trail.places)
            self.open_trail(Trail(self._trail.kind, self._trail.places, index))

    def close(self) -> None:
        if self._trail:
            self._trail = None
            self.opened.emit(None, False)

    # --- what is searched ------------------------------------------------------------------------

    @property
    def collections(self) -> tuple[str, ...]:
        """All collections of the library, in the order in which they are shown."""
        return self._collections

    @property
    def scope(self) -> tuple[str, ...]:
        """What a request carries: the collections to search; empty means all of them."""
        chosen = self.chosen
        return () if len(chosen) == len(self._collections) else chosen

    @property
    def chosen(self) -> tuple[str, ...]:
        """The collections in scope, by name."""
        return tuple(name for name in self._collections if name not in self._left_out)

    def in_scope(self, collection: str) -> bool:
        return collection not in self._left_out

    def set_collections(self, collections: Sequence[str]) -> None:
        """The collections that there are now; new ones are in scope."""
        if tuple(collections) != self._collections:
            self._collections = tuple(collections)
            self._settle(self._left_out)

    def set_in_scope(self, collection: str, wanted: bool) -> None:
        """Put one collection in or out of scope. The last one cannot be left out."""
        change = self._left_out - {collection} if wanted else self._left_out | {collection}
        self._change(change)

    def set_scope(self, collections: Iterable[str]) -> None:
        """Search exactly these; none of them means all."""
        wanted = set(collections)
        self._change(frozenset(name for name in self._collections if name not in wanted))

    def _change(self, left_out: frozenset[str]) -> None:
        if left_out != self._left_out:
            self._settle(left_out)

    def _settle(self, left_out: frozenset[str]) -> None:
        """Keep at least one collection in scope, and say so."""
        self._left_out = left_out & frozenset(self._collections)
        if self._collections and not self.chosen:
            self._left_out = frozenset()
        self.scope_changed.emit()

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that the next question is about, by path; empty: whatever is in scope."""
        return self._documents

    def set_documents(self, documents: Iterable[str]) -> None:
        """Ask about exactly these from now on; none of them: about whatever is in scope."""
        chosen = tuple(dict.fromkeys(documents))
        if chosen != self._documents:
            self._documents = chosen
            self.documents_changed.emit()
