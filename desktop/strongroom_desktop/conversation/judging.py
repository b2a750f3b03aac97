"""What the user says of answers: right, wrong, and the page that holds the answer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from strongroom_desktop.client import Engine
from strongroom_desktop.selection import Place
from strongroom_engine.judging import Judgement
from strongroom_engine.judging import Place as Holds
from strongroom_engine.protocol import Failed, Judge, Judged, Judgements, ListJudgements
from strongroom_engine.types import Answer, Citation


class Verdicts(QObject):
    """The user's own question set, as far as answers show it. `changed`: something was judged;
    `failed` carries a sentence."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._known: dict[str, Judgement] = {}
        self._said: dict[tuple[str, str], bool] = {}
        self._asked = 0
        self._sent: set[int] = set()
        engine.received.connect(self._on_event)

    def look_up(self) -> None:
        """Ask for what was judged before, once."""
        if not self._asked:
            self._asked = self._engine.send(ListJudgements())

    def of(self, answer: Answer) -> bool | None:
        """Whether this answer was judged right or wrong; None where it was not."""
        question = asked_of(answer)
        known = self._known.get(question)
        if (now := self._said.get((question, answer.text))) is not None:
            return now
        if known is None:
            return None
        if answer.abstained:
            return True if known.absent else (False if known.places else None)
        said = [each.right for each in known.answers if each.text == answer.text]
        return said[-1] if said else None

    def judge(self, answer: Answer, *, right: bool) -> None:
        """Keep that this answer is right, with the places that it cites, or wrong."""
        before = self.of(answer)
        cited = tuple(dict.fromkeys(_cited(each) for each in answer.citations))
        question = asked_of(answer)
        self._said[question, answer.text] = right
        if answer.abstained:
            self._send(Judge(question=question, absent=right))
        elif right:
            self._send(Judge(question=question, right=cited, right_answer=answer.text))
        else:
            withdrawn = cited if before else ()
            self._send(Judge(question=question, wrong=withdrawn, wrong_answer=answer.text))

    def add_place(self, answer: Answer, place: Place) -> None:
        """Keep that the answer stands at the place that is open in the reader."""
        span = place.spans[0] if place.page is None and place.spans else None
        holds = Holds(file=place.file, page=place.page, span=span)
        self._send(Judge(question=asked_of(answer), right=(holds,)))

    def _send(self, judge: Judge) -> None:
        self._sent.add(self._engine.send(judge))
        self.changed.emit()

    def _on_event(self, event: object) -> None:
        match event:
            case Judgements():
                self._known = {each.question: each for each in event.judgements}
                self.changed.emit()
            case Judged() if event.judgement is not None:
                self._sent.discard(event.id)
                self._known[event.judgement.question] = event.judgement
                self.changed.emit()
            case Failed() if event.id in self._sent:
                self._sent.discard(event.id)
                self._said.clear()
                self.changed.emit()
                self.failed.emit(str(event.error))
            case _:
                pass


def asked_of(answer: Answer) -> str:
    """The question as it can be asked by itself: a follow-up says little without its turns."""
    return " ".join((answer.standalone or answer.question).split())


def _cited(citation: Citation) -> Holds:
    span = (citation.start, citation.end) if citation.page is None else None
    return Holds(file=citation.file, page=citation.page, span=span, quote=citation.quote)
