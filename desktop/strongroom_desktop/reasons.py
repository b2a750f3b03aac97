"""Why a document is not in the index, and what to do: the engine's sentences in the window's language.

The engine tells a reason as it was filled in, in English. Here the sentence it was made from is
found again, said in the language of the window, and filled with the same words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from strongroom_desktop.wording import CONTEXT
from strongroom_engine.errors import BY_CODE, sentences
from strongroom_engine.types import DocumentRecord

_PLACE = re.compile(r"\\\{(\w+)\\\}")


def reason_of(record: DocumentRecord) -> str:
    """Why, in one sentence; as it came where the sentence is not known. '' for none."""
    error = BY_CODE.get(record.code)
    found = _fields(error.what).fullmatch(record.reason) if error else None
    if error is None or found is None:
        return record.reason
    return _say(error.what).format(**{k: _saying(v) for k, v in found.groupdict().items()})


def remedy_of(record: DocumentRecord) -> str:
    """What to do about it, in one sentence; '' for nothing."""
    error = BY_CODE.get(record.code)
    known = error is not None and error.remedy == record.remedy
    return _say(record.remedy) if known and record.remedy else record.remedy


def _saying(text: str) -> str:
    """What fills a sentence: one of the engine's sayings in the window's language, or as it is."""
    for saying in _sayings():
        found = _fields(saying).fullmatch(text)
        if found is not None:
            return _say(saying).format(**found.groupdict())
    return text


def _say(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)


@lru_cache(maxsize=1)
def _sayings() -> tuple[str, ...]:
    """What may fill a sentence; those without places first: they fit exactly or not at all."""
    whole = {part for error in BY_CODE.values() for part in (error.what, error.remedy)}
    filling = (text for text in sentences() if text not in whole)
    return tuple(sorted(filling, key=lambda saying: ("{" in saying, saying)))


@lru_cache(maxsize=256)
def _fields(template: str) -> re.Pattern[str]:
    """What a sentence looks like when its places are filled."""
    return re.compile(_PLACE.sub(r"(?P<\1>.*?)", re.escape(template)), re.DOTALL)
