"""Files broken on purpose: what a format is made of is cut, repeated, exchanged and blown up.

`mutant(name, data, seed)` gives the same bytes for the same three, so that a failure that names them
can be made again. Bytes are broken in any file; ZIPs (and so documents of Office, OpenDocument and
EPUB) member by member and packed again; GZIP, BZIP2 and XZ inside their packing; XML by its
elements; what is text by its numbers, lines and words.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable

MOST_BYTES = 4 << 20
"""A mutant is cut to so much."""
_MEMBER_BYTES = 16 << 20
_SECTOR = 512
_HEAD = 1024
_TAG = re.compile(rb"<[A-Za-z][^<>]{0,2000}>")
_ELEMENT = re.compile(rb"<([A-Za-z][\w:.-]*)(?: [^<>]*)?>[^<]{0,5000}</\1>")
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)=(["'])([^"'<>]*)\2""")
_NUMBER = re.compile(rb"-?\d+")
_WORD = re.compile(rb"[A-Za-z_\\/<][\w.:\\/=-]{2,40}")
_SIGN = re.compile(rb"""[\[\](){}<>"'`|*#:;,.&%\\/=~+-]{1,3}""")
_EXTREMES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF,
             0xFFFFFFFE, 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF)  # fmt: skip
_SAID = (b"0", b"-1", b"1", b"65536", b"1048577", b"2147483647", b"-2147483648", b"4294967296",
         b"9223372036854775808", b"9" * 400, b"1e309", b"NaN", b"", b"x", b"\xd9\xa3", b"0x10")  # fmt: skip
_STRANGE = (b"", b"#", b"../../../x", b"A" * 70_000, b"&#0;", b"&x;", b"\0", b"\xff\xfe", b"%s%n",
            "\u202e\ud7ff\U0001f34a".encode(), b"x:y:z", b"https://[", b"XFD1048576", b"A0:ZZZ9", b"1/0",
            b"9999-99-99T99:99:99Z", b"{", b"image/png;base64,")  # fmt: skip
_ENTITIES = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>%s]>" % b"".join(
    b"<!ENTITY %s '%s'>" % (bytes([98 + n]), b"&%s;" % bytes([97 + n]) * 10) for n in range(12)
)

Dice = random.Random
Change = Callable[[bytes, Dice], bytes]


def mutant(name: str, data: bytes, seed: int) -> bytes:
    """The file of this name and content, broken in one to three ways."""
    dice = random.Random(f"{name}/{seed}")
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        data = _changed(data, dice)[:MOST_BYTES]
    return data


def _changed(data: bytes, dice: Dice, depth: int = 0) -> bytes:
    """Broken in one way that suits what it is."""
    ways: list[Change] = [_bytes]
    if depth < 2 and data.startswith(b"PK"):
        ways += [lambda data, dice: _zip(data, dice, depth)] * 4
    if depth < 2 and data.startswith(tuple(_PACKINGS)):
        ways += [lambda data, dice: _packed(data, dice, depth)] * 2
    if is_text := b"\0" not in data[:4096]:
        ways += [_words] * 2
    if is_text and data.lstrip()[:1] == b"<":
        ways += [_xml] * 4
    return dice.choice(ways)(data, dice)


# --- any bytes -----------------------------------------------------------------------------------


def _bytes(data: bytes, dice: Dice) -> bytes:
    return dice.choice(_OF_BYTES)(data, dice)


def _place(data: bytes, dice: Dice) -> int:
    """Anywhere; rather where a header stands."""
    return dice.randrange(min(len(data), dice.choice((_HEAD, len(data)))) or 1)


def _span(data: bytes, dice: Dice) -> tuple[int, int]:
    start = _place(data, dice)
    return start, min(len(data), start + int(dice.choice((4, 64, 2048, len(data))) * dice.random()))


def _flip(data: bytes, dice: Dice) -> bytes:
    made = bytearray(data)
    for _ in range(dice.choice((1, 1, 4, 32))):
        if made:
            made[_place(data, dice)] ^= 1 << dice.randrange(8)
    return bytes(made)


def _extreme(data: bytes, dice: Dice) -> bytes:
    made = bytearray(data)
    for _ in range(dice.choice((1, 1, 4))):
        width = dice.choice((1, 2, 4, 4, 8))
        at = _place(data, dice) // width * width
        number = dice.choice(_EXTREMES) & ((1 << 8 * width) - 1)
        made[at : at + width] = number.to_bytes(width, dice.choice(("little", "big")))
    return bytes(made)


