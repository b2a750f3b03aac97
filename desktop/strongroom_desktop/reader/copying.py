"""What is copied of a page: words that a line's end broke are whole again."""

from __future__ import annotations

import re

from strongroom_desktop.files import file_name
from strongroom_desktop.wording import tr

_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010][ \t]*\r?\n\s*(?=[^\W\d_])")
_SOFT = "\u00ad"


def copied(text: str) -> str:
    """The text with the hyphens of line ends taken out; one before a capital stays a hyphen."""

    def joined(match: re.Match[str]) -> str:
        return "" if text[match.end()].islower() else "-"

    return _BROKEN.sub(joined, text).replace(_SOFT, "")


def quoted(text: str) -> str:
    """As `copied`, on one line."""
    return " ".join(copied(text).split())


def with_source(text: str, file: str, page: str) -> str:
    """The words and where they stand: 'page' is the printed number; '' where there is none."""
    place = tr("{file}, p. {page}", file=file_name(file), page=page) if page else file_name(file)
    return f"“{quoted(text)}”\n{place}"
