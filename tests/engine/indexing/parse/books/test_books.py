"""Books: chapters in their order, from either kind of table of contents; what is protected."""

from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from tests.engine.office_files import zipped
from tests.engine.parsing import read

from strongroom_engine.errors import DamagedDocument, NoText, TooLarge, UnsupportedFormat
from strongroom_engine.sentences.left_out import DAMAGED_PAGES, PICTURES
from strongroom_engine.types import Document, LeftOut, Place

CONTAINER = (
    "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
    "<rootfile full-path='OEBPS/book.opf'/></rootfiles></container>"
)
NCX = "<navPoint><navLabel><text>{}</text></navLabel><content src='{}'/>{}</navPoint>"


def page(body: str) -> str:
    return f"<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>{body}</body></html>"


def book(chapters: dict[str, str | bytes], contents: str = "", **parts: str | bytes) -> bytes:
    """`contents` is the table of contents, a page with 'nav' or an NCX."""
    is_nav = "<nav " in contents
    kind = "application/xhtml+xml' properties='nav" if is_nav else "application/x-dtbncx+xml"
    items = f"<item id='toc' href='toc' media-type='{kind}'/><item id='i' href='i.png' media-type='image/png'/>"
    items += "".join(
        f"<item id='c{n}' href='{name.replace(' ', '%20')}' media-type='application/xhtml+xml'/>"
        for n, name in enumerate(chapters)
    )
    spine = "<itemref idref='toc'/>" + "".join(
        f"<itemref idref='c{n}'/>" for n in range(len(chapters))
    )
    opf = (
        "<package xmlns='http://www.idpf.org/2007/opf' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<metadata><dc:title>The Sea</dc:title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    made: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": opf,
        "OEBPS/toc": contents or "<x/>",
        "OEBPS/i.png": b"png",
    }
    made |= {f"OEBPS/{name}": data for name, data in chapters.items()}
    return zipped({**made, **parts})


def epub(chapters: dict[str, str | bytes], contents: str = "", **parts: str | bytes) -> Document:
    return read("book.epub", book(chapters, contents, **parts))


CHAPTERS: dict[str, str | bytes] = {
    "second name.xhtml": page("<h1>Morning</h1><p>It was calm.</p>"),
    "b.xhtml": page("<h1>Night</h1><p>It was dark.</p><h2 id='s'>Storm</h2><p>It blew.</p>"),
}
PLACES = (
    Place(0, 1, "chapter", "Morning", 1),
    Place(23, 1, "chapter", "Night", 2),
    Place(44, 2, "chapter", "Storm", None),
)
TEXT = "Morning\n\nIt was calm.\n\nNight\n\nIt was dark.\n\nStorm\n\nIt blew."


def test_chapters_of_a_nav() -> None:
    nav = page(
        "<nav xmlns:epub='http://www.idpf.org/2007/ops' epub:type='toc'><ol><li><a href='second%20name.xhtml'>Morning</a></li>"
        "<li><a href='b.xhtml'>Night</a><ol><li><a href='b.xhtml#s'>Storm</a></li></ol></li></ol></nav>"
    )
    document = epub(CHAPTERS, nav)
    assert (document.text, document.title, document.places) == (TEXT, "The Sea", PLACES)
    assert [(one.level, one.text) for one in document.headings] == [
        (1, "Morning"),
        (1, "Night"),
        (2, "Storm"),
    ]
    assert all(document.text.startswith(one.text, one.start) for one in document.headings)
    assert document.left_out == (LeftOut(PICTURES(), 1),)


def test_chapters_of_an_ncx() -> None:
    points = NCX.format("Morning", "second%20name.xhtml", "") + NCX.format(
        "Night", "b.xhtml", NCX.format("Storm", "b.xhtml#s", "")
    )
    ncx = f"<ncx xmlns='http://www.daisy.org/z3986/2005/ncx/'><navMap>{points}</navMap></ncx>"
    document = epub(CHAPTERS, ncx)
    assert (document.text, document.places) == (TEXT, PLACES)


def test_tables_and_lists_stand_where_they_say() -> None:
    table = "<table><tr><th>Ship</th><th>Tons</th></tr><tr><td>Ada</td><td>40</td></tr></table>"
    items = "<ul><li>one</li><li>two</li><li>three</li></ul>"
    document = epub({"a": page("<p>words</p>"), "b": page(table + items)})
    (found,) = document.tables
    assert document.text[found.start : found.header_end] == "Ship | Tons"
    assert [document.text[start:][:5] for start in document.lists[0].items] == [
        "- one",
        "- two",
        "- thr",
    ]


def test_a_damaged_chapter_is_counted() -> None:
    document = epub({"a": page("<p>words</p>"), "b": page("<div>" * 5000)})
    assert document.text == "words"
    assert LeftOut(DAMAGED_PAGES(), 1) in document.left_out


