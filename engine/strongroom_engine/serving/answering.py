"""Answers to searches and questions."""

from __future__ import annotations

from typing import Any

from strongroom_engine import protocol as wire
from strongroom_engine.serving.calls import Call, Handler, Handlers
from strongroom_engine.types import Answer, Asked


def _search(call: Call, request: wire.Search) -> wire.Message:
    result = call.library.search(
        request.question,
        request.k,
        request.collections,
        everywhere=request.everywhere,
        typing=True,
        cancelled=call.stopped,  # typed over meanwhile
    )
    # Whoever searches may ask next: the model is loaded while the question is being typed.
    call.later(call.library.answers.warm)
    return wire.Hits(result=result)


def _read_ahead(call: Call, request: wire.ReadAhead) -> wire.Message:
    def tell(done: int, total: int) -> None:
        call.send(wire.PassagesRead(passages=done, of=total))

    _read(call, request, on_read=tell, cancelled=call.stopped)
    return wire.Done()


def _read(call: Call, request: wire.ReadAhead | wire.Ask, **how: Any) -> None:
    """Have the passages read from which a question is answered."""
    call.library.answers.read_ahead(
        request.question,
        request.collections,
        everywhere=request.everywhere,
        documents=request.documents,
        turns=request.turns,
        **how,
    )


def _ask(call: Call, request: wire.Ask) -> wire.Message:
    """The answer; in a conversation the question is kept before it is answered."""
    asked = Asked(
        request.question,
        request.task,
        request.collections,
        request.documents,
        request.model,
        request.everywhere,
        request.schema,
    )
    kept = call.library.conversations.keep
    answer = kept(request.conversation, asked, lambda: _answer(call, request))
    if request.task == "answer" and not request.model and not call.stopped():
        # Whoever asked may ask on about the same, once the answer has been read.
        call.later(lambda: _read(call, request), "ahead")
    return wire.Answered(answer=answer)


def _answer(call: Call, request: wire.Ask) -> Answer:
    return call.library.answers.ask(
        request.question,
        request.collections,
        model=request.model,
        everywhere=request.everywhere,
        task=request.task,
        documents=request.documents,
        turns=request.turns,
        schema=request.schema,
        on_stage=lambda name, count: call.send(wire.Stage(name=name, passages=count)),
        on_token=lambda text: call.send(wire.Token(text=text)),
        on_progress=lambda done: call.send(wire.Working(progress=done)),
        on_taken=lambda standalone: call.send(wire.Taken(standalone=standalone)),
        cancelled=call.stopped,
    )


HANDLERS: Handlers = {
    wire.Search: Handler("look", _search),
    wire.ReadAhead: Handler("ahead", _read_ahead),
    wire.Ask: Handler("ask", _ask),
}
