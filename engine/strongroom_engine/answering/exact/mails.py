"""What a mail says of itself: as the library keeps it of messages, else in its head.

A mail is also a document that begins with such lines, whatever its file is: printed to a PDF, pasted
into a text. What 'From', 'Date' and the others are called is in `assets/questions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from functools import cache

from strongroom_engine.answering.grammar import grammars
from strongroom_engine.store import StoredMail
from strongroom_engine.written.dates import dates_of_years

_LINE = re.compile(
    r"[ \t>*_|]*((?:[^\W\d_]|-){1,20}(?: [^\W\d_]{2})?)[*_]*[ \t\xa0\u202f]?:[*_]*[ \t]*(.*)"
)
_BEFORE_HEAD = 3
"""Lines with words that may stand above the head: a title, a name, a date of printing."""


@dataclass(frozen=True, slots=True)
class Mail:
    """`sender`, `recipients` and `subject` as they are written; `day` None where no date can be
    read. [start, end) is the head, in document coordinates, empty where it was not read;
    `attachments` how many lie in it, None where that is not known."""

    start: int
    end: int
    sender: str = ""
    recipients: str = ""
    subject: str = ""
    day: date | None = None
    attachments: int | None = None


def kept(mail: StoredMail) -> Mail:
    """A message as the library keeps it, whose text need not be looked at."""
    recipients = ", ".join(mail.recipients)
    return Mail(0, 0, mail.sender, recipients, mail.subject, mail.day, mail.attachments)


def head_of(text: str) -> tuple[int, int]:
    """Where the head of a message stands, which ends with the first blank line of its text."""
    return 0, len(text.partition("\n\n")[0].rstrip())


@dataclass(slots=True)
class _Head:
    start: int = -1
    end: int = 0
    said: dict[str, str] = field(default_factory=dict)
    last: str = ""


@cache
def _fields() -> dict[str, str]:
    """What a line of the head begins with -> 'from', 'to', 'date' or 'subject'."""
    return {
        name: kind
        for grammar in grammars()
        for kind, names in grammar.exact.headers.items()
        for name in names
    }


@cache
def head_words() -> str:
    """The FTS5 expression for openings that may hold such a head."""
    named: dict[str, list[str]] = {}
    for name, kind in _fields().items():
        named.setdefault(kind, []).append(f'"{name}"')
    about = " OR ".join((*named["date"], *named["subject"]))
    return f"opening : (({' OR '.join(named['from'])}) AND ({about}))"


def read_mail(text: str) -> Mail | None:
    """The head at the beginning of the text; None where the text is no mail.

    It has a sender, and a date or a subject.
    """
    head = _head(text)
    if "from" not in head.said or not {"date", "subject"} & head.said.keys():
        return None
    said = head.said
    return Mail(
        head.start,
        head.end,
        said["from"],
        said.get("to", ""),
        said.get("subject", ""),
        _day(said.get("date", "")),
    )


def _head(text: str) -> _Head:
    head, at, others = _Head(), 0, 0
    for line in text.splitlines(keepends=True):
        others = _take(head, line, at, others)
        if others < 0:
            break
        at += len(line)
    return head


def _take(head: _Head, line: str, at: int, others: int) -> int:
    """How many lines with other words stood above the head; -1 when it is over."""
    match = _LINE.match(line.rstrip("\r\n"))
    kind = _fields().get(match[1].lower()) if match else None
    if match and kind is not None:
        head.start = at if head.start < 0 else head.start
        head.end, head.last = at + len(line.rstrip()), kind
        if kind == "to" and "to" in head.said:
            head.said["to"] += f", {match[2].strip()}"
        elif kind != "other":
            head.said.setdefault(kind, match[2].strip())
        return others
    if head.start < 0:
        others += bool(line.strip())
        return others if others <= _BEFORE_HEAD else -1
    folded = line[:1] in (" ", "\t") and line.strip()
    if folded or (match and "-" in match[1]):  # a long line goes on; 'X-Mailer: …'
        if folded and head.last in head.said:
            head.said[head.last] += f" {line.strip()}"
        head.end = at + len(line.rstrip())
        return others
    return -1 if line.strip() or len(head.said) > 1 else others


def _day(written: str) -> date | None:
    """The day of a mail, in the sender's own time."""
    try:
        return parsedate_to_datetime(written).date()
    except ValueError:
        return _day_in_words(written)


def _day_in_words(written: str) -> date | None:
    """The first day that is written in full and can be read in one way."""
    for one in dates_of_years(written):
        if len(one.readings) == 1 and one.readings[0].day and one.readings[0].month:
            found = one.readings[0]
            return date(found.year, found.month, found.day)
    return None
