"""Whether a question is about the answer before it: 'shorter, please', 'translate that'."""

from __future__ import annotations

import re
from functools import cache

from strongroom_engine.answering.conversation.words import Words, table_of, tables


def is_about_answer(question: str) -> bool:
    """Whether the whole of a question says what is to be done with the answer before it.

    'Translate the lease into German' is about the lease, and so is not.
    """
    text = " ".join(question.lower().strip(" ?!.,;:").replace(",", " ").split())
    if not text:
        return False
    return any(_matches(text, words) for words in tables())


def _matches(text: str, words: Words) -> bool:
    polite = "|".join(sorted(map(re.escape, words.previous.polite), key=len, reverse=True))
    plain = re.sub(rf"^(?:(?:{polite})\s+)+|(?:\s+(?:{polite}))+$", "", text)
    return any(
        pattern.fullmatch(each) for each in {text, plain} for pattern in _patterns(words.language)
    )


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    table = table_of(language)
    if table is None:
        return ()
    previous = table.previous
    named = f"(?:{'|'.join(previous.languages)})"
    how = f"(?:{'|'.join(previous.how)})".replace("{language}", named)
    how = rf"{how}(?:(?:,? and|,? und)? {how})*"
    return tuple(
        re.compile(pattern.replace("{how}", how).replace("{language}", named))
        for pattern in previous.patterns
    )
