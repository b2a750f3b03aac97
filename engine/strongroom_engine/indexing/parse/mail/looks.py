"""What of text files is mail, a mailbox, a calendar or contacts, by how it begins."""

from __future__ import annotations

import re

_LINE = re.compile(rb"([!-9;-~]{1,100})[ \t]*:[^\n]*\n(?:[ \t]+[^\n]*\n)*")
_SEPARATOR = re.compile(rb"From [^\n]{0,1000}\n(?=[!-9;-~]{1,200}[ \t]*:|>From )")
_COUNT = re.compile(rb"\d{1,12}[ \t]*\r?\n")
_MACHINES = frozenset(
    {
        *(b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to"),
        *(b"content-type", b"x-mailer", b"dkim-signature", b"x-mozilla-status", b"envelope-to"),
        *(b"content-transfer-encoding", b"x-original-to", b"in-reply-to", b"references"),
    }
)
"""Lines that programs write: who copies a message into a text leaves them out."""
_PEOPLE = frozenset({b"from", b"to", b"date", b"subject", b"sender", b"cc"})
_MAX_LINES = 200


def mail_kind(start: bytes, suffix: str) -> str:
    """'message', 'mailbox', 'calendar', 'contacts' or '' of the beginning of a text."""
    opening = start.lstrip()[:40].upper()
    if opening.startswith(b"BEGIN:VCALENDAR"):
        return "calendar"
    if opening.startswith(b"BEGIN:VCARD"):
        return "contacts"
    if suffix in (".eml", ".emlx"):
        return "message"
    head = start.lstrip(b"\r\n")
    if _SEPARATOR.match(head):
        return "mailbox"
    counted = _COUNT.match(head)
    return "message" if _is_head(head[counted.end() :] if counted else head) else ""


def _is_head(head: bytes) -> bool:
    """Whether these are the lines above a message, and at least two of them say what such say."""
    at, names = 0, set[bytes]()
    while len(names) < _MAX_LINES and (line := _LINE.match(head, at)):
        names.add(line[1].lower())
        at = line.end()
    if head[at : at + 1] not in (b"", b"\r", b"\n"):
        return False
    return bool(names & _MACHINES) and len(names & _PEOPLE) >= 2
