"""A passage, a term or a rule of the documents -> what it means, in plain words."""

from __future__ import annotations

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.tasks.passages import write_from_passages
from strongroom_engine.types import Answer


def explain(job: Job) -> Answer:
    """Explain to a layperson what the question quotes or asks about, from what was found.

    Raises `QuestionError`s and `ModelError`s. When cancelled, the text so far is kept.
    """
    return write_from_passages(job)
