"""Answers about conversations that are kept."""

from __future__ import annotations

from pathlib import Path

from strongroom_engine import protocol as wire
from strongroom_engine.errors import Cancelled
from strongroom_engine.serving.calls import Call, Handler, Handlers


def _list(call: Call, request: wire.ListConversations) -> wire.Message:
    if call.stopped():  # typed over meanwhile
        raise Cancelled
    return wire.Conversations(conversations=call.library.conversations.listed(request.words))


def _get(call: Call, request: wire.GetConversation) -> wire.Message:
    """Its turns in parts: the window takes one in at a time."""
    for turns in call.library.conversations.parts(request.key):
        call.send(wire.ConversationTurns(key=request.key, turns=turns))
    return wire.ConversationOpened(conversation=call.library.conversations.find(request.key))


def _rename(call: Call, request: wire.RenameConversation) -> wire.Message:
    call.library.conversations.rename(request.key, request.title)
    return wire.Done()


def _remove(call: Call, request: wire.RemoveConversation) -> wire.Message:
    call.library.conversations.remove(request.key)
    return wire.Done()


def _export(call: Call, request: wire.ExportConversation) -> wire.Message:
    call.library.conversations.export(request.key, Path(request.file), request.turn, request.words)
    return wire.Done()


HANDLERS: Handlers = {
    wire.ListConversations: Handler("look", _list),
    wire.GetConversation: Handler("look", _get),
    wire.RenameConversation: Handler("look", _rename),
    wire.RemoveConversation: Handler("look", _remove),
    wire.ExportConversation: Handler("look", _export),
}
