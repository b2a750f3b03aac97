"""Two documents that are no versions of each other -> what each says about the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.nearest import nearest_sentence
from strongroom_engine.answering.query import clean_question, parse_query, without_filters
from strongroom_engine.answering.tasks.body import Body
from strongroom_engine.answering.tasks.citing import Writer, shown
from strongroom_engine.answering.tasks.explained import Sides
from strongroom_engine.answering.tasks.wording import Versions
from strongroom_engine.errors import EmptyQuestion
from strongroom_engine.store import StoredChunk

PASSAGES = 3
"""Passages of each document that are about the question."""
CHARACTERS = 400

_ASKING = re.compile(
    r"\b(?:compar\w*|contrast\w*|differ\w*|chang\w*|versions?|documents?|files?|contracts?|"
    r"agreements?|between|two|both|these|what|how|vergleich\w*|unterschied\w*|änder\w*|geändert|"
    r"fassung\w*|version\w*|dokument\w*|datei\w*|vertr[aä]g\w*|zwischen|beide[nr]?|zwei)\b",
    re.IGNORECASE,
)


def write_topics(job: Job, writer: Writer, versions: Versions, common: float) -> list[Sides]:
    """Say that they have little in common, and what each says about the question; the passages
    that say it, the best of all first. Empty where the question names no topic."""
    old, new = versions.names()
    writer.line(
        f"{old} and {new} are no versions of each other: they have {common:.0%} of their words in"
        " the same sentences."
    )
    topic = topic_of(job.question, versions)
    if not topic:
        writer.line(
            "Ask what they are to be compared by, for example ‘compare the notice periods’."
        )
        return []
    found = [
        _about(job, topic, body, name) for body, name in ((versions.old, old), (versions.new, new))
    ]
    for (body, name), passages in zip(
        ((versions.old, old), (versions.new, new)), found, strict=True
    ):
        _write_side(writer, body, name, topic, passages)
    # After and before, as differences are told.
    return [
        sides for both in zip_longest(*reversed(found)) if (sides := [one for one in both if one])
    ]


def topic_of(question: str, versions: Versions) -> str:
    """What a comparison is asked about: the question without the words that ask for one and
    without the documents' names; '' where nothing is left."""
    text = without_filters(clean_question(question))
    for body in (versions.old, versions.new):
        name = body.path.replace("\\", "/").rpartition("/")[2]
        for part in (name, name.rpartition(".")[0]):
            text = re.sub(re.escape(part), " ", text, flags=re.IGNORECASE) if part else text
    text = _ASKING.sub(" ", text)
    try:
        query = parse_query(text, len(text), ())
    except EmptyQuestion:
        return ""
    return query.text if query.words and any(map(str.isalpha, "".join(query.words))) else ""


def _about(job: Job, topic: str, body: Body, name: str) -> list[StoredChunk]:
    """The sentences of a document that are nearest to the topic, best first."""
    found = []
    for passage in job.parts.searcher.within(topic, [body.path], PASSAGES):
        nearest = nearest_sentence(topic, [passage], job.parts.embedder)
        if nearest is not None:
            start = body.page_starts[(nearest.page or 1) - 1] + nearest.start
            heading = f"{name}: {passage.heading}".strip(": ")
            found.append(body.passage(start, start + len(nearest.quote), heading))
    return found


def _write_side(
    writer: Writer, body: Body, name: str, topic: str, passages: Sequence[StoredChunk]
) -> None:
    writer.line("")
    if not passages:
        writer.line(f"{name} holds nothing that was found about ‘{topic}’.")
        return
    writer.line(f"{name}:")
    for passage in passages:
        number = writer.cite(body, passage.start, passage.end)
        writer.line(shown(passage.text, CHARACTERS), [number], mark="- ")
