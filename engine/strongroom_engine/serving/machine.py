"""Answers about the computer and the models on it."""

from __future__ import annotations

from pathlib import Path

from strongroom_engine import protocol as wire
from strongroom_engine.serving.calls import Call, Handler, Handlers


def _doctor(call: Call, _request: wire.GetDoctor) -> wire.Message:
    return wire.DoctorReport(doctor=call.library.doctor())


def _models(call: Call, _request: wire.GetModels) -> wire.Message:
    return wire.Models(report=call.library.models.report())


def _measure(call: Call, _request: wire.MeasureModels) -> wire.Message:
    call.library.models.measure()
    return wire.Models(report=call.library.models.report())


def _use(call: Call, request: wire.UseModel) -> wire.Message:
    call.library.models.use(request.name)
    if call.library.answers.loaded[1] != "busy":  # else it would end the answer that is written
        call.later(call.library.answers.warm)
    return wire.Models(report=call.library.models.report())


def _import(call: Call, request: wire.ImportModel) -> wire.Message:
    file = call.library.models.bring_in(
        Path(request.file),
        on_progress=lambda progress: call.send(wire.Working(progress=progress)),
        cancelled=call.stopped,
    )
    return wire.Models(report=call.library.models.report(), file=file)


def _remove(call: Call, request: wire.RemoveModel) -> wire.Message:
    call.library.models.remove(request.file)
    return wire.Models(report=call.library.models.report())


def _memory(call: Call, request: wire.GetMemory) -> wire.Message:
    return wire.Memory(memory=call.library.models.memory(request.window))


HANDLERS: Handlers = {
    wire.GetDoctor: Handler("start", _doctor),
    wire.GetModels: Handler("look", _models),
    wire.MeasureModels: Handler("look", _measure),
    wire.UseModel: Handler("look", _use),
    wire.ImportModel: Handler("start", _import),
    wire.RemoveModel: Handler("look", _remove),
    wire.GetMemory: Handler("look", _memory),
}
