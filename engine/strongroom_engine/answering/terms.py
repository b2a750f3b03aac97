"""A question's words -> the FTS5 expression that finds them as passages were indexed.

A word is looked for as its stem in the question's language. Where that is unclear (a few words
without function words) its stems in every language are alternatives, as far as FTS5 tells them
apart. With all of them for every question English sets lost .004 to .04. A phrase is always looked for
in every language: it may stand in a passage of another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from strongroom_engine.answering.text import WORD, Span, form, word_spans
from strongroom_engine.store import (
    ENGLISH,
    LATIN,
    LEAST_OF_QUESTION,
    index_words,
    language_of,
    normal_forms,
    other_spellings,
    porter,
    spellings,
    stem,
)

_ALIKE = ("danish", "norwegian")
"""Their function words are the same: a passage may be taken for the other one."""
_FIGURE = re.compile(r"\d")
SHORT_PART = 2
"""A question's 'e-mail' or 'co-operate' is looked for as one word too; longer parts as they stand
(that they count three times cost two sets .004)."""


def expression(text: str, terms: Sequence[str], phrases: Sequence[str]) -> str:
    """The expression for the question `text`: all of `phrases`, any of `terms`; '' for nothing.

    `terms` and `phrases` are in the spelling of `index_words`. Every term stands in quotes and
    consists of letters and digits, so nothing that was typed is an operator. A required phrase is
    also an alternative to the words, so that they raise the score of what holds the phrase and
    are not required themselves. A date or an amount counts twice: of what is written otherwise it
    is all that is found, and several words were typed for it.
    """
    languages = _languages(text)
    held = [required(phrase) for phrase in phrases]
    wanted = [variant for term in terms for variant in _variants(term, languages)]
    if terms:
        wanted += other_spellings(text, joined=SHORT_PART, asked=True)
    meant = [word for *_, word in normal_forms(text, asked=True)] if terms else []
    alternatives = [*held, *map(_quoted, (*dict.fromkeys(wanted), *meant))]
    if not alternatives:
        return ""
    return " AND ".join([*held, f"({' OR '.join(alternatives)})"])


def required(phrase: str) -> str:
    """The expression for passages in which the phrase (as `index_words` spells it) stands, in
    whatever language."""
    return _any(_phrase_variants(phrase))


def standing(text: str, phrase: str) -> str:
    """The expression for passages in which the phrase (as `index_words` spells it) stands; `text`
    says in which languages it is looked for."""
    return _any(_phrase_variants(phrase, dict.fromkeys((*_languages(text), ENGLISH))))


def wanted_forms(text: str, terms: Iterable[str]) -> frozenset[str]:
    """What `marked` compares a passage's words with: forms and stems of the question's."""
    languages = _languages(text)
    listed = list(terms)
    stems = {_key(variant) for term in listed for variant in _variants(term, languages)}
    others = frozenset(map(_key, other_spellings(text, asked=True)))
    return frozenset(map(form, listed)) | stems | others


def covered(passage: str, question: str, terms: Sequence[str]) -> float:
    """The share of the question's terms that the passage holds, in whatever form."""
    language, languages = language_of(passage), _languages(question)
    found = {passage[start:end] for start, end in word_spans(passage)}
    held = {*map(form, found), *(_stem_key(word, language) for word in found)}
    figures = _FIGURE.search(question) is not None
    held |= {_key(word) for *_, word in _spellings(passage, figures=figures)}
    also = _spelled(question)
    alike = (
        {form(term), *map(_key, _variants(term, languages)), *also.get(term.lower(), ())}
        for term in terms
    )
    return sum(not held.isdisjoint(one) for one in alike) / max(len(terms), 1)


def _spelled(question: str) -> dict[str, set[str]]:
    """For the words of what has another spelling, that one: 'january' -> d20240105."""
    found: dict[str, set[str]] = {}
    for start, end, word in spellings(question, asked=True):
        for term in WORD.findall(index_words(question[start:end])):
            found.setdefault(term.lower(), set()).add(_key(word))
    return found


def marked(text: str, wanted: frozenset[str]) -> list[Span]:
    """Where the words stand in a passage that the index finds, or that have a wanted form."""
    language = language_of(text)
    found = [
        (start, end)
        for start, end in word_spans(text)
        if _is_wanted(text[start:end], language, wanted)
    ]
    spelled = _spellings(text, figures=any(map(_FIGURE.search, wanted)))
    others = [(start, end) for start, end, word in spelled if _key(word) in wanted]
    return sorted(found + others)


@lru_cache(maxsize=1 << 14)
def _is_wanted(word: str, language: str, wanted: frozenset[str]) -> bool:
    """The hits of a question are of the same words mostly."""
    return form(word) in wanted or _stem_key(word, language) in wanted


@lru_cache(maxsize=256)
def _spellings(text: str, *, figures: bool) -> tuple[tuple[int, int, str], ...]:
    """Of a passage; a hit's are asked for several times. Most questions hold no figures."""
    return tuple(spellings(text, figures=figures))


@lru_cache(maxsize=1 << 16)
def _stem_key(word: str, language: str) -> str:
    return _key(stem(index_words(word).strip(), language))


@lru_cache(maxsize=256)
def _languages(text: str) -> tuple[str, ...]:
    """The languages that a question's words are stemmed in."""
    language = language_of(text, LEAST_OF_QUESTION)
    if language in _ALIKE:
        return _ALIKE
    return (language,) if language else tuple(LATIN)


@lru_cache(maxsize=4096)
def _variants(term: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The stems of a term; of a name also the word as it is: it may stand in any language."""
    forms = [stem(term, language) for language in languages]
    if term[:1].isupper():
        forms.append(stem(term, ""))
    return tuple({_key(variant): variant for variant in reversed(forms)}.values())


def _phrase_variants(phrase: str, languages: Iterable[str] = tuple(LATIN)) -> list[str]:
    parts = phrase.split()
    variants = (" ".join(stem(part, language) for part in parts) for language in languages)
    return list({" ".join(map(_key, one.split())): one for one in variants}.values())


@lru_cache(maxsize=1 << 16)
def _key(term: str) -> str:
    return porter(term)


def _any(variants: Sequence[str]) -> str:
    quoted = [_quoted(variant) for variant in variants]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


def _quoted(term: str) -> str:
    return f'"{term}"'