def test_a_chapter_that_cannot_be_unpacked_is_counted() -> None:
    last = page("<p>" + "".join(map(chr, range(0x4E00, 0x5200))) + "</p>")
    data = bytearray(book({"a": page("<p>words</p>"), "b": last}))
    place = data.rindex(b"OEBPS/b", 0, data.index(b"PK\1\2"))
    data[place + 200 : place + 900] = bytes(700)
    document = read("book.epub", bytes(data))
    assert document.text == "words"
    assert LeftOut(DAMAGED_PAGES(), 1) in document.left_out


def test_protected_books_say_so_and_scrambled_fonts_do_not() -> None:
    def locked(algorithm: str) -> str:
        method = f"<e:EncryptionMethod xmlns:e='http://www.w3.org/2001/04/xmlenc#' Algorithm='{algorithm}'/>"
        return f"<encryption>{method}</encryption>"

    fonts = {"META-INF/encryption.xml": locked("http://www.idpf.org/2008/embedding")}
    assert epub({"a": page("<p>words</p>")}, **fonts).text == "words"
    chapters = {"META-INF/encryption.xml": locked("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}
    with pytest.raises(UnsupportedFormat) as caught:
        epub({"a": b"\0\1\2"}, **chapters)
    assert caught.value.details["kind"] == "a book with copy protection (DRM)"


def test_what_cannot_be_read() -> None:
    with pytest.raises(DamagedDocument):
        read("book.epub", zipped({"mimetype": "application/epub+zip"}))
    with pytest.raises(NoText):
        epub({"a": page("<img src='i.png'/>")})
    with pytest.raises(TooLarge):
        epub({"a": b" " * (70 << 20)})


def test_fiction_book() -> None:
    body = (
        "<body><title><p>The</p><p>Sea</p></title><section><title><p>Morning</p></title><p>It was <em>calm</em>.</p>"
        "<section><title><p>Tea</p></title><p>Hot.</p><poem><stanza><v>One</v><v>two</v></stanza></poem></section>"
        "</section></body><body name='notes'><section><title><p>1</p></title><p>A note.</p></section></body>"
    )
    data = f"<?xml version='1.0' encoding='windows-1251'?><FictionBook xmlns='http://www.gribuser.ru/xml/fictionbook/2.0'><description><title-info><book-title>Море</book-title></title-info></description>{body}<binary>aGVsbG8=</binary></FictionBook>"
    document = read("book.fb2", data.encode("cp1251"))
    assert (
        document.text
        == "The Sea\n\nMorning\n\nIt was calm.\n\nTea\n\nHot.\n\nOne\ntwo\n\n1\n\nA note."
    )
    assert document.title == "Море"
    assert [(one.name, one.level, one.number) for one in document.places][:3] == [
        ("The Sea", 1, 1),
        ("Morning", 1, 2),
        ("Tea", 2, None),
    ]


def test_printed_documents_that_are_damaged() -> None:
    with pytest.raises(DamagedDocument):
        read("print.xps", zipped({"FixedDocSeq.fdseq": "<x/>"}))


# --- Mobipocket ----------------------------------------------------------------------------------


def mobi(
    body: str | list[bytes],
    *more: bytes,
    compression: int = 1,
    encryption: int = 0,
    version: int = 6,
    trailers: int = 0,
    **numbers: int,
) -> bytes:
    """A book of a page with this body, or of records that are packed; `more` are the records behind
    the text, of which `numbers` names some: the first is 0."""
    text = f"<html><head><guide></guide></head><body>{body}</body></html>".encode()
    cut = [text[place : place + 4096] for place in range(0, len(text), 4096)]
    texts = body if isinstance(body, list) else cut
    name = "Das Öl".encode()
    first = bytearray(264)
    struct.pack_into(">H2xIHHH", first, 0, compression, len(text), len(texts), 4096, encryption)
    struct.pack_into(">4sIIII", first, 16, b"MOBI", 248, 2, 65001, 1)
    struct.pack_into(">I", first, 0x24, version)
    struct.pack_into(">II", first, 0x54, len(first), len(name))
    struct.pack_into(">H", first, 0xF2, trailers)
    places = {"phrases": 0x70, "flows": 0xC0, "fragments": 0xF8, "skeletons": 0xFC}
    for what, place in places.items():
        number = 1 + len(texts) + numbers[what] if what in numbers else 0xFFFFFFFF
        struct.pack_into(">I", first, place, number)
    struct.pack_into(">I", first, 0x74, len(more))
    return palm(b"BOOKMOBI", bytes(first) + name, *texts, *more)


def palm(kind: bytes, *records: bytes) -> bytes:
    table, place = b"", 78 + 8 * len(records) + 2
    for number, record in enumerate(records):
        table += struct.pack(">II", place, number)
        place += len(record)
    head = b"book".ljust(60, b"\0") + kind + struct.pack(">IIH", 0, 0, len(records))
    return head + table + b"\0\0" + b"".join(records)


def index(*entries: tuple[bytes, tuple[int, ...]]) -> tuple[bytes, bytes]:
    """An index whose entries have a name, how many (tag 1), and where and how much (tag 6)."""
    tags = b"TAGX" + struct.pack(">II", 24, 1) + bytes((1, 1, 1, 0, 6, 2, 2, 0, 0, 0, 0, 1))
    head = struct.pack(">4sI16xI", b"INDX", 56, 1).ljust(56, b"\0") + tags
    data, places = bytearray(b"INDX".ljust(56, b"\0")), []
    for name, numbers in entries:
        places.append(len(data))
        said = b"".join(bytes((n >> 7 & 0x7F, n & 0x7F | 0x80)) for n in numbers)
        data += bytes((len(name),)) + name + b"\3" + said
    struct.pack_into(">II", data, 20, len(data), len(entries))
    data += b"IDXT" + b"".join(struct.pack(">H", place) for place in places)
    return head, bytes(data)


def test_mobipocket() -> None:
    line = "The sea lay flat as a plate before us, as it had for many days of that long summer. "
    document = read(
        "book.mobi",
        mobi(f"<h1>Morning</h1><p>{line * 400}</p><mbp:pagebreak/><h1>Night</h1><p>Größe.</p>"),
    )
    assert document.text.split("\n\n") == ["Morning", (line * 400).strip(), "Night", "Größe."]
    assert [(one.name, one.number) for one in document.places] == [("Morning", 1), ("Night", 2)]
    assert document.title == "Das Öl"


def test_a_kindle_book_is_put_together() -> None:
    skeletons = [
        "<html><body><h1>Morning</h1><div></div></body></html>",
        "<html><body></body></html>",
    ]
    fragments = [["<p>First.</p>", "<p>Second.</p>"], ["<h1>Night</h1><p>Größe.</p>"]]
    text, pages, pieces = (
        b"",
        list[tuple[bytes, tuple[int, ...]]](),
        list[tuple[bytes, tuple[int, ...]]](),
    )
    for skeleton, found in zip(skeletons, fragments, strict=True):
        start, whole = len(text), skeleton.encode()
        pages.append((b"SKEL", (len(found), start, len(whole))))
        place = start + whole.index(b"</div>" if b"<div>" in whole else b"</body>")
        text += whole
        for one in found:
            pieces.append((b"%010d" % place, (1, 0, len(one.encode()))))
            place += len(one.encode())
            text += one.encode()
    flows = b"FDST" + struct.pack(">IIII", 12, 2, 0, len(text))
    records = (flows, *index(*pieces), *index(*pages))
    data = mobi(
        [text + b"p { color: red }"], *records, version=8, flows=0, fragments=1, skeletons=3
    )
    document = read("book.azw3", data)
    assert document.text == "Morning\n\nFirst.\n\nSecond.\n\nNight\n\nGröße."
    assert [one.name for one in document.places] == ["Morning", "Night"]
    assert document.parser == "KF8"
    for end in range(len(data) - 200, len(data), 7):
        with suppress(DamagedDocument, NoText):
            read("book.azw3", data[:end])


def test_text_that_says_where_it_was_said_before() -> None:
    packed = (
        b"<p>abc\x80\x1b" + b"\xf4\x02\xc3\xb6</p>" + b"\0"
    )  # 6 from 3 back; ' t'; no bytes of the next
    document = read("book.prc", mobi([packed + b"xx\x83"], compression=2, trailers=3))
    assert document.text == "abcabcabc tö"


def test_text_in_a_code_of_phrases() -> None:
    phrases = [b"<p>", b"Der Fall", b" der ", b"Mauer", b"</p>", bytes((255 - 1, 255 - 2, 255 - 3))]
    codes = struct.pack(">4sIII", b"HUFF", 24, 24, 24 + 1024).ljust(24, b"\0")
    codes += struct.pack(">256I", *[255 << 8 | 0x80 | 8] * 256) + struct.pack(">64I", *[0] * 64)
    places, words = b"", b""
    for number, phrase in enumerate(phrases):
        places += struct.pack(">H", 2 * len(phrases) + len(words))
        words += struct.pack(">H", len(phrase) | (0 if number == 5 else 0x8000)) + phrase
    dictionary = struct.pack(">4sIII", b"CDIC", 16, len(phrases), 8) + places + words
    text = bytes(255 - number for number in (0, 5, 4))
    document = read("book.mobi", mobi([text], codes, dictionary, compression=17_480, phrases=0))
    assert document.text == "Der Fall der Mauer"
    with pytest.raises(DamagedDocument):
        read("book.mobi", mobi([b"\0"], codes, dictionary, compression=17_480, phrases=0))


def test_plain_palm_text() -> None:
    first = struct.pack(">H2xIHHI", 1, 20, 1, 4096, 0)
    text = read("notes.pdb", palm(b"TEXtREAd", first, "Größe\n\nof a day".encode("cp1252"))).text
    assert text == "Größe\n\nof a day"


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ({"encryption": 2}, "a book with copy protection (DRM)"),
        ({"compression": 3}, "a file that is packed in a way that is not read"),
    ],
)
def test_what_of_mobipocket_is_not_read(how: dict[str, int], kind: str) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        read("book.mobi", mobi("<p>words</p>", **how))
    assert caught.value.details["kind"] == kind
