"""What stands verbatim in a document: the passages that hold the whole question, word for word.

The full-text index finds a phrase within a chunk, and its stemmer finds a little more ('leased
premises' for 'lease premise'). So what it finds is read once more, and what holds the very words
comes first. A phrase may also begin in one chunk and end in the next: chunks that begin with some
end of the phrase are looked up (FTS5's `^`), and count when the chunk before ends with its
beginning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from strongroom_engine.answering.query import tokens
from strongroom_engine.store import Scope, Store, StoredChunk

LEAST_WORDS = 2
"""A question of so many words or more is looked for as it stands."""
LOOKED_AT = 200
"""Passages that are read once more; a phrase that more passages hold is no rare find."""
BORDER_WORDS = 6
"""As much of a phrase's end is looked up at the beginning of chunks; all of it is compared."""
BORDERS = 64
"""As many places of a phrase are tried as the one where a chunk ends."""

_CUT = re.compile(r"(?<=[^\W\d_])[-\u2010][ \t]*\r?\n\s*(?=[^\W\d_])")


def holding(store: Store, phrase: Sequence[str], scope: Scope) -> list[list[int]]:
    """The passages that hold the phrase (words as they are indexed), in classes, best first:
    the very words; the words over the border of two chunks; other forms of the words."""
    if len(phrase) < LEAST_WORDS:
        return []
    found = [row for row, _ in store.lexical(_expression(phrase), LOOKED_AT, scope)]
    plain = [_plain(word) for word in phrase]
    texts = store.chunks(found)
    exact = [row for row in found if row in texts and _holds(_words(texts[row]), plain)]
    over = [] if exact else _over_borders(store, phrase, plain, scope)
    forms = [row for row in found if row not in exact]
    return [rows for rows in (exact, over, forms) if rows]


def _expression(words: Sequence[str]) -> str:
    return f'text : "{" ".join(words)}"'


def _over_borders(store: Store, phrase: Sequence[str], plain: list[str], scope: Scope) -> list[int]:
    """Pairs of neighbouring chunks between which the phrase stands."""
    ends = (phrase[at : at + BORDER_WORDS] for at in range(1, min(len(phrase), BORDERS + 1)))
    begins = " OR ".join(f'^ "{" ".join(end)}"' for end in ends)
    rows = [row for row, _ in store.lexical(f"text : ({begins})", LOOKED_AT, scope)]
    chunks = store.chunks(rows)
    found: list[int] = []
    for row in rows:
        if row in chunks:
            found += _around(store, chunks[row], plain)
    return list(dict.fromkeys(found))


def _around(store: Store, chunk: StoredChunk, plain: list[str]) -> list[int]:
    """The passages around the beginning of `chunk` over which the phrase stands, if it does."""
    before = _reach(store, chunk, len(plain), -1)
    behind = [chunk, *_reach(store, chunk, len(plain) - len(_words(chunk)), 1)]
    head = [word for one in before for word in _words(one)]
    words = head[-len(plain) :] + [word for one in behind for word in _words(one)]
    return [before[-1].id, chunk.id] if before and _holds(words, plain) else []


def _reach(store: Store, chunk: StoredChunk, words: int, step: int) -> list[StoredChunk]:
    """The chunks before (`step` -1) or after it (1), in order, until they hold enough words."""
    found: list[StoredChunk] = []
    while words > 0 and (beside := store.neighbours(chunk.id, step < 0, step > 0)):
        chunk = beside[0]
        found.insert(0 if step < 0 else len(found), chunk)
        words -= len(_words(chunk))
    return found


def _words(chunk: StoredChunk) -> list[str]:
    """The words in order. One that is cut at a line's end is joined first: the index would give
    its parts once more, at the end."""
    return [_plain(word) for word in tokens(_CUT.sub("", chunk.text))]


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    return f" {' '.join(phrase)} " in f" {' '.join(words)} "


def _plain(word: str) -> str:
    """The word without case and marks, as the index compares it, but with its ending."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
