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


class ReadAhead(Message, frozen=True):
    """The question of the `Ask` that the window would send now: its passages are read meanwhile.

    Answered by `PassagesRead` … and then `Done`: when all have been read, when nothing is to be, or
    when a newer `ReadAhead` or an `Ask` goes first.
    """

    question: str = ""
    collections: tuple[str, ...] = ()
    everywhere: bool = False
    documents: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()


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


class PassagesRead(Message, frozen=True):
    """So many `passages` have been read ahead, `of` so many that an answer would be written from."""

    passages: int = 0
    of: int = 0


class Stage(Message, frozen=True):
    """Where an answer stands: 'searching', 'loading', 'reading' (with the passages that are still to
    be read) or 'read' (with those that all have been), 'writing' (with those that it is from)."""

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


Request = Search | ReadAhead | Ask
Event = Hits | PassagesRead | Stage | Taken | Working | Token | Answered
CLOSING = (Hits, Answered)
