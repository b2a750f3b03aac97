"""Answers about sources and documents."""

from __future__ import annotations

from strongroom_engine import protocol as wire
from strongroom_engine.serving.calls import Call, Handler, Handlers

DOCUMENTS_A_PART = 2_000


def _add(call: Call, request: wire.AddSource) -> wire.Message:
    call.library.add(request.path, request.collection, call.stopped)
    return wire.Done()


def _remove(call: Call, request: wire.RemoveSource) -> wire.Message:
    call.library.remove(request.path)
    return wire.Done()


def _rescan(call: Call, request: wire.Rescan) -> wire.Message:
    call.library.rescan(request.path, call.stopped)
    return wire.Done()


def _sources(call: Call, _request: wire.ListSources) -> wire.Message:
    return wire.Sources(sources=call.library.sources())


def _documents(call: Call, request: wire.ListDocuments) -> wire.Message:
    """A long list in parts: the window takes one in at a time and stays quick."""
    documents, size = call.library.documents(request.source), DOCUMENTS_A_PART
    last = max((len(documents) - 1) // size, 0) * size
    for start in range(0, last, size):
        part = documents[start : start + size]
        call.send(wire.Documents(source=request.source, documents=part, more=True))
    return wire.Documents(source=request.source, documents=documents[last:])


def _status(call: Call, _request: wire.GetStatus) -> wire.Message:
    return wire.Status(status=call.library.status())


def _embedding(call: Call, _request: wire.GetEmbedding) -> wire.Message:
    return wire.Embedding(status=call.library.embedding())


def _choose_embedding(call: Call, request: wire.ChooseEmbedding) -> wire.Message:
    call.library.choose_embedding_model(request.name)
    return wire.Done()


HANDLERS: Handlers = {
    wire.AddSource: Handler("index", _add),
    wire.RemoveSource: Handler("look", _remove),  # must not wait for the indexing that it ends
    wire.Rescan: Handler("index", _rescan),
    wire.ListSources: Handler("look", _sources),
    wire.ListDocuments: Handler("look", _documents),
    wire.GetStatus: Handler("look", _status),
    wire.GetEmbedding: Handler("look", _embedding),
    wire.ChooseEmbedding: Handler("look", _choose_embedding),  # re-embeds in the background
}
