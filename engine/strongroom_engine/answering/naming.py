"""Which documents a question names, where that is sure enough to search nowhere else.

Three ways of naming a document are trusted, each with its conditions:

* Its file's name as it is written, with or without the extension.
* A noun for a document, told apart and said to be the place of the answer: 'in the 2023 lease',
  'does the agreement between X and Y say'. All of these words stand in the name, the title or the
  opening of these documents alone.
* A proper name in the names or titles of a few documents that no others speak of.

A question whose other rare words stand in other documents only is searched everywhere, as is one
that asks for a document ('which letter …'), and one that stands verbatim in another document.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from strongroom_engine.answering.lookup import in_passages, string, strings
from strongroom_engine.answering.phrases import (
    DocumentPhrase,
    NamePhrase,
    Sentence,
    Token,
    document_phrases,
    name_phrases,
)
from strongroom_engine.answering.query import tokens
from strongroom_engine.store import WORD, Scope, Store, name_words

FEW = 3
"""A noun for a document names at most so many: versions of one."""
ONE_MAY_LACK = 5
"""Of so many words that tell a document apart one need not be in its opening."""
MANY = 12
"""A proper name names at most so many."""
OFTEN = 20
"""Other documents may mention a proper name once where those named do so many times; else never."""
RARE, RARE_PASSAGES = 3, 10
"""A word in at most so many documents, and fewer passages, has to stand in those named."""
CANDIDATES = 50
"""Documents whose names are compared with the question, letter for letter."""
GLUED_LEAST = 6
"""From so many letters on a name is also looked for as the beginning of a word: BESTBUY."""
NAME_LEAST = 3
"""A name has so many letters or more."""


_SHOWN_NAME = re.compile(r"[\"“„«'‘]\s?([^\W_]+)|([^\W_]+)\.\w{1,5}\b")


@dataclass(frozen=True, slots=True)
class Named:
    """Documents that a question names, by their rows, and where in the question it does."""

    documents: frozenset[int]
    start: int
    end: int


def named_documents(
    store: Store, question: str, scope: Scope, whole: str = ""
) -> tuple[Named, ...]:
    """What the question names for sure; empty where it is better to search everywhere.

    `whole` is the question before words that say something else were taken out of it.
    """
    sentence = Sentence(question, whole)
    if exact := _by_file_name(store, sentence, scope):
        return tuple(exact)
    phrases = document_phrases(sentence)
    if any(phrase.asked for phrase in phrases):
        return ()
    found = _by_noun(store, phrases, scope)
    if found is None:
        return ()
    if not found and not any(phrase.indefinite for phrase in phrases):
        found = _by_name(store, name_phrases(sentence), scope)
    return found if _holds_the_rest(store, sentence, found, scope) else ()


def rows_of(found: Sequence[Named]) -> frozenset[int]:
    """The documents that every name fits, else those that any does."""
    sets = [named.documents for named in found]
    if not sets:
        return frozenset()
    return frozenset.intersection(*sets) or frozenset.union(*sets)


# --- by file name ----------------------------------------------------------------------------------


def _by_file_name(store: Store, sentence: Sentence, scope: Scope) -> list[Named]:
    """The documents whose file names stand in the question; of names in each other the longest."""
    terms = " OR ".join(_name_terms(sentence.text))
    if not terms:
        return []
    found: list[Named] = []
    for row, path, _ in store.documents_like(terms, CANDIDATES, scope, names_only=True):
        if span := _stands(sentence, os.path.basename(path)):  # noqa: PTH119 -- paths are str here
            found.append(Named(frozenset({row}), *span))
    return [
        one
        for one in found
        if not any(
            other.start <= one.start
            and one.end <= other.end
            and other.end - other.start > one.end - one.start
            for other in found
        )
    ]


def _name_terms(text: str) -> list[str]:
    """What a file that is named in the text has in its name: words that are neighbours there.

    Single words only where the text shows that they are a name: in quotes, or with an extension.
    (All words, ranked, took 20 to 90 ms among 100,000 documents; this takes 0.3 to 8.)
    """
    words = [word.lower() for word in tokens(name_words(text))]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    shown = [
        word
        for match in _SHOWN_NAME.finditer(text)
        for word in tokens(name_words(match[1] or match[2]))
    ]
    return strings(dict.fromkeys([*pairs, *shown]))


def _stands(sentence: Sentence, name: str) -> tuple[int, int] | None:
    """Where the file's name stands in the question, in a way that can mean nothing else."""
    text = sentence.text
    stem, extension = os.path.splitext(unicodedata.normalize("NFC", name))  # noqa: PTH122 -- as above
    if extension and (span := _find(text, stem + extension)):
        return span
    span = _find(text, stem)
    if span is None:
        return None
    words = WORD.findall(stem)
    written = text[slice(*span)]
    quoted = text[max(span[0] - 1, 0) : span[0]] in tuple("\"“„«'‘") and span[0] > 0
    telling = len(words) > 1 and ("_" in stem or any(map(str.isdigit, stem)))
    as_it_is = len(words) > 1 and written == stem and all(word[0].isupper() for word in words)
    letters = any(map(str.isalpha, stem))
    if letters and (quoted or telling or (as_it_is and sentence.cue_before(span[0]))):
        return span
    return None


def _find(text: str, name: str) -> tuple[int, int] | None:
    """Where the name stands on its own, whatever its case."""
    pattern = rf"(?<![^\W_]){re.escape(name)}(?![^\W_])"
    found = re.search(pattern, text, re.IGNORECASE) if name else None
    return found.span() if found else None


