"""The parts of a MIME message: which are what it says, which lie in it, which are only for looks."""

from __future__ import annotations

import re
from collections import Counter
from email.errors import MessageError
from email.parser import BytesParser
from email.policy import compat32

from strongroom_engine.errors import DamagedDocument
from strongroom_engine.indexing.parse.clean import has_words
from strongroom_engine.indexing.parse.mail import headers
from strongroom_engine.indexing.parse.mail.headers import Mime, decoded, said
from strongroom_engine.indexing.parse.mail.letter import (
    Attachment,
    Body,
    Letter,
    better,
    html,
    plain,
)
from strongroom_engine.indexing.parse.mail.naming import Names, of_attachment, of_message
from strongroom_engine.indexing.parse.mail.outlook import tnef
from strongroom_engine.sentences import left_out as say
from strongroom_engine.types import LeftOut, PlaceKind

MAX_PARTS = 10_000
LOGO_BYTES = 30_000
"""A smaller picture that the text shows within it is a logo, a larger one may say something."""
_DOT_BYTES = 100
"""A picture of fewer bytes is a dot that tells who reads the message."""
_CID = re.compile(r"""cid:([^"'\s>)]+)""", re.IGNORECASE)
_REMOTE = re.compile(r"""<img\b[^>]*\bsrc\s*=\s*["']?https?:""", re.IGNORECASE)
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_ENVELOPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_KINDS: dict[str, PlaceKind] = {
    "urn:content-classes:appointment": "event",
    "urn:content-classes:task": "event",
    "urn:content-classes:person": "contact",
    "urn:content-classes:note": "entry",
}
"""What else than messages Outlook and Exchange keep as such."""
_PGP = "-----BEGIN PGP MESSAGE-----"
_REPORTS = frozenset({"message/delivery-status", "message/disposition-notification"})


def read(data: bytes) -> Letter:
    """The message in these bytes. Raises `DamagedDocument` where its parts nest without end."""
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
        return letter(message)
    except RecursionError as exc:
        raise DamagedDocument(why="its elements are nested too deeply") from exc


def letter(message: Mime) -> Letter:
    """The message, and what lies in it."""
    walk = _Walk()
    bodies = walk.body(message)
    if not any(has_words(body.text) for body in bodies):
        bodies += walk.along
    return Letter(
        subject=said(message, "Subject"),
        sender=headers.people(message, "From") or headers.people(message, "Sender"),
        to=headers.people(message, "To"),
        copies=headers.people(message, "Cc"),
        blind=headers.people(message, "Bcc"),
        sent=headers.sent(message),
        written_date=said(message, "Date"),
        message_id=next(iter(headers.ids(message.get("Message-ID"))), ""),
        references=headers.references(message),
        bodies=tuple(bodies),
        attachments=tuple(walk.attachments),
        left_out=tuple(LeftOut(what, count) for what, count in walk.left_out.items()),
        kind=_KINDS.get(said(message, "Content-Class").lower(), "message"),
    )


