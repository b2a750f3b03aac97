"""An instruction -> a letter, a memo or a paragraph, from what the documents say."""

from __future__ import annotations

from dataclasses import replace

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.tasks.passages import write_from_passages
from strongroom_engine.types import Answer, Sentence

MORE_PASSAGES = 2
"""A letter draws on more places than an answer."""
FORMULA_WORDS = 8
"""A line of no more words, without a number, that ends like no sentence is a formula."""


def draft(job: Job) -> Answer:
    """Draft what the question wants; a sentence that no source bears out is marked unsupported.

    Raises `QuestionError`s and `ModelError`s. When cancelled, the text so far is kept.
    """
    answer = write_from_passages(job, MORE_PASSAGES)
    stated = (one for one in answer.sentences if one.supported or _states(answer.text, one))
    return replace(answer, sentences=tuple(stated))


def _states(text: str, sentence: Sentence) -> bool:
    """Whether it says anything: a salutation, a subject line or 'Yours sincerely,' does not."""
    line = text[sentence.start : sentence.end]
    ended = line.endswith((".", "!", "?", "。"))
    return ended or len(line.split()) > FORMULA_WORDS or any(map(str.isdigit, line))
