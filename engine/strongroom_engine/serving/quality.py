"""Answers that concern the user's own question set."""

from __future__ import annotations

from pathlib import Path

from strongroom_engine import protocol as wire
from strongroom_engine.evaluation.files import write_report
from strongroom_engine.serving.calls import Call, Handler, Handlers


def _judge(call: Call, request: wire.Judge) -> wire.Message:
    judgement = call.library.own.judge(
        request.question,
        right=request.right,
        wrong=request.wrong,
        right_answer=request.right_answer,
        wrong_answer=request.wrong_answer,
        absent=request.absent,
    )
    return wire.Judged(judgement=judgement)


def _list(call: Call, _request: wire.ListJudgements) -> wire.Message:
    return wire.Judgements(judgements=call.library.own.judgements())


def _forget(call: Call, request: wire.ForgetJudgement) -> wire.Message:
    call.library.own.forget(request.question)
    return wire.Done()


def _export(call: Call, request: wire.ExportJudgements) -> wire.Message:
    root = Path(request.root) if request.root else None
    write_report(Path(request.file), call.library.own.export(root))
    return wire.Done()


def _run(call: Call, request: wire.RunQuality) -> wire.Message:
    run = call.library.quality.run(
        answers=request.answers,
        on_progress=lambda progress: call.send(wire.Working(progress=progress)),
        cancelled=call.stopped,
    )
    return wire.QualityMeasured(run=run)


def _runs(call: Call, _request: wire.ListQualityRuns) -> wire.Message:
    return wire.QualityRuns(runs=call.library.quality.runs())


HANDLERS: Handlers = {
    wire.Judge: Handler("look", _judge),
    wire.ListJudgements: Handler("look", _list),
    wire.ForgetJudgement: Handler("look", _forget),
    wire.ExportJudgements: Handler("look", _export),
    wire.RunQuality: Handler("review", _run),
    wire.ListQualityRuns: Handler("look", _runs),
}
