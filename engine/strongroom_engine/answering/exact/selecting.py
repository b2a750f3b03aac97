"""A reading -> the documents that it means, each with what shows that it is one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePath

from strongroom_engine.answering.exact.genres import HEADING_CHARACTERS, genres
from strongroom_engine.answering.exact.mails import Mail, head_words, kept, read_mail
from strongroom_engine.answering.exact.reading import Clause, Kind, Reading
from strongroom_engine.answering.exact.words import (
    ALL,
    candidates,
    find_name,
    first_mention,
    holds_name,
    visible,
)
from strongroom_engine.answering.plain_filters import start_ns
from strongroom_engine.answering.text import Span
from strongroom_engine.errors import Cancelled
from strongroom_engine.store import DocumentFacts, Scope, Store, StoredMail
from strongroom_engine.types import State

PLAIN = frozenset(
    [
        "there",
        "collection",
        "typed",
        "changed",
        "unread",
        "failed",
        "skipped",
        "readable",
        "waiting",
    ]
)
"""Clauses that need nothing of a document's text."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A document; `span`, in document coordinates, is what it is chosen for, if it is one place."""

    facts: DocumentFacts
    span: Span | None = None
    mail: Mail | None = None

    @property
    def name(self) -> str:
        return PurePath(self.facts.path).name

    @property
    def day(self) -> date:
        """A mail's own date, else that of the file's last change."""
        changed = datetime.fromtimestamp(self.facts.mtime_ns / 1e9).astimezone().date()
        return (self.mail.day if self.mail else None) or changed


@dataclass(frozen=True, slots=True)
class Selection:
    """What was found. `looked` is how many documents of the kind there are, `unread` how many
    files in the scope have no text, `undated` how many mails have no date that can be read."""

    documents: tuple[Selected, ...] = ()
    looked: int = 0
    unread: int = 0
    undated: int = 0


