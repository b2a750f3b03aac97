"""A question of several clauses: what is asked, and what only says where.

'Consider the lease between A and B; who pays for repairs?' asks who pays for repairs; the rest
names the document. Only a text with exactly one clause that ends in a question mark, and others
around it, is taken apart: several questions are all asked.
"""

from __future__ import annotations

import re

from strongroom_engine.answering.text import sentences

_BREAK = re.compile(r"(?<=[;:])\s+|(?<=[；：])")
_QUESTION_MARKS = ("?", "？", "؟", "⁇")


def question_proper(text: str) -> str:
    """The one clause that asks, or '' where the text has no such clause or nothing else."""
    clauses = [clause for sentence in _sentences(text) for clause in _BREAK.split(sentence)]
    clauses = [clause for clause in clauses if clause.strip()]
    asking = [clause for clause in clauses if clause.rstrip("\"'”» )").endswith(_QUESTION_MARKS)]
    return asking[0].strip() if len(asking) == 1 and len(clauses) > 1 else ""


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]
