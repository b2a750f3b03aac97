"""Where a question may name a document: 'the 2023 lease with Keller', 'Best Buy'.

What stands here is read from the question alone; whether such documents exist, `naming` looks up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strongroom_engine.answering.grammar import Grammar, grammars, nouns
from strongroom_engine.answering.stopwords import stopwords_of
from strongroom_engine.store import WORD

_TOKEN = re.compile(rf"{WORD.pattern}(?:[-\u2010]{WORD.pattern})*")
_BREAK = re.compile(r"[;:?!。？！]")
QUALIFIERS_BEFORE = 5
"""Words before a document's noun that may tell it apart."""
SAYS_WITHIN = 2
"""The verb that says that the document speaks follows within so many words."""
TITLE_CASE = 0.7
"""Where more of the telling words than this are capitalised, capitals say nothing."""
NAME_WORDS = 8
CUE_CHARACTERS = 30


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def capitalised(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        return not any(map(str.isdigit, self.text))

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()


@dataclass(frozen=True, slots=True)
class DocumentPhrase:
    """A noun for a document with what tells the document apart.

    `placed`: the question says that the answer stands there ('in the lease', 'the lease says');
    `asked`: it asks which document ('which letter'); `indefinite`: it speaks of 'a letter'.
    """

    start: int
    end: int
    nouns: tuple[str, ...]
    """The noun, and those that mean the same."""
    qualifiers: tuple[str, ...]
    apposed: tuple[str, ...]
    """Names right after the noun ('im Vertrag Müller'); they may also be something else."""
    placed: bool
    asked: bool
    indefinite: bool


@dataclass(frozen=True, slots=True)
class NamePhrase:
    """A run of capitalised words. `marked`: a title, a legal form or 's makes it a name.

    `least`: where a capital makes no name, a part of the run is one from two words on.
    """

    start: int
    end: int
    words: tuple[str, ...]
    marked: bool
    least: int


class Sentence:
    """A question, its tokens, and the grammar of its language."""

    def __init__(self, text: str, whole: str = "") -> None:
        """`whole` is the question that `text` is left of; its words say which language it is."""
        self.text = text
        self.tokens = _tokens(text)
        lower = [token.lower for token in _tokens(whole or text)]
        self.stopwords = stopwords_of(lower)
        known = {grammar.language: _known(grammar, lower) for grammar in grammars()}
        self.grammar = max(grammars(), key=lambda each: known[each.language])
        self.capitals_name = known[self.grammar.language] > 0 and not self.grammar.capitalises_nouns
        """Whether a capital makes a word a name: not in German, nor in a language unknown."""

    def between(self, left: int, right: int) -> str:
        """What stands between two tokens."""
        return self.text[self.tokens[left].end : self.tokens[right].start]

    def cue_before(self, start: int) -> bool:
        """Whether the words before `start` say that one is to look there."""
        before = self.text[max(start - CUE_CHARACTERS, 0) : start].lower().rstrip(" \"'“„»«")
        return any(
            before.endswith(cue) and not before[: -len(cue)][-1:].isalnum()
            for cue in self.grammar.inside
        )


def _tokens(text: str) -> list[Token]:
    return [Token(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(text)]


def _known(grammar: Grammar, words: Sequence[str]) -> int:
    """How many of the words are the grammar's."""
    known = {
        *grammar.definite,
        *grammar.indefinite,
        *grammar.inside,
        *grammar.says,
        *grammar.linkers,
        *grammar.asking,
        *grammar.common,
    }
    return sum(word in known for word in words)


# --- nouns for documents -----------------------------------------------------------------------------


def document_phrases(sentence: Sentence) -> list[DocumentPhrase]:
    """The nouns for documents in the singular, with a determiner, a name or a number."""
    known = nouns(sentence.grammar)
    found = []
    for at, token in enumerate(sentence.tokens):
        if same := known.get(token.lower):
            found.append(_document_phrase(sentence, at, same))
    return [phrase for phrase in found if phrase]


def _document_phrase(sentence: Sentence, at: int, same: tuple[str, ...]) -> DocumentPhrase | None:
    grammar, tokens = sentence.grammar, sentence.tokens
    first, before = _left(sentence, at)
    last, apposed = _apposed(sentence, at)
    last, after = _right(sentence, last)
    determiner = tokens[first - 1].lower if first else ""
    start, end = tokens[first].start, tokens[last].end
    asked, indefinite = determiner in grammar.asking, determiner in grammar.indefinite
    definite = determiner in grammar.definite or determiner == "s"
    # 'im Vertrag': the determiner holds the cue; else the cue stands before either of them.
    head = tokens[first - 1].start if definite and first else start
    placed = sentence.cue_before(head) or sentence.cue_before(start) or _speaks(sentence, last)
    if not (asked or indefinite or definite or sentence.cue_before(start)):
        return None
    placed = placed and not indefinite
    return DocumentPhrase(start, end, same, (*before, *after), apposed, placed, asked, indefinite)


def _left(sentence: Sentence, at: int) -> tuple[int, list[str]]:
    """(first token of the phrase, qualifiers before the noun)."""
    grammar = sentence.grammar
    stop = {*grammar.definite, *grammar.asking, *grammar.indefinite, *sentence.stopwords}
    words: list[str] = []
    first = at
    while first > 0 and at - first < QUALIFIERS_BEFORE:
        token = sentence.tokens[first - 1]
        if token.lower == "s" and first > 1 and sentence.tokens[first - 2].capitalised:
            return first, [sentence.tokens[first - 2].text, *words]  # 'Boeing's 10-K'
        if _BREAK.search(sentence.between(first - 1, first)):
            break
        if not _joins(sentence, first - 1):  # 'Licence and Maintenance Agreement'
            if token.lower in stop or token.lower in grammar.inside:
                break
            words.insert(0, token.text)
        first -= 1
    return first, words


def _apposed(sentence: Sentence, at: int) -> tuple[int, tuple[str, ...]]:
    """(last token, capitalised words) of what follows the noun without anything between."""
    last = at
    for number in range(at + 1, len(sentence.tokens)):
        token = sentence.tokens[number]
        if not (token.capitalised and token.is_word and sentence.between(last, number) == " "):
            break
        last = number
    return last, tuple(token.text for token in sentence.tokens[at + 1 : last + 1])


def _joins(sentence: Sentence, at: int) -> bool:
    """Whether the token is an 'and' or 'of' between capitalised words."""
    tokens = sentence.tokens
    return (
        tokens[at].lower in sentence.grammar.linkers
        and 0 < at < len(tokens) - 1
        and tokens[at - 1].capitalised
        and tokens[at + 1].capitalised
        and tokens[at - 1].lower not in sentence.stopwords
    )


def _right(sentence: Sentence, at: int) -> tuple[int, list[str]]:
    """(last token of the phrase, qualifiers after the noun): numbers, and names after a linker."""
    grammar, tokens = sentence.grammar, sentence.tokens
    words: list[str] = []
    last, linked = at, False
    for number in range(at + 1, len(tokens)):
        token = tokens[number]
        if _BREAK.search(sentence.between(number - 1, number)):
            break
        if token.is_number or (linked and token.capitalised):
            words.append(token.text)
            last = number
        elif token.lower in grammar.linkers or (linked and token.lower in grammar.definite):
            linked = True
        elif not (linked and token.lower in grammar.marks):
            break
    return last, [word for word in words if word.lower() not in grammar.marks]


def _speaks(sentence: Sentence, last: int) -> bool:
    following = sentence.tokens[last + 1 : last + 1 + SAYS_WITHIN]
    return any(token.lower in sentence.grammar.says for token in following)


# --- names -------------------------------------------------------------------------------------------


def name_phrases(sentence: Sentence) -> list[NamePhrase]:
    """The runs of capitalised words, without what is only capitalised because it comes first.

    Where nearly all words are capitalised, only what is marked as a name counts.
    """
    found = [phrase for run in _runs(sentence) if (phrase := _name(sentence, run))]
    return [phrase for phrase in found if phrase.marked] if _all_capitalised(sentence) else found


def _all_capitalised(sentence: Sentence) -> bool:
    telling = [t for t in sentence.tokens if t.is_word and t.lower not in sentence.stopwords]
    return len(telling) > 3 and sum(t.capitalised for t in telling) > TITLE_CASE * len(telling)


def _runs(sentence: Sentence) -> Iterator[list[int]]:
    run: list[int] = []
    for at, token in enumerate(sentence.tokens):
        joined = bool(run) and re.fullmatch(r"[ ,.&]{1,3}", sentence.between(run[-1], at))
        is_part = token.capitalised and token.is_word
        if run and not (joined and is_part):
            yield run
            run = []
        if is_part:
            run.append(at)
    if run:
        yield run


def _name(sentence: Sentence, run: list[int]) -> NamePhrase | None:
    grammar, tokens = sentence.grammar, sentence.tokens
    skip = {*sentence.stopwords, *grammar.definite, *grammar.inside, *grammar.asking}
    kept = [at for at in run if tokens[at].lower not in skip]
    named = [
        at for at in kept if tokens[at].lower not in grammar.marks and len(tokens[at].text) > 1
    ]
    if not named or len(named) > NAME_WORDS:
        return None
    marked = len(named) < len(kept) or _marked(sentence, named)
    lonely = len(named) == 1 and not marked
    first = named[0] == 0 and not tokens[0].text.isupper()
    if lonely and (first or not sentence.capitals_name):
        return None
    words = tuple(tokens[at].text for at in named)
    return NamePhrase(
        tokens[named[0]].start,
        tokens[named[-1]].end,
        words,
        marked,
        1 if marked or sentence.capitals_name else 2,
    )


def _marked(sentence: Sentence, named: list[int]) -> bool:
    """Whether 'Mr' stands before, or 's or 'GmbH' after the words."""
    tokens, marks = sentence.tokens, sentence.grammar.marks
    before = tokens[named[0] - 1].lower if named[0] else ""
    after = tokens[named[-1] + 1].lower if named[-1] + 1 < len(tokens) else ""
    apostrophe = sentence.text[tokens[named[-1]].end : tokens[named[-1]].end + 2]
    possessive = sentence.capitals_name and apostrophe[:1] in ("'", "’")
    return before in marks or after in marks or (possessive and apostrophe[1:] == "s")