class Selector:
    """Selects documents of one library, within a scope."""

    def __init__(
        self, store: Store, scope: Scope, cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        """What takes long raises `Cancelled` when `cancelled`."""
        self._store, self._scope, self._cancelled = store, scope, cancelled
        self._facts: tuple[DocumentFacts, ...] | None = None
        self._openings: dict[int, str] = {}

    def facts(self) -> tuple[DocumentFacts, ...]:
        """Every document in the scope."""
        if self._facts is None:
            self._facts = self._store.listing.facts(self._scope)
        return self._facts

    def opening(self, document: DocumentFacts) -> str:
        """How its text begins; '' where it has none."""
        return self._openings.get(document.row, "")

    def select(self, reading: Reading) -> Selection:
        """The documents that the reading means, in the order of their paths."""
        kind = self.of_kind(reading.kind)
        plain = all(clause.what in PLAIN for clause in reading.clauses)
        chosen = [one for one in kind if plain or one.facts.readable]
        undated = 0
        for clause in reading.clauses:
            if clause.what == "dated":
                undated += sum(one.mail is not None and one.mail.day is None for one in chosen)
            chosen = self._narrow(chosen, clause)
        unread = sum(not each.readable for each in self.facts())
        return Selection(tuple(chosen), len(kind), unread, undated)

    # --- kinds -----------------------------------------------------------------------------------

    def of_kind(self, kind: Kind) -> list[Selected]:
        """Every document of the kind."""
        match kind.name:
            case "type":
                return [Selected(one) for one in self.facts() if one.extension in kind.values]
            case "mail":
                return self._mails(kind.values)
            case "genre":
                return self._of_genre(kind.values[0])
            case _:
                return [Selected(one) for one in self.facts()]

    def _mails(self, extensions: Sequence[str]) -> list[Selected]:
        """What the library knows as a message, what begins with the head of a mail, and what is
        saved as one and could not be read."""
        stored, others = (
            self._store.mails.listed(self._scope),
            self._store.mails.others(self._scope),
        )
        (held,) = self._store.documents_holding([head_words()], ALL, self._scope)
        unknown = held - stored.keys()
        self._read_openings(one for one in self.facts() if one.row in unknown)
        found = []
        for one in self.facts():
            if one.row in others:
                continue
            mail = self._mail(one, stored.get(one.row), one.row in unknown)
            if mail or one.extension in extensions:
                found.append(
                    Selected(one, (mail.start, mail.end) if mail and mail.end else None, mail)
                )
        return found

    def _mail(self, one: DocumentFacts, stored: StoredMail | None, is_held: bool) -> Mail | None:
        if stored:
            return kept(stored)
        return read_mail(self.opening(one)) if is_held else None

    def _of_genre(self, genre: str) -> list[Selected]:
        rows = [one.row for one in self.facts() if one.readable]
        first = self._store.listing.openings(rows, HEADING_CHARACTERS)
        return [
            Selected(one)
            for one in self.facts()
            if genre in genres(one, visible(first.get(one.row, ""), 0, one.hidden))
        ]

    def _read_openings(self, documents: Iterable[DocumentFacts]) -> None:
        documents = tuple(documents)
        missing = [one.row for one in documents if one.row not in self._openings and one.readable]
        if missing:
            self._openings |= self._store.listing.openings(missing)
        self._openings |= {
            one.row: visible(self.opening(one), 0, one.hidden) for one in documents if one.hidden
        }

    # --- clauses ---------------------------------------------------------------------------------

    def _narrow(self, chosen: list[Selected], clause: Clause) -> list[Selected]:
        if clause.what == "mention":
            return self._mentioning(chosen, clause)
        if clause.what == "with":
            return self._named(chosen, clause)
        keep = _KEEP[clause.what]
        return [one for one in chosen if keep(one, clause)]

    def _mentioning(self, chosen: list[Selected], clause: Clause) -> list[Selected]:
        rows = candidates(self._store, clause.value, self._scope) or frozenset()
        found = []
        for one in chosen:
            if one.facts.row not in rows:
                continue
            if self._cancelled():
                raise Cancelled
            text = self._store.document_text(one.facts.path, 0, None)
            if span := first_mention(visible(text, 0, one.facts.hidden), clause):
                found.append(replace(one, span=span))
        return found

    def _named(self, chosen: list[Selected], clause: Clause) -> list[Selected]:
        self._read_openings(one.facts for one in chosen)
        found = []
        for one in chosen:
            span = find_name(self.opening(one.facts), clause.value)
            called = f"{PurePath(one.facts.path).stem} | {one.facts.title}".replace("_", " ")
            if span or holds_name(called, clause.value):
                found.append(replace(one, span=span or one.span))
        return found


def _changed(one: Selected, clause: Clause) -> bool:
    first, after = clause.bounds
    changed = one.facts.mtime_ns
    return (first is None or changed >= start_ns(first)) and (
        after is None or changed < start_ns(after)
    )


def _dated(one: Selected, clause: Clause) -> bool:
    first, after = clause.bounds
    day = one.mail.day if one.mail else None
    return day is not None and (first is None or day >= first) and (after is None or day < after)


def _in_subject(one: Selected, clause: Clause) -> bool:
    return bool(one.mail and first_mention(one.mail.subject, clause))


_KEEP: dict[str, Callable[[Selected, Clause], bool]] = {
    "there": lambda _one, _clause: True,
    "collection": lambda one, clause: one.facts.collection.casefold() == clause.value.casefold(),
    "typed": lambda one, clause: one.facts.extension in clause.value.split(),
    "unread": lambda one, _clause: one.facts.state in (State.FAILED, State.SKIPPED),
    "failed": lambda one, _clause: one.facts.state is State.FAILED,
    "skipped": lambda one, _clause: one.facts.state is State.SKIPPED,
    "readable": lambda one, _clause: one.facts.readable,
    "waiting": lambda one, _clause: one.facts.state is State.PENDING,
    "changed": _changed,
    "dated": _dated,
    "sender": lambda one, clause: bool(one.mail and holds_name(one.mail.sender, clause.value)),
    "recipient": lambda one, clause: bool(
        one.mail and holds_name(one.mail.recipients, clause.value)
    ),
    "subject": _in_subject,
    "attached": lambda one, _clause: bool(one.mail and one.mail.attachments),
    "unattached": lambda one, _clause: bool(one.mail and one.mail.attachments == 0),
}
"""What each sort of clause keeps."""
