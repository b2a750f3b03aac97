"""Which columns a table shall have, where the question says so: 'a table of parties and dates'."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_COLUMNS = 8
MOST_CHARACTERS = 40

_LIST = r"(?P<list>[^.?!:;\n]+)"
_BEFORE = r"(?:of|with|listing|showing|containing|mit|von|aus|der|aller?)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:columns?|spalten?|fields?)\s*(?::|for|named|called|für)?\s*{_LIST}",
        rf"\b(?:table|tabelle|overview|übersicht|spreadsheet)\s+(?:\w+\s+)?{_BEFORE}\s+{_LIST}",
        (
            rf"^\W*(?:please\s+)?(?:extract|list|collect|show|give me|gather|liste|zeige|sammle)\s+{_LIST}"
            r"(?=\s+(?:as|in|into|als|in)\s+(?:an?|eine[rn]?|the)?\s*(?:table|tabelle))"
        ),
        rf"^\W*(?:please\s+)?(?:tabulate|tabelliere)\s+{_LIST}",
    )
)
_END = re.compile(
    r"\s+(?:from|in|for|out\s+of|per|across|within|that|which|where|by|as|aus|für|je|pro|nach)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = re.compile(r"\s*(?:,|;|\band\b|\bund\b|\bsowie\b|&)\s*(?:(?:and|und)\s+)?", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?:all\s+)?(?:the|an?|all|any|every|each|der|die|das|alle[rn]?|den|ihre?)\s+", re.IGNORECASE
)
_OF_ALL = re.compile(r"^(?:the\s+)?columns?\s*:?\s*", re.IGNORECASE)


def named_columns(question: str) -> tuple[str, ...]:
    """The columns that a question names, two or more, as it writes them; empty where it does not.

    'A table of payments' says what the table is about and names no columns.
    """
    for form in _FORMS:
        match = form.search(question)
        if match is None:
            continue
        named = tuple(dict.fromkeys(_names(match["list"])))
        if 2 <= len(named) <= MOST_COLUMNS:
            return named
    return ()


def _names(listed: str) -> Iterator[str]:
    listed = _OF_ALL.sub("", listed.strip())
    for part in _PARTS.split(_END.sub("", listed)):
        name = _ARTICLE.sub("", part.strip(" '\"“”‘’„`"))
        if 0 < len(name) <= MOST_CHARACTERS:
            yield name[0].upper() + name[1:]
