"""A question as tokens of which it is known what they do in their language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from strongroom_engine.answering.conversation.words import Words, function_words_of, verbs_of
from strongroom_engine.answering.grammar import grammars, nouns
from strongroom_engine.answering.phrases import Token
from strongroom_engine.answering.text import WORD

_TOKEN = re.compile(rf"{WORD.pattern}(?:[-\u2010/]{WORD.pattern})*")
_YEAR = re.compile(r"(?:1[0-9]|20|21)\d\d")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its tokens and the words of its language."""

    text: str
    tokens: tuple[Token, ...]
    words: Words

    def gap(self, at: int) -> str:
        """What stands before a token, after the one before."""
        start = self.tokens[at - 1].end if at else 0
        return self.text[start : self.tokens[at].start]

    def lower(self, at: int) -> str:
        """The token in lower case; '' where there is none."""
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def is_function(self, at: int) -> bool:
        """Whether the token says how something is asked and not what about."""
        return is_function(self.lower(at), self.words)

    def is_name_part(self, at: int) -> bool:
        """Whether the token is written like (a part of) a name: for German, a noun is, too."""
        token = self.tokens[at]
        if token.lower in self.words.calendar:
            return False
        if not token.capitalised or (self.is_function(at) and not token.text.isupper()):
            return False
        return at > 0 or self._opens_with_name()

    def _opens_with_name(self) -> bool:
        """Whether the first word, capitalised anyway, is a name: what follows shows it."""
        if is_verb(self.lower(0), self.words) or len(self.tokens) < 2:
            return len(self.tokens) == 1
        after = self.tokens[1]
        said = after.lower in (*self.words.copulas, *self.words.auxiliaries)
        own = after.lower == "s" and self.gap(1) in ("'", "’")
        said = said or is_verb(after.lower, self.words)
        return said or own or after.is_number or after.capitalised or self.tokens[0].text.isupper()

    def ends(self, at: int) -> bool:
        """Whether nothing but marks follows the token."""
        return at == len(self.tokens) - 1


def asked(text: str, words: Words) -> Asked:
    found = _TOKEN.finditer(text)
    return Asked(text, tuple(Token(m.start(), m.end(), m.group()) for m in found), words)


def is_function(word: str, words: Words) -> bool:
    return word in function_words_of(words.language)


def is_verb(word: str, words: Words) -> bool:
    """Whether the word is one of the commonest verbs, or has the ending of one."""
    known = verbs_of(words.language)
    if words.language != "english":
        return word in known
    return word in known or word.endswith("ed") or word.removesuffix("s") in known


def is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None


def asking_end(question: Asked) -> int:
    """The first token after 'In which year', 'How many people'; 0 where nothing asks."""
    words, at = question.words, 0
    while question.lower(at) in (*words.prepositions, *words.openers):
        at += 1
    if question.lower(at) not in words.asking:
        return 0
    at += 1
    asks = question.lower(at - 1)
    alone = asks in words.asking_alone and question.lower(at) not in words.asking_with
    whole = (asks in words.asking_things and not alone) or question.lower(at) in words.asking_with
    while whole and at < len(question.tokens) and not _ends_asking(question, at):
        at += 1
        if words.capitalises_nouns and question.tokens[at - 1].capitalised:
            break
    return at


def _ends_asking(question: Asked, at: int) -> bool:
    words, lower = question.words, question.lower(at)
    if lower in (*words.copulas, *words.auxiliaries, *words.pronouns):
        return True
    if lower in words.boundaries and lower not in (*words.prepositions, "and", "or"):
        return True
    return not words.capitalises_nouns and is_verb(lower, words)


def is_document(noun: str) -> bool:
    """Whether a noun, in lower case, is one for a document."""
    return any(noun in nouns(grammar) for grammar in grammars())
