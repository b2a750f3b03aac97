"""One review as the engine works on it: what is asked of the engine, and what comes of it.

All that asks goes through one queue of the engine, in order. So a change while it works is three
requests: stop, change, go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from strongroom_desktop.client import Engine, needs_words
from strongroom_engine import protocol as wire
from strongroom_engine.types import Cell, Column, Review, Verdict


class Session(QObject):
    """* `opened`: the review with all the cells that are known.
    * `cells`: more of them. `reading`: a place (document, question) that is read from now on, until
      its cell comes. `idle`: nothing is read any more.
    * `changed`: it works or rests now, or the time left is another one.
    * `failed`: a sentence. `renamed`: its old name and its new one. `rested`: everything asked for is done.
    * `exported`: the file that was written.
    """

    opened = Signal(object)
    cells = Signal(object)
    reading = Signal(object)
    idle = Signal()
    changed = Signal()
    failed = Signal(str)
    renamed = Signal(str, str)
    exported = Signal(str)
    rested = Signal()

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._name = ""
        self._work: set[int] = set()
        self._other: set[int] = set()
        self._names: dict[int, str] = {}
        self._files: dict[int, str] = {}
        self._elsewhere: dict[str, set[int]] = {}
        self._begun = False
        self._first: wire.RunReview | None = None
        self._snapshot: Review | None = None
        self._known: list[Cell] = []
        self._pausing = False
        self.left_s: float | None = None
        engine.received.connect(self._on_event)

    # --- what is asked ---------------------------------------------------------------------------

    @property
    def name(self) -> str:
        return self._name

    @property
    def running(self) -> bool:
        return bool(self._work) and not self._pausing

    @property
    def waits_for(self) -> str:
        """The review that is answered before this one, if this one is asked for but not begun."""
        return next(iter(self._elsewhere), "") if self.running and not self._begun else ""

    def look_at(self, name: str) -> None:
        """Show a kept review; nothing is asked. One that is being answered goes on in view."""
        self._leave()
        self._name = name
        self._work = self._elsewhere.pop(name, set())
        self.refresh()

    def refresh(self) -> None:
        """See what is kept by now: documents may have changed, and their answers be gone."""
        if self._name:
            self._other.add(self._engine.send(wire.GetReview(name=self._name)))

    def stop(self, name: str) -> None:
        """A review is to be removed: nothing more is asked for it."""
        for number in self._elsewhere.pop(name, set()):
            self._engine.cancel(number)
        if name == self._name:
            self._cancel()
            self._leave()
            self._elsewhere.pop(name, None)
            self._name = ""

    def call(self, name: str, new_name: str) -> None:
        """A review that is not in view has another name."""
        if name in self._elsewhere:
            self._elsewhere[new_name] = self._elsewhere.pop(name)

    def start(self, review: wire.RunReview) -> None:
        """Begin a new review."""
        self._leave()
        self._name = review.name
        self._first = review
        self._send_work(review)

    @property
    def unbegun(self) -> bool:
        """Whether this review was never taken in: the engine died, or refused it."""
        return self._first is not None and not self._work

    def go_on(self) -> None:
        """Ask what is missing; all of it, where the review was never taken in."""
        self._send_work(self._first or wire.GoOn(name=self._name))

    def pause(self) -> None:
        self._pausing = True
        self._cancel()
        self.changed.emit()

    def ask_again(self, questions: Sequence[str], documents: Sequence[str]) -> None:
        """Ask these questions anew in these documents; none stands for all."""
        was = self.running
        self._cancel()
        self._send_work(
            wire.AskAgain(name=self._name, questions=tuple(questions), documents=tuple(documents))
        )
        if was:
            self.go_on()

    def put(self, columns: Sequence[Column], documents: Sequence[str], *, ask: bool) -> None:
        """Give it these questions and documents; `ask` what is new, or go on as before."""
        ask = ask or self.running
        self._cancel()
        request = wire.PutReview(
            name=self._name, columns=tuple(columns), documents=tuple(documents)
        )
        self._other.add(self._engine.send(request))
        if ask:
            self.go_on()

    def rename(self, name: str) -> None:
        number = self._engine.send(wire.RenameReview(name=self._name, new_name=name))
        self._names[number] = name

    def judge(self, document: str, question: str, verdict: Verdict, text: str = "") -> None:
        request = wire.JudgeCell(document=document, question=question, verdict=verdict, text=text)
        self._other.add(self._engine.send(request))

    def export(self, file: str) -> None:
        """Write it to a file, CSV or XLSX by its ending."""
        number = self._engine.send(wire.ExportReview(name=self._name, file=file))
        self._other.add(number)
        self._files[number] = file

    def _send_work(self, request: wire.Message) -> None:
        self._pausing = False
        self._work.add(self._engine.send(request))
        self.changed.emit()

    def _cancel(self) -> None:
        for number in self._work:
            self._engine.cancel(number)

    def _leave(self) -> None:
        """Another review is shown: what is under way here goes on in the engine, unseen."""
        if self._work:
            self._elsewhere[self._name] = self._work
        self._work = set()
        self._begun = False
        self._other.clear()
        self._names.clear()
        self._snapshot = self._first = None
        self._pausing = False
        self.left_s = None
        self.idle.emit()

    # --- what comes ------------------------------------------------------------------------------

    def _on_event(self, event: wire.Message) -> None:
        if event.id in self._names:
            self._on_renamed(event)
        elif event.id in self._work or event.id in self._other:
            self._take(event)
        elif self._elsewhere and isinstance(event, wire.CLOSING):
            self._forget(event.id)

    def _take(self, event: wire.Message) -> None:
        match event:
            case wire.ReviewOpened():
                self._begun |= event.id in self._work
                self._snapshot, self._known = event.review, []
            case wire.ReviewCells() if self._snapshot is not None:
                self._known += event.cells
            case wire.ReviewCells():
                self.cells.emit(event.cells)
            case wire.ReviewReading():
                self._tell_snapshot()
                self.reading.emit((event.document, event.question))
            case wire.Working():
                self._tell_snapshot()
                self.left_s = event.progress.left_s if event.progress else None
                self.changed.emit()
            case wire.Reviewed() | wire.Done():
                self._tell_snapshot()
                if event.id in self._files:
                    self.exported.emit(self._files[event.id])
                self._close(event.id)
            case wire.Failed():
                if needs_words(event):
                    self.failed.emit(str(event.error))
                self._close(event.id)
            case _:
                pass

    def _forget(self, number: int) -> None:
        """Something out of view is done."""
        for name, numbers in list(self._elsewhere.items()):
            numbers.discard(number)
            if not numbers:
                del self._elsewhere[name]
                self.changed.emit()

    def _tell_snapshot(self) -> None:
        """All cells that were known at the beginning came before anything else."""
        if self._snapshot is not None:
            review, self._snapshot, self._first = self._snapshot, None, None
            self.opened.emit(replace(review, cells=tuple(self._known)))

    def _close(self, number: int) -> None:
        self._other.discard(number)
        self._files.pop(number, None)
        if number in self._work:
            self._work.discard(number)
            self.left_s = None
            self.idle.emit()  # what is asked next has not begun
            if not self._work:
                self._pausing = self._begun = False
                self.rested.emit()
        self.changed.emit()

    def take_name(self, name: str) -> None:
        """The review in view has another name now."""
        before, self._name = self._name, name
        self.renamed.emit(before, name)

    def _on_renamed(self, event: wire.Message) -> None:
        name = self._names.pop(event.id)
        if isinstance(event, wire.Failed):
            self.failed.emit(str(event.error))
        else:
            self.take_name(name)
