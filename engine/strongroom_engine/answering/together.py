"""Several pieces of work for the answer model under way at a time, their results in order.

The model decodes what it is asked at the same time in one batch, in which an answer costs little
more than alone, and while one answer is checked the next are written.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from strongroom_engine.errors import AnswerWorkerDied, Cancelled

TOGETHER = 4
"""As many questions are put to the answer model at a time."""
AHEAD = 4 * TOGETHER
"""Of a slow one at most so many are begun that wait for it to be told."""
_POLL_S = 0.1
"""Some systems hear no Ctrl+C while something is waited for without end."""

Result = TypeVar("Result")
Results: TypeAlias = Generator[Result, None, None]
Stop = Callable[[], bool]


def never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Piece(Generic[Result]):
    """What is to be done, in any thread.

    `work` gets what says whether to stop, and raises `Cancelled` then. `died` makes the result of a
    piece with which the answer worker died.
    """

    work: Callable[[Stop], Result]
    died: Callable[[AnswerWorkerDied], Result]


def together(
    pieces: Iterable[Piece[Result]],
    cancelled: Stop = never,
    most: int = 0,
) -> Results[Result]:
    """The results of the pieces, in their order; `most` are at work at a time, 0: as many as are good.

    A piece is taken from `pieces`, in the calling thread, when it begins.
    When cancelled nothing more begins, what is done is given, and the rest ends within a second,
    as when the results are wanted no more (`close`): no thread is left behind. A piece with which
    the worker died beside others is done once more, alone: it was perhaps another one's fault.
    Whatever else a piece raises is raised.
    """
    most = most or TOGETHER
    if most == 1:
        yield from _one_by_one(pieces, cancelled)
        return
    with ThreadPoolExecutor(most, "together") as pool:
        line = _Line(pool, iter(pieces), cancelled, most)
        try:
            yield from line.results()
        finally:
            line.end()


def _one_by_one(pieces: Iterable[Piece[Result]], cancelled: Stop) -> Iterator[Result]:
    for piece in pieces:
        try:
            result = _alone(piece, cancelled)
        except Cancelled:
            return
        yield result


def _alone(piece: Piece[Result], stopped: Stop) -> Result:
    if stopped():
        raise Cancelled
    try:
        return piece.work(stopped)
    except AnswerWorkerDied as exc:
        return piece.died(exc)


@dataclass(slots=True, eq=False)
class _Begun(Generic[Result]):
    """A piece that is at work, or done and not told. `beside`: others were at work meanwhile."""

    piece: Piece[Result]
    future: Future[Result]
    beside: bool


class _Line(Generic[Result]):
    """The pieces that have begun, in their order."""

    def __init__(
        self,
        pool: ThreadPoolExecutor,
        pieces: Iterator[Piece[Result]],
        cancelled: Stop,
        most: int,
    ) -> None:
        self._pool, self._pieces = pool, pieces
        self._cancelled, self._most = cancelled, most
        self._begun: deque[_Begun[Result]] = deque()
        self._all_begun = False
        self._ended = threading.Event()

    def end(self) -> None:
        """Let what is at work stop, and nothing more begin."""
        self._ended.set()

    def results(self) -> Iterator[Result]:
        while True:
            self._fill()
            if self._begun and self._begun[0].future.done():
                yield from self._told(self._begun.popleft())
            elif self._begun:
                self._wait()
            else:
                return

    def _stopped(self) -> bool:
        return self._ended.is_set() or self._cancelled()

    def _fill(self) -> None:
        """Begin as many as may be at work."""
        while self._may_begin():
            piece = next(self._pieces, None)
            if piece is None:
                self._all_begun = True
                return
            beside = self._at_work()
            for one in beside:
                one.beside = True
            future = self._pool.submit(piece.work, self._stopped)
            self._begun.append(_Begun(piece, future, bool(beside)))

    def _may_begin(self) -> bool:
        if self._all_begun or self._stopped():
            return False
        return len(self._at_work()) < self._most and len(self._begun) < AHEAD

    def _at_work(self) -> list[_Begun[Result]]:
        return [one for one in self._begun if not one.future.done()]

    def _wait(self) -> None:
        """Until one more is done, or for a moment."""
        wait([one.future for one in self._at_work()], _POLL_S, FIRST_COMPLETED)

    def _told(self, one: _Begun[Result]) -> Iterator[Result]:
        """Its result; none where it was stopped, and then nothing more begins."""
        try:
            result = self._settled(one)
        except Cancelled:
            self.end()
            return
        yield result

    def _settled(self, one: _Begun[Result]) -> Result:
        try:
            return one.future.result()
        except AnswerWorkerDied as exc:
            if not one.beside:
                return one.piece.died(exc)
        while self._at_work():
            self._wait()
        return _alone(one.piece, self._stopped)