# --- by what it is -----------------------------------------------------------------------------------


def _by_noun(
    store: Store, phrases: Sequence[DocumentPhrase], scope: Scope
) -> tuple[Named, ...] | None:
    """What the nouns for documents name; None where one is a place and names nothing for sure.

    'This contract', after a contract that was told apart, is that contract.
    """
    found, meant = [], set()
    for phrase in phrases:
        if not phrase.placed or (_is_bare(phrase) and phrase.nouns in meant):
            continue
        documents = _of_noun(store, phrase, scope)
        if not documents:
            return None
        meant.add(phrase.nouns)
        found.append(Named(documents, phrase.start, phrase.end))
    return tuple(found)


def _is_bare(phrase: DocumentPhrase) -> bool:
    return not (phrase.qualifiers or phrase.apposed)


def _of_noun(store: Store, phrase: DocumentPhrase, scope: Scope) -> frozenset[int]:
    wanted = strings(word for word in phrase.qualifiers if len(word) > 1)
    apposed = strings(phrase.apposed)
    if not (wanted or apposed):
        return frozenset()
    kind = f"({' OR '.join(strings(phrase.nouns))})"
    terms = [kind, *wanted]
    found = store.documents_holding(
        [" AND ".join([*terms, *apposed])], FEW + 1, scope, names_only=True
    )
    anywhere = [] if apposed else [" AND ".join(terms)]
    if len(wanted) >= ONE_MAY_LACK:
        without_one = [terms[:at] + terms[at + 1 :] for at in range(1, len(terms))]
        anywhere.append(" OR ".join(f"({' AND '.join(some)})" for some in without_one))
    found += store.documents_holding(anywhere, FEW + 1, scope)
    best = next((documents for documents in found if documents), frozenset[int]())
    return best if _are_versions(store, best) else frozenset()


def _are_versions(store: Store, documents: frozenset[int]) -> bool:
    """Whether there is one document, or a few whose names differ in numbers only."""
    if len(documents) > FEW:
        return False
    names = store.document_names(sorted(documents)).values()
    stems = {_without_numbers(os.path.basename(path)) for path, _ in names}  # noqa: PTH119 -- as above
    return len(stems) == 1


def _without_numbers(name: str) -> tuple[str, ...]:
    words = WORD.findall(name_words(name).lower())
    return tuple(word for word in words if not any(map(str.isdigit, word)))


# --- by a proper name --------------------------------------------------------------------------------


def _by_name(store: Store, phrases: Sequence[NamePhrase], scope: Scope) -> tuple[Named, ...]:
    found = []
    for phrase in phrases:
        for words in _parts(phrase):
            documents = _of_name(store, words, scope)
            if documents:
                found.append(Named(documents, phrase.start, phrase.end))
                break
    return tuple(found)


def _parts(phrase: NamePhrase) -> list[tuple[str, ...]]:
    """The runs within the phrase, the longest first."""
    bounds = combinations(range(len(phrase.words) + 1), 2)
    parts = [phrase.words[a:b] for a, b in bounds if b - a >= phrase.least]
    return sorted(parts, key=len, reverse=True)


def _of_name(store: Store, words: Sequence[str], scope: Scope) -> frozenset[int]:
    phrase = string(" ".join(words))
    glued = "".join(words)
    if not phrase or len(glued) < NAME_LEAST:
        return frozenset()
    queries = [phrase]
    if len(glued) >= GLUED_LEAST and glued.isalpha():
        queries.append(f"name : {string(glued)} *")
    most = min(MANY, max(store.document_count() // 2, 1))
    found = frozenset().union(*store.documents_holding(queries, most + 1, scope, names_only=True))
    if not found or len(found) > most:
        return frozenset()
    spoken = in_passages(" ".join(words))
    inside = sum(store.mentions(spoken, OFTEN, Scope(documents=tuple(found))).values())
    outside = store.mentions(spoken, 2, scope, without=tuple(found))
    return found if inside and sum(outside.values()) <= inside // OFTEN else frozenset()


# --- what else is asked -------------------------------------------------------------------------------


def _holds_the_rest(store: Store, sentence: Sentence, found: Sequence[Named], scope: Scope) -> bool:
    """Whether the question's other rare words stand in the documents named, if they do anywhere.

    One rare name in another document is enough to search everywhere, or two rare words in one.
    """
    rows = rows_of(found)
    elsewhere: Counter[int] = Counter()
    for token in _others(sentence, found):
        for row in _rare_elsewhere(store, token.text, rows, scope):
            elsewhere[row] += 2 if token.capitalised else 1
    return bool(rows) and max(elsewhere.values(), default=0) < 2


def _rare_elsewhere(store: Store, word: str, rows: frozenset[int], scope: Scope) -> Iterable[int]:
    """The few documents that hold the word, where those named do not."""
    query = in_passages(word)
    holding = store.mentions(query, RARE_PASSAGES, scope) if query else {}
    if sum(holding.values()) == RARE_PASSAGES or len(holding) > RARE or rows & holding.keys():
        return ()
    return holding


def _others(sentence: Sentence, found: Sequence[Named]) -> Iterable[Token]:
    for token in sentence.tokens:
        inside = any(named.start <= token.start < named.end for named in found)
        if not inside and token.lower not in sentence.stopwords and token.is_word:
            yield token
