"""The document whose pages are asked for: 'the lease', 'lease.pdf', 'the 2023 report'."""

from __future__ import annotations

import re

from strongroom_engine.answering.exact.reading import Kind
from strongroom_engine.answering.exact.selecting import Selector
from strongroom_engine.answering.grammar import Grammar, grammars
from strongroom_engine.answering.naming import named_documents, rows_of
from strongroom_engine.store import Scope, Store


def named_in(store: Store, selector: Selector, said: str, scope: Scope) -> tuple[int, ...]:
    """The rows of the documents that the words mean, all of a kind or what they name; none where
    that is not sure."""
    if genre := _bare_genre(said):
        return tuple(one.facts.row for one in selector.of_kind(Kind("genre", said, (genre,))))
    for grammar in grammars():
        cue = grammar.inside[0]
        if found := rows_of(named_documents(store, f"{cue} {said}", scope)):
            return tuple(sorted(found))
    return ()


def _bare_genre(said: str) -> str:
    """The genre of 'the lease' or 'all leases'; '' where more is said."""
    for grammar in grammars():
        for genre, plurals in grammar.exact.genres.items():
            nouns = "|".join(map(re.escape, (*grammar.documents[genre], *plurals)))
            if re.fullmatch(rf"(?:(?:{_articles(grammar)}) )?(?:{nouns})", said, re.IGNORECASE):
                return genre
    return ""


def _articles(grammar: Grammar) -> str:
    return "|".join(map(re.escape, (*grammar.definite, *grammar.definite_plural)))
