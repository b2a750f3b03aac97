"""Whether a sentence says the opposite of its source: by negations and opposite words.

No language model reads the two. The words that both have are aligned; a word that one of them
negates right there, and the other nowhere near, turns the meaning. So does a word in whose place
the source has its opposite. Double negations with an exception ('not without', 'no ... unless')
are left alone: rules cannot tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from strongroom_engine.answering.stopwords import ALL, stopwords_of
from strongroom_engine.answering.text import form, is_unsegmented
from strongroom_engine.store import FUNCTION_WORDS

_NEGATIONS = {
    "english": "not no never none nor neither without cannot nothing nobody except unless",
    "german": "nicht kein keine keinen keinem keiner keines nie niemals weder ohne außer nichts",
    "french": "pas jamais aucun aucune sans ni sauf rien",
    "spanish": "no nunca jamás sin ni ningún ninguna ninguno salvo excepto tampoco",
    "italian": "non mai nessun nessuna nessuno senza né tranne",
    "portuguese": "não nunca jamais sem nem nenhum nenhuma exceto salvo",
    "dutch": "niet geen nooit zonder noch behalve",
    "russian": "не нет никогда без ни кроме",
    "arabic": "لا لم لن ليس ليست غير بدون دون ما سوى",
}
"""Words that turn what stands beside them."""
_HOMONYMS = frozenset(
    ["mai", "no", "ni", "non", "sin", "salvo", "noch", "rien", "pas", "ما", "دون", "سوى"]
)
"""Negations that are other words in another language."""
_ANY = frozenset(" ".join(_NEGATIONS.values()).split()) - _HOMONYMS
_FORWARD = frozenset(
    word
    for words in (
        "no neither nor without except unless kein keine keinen keinem keiner keines weder ohne",
        "außer aucun aucune sans ni sauf sin salvo excepto senza tranne sem exceto geen zonder",
        "behalve без кроме بدون غير سوى",
    )
    for word in words.split()
)
"""Those that turn only what comes after them."""
_CHINESE = frozenset("不没未无非")
"""Characters that negate."""

_OPPOSITES = (
    "increase decrease", "increased decreased", "increasing decreasing", "increases decreases",
    "rise fall", "rose fell", "rises falls", "risen fallen", "grew shrank", "grow shrink",
    "higher lower", "more less", "more fewer", "above below", "over under", "before after",
    "gain loss", "gained lost", "profit loss", "won lost", "win lose", "up down",
    "first last", "largest smallest", "most least", "maximum minimum", "highest lowest",
    "oldest youngest", "longest shortest", "exclude include", "excluded included",
    "excluding including", "accept reject", "accepted rejected", "allow forbid",
    "allowed forbidden", "permitted prohibited", "permit prohibit", "approve reject",
    "approved rejected", "exclusive nonexclusive", "start end", "begin end", "all none",
    "always never", "with without", "true false", "open closed", "buyer seller",
    "favorable unfavorable", "earlier later", "north south", "east west",
    "erhöht gesenkt", "stieg sank", "gestiegen gesunken", "höher niedriger", "mehr weniger",
    "vor nach", "gewann verlor", "erlaubt verboten", "größte kleinste", "älteste jüngste",
    "augmenté diminué", "hausse baisse", "plus moins", "avant après", "autorisé interdit",
    "aumentó disminuyó", "subió bajó", "más menos", "antes después", "permitido prohibido",
)  # fmt: skip
_OPPOSITE: dict[str, frozenset[str]] = {}
for _pair in _OPPOSITES:
    _one, _other = _pair.split()
    _OPPOSITE[_one] = _OPPOSITE.get(_one, frozenset()) | {_other}
    _OPPOSITE[_other] = _OPPOSITE.get(_other, frozenset()) | {_one}
_PREFIXES = ("un", "non", "in", "im", "ir", "il", "dis")

_TOKEN = re.compile(r"(?<=[a-z])n[’']t\b|[^\W_]+?(?=n[’']t\b)|[^\W_]+|[.;:!?]|,")
_NEAR = 3
"""Words on either side within which a negation may belong to a word."""
_BESIDE = 3
"""Words, function words too, from a negation to the word that it turns: 'cannot do so until a
4-week period has passed' does not negate the four weeks."""
_NOT_ONLY = frozenset(
    ["only", "just", "merely", "nur", "seulement", "solo", "sólo", "solamente", "limited"]
)


