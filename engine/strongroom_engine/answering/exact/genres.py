"""What a document is: a lease, a letter, a report, as its own name or its place says.

The file's name, the title and the first line decide; where none of them says what it is, the
folder and the collection do. The nouns are those of all languages in `assets/questions`.
"""

from __future__ import annotations

from functools import cache
from pathlib import PurePath

from strongroom_engine.answering.grammar import grammars
from strongroom_engine.answering.query import tokens
from strongroom_engine.store import DocumentFacts, name_words

HEADING_CHARACTERS = 200
"""As much of a text as is looked at for its first line."""
HEADING_WORDS = 10
"""A first line with more words is a sentence and no heading."""
IMPLIED = {"lease": "contract"}
"""What is the one is the other, too, in every language."""
COMPOUND_LEAST = 5
"""A noun of so many letters may end a longer one: 'Mietvertrag' is a 'Vertrag'."""


def genres(document: DocumentFacts, opening: str) -> frozenset[str]:
    """What the document is, as `Exact.genres` names it; mostly one thing or none."""
    path = PurePath(document.path)
    own = f"{path.stem} \n {document.title} \n {_heading(opening)}"
    return _said(own) or _said(f"{path.parent.name} \n {document.collection}")


def _heading(opening: str) -> str:
    line = next((line for line in opening.splitlines() if line.strip()), "")
    return line if len(line.split()) <= HEADING_WORDS else ""


@cache
def _nouns() -> tuple[dict[str, str], dict[str, str]]:
    """Noun -> genre; and those that may end a compound."""
    whole: dict[str, str] = {}
    ends: dict[str, str] = {}
    for grammar in grammars():
        for genre, plurals in grammar.exact.genres.items():
            for noun in (*grammar.documents[genre], *plurals):
                whole[noun] = genre
                if grammar.capitalises_nouns and len(noun) >= COMPOUND_LEAST:
                    ends[noun] = genre
    return whole, ends


def _said(text: str) -> frozenset[str]:
    whole, ends = _nouns()
    found: set[str] = set()
    for word in (token.lower() for token in tokens(name_words(text))):
        found.add(whole.get(word, ""))
        found |= {genre for noun, genre in ends.items() if word.endswith(noun)}
    found |= {IMPLIED[genre] for genre in found & IMPLIED.keys()}
    return frozenset(found - {""})