def _cut(data: bytes, dice: Dice) -> bytes:
    start, end = _span(data, dice)
    return data[:start] + data[end:]


def _end(data: bytes, dice: Dice) -> bytes:
    return data[: dice.randrange(len(data) or 1)]


def _repeat(data: bytes, dice: Dice) -> bytes:
    start, end = _span(data, dice)
    times = dice.choice((1, 1, 3, 50, 5_000))
    return data[:start] + data[start:end] * min(times, 1 + MOST_BYTES // (end - start or 1)) + data[start:]  # fmt: skip


def _insert(data: bytes, dice: Dice) -> bytes:
    at = _place(data, dice)
    return data[:at] + dice.randbytes(dice.choice((1, 3, 64, 4096))) + data[at:]


def _blank(data: bytes, dice: Dice) -> bytes:
    start, end = _span(data, dice)
    return data[:start] + dice.choice((b"\0", b"\xff", b" ")) * (end - start) + data[end:]


def _exchange_sectors(data: bytes, dice: Dice) -> bytes:
    """As in the containers of Office before 2007 and in mailboxes: a sector for another."""
    one, other = (dice.randrange(len(data) // _SECTOR + 1) * _SECTOR for _ in range(2))
    made = bytearray(data)
    made[one : one + _SECTOR] = data[other : other + _SECTOR]
    if dice.random() < 0.5:
        made[other : other + _SECTOR] = data[one : one + _SECTOR]
    return bytes(made)


_OF_BYTES: tuple[Change, ...] = (
    _flip, _extreme, _extreme, _cut, _end, _repeat, _insert, _blank, _exchange_sectors,
)  # fmt: skip


# --- text ----------------------------------------------------------------------------------------


def _words(data: bytes, dice: Dice) -> bytes:
    return dice.choice(_OF_TEXT)(data, dice)


def _replaced(data: bytes, pattern: re.Pattern[bytes], dice: Dice, make: Callable[[bytes], bytes]) -> bytes:  # fmt: skip
    """With something else for one of the pattern's matches."""
    found = list(pattern.finditer(data[:MOST_BYTES]))
    if not found:
        return _bytes(data, dice)
    match = dice.choice(found)
    return data[: match.start()] + make(match[0]) + data[match.end() :]


def _number(data: bytes, dice: Dice) -> bytes:
    for _ in range(dice.choice((1, 1, 5))):
        data = _replaced(data, _NUMBER, dice, lambda _: dice.choice(_SAID))
    return data


def _word(data: bytes, dice: Dice) -> bytes:
    """A word for another, or nothing: a boundary, a reference or a name is not found any more."""
    words = _WORD.findall(data[:MOST_BYTES]) or [b"x"]
    said = dice.choice((dice.choice(words), dice.choice(_STRANGE)))
    return _replaced(data, _WORD, dice, lambda _: said)


def _nest(data: bytes, dice: Dice) -> bytes:
    """A sign, or a word, again and again: brackets, quotes, groups, items of lists."""
    times = dice.choice((1, 2, 100, 20_000))
    pattern = dice.choice((_SIGN, _SIGN, _WORD))
    return _replaced(data, pattern, dice, lambda said: said * (times + 1))


def _lines(data: bytes, dice: Dice) -> bytes:
    """A line is gone, moved, or there many times, each further to the right if it likes."""
    lines = data.splitlines(keepends=True) or [b""]
    line = lines.pop(dice.randrange(len(lines))) if dice.random() < 0.5 else dice.choice(lines)
    times, deeper = dice.choice((0, 1, 1, 300, 3_000)), dice.choice((b"", b"", b" ", b"> ", b"\t"))
    at = dice.randrange(len(lines) + 1)
    step = 1 if times <= 300 else 0
    lines[at:at] = [deeper * (number * step) + line for number in range(times)]
    return b"".join(lines)


def _join(data: bytes, dice: Dice) -> bytes:
    """All of it on one line, or with other ends of lines."""
    return b"".join(data.splitlines()) if dice.random() < 0.3 else data.replace(b"\n", b"\r")


def _encode(data: bytes, dice: Dice) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(dice.choice(("utf-16", "utf-16-be", "utf-32", "utf-7", "cp037")), "replace")


_OF_TEXT: tuple[Change, ...] = (_number, _number, _word, _nest, _lines, _join, _encode)


# --- XML and web pages ---------------------------------------------------------------------------


def _xml(data: bytes, dice: Dice) -> bytes:
    return dice.choice(_OF_XML)(data, dice)


def _attribute(data: bytes, dice: Dice) -> bytes:
    said = dice.choice((*_SAID, *_STRANGE))

    def other(match: bytes) -> bytes:
        return match.partition(b"=")[0] + b'="' + said.replace(b'"', b"") + b'"'

    return _replaced(data, _ATTRIBUTE, dice, other)


def _no_attribute(data: bytes, dice: Dice) -> bytes:
    return _replaced(data, _ATTRIBUTE, dice, lambda _: b"")


def _no_tag(data: bytes, dice: Dice) -> bytes:
    return _replaced(data, _TAG, dice, lambda _: b"")


def _element_again(data: bytes, dice: Dice) -> bytes:
    times = dice.choice((2, 50, 3_000))
    return _replaced(data, _ELEMENT, dice, lambda element: element * times)


def _element_deeper(data: bytes, dice: Dice) -> bytes:
    """An element in itself, and so on."""
    times = dice.choice((1, 10, 300, 3_000))

    def nested(element: bytes) -> bytes:
        start, _, rest = element.partition(b">")
        said, _, end = rest.rpartition(b"</")
        return (start + b">") * times + said + (b"</" + end) * times

    return _replaced(data, _ELEMENT, dice, nested)


def _element_text(data: bytes, dice: Dice) -> bytes:
    said = dice.choice((*_SAID, *_STRANGE, b"<![CDATA[x]]>", b"<!-- x -->"))

    def other(element: bytes) -> bytes:
        return element.partition(b">")[0] + b">" + said + b"</" + element.rpartition(b"</")[2]

    return _replaced(data, _ELEMENT, dice, other)


def _elements_exchanged(data: bytes, dice: Dice) -> bytes:
    found = [match[0] for match in _ELEMENT.finditer(data[:MOST_BYTES])] or [b""]
    one = dice.choice(found)
    return _replaced(data, dice.choice((_ELEMENT, _TAG)), dice, lambda _: one)


def _entities(data: bytes, dice: Dice) -> bytes:
    """A billion laughs, told somewhere in it."""
    start = data.find(b"?>") + 2 if data.startswith(b"<?") else 0
    told = _replaced(data[start:], _TAG, dice, lambda tag: tag + b"&m;")
    return data[:start] + _ENTITIES + told


_OF_XML: tuple[Change, ...] = (
    _attribute, _attribute, _no_attribute, _no_tag, _element_again, _element_deeper, _element_text,
    _elements_exchanged, _entities,
)  # fmt: skip


# --- what is packed ------------------------------------------------------------------------------


def _zip(data: bytes, dice: Dice, depth: int) -> bytes:
    """A member broken, dropped, exchanged, doubled, renamed, or with the archive in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [
                (info.filename, archive.read(info))
                for info in archive.infolist()
                if info.file_size < _MEMBER_BYTES
            ]
    except Exception:  # broken already
        return _bytes(data, dice)
    if not found:
        return _bytes(data, dice)
    at = dice.randrange(len(found))
    name, content = found[at]
    other_name, other = dice.choice(found)
    broken = (name, _changed(content, dice, depth + 1)[:MOST_BYTES])
    found[at : at + 1] = dice.choice((
        [broken], [broken], [broken], [broken], [(name, other)], [],
        [(name, content), (name, other)], [("x/" * 50 + name, content)], [(other_name, content)],
        [(name, data)], [(name, b"")],
    ))  # fmt: skip
    return _zipped(found)


def _zipped(members: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of names that are there twice
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def _packed(data: bytes, dice: Dice, depth: int) -> bytes:
    """What is packed broken, and packed again."""
    unpack, pack = next(ways for magic, ways in _PACKINGS.items() if data.startswith(magic))
    try:
        inside = unpack(data)
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
        return _bytes(data, dice)
    return pack(_changed(inside, dice, depth + 1)[:MOST_BYTES])


_PACKINGS: dict[bytes, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    b"\x1f\x8b": (gzip.decompress, gzip.compress),
    b"BZh": (bz2.decompress, bz2.compress),
    b"\xfd7zXZ\0": (lzma.decompress, lzma.compress),
}
