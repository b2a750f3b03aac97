"""What ties messages to each other."""

from __future__ import annotations

import json
from collections.abc import Iterable

import apsw

from strongroom_engine.store.connection import fetch
from strongroom_engine.store.paths import clean
from strongroom_engine.types import Document, MailFacts


def put(db: apsw.Connection, row: int, document: Document) -> None:
    """Keep the ties of the message in row `row` instead of those there were."""
    db.execute("DELETE FROM mails WHERE document = ?", (row,))
    if (mail := document.mail) is None:
        return
    thread = _thread(db, mail)
    db.execute(
        "INSERT INTO mails (document, message_id, thread, subject, sender, recipients, sent_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            row,
            clean(mail.message_id),
            clean(thread),
            clean(mail.subject),
            clean(mail.sender),
            json.dumps([clean(each) for each in mail.recipients], ensure_ascii=False),
            mail.sent_ms,
        ),
    )


def _thread(db: apsw.Connection, mail: MailFacts) -> str:
    """The exchange that the message belongs to, named after its first message as far as that is
    known. What was taken for several until this message ties them becomes one: replies may come
    before what they answer, and name only the last message before them."""
    own = [clean(each) for each in (*mail.references, mail.message_id) if each]
    if not own:
        return ""
    known = _threads(db, own)
    first = fetch(db, "SELECT thread FROM mails WHERE message_id = ?", (own[0],))
    thread = str(first[0][0]) if first else own[0]
    others = [(thread, other) for other in {*known, *own} - {thread}]
    db.executemany("UPDATE mails SET thread = ? WHERE thread = ?", others)
    return thread


def _threads(db: apsw.Connection, ids: Iterable[str]) -> set[str]:
    """The exchanges that messages with these ids are in, or are named after."""
    rows = fetch(
        db,
        "SELECT DISTINCT thread FROM mails WHERE message_id IN (SELECT value FROM json_each(?1))"
        " OR thread IN (SELECT value FROM json_each(?1))",
        (json.dumps(list(ids)),),
    )
    return {str(thread) for (thread,) in rows}
