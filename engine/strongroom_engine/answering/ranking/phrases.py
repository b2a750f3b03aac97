"""What stands verbatim in a document: the passages that hold the whole question, word for word.

The full-text index finds a phrase within a chunk, and its stemmer finds a little more ('leased
premises' for 'lease premise'). So what it finds is read once more, and what holds the very words
comes first. A phrase may also begin in one chunk and end in the next: one of them holds most of its
words, and so is among the best passages, whose borders are looked at. (The index could say which
chunks begin with some end of the phrase. Among a million that took longer than all the rest.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from strongroom_engine.answering.query import tokens
from strongroom_engine.store import Scope, Store, StoredChunk

LEAST_WORDS = 2
"""A question of so many words or more is looked for as it stands."""
LOOKED_AT = 100
"""Passages that are read once more; a phrase that more passages hold is no rare find, and counts
only in the best of them."""
BORDERS = 50
"""The best passages, whose borders are looked at."""
LONGEST_WORD = 24
"""Characters: so many for each word are read at a border."""

_CUT = re.compile(r"(?<=[^\W\d_])[-\u2010][ \t]*\r?\n\s*(?=[^\W\d_])")


def holding(
    store: Store, phrase: Sequence[str], scope: Scope, best: Sequence[int], *, within: bool = True
) -> list[list[int]]:
    """The passages that hold the phrase (words as they are indexed), in classes, best first:
    the very words; the words over the border of two chunks; other forms of the words.

    `best` are the passages that fit best by their words, best first. Without `within` it is known
    that no passage holds all of the phrase.
    """
    if len(phrase) < LEAST_WORDS:
        return []
    found = store.matching(_expression(phrase), LOOKED_AT + 1, scope) if within else []
    read = {*found[:LOOKED_AT], *best[:BORDERS]}
    texts = store.chunks(list(read), placed=False)
    if len(found) > LOOKED_AT:
        found = [row for row in best[:BORDERS] if row in texts]
    plain = [_plain(word) for word in phrase]
    exact = [row for row in found if row in texts and _holds(_words(texts[row].text), plain)]
    if len(found) > LOOKED_AT:
        return [exact] if exact else []
    near = [texts[row] for row in best[:BORDERS] if row in texts]
    over = [] if exact else _over_borders(store, near, plain)
    forms = [row for row in found if row not in exact]
    return [rows for rows in (exact, over, forms) if rows]


def _expression(words: Sequence[str]) -> str:
    return f'text : "{" ".join(words)}"'


def _over_borders(store: Store, near: Sequence[StoredChunk], phrase: list[str]) -> list[int]:
    """Pairs of neighbouring chunks between which the phrase stands."""
    found: list[int] = []
    for chunk in near:
        if _begins(chunk.text, phrase):
            found += _around(store, chunk, phrase)
        if _ends(chunk.text, phrase) and (behind := store.neighbours(chunk.id, 0, 1)):
            found += _around(store, behind[0], phrase)
    return list(dict.fromkeys(found))


def _begins(text: str, phrase: Sequence[str]) -> bool:
    """Whether the text begins with an end of the phrase, or stands within it."""
    first = _words(text[:LONGEST_WORD])[:1]
    starts = [at for at in range(1, len(phrase)) if [phrase[at]] == first]
    if not starts:  # as with most
        return False
    words = _words(text[: LONGEST_WORD * len(phrase)])
    return any(_alike(words, phrase[at:]) for at in starts)


def _ends(text: str, phrase: Sequence[str]) -> bool:
    """Whether the text ends with a beginning of the phrase, or stands within it."""
    last = _words(text[-LONGEST_WORD:])[-1:]
    ends = [at for at in range(1, len(phrase)) if [phrase[at - 1]] == last]
    if not ends:
        return False
    words = _words(text[-LONGEST_WORD * len(phrase) :])[::-1]
    return any(_alike(words, phrase[:at][::-1]) for at in ends)


def _alike(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one of the two begins with the other."""
    both = min(len(words), len(others))
    return both > 0 and list(words[:both]) == list(others[:both])


def _around(store: Store, chunk: StoredChunk, plain: list[str]) -> list[int]:
    """The passages around the beginning of `chunk` over which the phrase stands, if it does."""
    before = _reach(store, chunk, len(plain), -1)
    behind = [chunk, *_reach(store, chunk, len(plain) - len(_words(chunk.text)), 1)]
    head = [word for one in before for word in _words(one.text)]
    words = head[-len(plain) :] + [word for one in behind for word in _words(one.text)]
    return [before[-1].id, chunk.id] if before and _holds(words, plain) else []


def _reach(store: Store, chunk: StoredChunk, words: int, step: int) -> list[StoredChunk]:
    """The chunks before (`step` -1) or after it (1), in order, until they hold enough words."""
    found: list[StoredChunk] = []
    while words > 0 and (beside := store.neighbours(chunk.id, step < 0, step > 0)):
        chunk = beside[0]
        found.insert(0 if step < 0 else len(found), chunk)
        words -= len(_words(chunk.text))
    return found


def _words(text: str) -> list[str]:
    """The words in order. One that is cut at a line's end is joined first: the index would give
    its parts once more, at the end."""
    return [_plain(word) for word in tokens(_CUT.sub("", text))]


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    return f" {' '.join(phrase)} " in f" {' '.join(words)} "


def _plain(word: str) -> str:
    """The word without case and marks, as the index compares it, but with its ending."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
