"""The computer and the models on it."""

from __future__ import annotations

from strongroom_engine.protocol.base import Message
from strongroom_engine.types import Doctor, MemoryNow, ModelsReport

# --- requests: window -> host --------------------------------------------------------------------


class GetDoctor(Message, frozen=True):
    """Answered by `DoctorReport`."""


class GetModels(Message, frozen=True):
    """Answered by `Models`."""


class MeasureModels(Message, frozen=True):
    """Look at the computer anew, with the answer model out of memory. Answered by `Models`."""


class UseModel(Message, frozen=True):
    """Answer with the model of this name, or of this file's name, from the next question on; ''
    lets Strongroom choose. It is kept. Answered by `Models`."""

    name: str = ""


class ImportModel(Message, frozen=True):
    """Check the GGUF file at `file` and copy it into the models folder. `Working` counts bytes;
    answered by `Models`."""

    file: str = ""


class RemoveModel(Message, frozen=True):
    """Delete the model file of this name from the models folder. Answered by `Models`."""

    file: str = ""


class GetMemory(Message, frozen=True):
    """What is in use at this moment. `window`: the process that asks, counted as Strongroom's.
    Answered by `Memory`."""

    window: int = 0


# --- events: host -> window ----------------------------------------------------------------------


class DoctorReport(Message, frozen=True):
    doctor: Doctor | None = None


class Models(Message, frozen=True):
    """`file`: the model file that has just been brought in, '' for none."""

    report: ModelsReport | None = None
    file: str = ""


class Memory(Message, frozen=True):
    memory: MemoryNow | None = None


Request = GetDoctor | GetModels | MeasureModels | UseModel | ImportModel | RemoveModel | GetMemory
Event = DoctorReport | Models | Memory
CLOSING = (DoctorReport, Models, Memory)
