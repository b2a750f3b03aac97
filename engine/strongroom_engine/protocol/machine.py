"""The computer and the models on it."""

from __future__ import annotations

from strongroom_engine.protocol.base import Message
from strongroom_engine.types import Doctor

# --- requests: window -> host --------------------------------------------------------------------


class GetDoctor(Message, frozen=True):
    """Answered by `DoctorReport`."""


# --- events: host -> window ----------------------------------------------------------------------


class DoctorReport(Message, frozen=True):
    doctor: Doctor | None = None


Request = GetDoctor
Event = DoctorReport
CLOSING = (DoctorReport,)
