"""What ties messages to each other, and who wrote which to whom, when."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime

import apsw

from strongroom_engine.store.connection import fetch
from strongroom_engine.store.paths import clean
from strongroom_engine.store.scope import Scope, document_condition
from strongroom_engine.types import Document, MailFacts

_OTHERS = json.dumps(["mailbox", "event", "contact", "entry"])
"""What lies among mails and is none."""


@dataclass(frozen=True, slots=True)
class StoredMail:
    """A message. `day` as its sender wrote it, None where it has no date; `attachments` is how many
    documents lie in it."""

    sender: str
    recipients: tuple[str, ...]
    subject: str
    day: date | None
    attachments: int


class Mails:
    """The messages of a store."""

    def __init__(self, read: Callable[[], AbstractContextManager[apsw.Connection]]) -> None:
        self._read = read

    def listed(self, scope: Scope) -> dict[int, StoredMail]:
        """The messages in the scope, by their rows."""
        inside = document_condition(scope, "m.document")
        with self._read() as db:
            rows = fetch(
                db,
                "SELECT m.document, m.sender, m.recipients, m.subject, coalesce(p.number, m.sent_ms),"
                " (SELECT count(*) FROM documents WHERE container = m.document) FROM mails m"
                " LEFT JOIN places p ON p.document = m.document AND p.start = 0"
                f" AND p.kind = 'message' WHERE 1{inside.sql}",
                inside.arguments,
            )
        return {
            row: StoredMail(sender, tuple(json.loads(to)), subject, _day(ms), count)
            for row, sender, to, subject, ms, count in rows
        }

    def others(self, scope: Scope) -> frozenset[int]:
        """The rows of what lies among messages and is none: mailboxes, appointments, contacts."""
        inside = document_condition(scope, "document")
        with self._read() as db:
            rows = fetch(
                db,
                "SELECT document FROM places WHERE start = 0 AND level = 1"
                f" AND kind IN (SELECT value FROM json_each(?)){inside.sql}",
                (_OTHERS, *inside.arguments),
            )
        return frozenset(row for (row,) in rows)


def _day(ms: int) -> date | None:
    return datetime.fromtimestamp(ms / 1000, UTC).date() if ms else None


# --- keeping ---------------------------------------------------------------------------------------


def put(db: apsw.Connection, row: int, document: Document) -> None:
    """Keep the ties of the message in row `row` instead of those there were."""
    db.execute("DELETE FROM mails WHERE document = ?", (row,))
    if (mail := document.mail) is None:
        return
    ids = list(dict.fromkeys(clean(each) for each in (*mail.references, mail.message_id) if each))
    db.execute(
        "INSERT INTO mails (document, message_id, thread, subject, sender, recipients, sent_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (row, clean(mail.message_id), _thread(db, ids), *_told(mail)),
    )
    db.executemany("INSERT INTO mail_ids (id, document) VALUES (?, ?)", [(id_, row) for id_ in ids])


def _told(mail: MailFacts) -> tuple[str, str, str, int]:
    recipients = json.dumps([clean(each) for each in mail.recipients], ensure_ascii=False)
    return clean(mail.subject), clean(mail.sender), recipients, mail.sent_ms


def _thread(db: apsw.Connection, ids: Sequence[str]) -> str:
    """The exchange of a message with this id that answers those: all messages that name one another,
    or a third one that need not be there. What was taken for several until this message ties them
    becomes one."""
    if not ids:
        return ""
    rows = fetch(
        db,
        "SELECT DISTINCT m.thread FROM mail_ids i JOIN mails m ON m.document = i.document"
        " WHERE i.id IN (SELECT value FROM json_each(?)) ORDER BY m.thread",
        (json.dumps(ids),),
    )
    thread, *others = [str(known) for (known,) in rows] or [ids[0]]
    db.executemany(
        "UPDATE mails SET thread = ? WHERE thread = ?", [(thread, one) for one in others]
    )
    return thread
