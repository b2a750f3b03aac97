"""Question sets -> dialogues of two questions, the second of which leaves something to the first.

By one rule for every set and language, nothing chosen by hand. Two questions about one document
make a dialogue where the second repeats names of the first, or its answer: the repetition becomes
a pronoun ('it', 'its', 'there'), or is left out after an 'And'. Of questions that say where to
look and then ask ('Consider the lease between A and B; …'), the second keeps only what it asks, or
only the part in which it differs from the first ('And the renewal term?', 'What about C?').
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from strongroom_engine.answering.clauses import question_proper
from strongroom_engine.answering.stopwords import stopwords_of
from strongroom_engine.answering.text import WORD, form
from strongroom_engine.evaluation.sets import Question, QuestionSet

A_DOCUMENT = 4
"""Dialogues about one document, at most."""
A_WAY = 45
"""Dialogues of one way in one set, at most."""
_PLACES = ("in", "at", "from", "im", "aus")
_ARTICLES = {"der": "er", "die": "sie", "das": "es", "den": "ihn", "dem": "ihm"}
_TURNED = ("did", "does", "do", "was", "were", "is", "are", "has", "had", "can", "could", "would")
_POSSESSIVE = {"en": "its", "de": "seine"}


@dataclass(frozen=True, slots=True)
class Dialogue:
    """`typed` is what the user types after `first` was answered; `full` the same question whole."""

    way: str
    first: Question
    full: Question
    typed: str


def dialogues(asked: QuestionSet, language: str) -> list[Dialogue]:
    """The dialogues of a set, evenly over its documents, in a fixed order."""
    by_file: dict[str, list[Question]] = defaultdict(list)
    for question in asked.questions:
        by_file[question.relevant[0].file].append(question)
    found: list[Dialogue] = []
    ways: Counter[str] = Counter()
    for questions in by_file.values():
        taken: set[str] = set()
        for made in _about_one(questions, language, by_file.values()):
            if made.full.key in taken or len(taken) == A_DOCUMENT or ways[made.way] == A_WAY:
                continue
            taken.add(made.full.key)
            ways[made.way] += 1
            found.append(made)
    return found


def unrelated(asked: QuestionSet, number: int) -> list[tuple[Question, Question]]:
    """Questions that stand alone, about two documents, one after the other."""
    questions = [q for q in asked.questions if not question_proper(q.question)]
    half = len(questions) // 2
    pairs = zip(questions, questions[half:] + questions[:half], strict=True)
    apart = [pair for pair in pairs if pair[0].relevant[0].file != pair[1].relevant[0].file]
    return apart[:: max(len(apart) // number, 1)][:number]


def _about_one(
    questions: Sequence[Question], language: str, everything: Iterable[Sequence[Question]]
) -> Iterator[Dialogue]:
    pairs = list(permutations(questions, 2))
    settings = question_proper(questions[0].question)
    if settings:
        yield from _of_setting(questions, everything)
        return
    turn = len(questions)
    for first, full in pairs:
        made = _by_answer(first, full, language) or _by_name(first, full, language, turn)
        if made:
            turn += 1
            yield made


# --- questions that say where to look first ------------------------------------------------------------


def _of_setting(
    questions: Sequence[Question], everything: Iterable[Sequence[Question]]
) -> Iterator[Dialogue]:
    for number, (first, full) in enumerate(pairwise(questions)):
        proper = question_proper(full.question)
        noun = _asked_noun(first), _asked_noun(full)
        if number % 2 and all(noun):
            yield Dialogue("what differs", first, full, f"And the {noun[1]}?")
        else:
            yield Dialogue("place left out", first, full, _with_pronoun(proper, number))
    if other := _same_elsewhere(questions[0], everything):
        about = other.question[: -len(question_proper(other.question))].strip(" ;")
        about = about.removeprefix("Consider ")
        yield Dialogue("other place", questions[0], other, f"What about {about}?")


def _with_pronoun(proper: str, number: int) -> str:
    return re.sub(r"\bthis contract\b", "it", proper) if number % 4 == 2 else proper


def _asked_noun(question: Question) -> str:
    found = re.match(
        r"What (?:is|are) the ([\w -]{4,40}?)(?: (?:of|for|under|in) this contract)?\?$",
        question_proper(question.question),
    )
    return found[1] if found else ""


def _same_elsewhere(
    question: Question, everything: Iterable[Sequence[Question]]
) -> Question | None:
    proper, file = question_proper(question.question), question.relevant[0].file
    others = [
        other
        for questions in everything
        for other in questions
        if question_proper(other.question) == proper and other.relevant[0].file != file
    ]
    return others[len(file) % len(others)] if others else None


# --- names that are repeated ------------------------------------------------------------------------------


def _by_answer(first: Question, full: Question, language: str) -> Dialogue | None:
    """The answer of the first, in the second: 'Who …? Tesla. When was he born?'"""
    answer = first.answer or ""
    if not answer[:1].isupper() or len(answer) < 4:
        return None
    found = re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", full.question)
    words = list(WORD.finditer(full.question))
    run = [w for w in words if found and found.start() <= w.start() < found.end()]
    skipped = stopwords_of([word[0].lower() for word in words])
    if (
        not found
        or not found.start()
        or not run
        or not _is_whole(full.question, run, words, skipped)
    ):
        return None
    person = first.question.lower().startswith(("who ", "wer "))
    typed = _pointed(full.question, found.start(), found.end(), language, person=person)
    return Dialogue("answer", first, full, typed)


def _by_name(first: Question, full: Question, language: str, turn: int) -> Dialogue | None:
    span = _shared(first.question, full.question)
    if span is None:
        return None
    if turn % 3 == 2 and (typed := _left_out(full.question, *span, language)):
        return Dialogue("left out", first, full, typed)
    return Dialogue("pronoun", first, full, _pointed(full.question, *span, language))


def _shared(first: str, full: str) -> tuple[int, int] | None:
    """The longest run of words of `full` with a name in it, all of which `first` has."""
    known = {form(match[0]) for match in WORD.finditer(first)}
    words = list(WORD.finditer(full))
    skipped = stopwords_of([word[0].lower() for word in words])
    best: tuple[int, int, int] | None = None
    run: list[re.Match[str]] = []
    for word in [*words[1:], None]:
        if word and word[0].lower() not in skipped and form(word[0]) in known:
            run.append(word)
            continue
        whole = any(each[0][0].isupper() for each in run) and _is_whole(full, run, words, skipped)
        if whole and (not best or len(run) > best[0]):
            best = len(run), run[0].start(), run[-1].end()
        run = []
    return best[1:] if best else None


def _is_whole(
    text: str, run: Sequence[re.Match[str]], words: Sequence[re.Match[str]], skipped: frozenset[str]
) -> bool:
    """Whether the run is a whole name: no part of 'AFC Championship', no 'New Zealand students'."""
    at = words.index(run[0])
    before, after = words[at - 1], words[at + len(run) :][:1]
    led = before[0].lower() in skipped and before[0] != "s"
    tail = text[run[-1].end() :]
    if not re.match(r"['’]s\b|\s|[?,.;]|$", tail) or re.match(r"\s(?:of\s)?[A-Z]", tail):
        return False
    ends = not after or not text[run[-1].end() : after[0].start()].isspace()
    turned = before[0].lower() in _TURNED and after and not after[0][0][0].isupper()
    return led and bool(ends or after[0][0].lower() in skipped or turned)


def _pointed(question: str, start: int, end: int, language: str, *, person: bool = False) -> str:
    """The question with a pronoun in place of the span, and of the article before it."""
    before, after = question[:start].rstrip(), question[end:]
    lead = before.rsplit(" ", 1)[-1].lower()
    if after[:2] in ("'s", "’s"):
        before = before[: -len(lead)].rstrip() if lead in ("the", "a", "an", *_ARTICLES) else before
        return f"{before} {'his' if person else _POSSESSIVE[language]}{after[2:]}"
    if lead in _PLACES and not person:
        there = "there" if language == "en" else "dort"
        return f"{before[: -len(lead)]}{there}{after}"
    pronoun = ("he" if person else "it") if language == "en" else "er" if person else "es"
    if lead in ("the", "a", "an", *_ARTICLES):
        before = before[: -len(lead)].rstrip()
        pronoun = _ARTICLES.get(lead, pronoun)
    return f"{before} {pronoun}{after}".strip()


def _left_out(question: str, start: int, end: int, language: str) -> str:
    """'And how many students came?', without 'in Kenya'; '' where more would be broken."""
    before = question[:start].rstrip()
    lead = before.rsplit(" ", 1)[-1].lower()
    if lead not in (*_PLACES, "of", "von", "for", "für", "at", "during"):
        return ""
    rest = f"{before[: -len(lead)].rstrip()}{question[end:]}"
    opener = "And" if language == "en" else "Und"
    return f"{opener} {rest[:1].lower()}{rest[1:]}"
