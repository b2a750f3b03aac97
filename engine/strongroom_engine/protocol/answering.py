"""Searching and asking."""

from __future__ import annotations

from strongroom_engine.protocol.base import Message
from strongroom_engine.types import Answer, SearchResult, Task, Turn
from strongroom_engine.types import Progress as ProgressValue

# --- requests: window -> host --------------------------------------------------------------------


class Search(Message, frozen=True):
    """Answered by `Hits`. `collections` empty means all of them; `everywhere` lets nothing but
    typed filters narrow the search (`SearchResult.understood`)."""

    question: str = ""
    k: int = 10
    collections: tuple[str, ...] = ()
    everywhere: bool = False


class Ask(Message, frozen=True):
    """Answered by `Stage`, `Token`, `Working` … and then `Answered`.

    `task`, `documents` (paths), `turns` (the conversation so far, oldest first) and `schema` are
    those of the engine's `Request`. With a `conversation` (a key that the window chooses) question
    and answer are kept in it.
    """

    question: str = ""
    collections: tuple[str, ...] = ()
    model: str = ""
    everywhere: bool = False
    task: Task = "answer"
    documents: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    schema: str = ""
    conversation: str = ""


# --- events: host -> window ----------------------------------------------------------------------


class Hits(Message, frozen=True):
    result: SearchResult | None = None


class Stage(Message, frozen=True):
    """Where an answer stands: 'searching', 'loading', 'reading' (with passages), 'writing'."""

    name: str = ""
    passages: int = 0


class Taken(Message, frozen=True):
    """How a question was understood within its conversation, where that differs; it comes before
    the first word of the answer."""

    standalone: str = ""


class Working(Message, frozen=True):
    """How far an answer is that reads many pages or documents."""

    progress: ProgressValue | None = None


class Token(Message, frozen=True):
    """The next piece of an answer's text."""

    text: str = ""


class Answered(Message, frozen=True):
    answer: Answer | None = None


Request = Search | Ask
Event = Hits | Stage | Taken | Working | Token | Answered
CLOSING = (Hits, Answered)
