"""Conversations that are kept in the library. `Ask.conversation` puts a question into one."""

from __future__ import annotations

from strongroom_engine.protocol.base import Message
from strongroom_engine.types import ConversationSummary, ExportWords, KeptTurn

# --- requests: window -> host --------------------------------------------------------------------


class ListConversations(Message, frozen=True):
    """Those that hold all of the words (in title, questions or answers, whatever their case), or
    all; the one changed last first. Answered by `Conversations`."""

    words: str = ""


class GetConversation(Message, frozen=True):
    """Answered by `ConversationTurns` … and then `ConversationOpened`, or `Failed` with the code
    'unknown-conversation'."""

    key: str = ""


class RenameConversation(Message, frozen=True):
    """Answered by `Done`; an empty title brings the first question back as its title."""

    key: str = ""
    title: str = ""


class RemoveConversation(Message, frozen=True):
    """For good, with its questions and answers. Answered by `Done`."""

    key: str = ""


class ExportConversation(Message, frozen=True):
    """Write it to `file` with its citations, as Markdown (.md), HTML, PDF or DOCX by its ending;
    only the turn with this number (from 0) if one is given. `words` are Strongroom's own words in
    it. Answered by `Done`."""

    key: str = ""
    file: str = ""
    turn: int | None = None
    words: ExportWords = ExportWords()


# --- events: host -> window ----------------------------------------------------------------------


class Conversations(Message, frozen=True):
    conversations: tuple[ConversationSummary, ...] = ()


class ConversationTurns(Message, frozen=True):
    """More turns of a conversation, oldest first."""

    key: str = ""
    turns: tuple[KeptTurn, ...] = ()


class ConversationOpened(Message, frozen=True):
    """All of its turns have come."""

    conversation: ConversationSummary | None = None


Request = (
    ListConversations
    | GetConversation
    | RenameConversation
    | RemoveConversation
    | ExportConversation
)
Event = Conversations | ConversationTurns | ConversationOpened
CLOSING = (Conversations, ConversationOpened)
