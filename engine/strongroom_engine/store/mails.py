"""What ties messages to each other."""

from __future__ import annotations

import json

import apsw

from strongroom_engine.store.paths import clean
from strongroom_engine.types import Document


def put(db: apsw.Connection, row: int, document: Document) -> None:
    """Keep the ties of the message in row `row` instead of those there were."""
    db.execute("DELETE FROM mails WHERE document = ?", (row,))
    if (mail := document.mail) is None:
        return
    thread = mail.references[0] if mail.references else mail.message_id
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
