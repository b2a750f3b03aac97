"""The user's own question set, which grows where answers and hits are marked right or wrong.

It is kept in the library and has the format of every other set (`sets`). A question counts once
it has a right place, or is marked as one that the documents do not answer: with a wrong answer
alone nobody knows yet what would be right.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from strongroom_engine.errors import EmptyQuestion, NothingJudged, NotJudged, PlaceUnknown
from strongroom_engine.evaluation.sets import (
    Question,
    QuestionSet,
    Relevant,
    rooted,
    write_questions,
)
from strongroom_engine.judging import JudgedAnswer, Judgement, Place
from strongroom_engine.sentences import reasons
from strongroom_engine.store import Store
from strongroom_engine.trees import absolute_path
from strongroom_engine.types import locate

NAME = "own"
ANYWHERE = Path(os.sep)
"""The root of paths that lie anywhere on this computer."""


class OwnSet:
    """The judgements of one library. Thread-safe."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._changing = threading.Lock()

    def judge(
        self,
        question: str,
        *,
        right: Sequence[Place] = (),
        wrong: Sequence[Place] = (),
        right_answer: str = "",
        wrong_answer: str = "",
        absent: bool | None = None,
    ) -> Judgement:
        """Add to what is known of a question, and give all that is known then.

        `right` are places that answer it, `wrong` those that do not after all: a place without a
        quote takes away every one on its page, without a page every one in its file. `absent`
        says that the documents do not answer it; a right place or answer takes that back.
        Raises `EmptyQuestion` and `PlaceUnknown`.
        """
        question = same_question(question)
        checked = [self._checked(self._whole(place)) for place in right]
        with self._changing:
            known = self._known(question) or Judgement(question)
            changed = _with_places(known, checked, [*map(self._whole, wrong)])
            changed = _with_answer(changed, right_answer, right=True)
            changed = _with_answer(changed, wrong_answer, right=False)
            if absent is not None:
                changed = _absent(changed) if absent else replace(changed, absent=False)
            self._store.put_judgement(changed)
            return self._known(question) or changed

    def judgements(self) -> tuple[Judgement, ...]:
        """All, oldest first."""
        return self._store.judgements()

    def forget(self, question: str) -> None:
        """Forget what was judged of a question. Raises `NotJudged`."""
        question = same_question(question)
        with self._changing:
            if self._known(question) is None:
                raise NotJudged(question=question)
            self._store.remove_judgement(question)

    def question_set(self) -> QuestionSet:
        """The set as it can be measured now. Raises `NothingJudged`.

        Places in documents that are gone do not count; a question that loses all of its places is
        left out, and so is one of which only a wrong answer is known.
        """
        known = self.judgements()
        usable = [each for each in map(_without_missing, known) if _counts(each)]
        if not usable:
            raise NothingJudged(judged=len(known))
        questions = rooted(map(_question, usable), ANYWHERE)
        return QuestionSet(NAME, questions, ANYWHERE, left_out=len(known) - len(usable))

    def export(self, root: Path | None = None) -> str:
        """What counts as a question set, with files relative to `root`; documents that are gone
        are there, too."""
        questions = [_question(each) for each in self.judgements() if _counts(each)]
        inside = rooted(questions, Path(absolute_path(str(root)))) if root else questions
        return write_questions(inside)

    def _known(self, question: str) -> Judgement | None:
        return next((each for each in self.judgements() if each.question == question), None)

    def _whole(self, place: Place) -> Place:
        """With the whole path; a bare name may be that of the one document that is called so."""
        path = absolute_path(place.file)
        if self._store.content_hash(path) is None and PurePath(place.file).name == place.file:
            paths = [record.path for record in self._store.documents()]
            named = [other for other in paths if PurePath(other).name == place.file]
            path = named[0] if len(named) == 1 else path
        return replace(place, file=path)

    def _checked(self, place: Place) -> Place:
        """The place, with its page or span found by its quote. Raises `PlaceUnknown`."""
        if self._store.content_hash(place.file) is None:
            raise PlaceUnknown(file=place.file, why="it is not in the library or has no text")
        starts, text = self._store.page_starts(place.file), self._store.document_text(place.file)
        paged = self._store.is_paged(place.file)
        if place.page is not None and not (paged and 1 <= place.page <= len(starts)):
            pages = len(starts) if paged else 0
            why = reasons.NO_SUCH_PAGE(n=pages, page=str(place.page))
            raise PlaceUnknown(file=place.file, why=why)
        if paged:
            place = replace(place, span=None)
        elif place.span and not 0 <= place.span[0] < place.span[1] <= len(text):
            raise PlaceUnknown(file=place.file, why=reasons.NO_SUCH_CHARACTERS(n=len(text)))
        return _found(place, text, starts, paged) if place.quote else place