def content(part: Mime) -> bytes:
    """The bytes of a part, decoded as far as they can be."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AttributeError, AssertionError, MessageError):
        data = None
    return data if isinstance(data, bytes) else b""


def text(part: Mime) -> str:
    """The text of a part, in the encoding that it has."""
    try:
        charset = str(part.get_param("charset") or "")
    except (ValueError, LookupError, TypeError):
        charset = ""
    return decoded(content(part), charset.strip("'\" "))


class _Walk:
    """Goes through the parts, once."""

    def __init__(self) -> None:
        self.attachments: list[Attachment] = []
        self.left_out: Counter[str] = Counter()
        self.along: list[Body] = []
        """What the message says once more, for Outlook."""
        self._names = Names()
        self._shown: set[str] = set()
        """What the HTML shows within it, by Content-ID."""
        self._parts = 0

    def body(self, part: Mime) -> list[Body]:
        """What is said in the part; what lies in it is kept as an attachment."""
        self._parts += 1
        if self._parts > MAX_PARTS:
            self.left_out[say.TOO_MANY_MEMBERS()] += 1
            return []
        kind = part.get_content_type()
        children = _children(part)
        if _is_outside(kind, part):
            self.left_out[say.OUTSIDE_ATTACHMENTS()] += 1
            return []
        if kind == "message/rfc822" and children:
            self._attach_message(part, children[0])
            return []
        if kind in _REPORTS and children:
            return [plain("\n\n".join(str(child) for child in children))]
        if children:
            return self._several(kind, part, children)
        return self._single(kind, part)

    def _several(self, kind: str, part: Mime, children: list[Mime]) -> list[Body]:
        match kind:
            case "multipart/alternative":
                return self._alternative(children)
            case "multipart/related":
                return self._related(part, children)
            case "multipart/encrypted":
                self.left_out[say.ENCRYPTED_MESSAGE()] += 1
                return []
            case _:
                return [body for child in children for body in self.body(child)]

    def _alternative(self, children: list[Mime]) -> list[Body]:
        """One of several wordings; what none of them is (an invitation) is kept."""
        said_as: dict[bool, Body] = {}
        for child in children:
            is_text = child.get_content_type() == "text/plain"
            for body in self.body(child):
                before = said_as.get(is_text)
                said_as[is_text] = _joined(before, body) if before else body
        if True in said_as and False in said_as:
            return [better(said_as[True], said_as[False])]
        return list(said_as.values())

    def _related(self, part: Mime, children: list[Mime]) -> list[Body]:
        """A page and what it shows: the page first, which says what that is."""
        start = str(part.get_param("start") or "").strip("<> ")
        root = next((one for one in children if start and _content_id(one) == start), children[0])
        bodies = self.body(root)
        return bodies + [
            body for child in children if child is not root for body in self.body(child)
        ]

    def _single(self, kind: str, part: Mime) -> list[Body]:
        if kind in _SIGNATURES:
            self.left_out[say.MAIL_SIGNATURES()] += 1
            return []
        if kind in _ENVELOPES:
            return self._envelope(part)
        if kind in _TNEF and self._sent_along(part):
            return []
        if kind in ("text/plain", "text/html", "text/enriched", "text/rfc822-headers") and not (
            _is_attached(part)
        ):
            return self._text(kind, part)
        if kind.startswith("multipart/"):  # its boundary is missing: all of it is one text
            return [plain(text(part))] if content(part) else []
        self._attach(kind, part)
        return []

    def _text(self, kind: str, part: Mime) -> list[Body]:
        written = text(part)
        if kind in ("text/html", "text/enriched"):
            self._shown.update(_CID.findall(written))
            if remote := len(_REMOTE.findall(written)):
                self.left_out[say.REMOTE_CONTENT()] += remote
            return [html(written)]
        if _PGP in written:
            self.left_out[say.ENCRYPTED_MESSAGE()] += 1
            written = written.partition(_PGP)[0]
        if part.get_param("format") in ("flowed", "Flowed"):
            written = flowed(written, str(part.get_param("delsp") or "").lower() == "yes")
        return [plain(written)]

    def _envelope(self, part: Mime) -> list[Body]:
        """S/MIME: signed in one piece, which can be read, or encrypted, which cannot."""
        from strongroom_engine.indexing.parse.mail.signed import signed_content

        inner = signed_content(content(part))
        if inner is None:
            self.left_out[say.ENCRYPTED_MESSAGE()] += 1
            return []
        self.left_out[say.MAIL_SIGNATURES()] += 1
        return self.body(BytesParser(policy=compat32).parsebytes(inner))

    def _sent_along(self, part: Mime) -> bool:
        """What Outlook sends for other Outlooks: the attachments are there only. False where it
        cannot be read."""
        inner = tnef.message(content(part))
        if inner is not None:
            self.along += self.body(inner)
        return inner is not None

    # --- what lies in it -------------------------------------------------------------------------

    def _attach(self, kind: str, part: Mime) -> None:
        data = content(part)
        if kind.startswith("image/") and self._is_decoration(part, data):
            self.left_out[say.LOGOS()] += 1
            return
        if not data or kind == "text/x-moz-deleted":
            return
        name = of_attachment(_file_name(part), len(self.attachments) + 1, kind)
        self._keep(name, data)

    def _attach_message(self, part: Mime, message: Mime) -> None:
        if not message.keys() and not message.get_payload():
            self.left_out[say.EMBEDDED_FILES()] += 1
            return
        given = _file_name(part)
        name = given or of_message(headers.sent(message), said(message, "Subject"))
        data = message.as_bytes(policy=compat32) if _is_sound(message) else _raw(message)
        self._keep(of_attachment(name, len(self.attachments) + 1, "message/rfc822"), data)

    def _keep(self, name: str, data: bytes) -> None:
        self.attachments.append(Attachment(self._names.unique(name), len(data), lambda: data))

    def _is_decoration(self, part: Mime, data: bytes) -> bool:
        is_shown = _content_id(part) in self._shown
        return len(data) < (LOGO_BYTES if is_shown else _DOT_BYTES)


def _joined(first: Body, second: Body) -> Body:
    gap = "\n\n" if first.text and second.text else ""
    after = second.moved(len(first.text) + len(gap))
    return Body(
        first.text + gap + after.text,
        first.headings + after.headings,
        first.tables + after.tables,
        first.lists + after.lists,
        first.hidden + after.hidden,
    )


def _children(part: Mime) -> list[Mime]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Mime)] if isinstance(payload, list) else []


def _content_id(part: Mime) -> str:
    return str(part.get("Content-ID") or "").strip().strip("<>")


def _is_outside(kind: str, part: Mime) -> bool:
    """Whether only the place is told where something lies, as Thunderbird and Apple Mail do it."""
    if kind == "message/external-body" or part.get("X-Mozilla-External-Attachment-URL"):
        return True
    is_cut = part.get("X-Apple-Content-Length") and not part.is_multipart()
    return bool(is_cut) and not content(part)


def _disposition(part: Mime) -> str:
    try:
        return part.get_content_disposition() or ""
    except (ValueError, LookupError, AttributeError):
        return ""


def _is_attached(part: Mime) -> bool:
    """Whether a text is a file that lies in the message rather than a part of what it says."""
    return _disposition(part) == "attachment" or (
        bool(_file_name(part)) and part.get_content_type() != "text/html"
    )


def _file_name(part: Mime) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        name = ""
    return headers.text_of(name)


def _is_sound(message: Mime) -> bool:
    try:
        message.as_bytes(policy=compat32)
    except Exception:  # the library's writer gives up on what its reader lets pass
        return False
    return True


def _raw(message: Mime) -> bytes:
    """A message that cannot be written again: its head and its text."""
    head = "".join(f"{name}: {value}\n" for name, value in message.raw_items())
    payload = message.get_payload()
    body = payload if isinstance(payload, str) else ""
    return f"{head}\n{body}".encode("utf-8", "surrogateescape")


def flowed(written: str, joins_words: bool) -> str:
    """Lines that were broken for sending (RFC 3676), whole again; quoted ones as deep as they are."""
    lines: list[str] = []
    open_depth = -1
    for line in written.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        rest = line[depth:].removeprefix(" ")
        goes_on = rest.endswith(" ") and rest != "-- "
        said_there = rest[:-1] if goes_on and joins_words else rest
        if depth == open_depth and rest != "-- ":
            lines[-1] += said_there
        else:
            lines.append(f"{'>' * depth}{' ' if depth else ''}{said_there}")
        open_depth = depth if goes_on else -1
    return "\n".join(lines)
