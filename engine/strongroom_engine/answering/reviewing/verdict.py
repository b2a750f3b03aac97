"""Yes or no: whether a question asks for it, and what a model answered.

Models say the same in many ways ('Yes, …', '**No.**', 'The lease does not contain …'); what is
neither is no verdict.
"""

from __future__ import annotations

import re
from typing import Literal

Verdict = Literal["Yes", "No"]

_ASKS = re.compile(
    r"\s*(?:is|are|was|were|does|do|did|has|have|had|can|could|may|might|must|shall|should|will|"
    r"would|"
    r"ist|sind|war|waren|hat|haben|gibt|enthält|enthalten|besteht|bestehen|darf|dürfen|kann|"
    r"können|muss|müssen|soll|sollen|wird|werden|wurde|"
    r"est-ce|y\s+a-t-il|existe-t-il|a-t-|"
    r"¿?(?:hay|es|son|está|tiene|contiene|existe|puede|debe))\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\b(?:or|oder|ou|o)\b(?!\s+(?:not|no|nicht|non)\b)", re.IGNORECASE)
_LEAD = re.compile(
    r"^[\W_]*(?:(?:the\s+)?answer\s*(?:is)?\s*:?\s*)?[\W_]*"
    r"(?:(?P<yes>yes|ja|oui|sí|si|да|是)|(?P<no>no|nein|non|нет|否))(?![\w-])[\W_]*",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"^[^.?!;]{0,120}?(?:\b(?:is|are|was|were|does|do|did|has|have|may|can|shall|will)(?:\s+not\b|"
    r"n['’]t\b)|\bthere (?:is|are) no\b|\b(?:contains?|has|have|includes?) no\b|"
    r"\b(?:kein|keine|keinen|nicht)\b)",
    re.IGNORECASE,
)
_NO_ARTICLE = re.compile(r"^no[.]?\s+\d", re.IGNORECASE)
"""'No. 7 of the schedule' is a number and no verdict."""


def asks_yes_no(question: str) -> bool:
    """Whether a question is answered with yes or no, by how it begins.

    'Is it a lease or a licence?' is not.
    """
    return bool(_ASKS.match(question)) and not _CHOICE.search(question)


def verdict(text: str) -> tuple[Verdict, int] | None:
    """What the answer says, and where in it its reason begins; None where it says neither.

    An answer that begins with neither word and denies something is a 'No'; one that states
    something is not taken for a 'Yes'.
    """
    if (lead := _LEAD.match(text)) and not _NO_ARTICLE.match(text):
        return "Yes" if lead["yes"] else "No", lead.end()
    return ("No", 0) if _DENIES.match(text) else None
