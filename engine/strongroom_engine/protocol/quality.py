"""The user's own question set."""

from __future__ import annotations

from strongroom_engine.judging import Judgement, Place, QualityRun
from strongroom_engine.protocol.base import Message

# --- requests: window -> host --------------------------------------------------------------------


class Judge(Message, frozen=True):
    """Say what is right for a question: places that answer it (`right`), that do not after all
    (`wrong`), answers that were given, or that the documents do not answer it (`absent`; None
    leaves that as it is). It is added to what is known. Answered by `Judged`."""

    question: str = ""
    right: tuple[Place, ...] = ()
    wrong: tuple[Place, ...] = ()
    right_answer: str = ""
    wrong_answer: str = ""
    absent: bool | None = None


class ListJudgements(Message, frozen=True):
    """Answered by `Judgements`."""


class ForgetJudgement(Message, frozen=True):
    """Take a question out of the user's own set."""

    question: str = ""


class ExportJudgements(Message, frozen=True):
    """Write the user's own set to `file`, as a question set with paths relative to `root`."""

    file: str = ""
    root: str = ""


class RunQuality(Message, frozen=True):
    """Measure the user's own set now; with `answers` every question is answered, too. `Working`
    says how far it is; answered by `QualityMeasured`."""

    answers: bool = False


class ListQualityRuns(Message, frozen=True):
    """Answered by `QualityRuns`."""


# --- events: host -> window ----------------------------------------------------------------------


class Judged(Message, frozen=True):
    judgement: Judgement | None = None


class Judgements(Message, frozen=True):
    """The user's own set, oldest first."""

    judgements: tuple[Judgement, ...] = ()


class QualityMeasured(Message, frozen=True):
    run: QualityRun | None = None


class QualityRuns(Message, frozen=True):
    """Every run that is kept, oldest first."""

    runs: tuple[QualityRun, ...] = ()


Request = Judge | ListJudgements | ForgetJudgement | ExportJudgements | RunQuality | ListQualityRuns
Event = Judged | Judgements | QualityMeasured | QualityRuns
CLOSING = (Judged, Judgements, QualityMeasured, QualityRuns)