def same_question(question: str) -> str:
    """The form in which a question is the same one again. Raises `EmptyQuestion`."""
    if not (flat := " ".join(question.split())):
        raise EmptyQuestion
    return flat


def _found(place: Place, text: str, starts: Sequence[int], paged: bool) -> Place:
    """The place where its quote stands, white space and case aside."""
    origin, end = 0, len(text)
    if place.page is not None:
        origin = starts[place.page - 1]
        end = starts[place.page] if place.page < len(starts) else end
    span = _find(text[origin:end], place.quote)
    if span is None:
        page = place.page
        why = reasons.NOT_ON_PAGE(page=str(page)) if page else reasons.NOT_IN_TEXT()
        raise PlaceUnknown(file=place.file, why=why)
    start, stop = span[0] + origin, span[1] + origin
    if paged:
        return replace(place, page=locate(start, stop, starts, paged).page, span=None)
    return replace(place, span=place.span or (start, stop))


def _find(text: str, quote: str) -> tuple[int, int] | None:
    """Where the quote's words stand in the text."""
    at = [index for index, char in enumerate(text) if not char.isspace()]
    flat = "".join(text[index].lower()[:1] for index in at)
    wanted = "".join(char.lower()[:1] for char in quote if not char.isspace())
    found = flat.find(wanted)
    return None if found < 0 else (at[found], at[found + len(wanted) - 1] + 1)


def _with_places(known: Judgement, right: Sequence[Place], wrong: Sequence[Place]) -> Judgement:
    kept = [place for place in known.places if not any(_covers(one, place) for one in wrong)]
    places = tuple(dict.fromkeys([*kept, *right]))
    return replace(known, places=places, absent=known.absent and not right)


def _covers(wider: Place, place: Place) -> bool:
    return (
        wider.file == place.file
        and wider.page in {None, place.page}
        and wider.quote in {"", place.quote}
    )


def _with_answer(known: Judgement, text: str, *, right: bool) -> Judgement:
    if not (text := text.strip()):
        return known
    others = tuple(answer for answer in known.answers if answer.text != text)
    answers = (*others, JudgedAnswer(text, right))
    return replace(known, answers=answers, absent=known.absent and not right)


def _absent(known: Judgement) -> Judgement:
    """What remains when the documents do not answer it: the answers that were wrong."""
    wrong = tuple(answer for answer in known.answers if not answer.right)
    return replace(known, places=(), answers=wrong, absent=True)


def _without_missing(known: Judgement) -> Judgement:
    there = tuple(place for place in known.places if place.file not in known.missing)
    return replace(known, places=there)


def _counts(known: Judgement) -> bool:
    return known.absent or bool(known.places)


def _question(known: Judgement) -> Question:
    right = tuple(answer.text for answer in known.answers if answer.right)
    return Question(
        question=known.question,
        relevant=tuple(
            Relevant(place.file, place.page, span=place.span, quote=place.quote or None)
            for place in known.places
        ),
        answers=right or None,
        wrong_answers=tuple(answer.text for answer in known.answers if not answer.right),
    )
