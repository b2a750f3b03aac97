"""What the page of quality says: figures as counts of questions, judgements in a few words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime

from strongroom_desktop.files import file_name
from strongroom_desktop.text import place_of, short_date
from strongroom_desktop.wording import number, plural, tr
from strongroom_engine.judging import Figure, Judgement, Outcome, Place, QualityRun

SHOWN = ("found", "kept", "cited", "said", "refused", "supported", "seconds")
"""The figures of a run, in the order in which they are shown."""
_EVEN = 0.005
"""A smaller difference of shares is none."""


def purpose() -> str:
    return tr(
        "Questions whose right answer you know, and how often it is found. Measure again after a "
        "change: another model, other settings, more documents."
    )


def judged(count: int) -> str:
    return plural(count, "{n} question judged", "{n} questions judged")


# --- a run ---------------------------------------------------------------------------------------


def title(name: str) -> str:
    """What a figure counts."""
    return {
        "found": tr("A right page among the first five passages"),
        "kept": tr("Answered, where the documents answer"),
        "cited": tr("The answer cites a right page"),
        "said": tr("Says what you marked as right, word for word"),
        "refused": tr("Rightly not answered, where the documents do not say"),
        "supported": tr("Sentences that their sources support"),
        "seconds": tr("Time an answer takes"),
    }[name]


def value(figure: Figure) -> str:
    """'10 of 12', '95 %', '6.4 s'."""
    if figure.name == "seconds":
        return tr("{n} s", n=number(figure.share, 1))
    if figure.name == "supported":
        return tr("{n} %", n=number(round(100 * figure.share)))
    return tr("{n} of {m}", n=number(round(figure.sum)), m=number(figure.of))


def change(name: str, now: Figure, before: Figure | None) -> str:
    """What has become of it since the time before: 'better', 'worse', 'as before'."""
    if before is None:
        return ""
    least = _EVEN * (max(before.share, 1.0) if name == "seconds" else 1.0)
    difference = now.share - before.share
    if abs(difference) <= least:
        return tr("as before")
    better = difference < 0 if name == "seconds" else difference > 0
    if name == "seconds":
        return tr("quicker than before") if better else tr("slower than before")
    return tr("better than before") if better else tr("worse than before")


def date(seconds: float) -> str:
    """'28 Nov 2026'."""
    return short_date(QDateTime.fromSecsSinceEpoch(round(seconds)).date())


def made_with(run: QualityRun) -> str:
    """Of how many questions, and with which models."""
    asked = plural(run.questions, "{n} question", "{n} questions")
    if run.answer_model:
        said = tr(
            "{questions}, answered by {model}; meaning searched with {embedding}.",
            questions=asked,
            model=run.answer_model,
            embedding=run.embedding_model,
        )
    else:
        said = tr(
            "{questions}, searched only; meaning searched with {embedding}.",
            questions=asked,
            embedding=run.embedding_model,
        )
    if run.left_out:
        said += " " + plural(
            run.left_out,
            "{n} was left out: its document is gone, or only a wrong answer is known.",
            "{n} were left out: their documents are gone, or only a wrong answer is known.",
        )
    return said


def with_answers(questions: int, runs: Sequence[QualityRun]) -> str:
    """The words of the check box: what answers cost in time, once it was measured here."""
    known = [figure for run in runs if (figure := run.figure("seconds")) is not None]
    if not known:
        return tr("With answers, which takes much longer")
    seconds = questions * known[-1].share
    if seconds < 90:
        return tr("With answers: about {n} s", n=number(max(round(seconds), 1)))
    minutes = number(round(seconds / 60))
    return tr("With answers: about {n} min", n=minutes)


# --- a judgement ---------------------------------------------------------------------------------


def counts(judgement: Judgement) -> bool:
    """Whether it can be measured: it has a right place that is there, or none is right."""
    there = [place for place in judgement.places if place.file not in judgement.missing]
    return judgement.absent or bool(there)


def place(where: Place) -> str:
    """'Lease 14 Harbour Street.pdf, p. 14'."""
    return ", ".join(part for part in (file_name(where.file), place_of(where.page)) if part)


def remark(judgement: Judgement) -> str:
    """What is said where there is no right place to open."""
    if judgement.absent:
        return tr("The documents do not say")
    if is_open(judgement):
        return tr("Only a wrong answer is known so far")
    return ""


def is_open(judgement: Judgement) -> bool:
    """Whether nobody knows yet what is right."""
    return not judgement.absent and not judgement.places


def answers(judgement: Judgement) -> str:
    """The answers that were marked, a line each."""
    said = (
        tr("Right: {answer}", answer=one.text)
        if one.right
        else tr("Wrong: {answer}", answer=one.text)
        for one in judgement.answers
    )
    return "\n".join((judgement.question, *said)) if judgement.answers else ""


def outcome(judgement: Judgement, result: Outcome | None) -> tuple[str, str, str]:
    """The last result of a question: icon, colour role, word. Empty where it was not measured."""
    if result is None or not counts(judgement):
        return "", "", ""
    if judgement.absent:
        return _of_absent(result)
    if result.found is None:
        return "", "", ""
    if not result.found:
        word = tr("Not found")
    elif result.answered is False:
        word = tr("Found, not answered")
    elif result.cited is False:
        word = tr("Found, cites another page")
    else:
        return "circle-check", "accent", tr("Found and cited") if result.cited else tr("Found")
    return "circle-minus", "warn", word


def _of_absent(result: Outcome) -> tuple[str, str, str]:
    if result.answered is None:
        return "", "", ""
    if result.answered:
        return "circle-minus", "warn", tr("Answered all the same")
    return "circle-check", "accent", tr("Rightly not answered")
