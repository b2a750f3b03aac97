"""A question of several clauses: what is asked, and what only says where.

'Consider the lease between A and B; who pays for repairs?' asks who pays for repairs; what comes
before names the document. Only a text with exactly one clause that ends in a question mark is
taken apart: several questions are all asked, and what follows a question explains it.
"""

from __future__ import annotations

import re

from strongroom_engine.answering.text import sentences

_BREAK = re.compile(r"(?<=[;:])\s+|(?<=[；：])")
_QUESTION_MARKS = ("?", "？", "؟", "⁇")


def question_proper(text: str) -> str:
    """The one clause that asks, with what follows it; '' where nothing comes before it."""
    clauses = [clause for sentence in _sentences(text) for clause in _BREAK.split(sentence)]
    asking = [number for number, clause in enumerate(clauses) if _asks(clause)]
    return " ".join(clauses[asking[0] :]) if len(asking) == 1 and asking[0] > 0 else ""


def _asks(clause: str) -> bool:
    return clause.rstrip("\"'”» )").endswith(_QUESTION_MARKS)


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]
