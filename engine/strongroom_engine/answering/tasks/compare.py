"""Two documents, or two versions of one -> what differs, exactly, each difference cited in both.

    two documents -> differences, clause by clause -> lines -> (the model explains a few) -> Answer

The differences are found without a model; a model only explains the most important ones. Documents
with little in common are compared by what they say about the question instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.grounding.evidence import evidence
from strongroom_engine.answering.guarding.suspicion import neutralised
from strongroom_engine.answering.prompt import Source, build_prompt
from strongroom_engine.answering.tasks.body import Body, coverage, read_bodies
from strongroom_engine.answering.tasks.chosen import two_documents
from strongroom_engine.answering.tasks.citing import Writer, quoted, shown
from strongroom_engine.answering.tasks.differences import Comparison, Difference, compared, tokens
from strongroom_engine.answering.tasks.explained import Sides, with_explanation
from strongroom_engine.answering.tasks.topics import write_topics
from strongroom_engine.answering.tasks.wording import Versions, data, write_differences
from strongroom_engine.answering.template import Template
from strongroom_engine.answering.templates import template
from strongroom_engine.answering.writing import shown as shown_prompt
from strongroom_engine.answering.writing import write
from strongroom_engine.errors import ModelError
from strongroom_engine.models.generator import Generator
from strongroom_engine.sentences import known as say
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Answer, Progress

COMMON = 0.25
"""Documents that share less of their words, in the same sentences, are no versions of each other."""
EXPLAINED = 4
"""So many differences are explained, in one go: each costs about a second of a processor's time to
read and another to write."""
EXPLANATION = "In plain words:"
QUESTION_WEIGHT = 2.0
"""What the question's words in a difference count against whether a number changed, for which
ones are explained."""


def compare(job: Job) -> Answer:
    """What differs between two documents.

    Raises `NotTwoDocuments` and `NotSearchable`. Without an answer model the differences stand
    alone; `searched` says why then.
    """
    job.caller.on_stage("searching", 0)
    versions = _read(job)
    comparison = compared(versions.old, versions.new)
    job.clock.searched()
    writer = Writer()
    if comparison.common < COMMON:
        told = write_topics(job, writer, versions, comparison.common)
    else:
        write_differences(writer, versions, comparison)
        told = _told(job, versions, comparison)
    job.caller.on_token(writer.text)
    answer = _answer(job, writer, versions, comparison)
    return _explained(job, answer, told)


def _read(job: Job) -> Versions:
    paths = two_documents(job)
    bodies: list[Body] = []
    for done, path in enumerate(paths):
        job.caller.on_progress(Progress(done, len(paths), path))
        bodies += read_bodies(job.parts.store, [path])
    job.caller.on_progress(Progress(len(paths), len(paths), ""))
    return Versions(*bodies)


def _answer(job: Job, writer: Writer, versions: Versions, comparison: Comparison) -> Answer:
    names = " and ".join(versions.names())
    return Answer(
        question=job.question,
        text=writer.text,
        abstained=False,
        sentences=tuple(writer.sentences),
        citations=tuple(writer.citations),
        hits=(),
        model="",
        timings=job.clock.timings(),
        task="compare",
        route="documents",
        searched=say.COMPARED(names=names),
        coverage=coverage((versions.old, versions.new)),
        confidence=1.0,
        data=data(versions, comparison) if comparison.common >= COMMON else "",
    )


# --- what the model explains -----------------------------------------------------------------------


def _explained(job: Job, answer: Answer, told: Sequence[Sides]) -> Answer:
    """The answer with a few sentences about it, where there is a model; otherwise as it is."""
    if not told or job.caller.cancelled():
        return replace(answer, stopped=job.caller.cancelled())
    form = template("compare", Template)
    try:
        job.caller.on_stage("loading", 0)
        generator = job.parts.generator()
        if not generator.load(form.stable, job.caller.cancelled):
            return replace(answer, stopped=True)
        return _written(job, answer, told, generator, form)
    except ModelError as exc:
        unexplained = say.NOT_EXPLAINED(why=exc.sentence)
        return replace(answer, searched=f"{answer.searched} {unexplained}")


def _written(
    job: Job,
    answer: Answer,
    told: Sequence[Sides],
    generator: Generator,
    form: Template,
) -> Answer:
    # Best first, as a prompt is built: turned round there, what was before stands first.
    sources = [
        Source(side.heading, neutralised(shown(side.text))) for sides in told for side in sides
    ]
    prompt, count = build_prompt(
        form, job.question, sources, generator.count_tokens, generator.plan.context
    )
    job.caller.on_stage("reading", count)
    quiet = replace(job, caller=replace(job.caller, on_token=_unseen))
    written = write(quiet, generator, form, prompt, ())
    explained = with_explanation(answer, EXPLANATION, written.text, told)
    job.caller.on_token(explained.text[len(answer.text) :])
    return replace(
        explained,
        model=generator.plan.model,
        prompt=shown_prompt(prompt),
        prompt_tokens=written.generation.prompt_tokens,
        stopped=written.generation.stopped,
        timings=job.clock.timings(),
    )


def _unseen(_text: str) -> None:
    """What is written is shown when it was checked."""


def _told(job: Job, versions: Versions, comparison: Comparison) -> list[Sides]:
    """The most important differences, best first."""
    telling = [one for one in comparison.differences if not one.minor and one.kind != "renumbered"]
    asked = evidence(job.question)
    ranked = sorted(telling, key=lambda one: -_weight(one, versions, asked))
    return [_sides(one, versions) for one in ranked[:EXPLAINED]]


def _weight(one: Difference, versions: Versions, asked: frozenset[str]) -> float:
    body, units = (versions.new, one.new) if one.new else (versions.old, one.old)
    held = evidence(f"{one.place} {body.flow[units[0].start : units[-1].end]}")
    told = len(asked & held) / max(len(asked), 1)
    return QUESTION_WEIGHT * told + one.fact + 0.5 * (one.kind in ("added", "removed", "changed"))


def _sides(one: Difference, versions: Versions) -> list[StoredChunk]:
    """What stands there now, and what stood there before."""
    names = versions.names()
    change = one.changes[0] if one.changes else None
    sides = (
        (versions.new, one.new, change.new if change else (0, 1), f"After ({names[1]})"),
        (versions.old, one.old, change.old if change else (0, 1), f"Before ({names[0]})"),
    )
    return [
        body.passage(*quoted(body, units, words), f"{when}: {units[0].place}".strip(": "))
        for body, units, words, when in sides
        if units and tokens(units)
    ]
