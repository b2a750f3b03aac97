"""A question -> what to look for, where, and what was understood of it.

Typed filters always hold. What plain words say narrows the search only where it is safe
(`plain_filters`, `naming`), is told in sentences, and is undone by asking everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePath

from strongroom_engine.answering.likeness import document_scores
from strongroom_engine.answering.naming import Named, named_documents, rows_of
from strongroom_engine.answering.plain_filters import PlainFilter, plain_filters
from strongroom_engine.answering.query import (
    Query,
    clean_question,
    parse_query,
    tokens,
    without_filters,
)
from strongroom_engine.answering.terms import standing
from strongroom_engine.errors import EmptyQuestion
from strongroom_engine.sentences import known as say
from strongroom_engine.store import Scope, Store
from strongroom_engine.types import Understood

QUOTED_WORDS = 5
"""A question of so many words that stands in a document is a quotation and names nothing."""
TELLING_PARTS = 3
"""Parts of a question that are looked for before all of it is."""
SENDERS = 500
"""Mails of one sender that are told apart, at most."""
SENDER_WITHIN = 8
"""Words between 'From' and the sender's name, at most."""
SHOWN = 2
"""Documents whose names are shown; of more their number is."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """`query` is to be searched; where it finds nothing, `everywhere`, with what then is said. The
    documents that typed filters leave are looked up (`resolved`)."""

    query: Query
    everywhere: Query
    understood: tuple[Understood, ...] = ()
    likeness: Mapping[str, float] = field(default_factory=dict)
    """How much the question sounds like each document's name and opening, 0 to 1, by its path."""
    unquoted: bool = False
    """Whether it is known that no passage holds the question as it stands."""

    @property
    def narrowed(self) -> bool:
        return bool(self.understood)

    def given_up(self) -> Reading:
        """The same question, searched everywhere because the narrower search found nothing."""
        said = [replace(part, kind="everywhere", text=_in_vain(part)) for part in self.understood]
        return Reading(self.everywhere, self.everywhere, tuple(said[-1:]), self.likeness)


def read_question(
    store: Store,
    question: str,
    max_characters: int,
    collections: Iterable[str] = (),
    *,
    everywhere: bool = False,
) -> Reading:
    """Understand a question; `everywhere` takes nothing but typed filters for a filter.

    Raises the `QuestionError`s of `parse_query`.
    """
    known, chosen = store.collections(), tuple(collections)
    whole = parse_query(question, max_characters, known, chosen)
    whole = replace(whole, scope=store.listing.resolved(whole.scope))
    text = without_filters(clean_question(question))
    likeness = document_scores(store, text, whole.scope)
    quoted = None if everywhere else _is_quotation(store, whole)
    if everywhere or quoted:
        return Reading(whole, whole, likeness=likeness)
    filters, scope = _plain(store, text, known, whole.scope)
    rest = _blanked(text, [one.span for one in filters])
    named = named_documents(store, rest, scope, whole=text)
    if rows := rows_of(named):
        scope = replace(scope, documents=tuple(sorted(rows)))
    spans = [one.span for one in filters if one.only]
    query = _asked(clean_question(question), spans, named, (max_characters, known, chosen)) or whole
    understood = [one.understood for one in filters] + _told(store, text, named)
    unquoted = quoted is False and query.verbatim == whole.verbatim
    return Reading(replace(query, scope=scope), whole, tuple(understood), likeness, unquoted)


def _in_vain(part: Understood) -> str:
    return say.IN_VAIN(**say.ONLY_IN.values(part.text))


def _is_quotation(store: Store, query: Query) -> bool | None:
    """Whether a passage holds the question as it stands; None of a few words, which say nothing."""
    words = query.verbatim.split()
    if len(words) < QUOTED_WORDS:
        return None
    parts = [*_telling_parts(words, {word.lower() for word in query.words}), query.verbatim]
    return all(store.matching(standing(query.text, part), 1, query.scope) for part in parts)


def _telling_parts(words: Sequence[str], telling: Collection[str]) -> list[str]:
    """The parts from one telling word to the next whose words are longest, and so mostly rare. No
    passage holds all the words in their order where none holds these, which is quickly seen."""
    at = [place for place, word in enumerate(words) if word.lower() in telling]
    parts = [words[one : other + 1] for one, other in pairwise(at)]
    parts.sort(key=lambda part: (len(part), -len(part[0]) - len(part[-1])))
    return [" ".join(part) for part in parts[:TELLING_PARTS]]


def _plain(
    store: Store, text: str, known: Sequence[str], scope: Scope
) -> tuple[list[PlainFilter], Scope]:
    """The filters in plain words, and the scope within them; a sender of no mail is none."""
    kept = []
    for one in plain_filters(text, known):
        narrower = one.narrow(scope)
        if one.sender:
            mails = _mails(store, one, narrower)
            if not mails:
                continue
            narrower = replace(narrower, documents=tuple(sorted(mails)))
        scope = narrower
        kept.append(one)
    return kept, scope


def _mails(store: Store, one: PlainFilter, scope: Scope) -> frozenset[int]:
    """The documents in whose opening the sender stands soon after a 'From'."""
    name = " ".join(tokens(one.sender)).lower()
    near = " OR ".join(
        f'opening : NEAR("{header}" "{name}", {SENDER_WITHIN})' for header in one.headers
    )
    (found,) = store.documents_holding([near], SENDERS, scope)
    return found


def _asked(
    question: str,
    spans: Sequence[Span],
    named: Sequence[Named],
    limits: tuple[int, Sequence[str], Sequence[str]],
) -> Query | None:
    """What is to be looked for, without words that are a filter only; None where nothing is left.

    A file's name in quotes is no phrase that its passages would have to hold.
    """
    names = [(one.start, one.end) for one in named]
    quotes = [
        (at, at + 1)
        for a, b in names
        for at in (a - 1, b)
        if question[at : at + 1] in set('"“”„«»')
    ]
    rest = _blanked(question, [*spans, *quotes])
    try:
        return parse_query(rest, *limits)
    except EmptyQuestion:
        return None


def _blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with spaces in place of the spans: what is left keeps its place."""
    for start, end in spans:
        text = text[: max(start, 0)] + " " * (end - max(start, 0)) + text[end:]
    return text


def _told(store: Store, text: str, named: Sequence[Named]) -> list[Understood]:
    """One record for all the documents named; its span is the first name's."""
    if not named:
        return []
    names = store.document_names(sorted(rows_of(named)))
    files = sorted(PurePath(path).name for path, _ in names.values())
    said = _listed(files, text[named[0].start : named[0].end])
    return [Understood("document", say.ONLY_IN(place=said), (named[0].start, named[0].end))]


def _listed(files: Sequence[str], words: str) -> str:
    if len(files) > SHOWN:
        return say.NAMED_BY(n=len(files), name=" ".join(words.split()))
    return " and ".join(files)
