"""Small pieces of wording that several regions share, and positions as Qt counts them."""

from __future__ import annotations

import html

from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QKeySequence, Qt

from strongroom_desktop.wording import language, number, plural, tr

ISOLATES = "\u2068\u2069"


def utf16(text: str, place: int) -> int:
    """A position in code points as Qt counts it, in UTF-16 units."""
    if text.isascii():
        return place
    return place + sum(letter > "\uffff" for letter in text[:place])


def isolated(text: str) -> str:
    """The text with its own direction, whatever the layout's: figures before words stay there."""
    return f"{ISOLATES[0]}{text}{ISOLATES[1]}"


def at_edge(right: bool) -> Qt.AlignmentFlag:
    """How a line of text stands at the right or left edge of its room, in the middle of its height,
    whatever direction its words have."""
    edge = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return edge | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def as_tooltip(text: str) -> str:
    """Names and reasons for a tooltip, which has no plain text format: '<img>' stays '<img>'."""
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap; margin: 0">{html.escape(text)}</p>'


def native(keys: str) -> str:
    """Keys as the platform and the language write them: 'Ctrl+R', '⌘R', 'Strg+R'."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def with_keys(text: str, keys: str) -> str:
    """What a tooltip says of something that keys do, too."""
    return f"{text}  {native(keys)}" if keys else text


def long_date(day: QDate) -> str:
    """'28 November 2026'."""
    return QLocale(language()).toString(day, tr("d MMMM yyyy"))


def short_date(day: QDate) -> str:
    """'28 Nov 2026'."""
    return QLocale(language()).toString(day, tr("d MMM yyyy"))


def passages(count: int) -> str:
    """'1 passage', '1,204 passages'."""
    return plural(count, "{n} passage", "{n} passages")


def passages_read(count: int) -> str:
    """'1 passage read', '4 passages read'."""
    return plural(count, "{n} passage read", "{n} passages read")


def documents(count: int) -> str:
    """'1 document', '1,204 documents'."""
    return plural(count, "{n} document", "{n} documents")


def collections(count: int) -> str:
    """'1 collection', '4 collections'."""
    return plural(count, "{n} collection", "{n} collections")


def in_words(count: int) -> str:
    """'four' for 4; figures above twelve."""
    words = (
        tr("no"),
        tr("one"),
        tr("two"),
        tr("three"),
        tr("four"),
        tr("five"),
        tr("six"),
        tr("seven"),
        tr("eight"),
        tr("nine"),
        tr("ten"),
        tr("eleven"),
        tr("twelve"),
    )
    return words[count] if 0 <= count < len(words) else number(count)


def place_of(page: int | None) -> str:
    """'p. 14', or nothing for a document without pages."""
    return "" if page is None else tr("p. {page}", page=page)


def duration(ms: float) -> str:
    """'9 ms', '8.1 s', '2 min 5 s'."""
    if round(ms) < 1_000:
        return tr("{n} ms", n=number(round(ms)))
    if ms < 60_000:
        return seconds(ms)
    minutes, left = divmod(round(ms / 1_000), 60)
    return tr("{minutes} min {seconds} s", minutes=number(minutes), seconds=number(left))


def seconds(ms: float) -> str:
    """'8.1 s', however long it was."""
    return tr("{n} s", n=number(ms / 1_000, 1))


def own_name(code: str) -> str:
    """A language in its own words: 'Deutsch'."""
    name = QLocale(code).nativeLanguageName()
    name = name.partition(" (")[0] or code
    if code == "en":
        name = "English"
    return name[:1].upper() + name[1:]
