"""Conversations that are kept in the library. `Ask.conversation` puts a question into one."""

from __future__ import annotations

from strongroom_engine.protocol.base import Message
from strongroom_engine.types import ConversationSummary, KeptTurn

# --- requests: window -> host --------------------------------------------------------------------


class ListConversations(Message, frozen=True):
    """Those that hold all of the words, or all; the one changed last first. Answered by
    `Conversations`."""

    words: str = ""


class GetConversation(Message, frozen=True):
    """Answered by `ConversationTurns` … and then `ConversationOpened`."""

    key: str = ""


class RenameConversation(Message, frozen=True):
    key: str = ""
    title: str = ""


class RemoveConversation(Message, frozen=True):
    key: str = ""


class ExportConversation(Message, frozen=True):
    """Write it to `file` with its citations, as Markdown, HTML, PDF or DOCX by its ending; only
    the turn with this number (from 0) if one is given."""

    key: str = ""
    file: str = ""
    turn: int | None = None


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
