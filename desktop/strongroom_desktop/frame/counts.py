"""How many conversations, reviews and judged questions there are, for the sidebar."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from strongroom_desktop.client import Engine
from strongroom_engine.protocol import (
    Answered,
    Conversations,
    Judged,
    Judgements,
    ListConversations,
    ListJudgements,
    ListReviews,
    Message,
    Ready,
    Reviewed,
    Reviews,
)

SOON_MS = 1_000


class Counts(QObject):
    """`counted` carries a destination and how many things are there; pages that were never opened
    are counted too."""

    counted = Signal(str, int)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._wanted: set[type[Message]] = set()
        self._mine: set[int] = set()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._ask)
        engine.received.connect(self._on_event)
        if engine.ready is not None:
            self._want(ListConversations, ListReviews, ListJudgements)

    def _want(self, *requests: type[Message]) -> None:
        self._wanted.update(requests)
        if not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        wanted, self._wanted = self._wanted, set()
        self._mine |= {self._engine.send(request()) for request in wanted}

    def _on_event(self, event: Message) -> None:
        match event:
            case Ready():
                self._want(ListConversations, ListReviews, ListJudgements)
            case Answered():
                self._want(ListConversations)
            case Reviewed():
                self._want(ListReviews)
            case Judged():
                self._want(ListJudgements)
            case Conversations() if event.id in self._mine:
                self._tell(event.id, "conversations", len(event.conversations))
            case Reviews() if event.id in self._mine:
                self._tell(event.id, "reviews", len(event.reviews))
            case Judgements() if event.id in self._mine:
                self._tell(event.id, "quality", len(event.judgements))
            case _ if event.id in self._mine:  # it failed: what was counted stays
                self._mine.discard(event.id)

    def _tell(self, request: int, place: str, count: int) -> None:
        self._mine.discard(request)
        self.counted.emit(place, count)
