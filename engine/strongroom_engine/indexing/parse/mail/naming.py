"""Names of what lies in a message or a mailbox: as a person knows it, unique, fit for a path."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable
from datetime import datetime

from strongroom_engine.errors import Vanished
from strongroom_engine.indexing.parse.clean import one_line

MAX_NAME = 120
_UNFIT = re.compile(r"[\\/\x00-\x1f:*?\"<>|]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
_ENDINGS = {
    "message/rfc822": ".eml",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "application/octet-stream": "",
    "application/ms-tnef": ".dat",
}


def fit(name: str) -> str:
    """A name without what no file may have in its name, and not too long; its ending is kept."""
    name = one_line(_UNFIT.sub(" ", name), 1000).strip(". ")
    if len(name) <= MAX_NAME:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or not _SUFFIX.fullmatch(f".{suffix}"):
        return name[:MAX_NAME].rstrip(". ")
    return f"{stem[: MAX_NAME - len(suffix) - 1].rstrip('. ')}.{suffix}"


def of_attachment(said: str, number: int, media_type: str) -> str:
    """The name that the message gives it, else one made of its number and its kind."""
    name = fit(said)
    if not name:
        ending = _ENDINGS.get(media_type)
        return (
            f"attachment {number}{mimetypes.guess_extension(media_type) or ''}"
            if (ending is None)
            else f"attachment {number}{ending}"
        )
    has_ending = bool(_SUFFIX.fullmatch(name[name.rfind(".") :])) if "." in name else False
    return name if has_ending else f"{name}{_ENDINGS.get(media_type, '')}"


def of_message(moment: datetime | None, subject: str) -> str:
    """'2024-03-02 17.30 Rent.eml'."""
    when = f"{moment:%Y-%m-%d %H.%M}" if moment else "undated"
    return fit(f"{when} {fit(subject)[:80] or 'without subject'}") + ".eml"


class Names:
    """Gives each name once: 'scan.pdf', 'scan (2).pdf'."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """The name, or the next one like it; names that differ by case only are alike."""
        key = name.casefold()
        while key in self._given:
            self._given[key] += 1
            stem, dot, suffix = name.rpartition(".")
            number = self._given[key]
            candidate = f"{stem} ({number}){dot}{suffix}" if stem else f"{name} ({number})"
            if candidate.casefold() not in self._given:
                name, key = candidate, candidate.casefold()
        self._given[key] = 1
        return name


def member_of(names: Iterable[str], inner: str) -> str:
    """The member that a path inside a container begins with; raises `Vanished`."""
    fitting = [name for name in names if inner == name or inner.startswith(f"{name}/")]
    if not fitting:
        raise Vanished
    return max(fitting, key=len)