@dataclass(frozen=True, slots=True)
class _Read:
    """The telling words of a text, and by its place which of them is negated."""

    words: tuple[str, ...]
    forms: tuple[str, ...]
    strictly: frozenset[int]
    """Right beside a negation."""
    loosely: frozenset[int]
    """With a negation anywhere near."""


def contradicts(sentence: str, source: str) -> bool:
    """Whether the sentence says the opposite of the source sentence that it is tied to."""
    said, held = _read(sentence), _read(source)
    pairs = _aligned(said, held)
    if any(_turned(said, a, held, b) for a, b in pairs):
        return True
    return bool(pairs) and _opposite(said, held, pairs)


def _turned(said: _Read, a: int, held: _Read, b: int) -> bool:
    return (a in said.strictly and b not in held.loosely) or (
        b in held.strictly and a not in said.loosely
    )


def _aligned(said: _Read, held: _Read) -> list[tuple[int, int]]:
    matcher = SequenceMatcher(None, said.forms, held.forms, autojunk=False)
    return [
        (block.a + at, block.b + at)
        for block in matcher.get_matching_blocks()
        for at in range(block.size)
    ]


def _opposite(said: _Read, held: _Read, pairs: Sequence[tuple[int, int]]) -> bool:
    """A word of the sentence whose opposite stands at the same place between aligned words."""
    ends = [(-1, -1), *pairs, (len(said.words), len(held.words))]
    for (a, b), (next_a, next_b) in pairwise(ends):
        for at in range(a + 1, next_a):
            replaced = held.words[b + 1 : next_b]
            if any(_are_opposite(said.words[at], word) for word in replaced):
                return True
    return False


def _are_opposite(one: str, other: str) -> bool:
    if other in _OPPOSITE.get(one, ()):
        return True
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(shorter) > 3 and any(longer == prefix + shorter for prefix in _PREFIXES)


@lru_cache(maxsize=2048)
def _read(text: str) -> _Read:
    tokens = _tokens(text)
    stopwords = stopwords_of(tokens)
    cues = _cues(stopwords)
    words: list[tuple[str, int]] = []
    negations: list[tuple[int, int, int]] = []
    clause_ends: list[int] = []
    for at, token in enumerate(tokens):
        if token in cues:
            following = tokens[at + 1] if at + 1 < len(tokens) else ""
            back = 0 if token in _FORWARD else _NEAR
            negations += [(len(words), at, back)] * (following not in _NOT_ONLY)
        elif not token[0].isalnum():
            clause_ends.append(at)
        elif token not in stopwords or token in _OPPOSITE:
            words.append((token, at))
    return _negated(words, negations, clause_ends)


def _negated(
    words: Sequence[tuple[str, int]], negations: Sequence[tuple[int, int, int]], ends: Sequence[int]
) -> _Read:
    """Words come with their place among the tokens, and so do the ends of clauses and negations,
    which come after the word before them and with how far they reach back."""
    strictly: set[int] = set()
    loosely: set[int] = set()
    for place, at, back in negations:
        loosely.update(range(max(place - back, 0), min(place + _NEAR, len(words))))
        end = min((each for each in ends if each > at), default=at + _BESIDE + 1)
        if place < len(words) and words[place][1] < end:
            strictly.update([place] * (words[place][1] - at <= _BESIDE))
        elif back and place and at - words[place - 1][1] <= _BESIDE:
            strictly.add(place - 1)  # 'wird zerstört nicht.'
    plain = tuple(word for word, _ in words)
    return _Read(plain, tuple(map(form, plain)), frozenset(strictly), frozenset(loosely))


def _cues(stopwords: frozenset[str]) -> frozenset[str]:
    """The negations of the text's language, as far as its other words tell it."""
    language = next(
        name for name, words in zip(FUNCTION_WORDS, ALL, strict=True) if words is stopwords
    )
    return _ANY.union(_NEGATIONS.get(language, "").split())


def _tokens(text: str) -> list[str]:
    return [
        part
        for match in _TOKEN.finditer(text.lower().replace("cannot", "can not"))
        for part in _parts(match.group())
    ]


def _parts(token: str) -> Iterator[str]:
    """The token; of a script without spaces its characters, negations among them as 'not'."""
    if token in ("n't", "n’t"):
        yield "not"
    elif is_unsegmented(token):
        for char in token:
            yield "not" if char in _CHINESE else char
    else:
        yield token
