"""The page of the conversations that are kept."""

from strongroom_desktop.conversations.page import ConversationsPage

__all__ = ["ConversationsPage"]
