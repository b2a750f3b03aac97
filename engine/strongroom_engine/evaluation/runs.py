"""A run: what each configuration made of each question, kept to be shown and compared later.

A run file is JSON and holds the questions' words and the beginnings of the passages that were
found first: it is written only where the user says so.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from strongroom_engine.errors import RunUnusable
from strongroom_engine.evaluation.files import write_report

FORMAT = "strongroom run 1"
"""Which fields a file has; a file of another format is refused."""


class Shown(msgspec.Struct, frozen=True):
    """A passage as reports show it: its document, page and first words."""

    file: str
    page: int | None = None
    text: str = ""


class Asked(msgspec.Struct, frozen=True):
    """A question of a run, with the first of its right places; none where it has no answer."""

    key: str
    question: str
    wanted: Shown | None = None


class Measured(msgspec.Struct, frozen=True):
    """The figures of one method (or of the answers), question by question, in their order.

    A value is None where the figure says nothing of the question.
    """

    values: dict[str, tuple[float | None, ...]]
    ranks: tuple[int | None, ...] = ()
    """The rank of the first right passage; 0 where it was not found, None where not searched."""
    found: tuple[Shown | None, ...] = ()
    """What was found first; of answers what was answered."""

    def of(self, metric: str) -> list[float]:
        """The values there are."""
        return [value for value in self.values.get(metric, ()) if value is not None]


class SetRun(msgspec.Struct, frozen=True):
    name: str
    questions: tuple[Asked, ...]
    methods: dict[str, Measured]
    answers: Measured | None = None
    left_out: int = 0
    """Questions that could not be asked, because none of their documents is there any more."""

    @property
    def parts(self) -> dict[str, Measured]:
        """The methods and, where they were asked for, the answers."""
        return self.methods | ({"answers": self.answers} if self.answers else {})


class Run(msgspec.Struct, frozen=True):
    """One or more sets, measured with one configuration."""

    format: str
    made: str
    """When, in ISO 8601, to the second."""
    configuration: dict[str, str]
    sets: tuple[SetRun, ...]


def save_run(run: Run, file: Path) -> None:
    """Write the run; raises `ReportUnwritable`."""
    write_report(file, msgspec.json.encode(run).decode())


def load_run(file: Path) -> Run:
    """Read a run; raises `RunUnusable` with the reason."""
    try:
        run = msgspec.json.decode(file.read_bytes(), type=Run)
    except OSError as exc:
        raise RunUnusable(file=file, why=exc.strerror or exc) from exc
    except (msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise RunUnusable(file=file, why=f"it is not a run ({exc})") from exc
    if run.format != FORMAT:
        raise RunUnusable(file=file, why=f"it is '{run.format}', and not '{FORMAT}'")
    for part in run.sets:
        _refuse_torn(file, part)
    return run


def _refuse_torn(file: Path, part: SetRun) -> None:
    """Raise `RunUnusable` unless each list has an entry for each question."""
    for name, measured in part.parts.items():
        lists = [*measured.values.values(), measured.ranks, measured.found]
        if any(len(each) not in {0, len(part.questions)} for each in lists):
            why = f"the figures of '{name}' in '{part.name}' do not fit its questions"
            raise RunUnusable(file=file, why=why)
