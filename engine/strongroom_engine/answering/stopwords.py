"""Words that say how something is asked and not what about, by language.

Dropping them keeps a question from matching every passage: it is faster, and 'what is the' lifts
nothing to the top. Only closed classes stand here (articles, pronouns, prepositions, question
words, auxiliaries: `store.languages`). A word may be a stopword in one language and a noun in another ('war', 'die'),
so the list of one language is used at a time: the one that knows most of the question's words.
"""

from __future__ import annotations

from collections.abc import Sequence

from strongroom_engine.answering.text import WORD
from strongroom_engine.store import FUNCTION_WORDS, index_words

ALL = tuple(
    words.union(index_words(word).strip() for word in words) for words in FUNCTION_WORDS.values()
)
"""As they are written and as they are indexed, English first."""
_LEAST = 2
"""One word alone does not say that a question is in another language than English."""


def stopwords_of(words: Sequence[str]) -> frozenset[str]:
    """The stopwords of the language that the words seem to be in; English in doubt.

    `words` are in lower case; unsegmented scripts are in bigrams, as they are indexed.
    """
    english = ALL[0]
    best = max(ALL, key=lambda language: sum(word in language for word in words))
    known = sum(word in best for word in words)
    return best if known >= _LEAST else english


def same_language(one: str, other: str) -> bool:
    """Whether two texts seem to be in the same language."""
    guesses = [stopwords_of(WORD.findall(text.lower())) for text in (one, other)]
    return guesses[0] is guesses[1]
