"""Answers about the computer and the models on it."""

from __future__ import annotations

from strongroom_engine import protocol as wire
from strongroom_engine.serving.calls import Call, Handler, Handlers


def _doctor(call: Call, _request: wire.GetDoctor) -> wire.Message:
    return wire.DoctorReport(doctor=call.library.doctor())


HANDLERS: Handlers = {
    wire.GetDoctor: Handler("start", _doctor),
}
