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


def _rename_collection(call: Call, request: wire.RenameCollection) -> wire.Message:
    call.library.indexing.rename_collection(request.name, request.new_name)
    return wire.Done()


def _move_source(call: Call, request: wire.MoveSource) -> wire.Message:
    call.library.indexing.move(request.path, request.collection)
    return wire.Done()


def _pause(call: Call, request: wire.PauseIndexing) -> wire.Message:
    call.library.indexing.pause(request.paused)
    return wire.Done()


def _stand(call: Call, _request: wire.GetIndexing) -> wire.Message:
    stand = call.library.indexing.stand
    return wire.Indexing(paused=stand.paused, why=stand.why)


def _exclude(call: Call, request: wire.Exclude) -> wire.Message:
    call.library.indexing.exclude(request.pattern, request.source)
    return wire.Done()


def _include(call: Call, request: wire.Include) -> wire.Message:
    call.library.indexing.include(request.pattern, request.source, call.stopped)
    return wire.Done()


def _exclusions(call: Call, _request: wire.ListExclusions) -> wire.Message:
    return wire.Exclusions(exclusions=call.library.indexing.exclusions())


def _retry(call: Call, request: wire.RetryDocuments) -> wire.Message:
    call.library.indexing.retry(request.paths, call.stopped)
    return wire.Done()


def _give_password(call: Call, request: wire.GivePassword) -> wire.Message:
    give = call.library.indexing.give_password
    return wire.PasswordTried(tried=give(request.path, request.password, call.stopped))


def _forget_password(call: Call, request: wire.ForgetPassword) -> wire.Message:
    call.library.indexing.forget_password(request.path)
    return wire.Done()


def _passwords(call: Call, _request: wire.ListPasswords) -> wire.Message:
    return wire.Passwords(paths=call.library.indexing.passwords())


HANDLERS: Handlers = {
    wire.AddSource: Handler("index", _add),
    wire.RemoveSource: Handler("look", _remove),  # must not wait for the indexing that it ends
    wire.Rescan: Handler("index", _rescan),
    wire.RetryDocuments: Handler("index", _retry),
    wire.RenameCollection: Handler("look", _rename_collection),
    wire.MoveSource: Handler("look", _move_source),
    wire.PauseIndexing: Handler("look", _pause),
    wire.GetIndexing: Handler("look", _stand),
    wire.Exclude: Handler("look", _exclude),  # what is read goes on
    wire.Include: Handler("index", _include),
    wire.ListExclusions: Handler("look", _exclusions),
    wire.GivePassword: Handler("index", _give_password),
    wire.ForgetPassword: Handler("look", _forget_password),
    wire.ListPasswords: Handler("look", _passwords),
    wire.ListSources: Handler("look", _sources),
    wire.ListDocuments: Handler("look", _documents),
    wire.GetStatus: Handler("look", _status),
    wire.GetEmbedding: Handler("look", _embedding),
    wire.ChooseEmbedding: Handler("look", _choose_embedding),  # re-embeds in the background
}
