"""Words -> FTS5 expressions: over documents' names and openings, and over passages."""

from __future__ import annotations

from collections.abc import Iterable

from strongroom_engine.answering.query import tokens
from strongroom_engine.answering.terms import required


def strings(words: Iterable[str]) -> list[str]:
    """Each as `string`; without those that hold no word."""
    return [query for word in words if (query := string(word))]


def string(text: str) -> str:
    """The words as one FTS5 phrase, as names and openings are indexed; '' for none."""
    found = " ".join(tokens(text)).lower()
    return f'"{found}"' if found else ""


def in_passages(words: str) -> str:
    """The expression for passages whose text holds the words, as a question would require them;
    '' for none."""
    phrase = " ".join(tokens(words))
    return f"text : ({required(phrase)})" if phrase else ""
