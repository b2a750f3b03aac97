"""Small files that ask for far more time or memory than they hold, one or more of each format.

`BOMBS` gives each by the name that it has in a folder. All are made in memory, in moments.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import partial

import py7zr
from backports import zstd
from PIL import Image

from tests.engine.office_files import zipped
from tests.engine.samples import SAMPLES

MANY = 1_000_000
DEEP = 200_000
BLOCK = 10 << 20
GIGABYTE = 1 << 30


# --- archives --------------------------------------------------------------------------------------


def _deflated(size: int) -> bytes:
    """So many zero bytes, in a stream that holds nothing but a block again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * (size // BLOCK) + packer.flush()


def _zip(members: Iterable[tuple[str, bytes, int, int]]) -> bytes:
    """Of (name, deflated, size that is told, place of its header or -1 for its own)."""
    body, listed = bytearray(), bytearray()
    count = 0
    for name, data, size, at in members:
        told = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(data), min(size, 0xFFFF_FFFF), len(name), 0)  # fmt: skip
        place = at if at >= 0 else len(body)
        if at < 0:
            body += b"PK\3\4" + told + name.encode() + data
        listed += b"PK\1\2" + struct.pack("<H", 20) + told + struct.pack("<HHHII", 0, 0, 0, 0, place) + name.encode()  # fmt: skip
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count & 0xFFFF, count & 0xFFFF, len(listed), len(body), 0)
    return bytes(body + listed + b"PK\5\6" + end)


def _flat_zip(told: int) -> bytes:
    data = _deflated(4 * GIGABYTE - BLOCK)
    return _zip([("zeros.txt", data, told, -1)])


def _overlapping_zip() -> bytes:
    """Twenty thousand names of the same ten megabytes."""
    data = _deflated(BLOCK)
    return _zip([("0.txt", data, BLOCK, -1), *((f"{n}.txt", data, BLOCK, 0) for n in range(1, 20_000))])  # fmt: skip


def _nested_zip() -> bytes:
    """Sixteen archives in each of sixteen archives, and so on, as 42.zip is."""
    inner = _zip([("0.dll.txt", _deflated(GIGABYTE), GIGABYTE, -1)])
    for _ in range(6):
        inner = zipped({f"{n}.zip": inner for n in range(16)})
    return inner


def _tar(members: Iterable[tarfile.TarInfo]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for member in members:
            archive.addfile(member, io.BytesIO(b"words" if member.size == 5 else b""))
    return out.getvalue()


def _sparse_tar() -> bytes:
    """A member that is told to be of a petabyte, all of it a hole."""
    info = tarfile.TarInfo("hole.txt")
    info.pax_headers = {"GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.size": str(1 << 50),
                        "GNU.sparse.map": f"{(1 << 50) - 5},5"}  # fmt: skip
    info.size = 5
    return _tar([info])


def _linked_tar() -> bytes:
    def link(name: str, to: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
        made = tarfile.TarInfo(name)
        made.type, made.linkname = kind, to
        return made

    return _tar([
        link("passwd.txt", "/etc/passwd"), link("up.txt", "../../../../etc/passwd"), link("a.txt", "b.txt"),
        link("b.txt", "a.txt"), link("hard.txt", "/etc/passwd", tarfile.LNKTYPE),
        link("itself.txt", "itself.txt", tarfile.LNKTYPE),
    ])  # fmt: skip


def _sevenzip() -> bytes:
    out = io.BytesIO()
    filters = [{"id": py7zr.FILTER_LZMA2, "preset": 0}]
    with py7zr.SevenZipFile(out, "w", filters=filters) as archive:
        for number in range(2):
            archive.writestr(bytes(8 * BLOCK), f"{number}.txt")
    return out.getvalue()


# --- PDF -------------------------------------------------------------------------------------------


def _pdf(objects: dict[int, bytes], trailer: str = "") -> bytes:
    """Of objects by their numbers; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, data in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + data + b"\nendobj\n"
    table = b"".join(
        b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items()
    )
    size = max(objects) + 1
    end = f"trailer\n<</Root 1 0 R /Size {size}{trailer}>>\nstartxref\n{len(out)}\n%%EOF\n"
    return bytes(out + b"xref\n0 1\n0000000000 65535 f \n" + table) + end.encode()


def _stream(data: bytes, more: str = "") -> bytes:
    return f"<</Length {len(data)}{more}>>\nstream\n".encode() + data + b"\nendstream"


_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def _page(content: bytes, resources: str = "", **objects: bytes) -> bytes:
    """A document of one page with this content; more objects by 'o' and their numbers from 10."""
    more = {int(name[1:]): data for name, data in objects.items()}
    return _pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>{resources}>>>>".encode(),
        4: content, 5: _FONT, **more,
    })  # fmt: skip


_WORDS = b"BT /F 12 Tf 50 700 Td (The rent of the old mill is 900 a month.) Tj ET "


def _million_pages() -> bytes:
    kids = b"/Kids[%s]" % (b"3 0 R " * 10)
    tree = {n: b"<</Type/Pages/Count %d/Kids[%s]>>" % (10 ** (12 - n), b"%d 0 R " % (n + 1) * 10) for n in range(6, 11)}  # fmt: skip
    return _pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 1000000/Kids[%s]>>" % (b"6 0 R " * 10),
        3: b"<</Type/Page/Parent 11 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        4: _stream(_WORDS), 5: _FONT, **tree, 11: b"<</Type/Pages/Count 10" + kids + b">>",
    })  # fmt: skip


def _declared_pages() -> bytes:
    return _page(_stream(_WORDS)).replace(b"/Count 1>>", b"/Count 1000000>>")


def _nested_forms(draws: int, depth: int) -> bytes:
    """A drawing that draws another ten times, which draws another ten times, and so on."""

    def form(number: int) -> bytes:
        inner = f"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X {number + 1} 0 R>>/Font<</F 5 0 R>>>>"
        return _stream(b"/X Do " * draws, inner)

    last = _stream(
        _WORDS, "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>"
    )
    forms = {f"o{n}": form(n) for n in range(10, 10 + depth)} | {f"o{10 + depth}": last}
    return _page(_stream(_WORDS + b"/X Do "), "/XObject<</X 10 0 R>>", **forms)


def _packed_twice() -> bytes:
    """A page of 240 MB of nothing, and words at its end."""
    once = _deflated(24 * BLOCK)
    packer = zlib.compressobj(9)
    data = packer.compress(b"\x78\x9c" + once) + packer.flush()
    return _page(_stream(data, "/Filter[/FlateDecode/FlateDecode]"))


def _large_picture(kind: str) -> bytes:
    more = f"/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/{kind}"
    data = {
        "JBIG2Decode": struct.pack(">IBBI", 0, 0x30, 1, 19) + struct.pack(">IIIIBH", 1 << 31, 1 << 31, 0, 0, 0, 0),
        "JPXDecode": _jp2(1 << 31), "FlateDecode": zlib.compress(_deflated(BLOCK)), "CCITTFaxDecode": bytes(900),
        "DCTDecode": _jpeg(65_500),
    }[kind]  # fmt: skip
    return _page(_stream(_WORDS + b"/I Do "), "/XObject<</I 10 0 R>>", o10=_stream(data, more))


def _exploding_font() -> bytes:
    """Its map to letters has ranges over all numbers there are; its widths, too."""
    ranges = b"\n".join(b"<%08x> <ffffffff> <0041>" % n for n in range(0, 1 << 30, 1 << 23))
    mapped = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange %d beginbfrange " % 100 + ranges + b" endbfrange endcmap end"  # fmt: skip
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 11 0 R/DescendantFonts[12 0 R]>>"
    return _page(
        _stream(b"BT /G 12 Tf 50 700 Td <0041004200430044> Tj ET" + _WORDS), "/ExtGState<<>>",
        o10=font, o11=_stream(mapped),
        o12=b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W[0 2147483647 500]>>",
    ).replace(b"<</F 5 0 R>>", b"<</F 5 0 R/G 10 0 R>>")  # fmt: skip


def _type3_loop() -> bytes:
    """A font whose letters are written in itself."""
    font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<</a 11 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]/Resources<</Font<</F 10 0 R>>>>>>"
    return _page(_stream(b"BT /F 9 Tf (aaaa) Tj ET"), o10=font,
                 o11=_stream(b"9 0 d0 BT /F 1 Tf (aaaaaaaaaa) Tj ET")).replace(b"/F 5 0 R", b"/F 10 0 R")  # fmt: skip


def _outline_loop() -> bytes:
    whole = _page(_stream(_WORDS), o10=b"<</Type/Outlines/First 11 0 R/Last 11 0 R/Count 9>>",
                  o11=b"<</Title(One)/Parent 10 0 R/Next 12 0 R/First 12 0 R>>", o12=b"<</Title(Two)/Parent 10 0 R/Next 11 0 R/First 11 0 R>>")  # fmt: skip
    return whole.replace(b"/Type/Catalog", b"/Type/Catalog/Outlines 10 0 R")


def _deep_arrays() -> bytes:
    return _page(_stream(_WORDS), o10=b"[" * DEEP + b"]" * DEEP)


# --- pictures ----------------------------------------------------------------------------------------


def _png(side: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(BLOCK))) + chunk(b"IEND", b"")  # fmt: skip


def _text_chunk_png() -> bytes:
    """A comment of a gigabyte in a small picture."""
    small = io.BytesIO()
    Image.new("L", (9, 9), 255).save(small, "PNG")
    packer = zlib.compressobj(9)
    data = b"Comment\0\0" + packer.compress(bytes(BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH) * 1
    data += _deflated(GIGABYTE)
    chunk = (
        struct.pack(">I", len(data))
        + b"zTXt"
        + data
        + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    )
    whole = small.getvalue()
    return whole[:33] + chunk + whole[33:]


def _jp2(side: int) -> bytes:
    size = struct.pack(
        ">HHIIIIIIIIH", 0xFF51, 41, 0, side & 0xFFFF_FFFF, side & 0xFFFF_FFFF, 0, 0, 1, 1, 0, 0
    )
    return b"\xff\x4f" + size[:4] + struct.pack(">HIIIIIIIIH", 0, side, side, 0, 0, 1, 1, 0, 0, 1) + b"\x07\x01\x01\xff\xd9"  # fmt: skip


def _boxed_jp2() -> bytes:
    out = io.BytesIO()
    Image.new("L", (64, 64), 255).save(out, "JPEG2000")
    data = bytearray(out.getvalue())
    at = data.index(b"\xff\x4f\xff\x51") + 8
    data[at : at + 8] = struct.pack(">II", 0x7FFF_FFFF, 0x7FFF_FFFF)
    at = data.index(b"ihdr") + 4
    data[at : at + 8] = struct.pack(">II", 0x7FFF_FFFF, 0x7FFF_FFFF)
    return bytes(data)


def _jpeg(side: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (64, 64), 255).save(out, "JPEG")
    data = bytearray(out.getvalue())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", side, side)
    return bytes(data)


def _tiff(*, loop: bool) -> bytes:
    """Of a huge picture; or whose pages come round again."""
    side = 9 if loop else 1 << 30
    tags = [(256, 4, side), (257, 4, side), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1), (278, 4, side), (279, 4, 81)]  # fmt: skip
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + entries + struct.pack("<I", 8 if loop else 0) + bytes(99)  # fmt: skip


def _gif(frames: int, side: int) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", side, side, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, side, side, 0) + b"\x02\x02\x44\x01\0"
    return head + frame * frames + b";"


def _bmp() -> bytes:
    return b"BM" + struct.pack("<IHHIIiiHHIIiiII", 200, 0, 0, 54, 40, 1 << 30, 1 << 30, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(150)  # fmt: skip


# --- XML ---------------------------------------------------------------------------------------------

LAUGHS = "<!DOCTYPE lolz [<!ENTITY a0 'lolololololol'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
) + "]>"  # fmt: skip
QUADRATIC = f"<!DOCTYPE x [<!ENTITY q '{'a' * 100_000}'>]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY out SYSTEM 'file:///etc/passwd'><!ENTITY % p SYSTEM 'file:///etc/passwd'>]>"
SAYS = {LAUGHS: "&a11;", QUADRATIC: "&q;" * 50_000, OUTSIDE: "&out;"}
EXPLOSIONS = {"laughs": LAUGHS, "quadratic": QUADRATIC, "outside": OUTSIDE}


def _with_entities(name: str, kind: str, member: str, after: bytes) -> bytes:
    """A sample with entities told, and used after these bytes of a member ('' for the file)."""
    whole, told = SAMPLES[name](), EXPLOSIONS[kind]

    def changed(data: bytes) -> bytes:
        head, found, rest = data.partition(b"?>")
        if not found:
            head, rest = b"<?xml version='1.0'", data
        at = rest.index(after) + len(after)
        return head + b"?>" + told.encode() + rest[:at] + SAYS[told].encode() + rest[at:]

    if not member:
        return changed(whole)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[member] = changed(parts[member])
    return zipped(parts)


def _deep(start: str, end: str, depth: int = DEEP, inside: str = "words") -> bytes:
    return (start * depth + inside + end * depth).encode()


def _deep_member(name: str, member: str, at: bytes, start: str, end: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(SAMPLES[name]())) as archive:
        parts: dict[str, str | bytes] = {part: archive.read(part) for part in archive.namelist()}
    data = parts[member]
    assert isinstance(data, bytes)
    assert at in data
    parts[member] = data.replace(at, at + _deep(start, end), 1)
    return zipped(parts)


# --- tables ------------------------------------------------------------------------------------------


def _replaced(name: str, member: str, *changes: tuple[bytes, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(SAMPLES[name]())) as archive:
        parts: dict[str, str | bytes] = {part: archive.read(part) for part in archive.namelist()}
    data = parts[member]
    assert isinstance(data, bytes)
    for old, new in changes:
        assert old in data, (name, old)
        data = data.replace(old, new, 1)
    parts[member] = data
    return zipped(parts)


_SHEET = "xl/worksheets/sheet1.xml"
_REPEATED = b"table:number-rows-repeated='1000000000'"


def _repeated_ods() -> bytes:
    return _replaced("rent.ods", "content.xml", (b"table:number-rows-repeated='2'", _REPEATED),
                     (b"<table:table-cell office:value-type='currency'", b"<table:table-cell table:number-columns-repeated='1000000000' office:value-type='currency'"))  # fmt: skip


def _far_cell() -> bytes:
    return _replaced("rent.xlsx", _SHEET, (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'))  # fmt: skip


def _dimension() -> bytes:
    data = SAMPLES["rent.xlsx"]()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read(_SHEET)
    old = sheet[sheet.index(b"<dimension") : sheet.index(b"/>", sheet.index(b"<dimension")) + 2]
    return _replaced("rent.xlsx", _SHEET, (old, b'<dimension ref="A1:XFD1048576"/>'))


# --- mail ----------------------------------------------------------------------------------------------

_HEAD = "From: a@example.org\nTo: b@example.org\nSubject: Lease\nMIME-Version: 1.0\n"


def _parts(count: int) -> bytes:
    part = "--x\nContent-Type: text/plain\n\nwords\n"
    return f"{_HEAD}Content-Type: multipart/mixed; boundary=x\n\n{part * count}--x--\n".encode()


def _nested_parts(depth: int) -> bytes:
    heads = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)
    )
    return f"{_HEAD}{heads}Content-Type: text/plain\n\nwords\n".encode()


def _nested_messages(depth: int) -> bytes:
    return ((_HEAD + "Content-Type: message/rfc822\n\n") * depth + _HEAD + "\nwords\n").encode()


def _attached_messages(depth: int) -> bytes:
    """A message in base64 in a message in base64, and so on; each a third larger."""
    data = (_HEAD + "\nwords\n").encode()
    for _ in range(depth):
        data = (_HEAD + 'Content-Type: application/octet-stream; name="a.eml"\nContent-Disposition: attachment; filename="a.eml"\nContent-Transfer-Encoding: base64\n\n').encode() + base64.encodebytes(data)  # fmt: skip
    return data


def _looping(name: str) -> bytes:
    """A file of Office before 2007, or a message of Outlook, whose table of sectors goes in circles."""
    data = bytearray(SAMPLES[name]())
    (first,) = struct.unpack_from("<I", data, 0x4C)  # the first sector of the table
    at = 512 + first * 512
    (directory,) = struct.unpack_from("<I", data, 0x30)
    for sector in range(128):
        place = at + 4 * sector
        (after,) = struct.unpack_from("<I", data, place)
        if after < 0xFFFF_FFF0:
            struct.pack_into(
                "<I", data, place, max(0, sector - 1) if sector != directory else sector
            )
    return bytes(data)


def _looping_pst() -> bytes:
    """Each block of its trees names the first page again."""
    data = bytearray(SAMPLES["old.pst"]())
    for at in range(0xC0, 0x100, 8):
        data[at : at + 8] = data[0xC0:0xC8]
    return bytes(data)


# --- all of them -----------------------------------------------------------------------------------------

_RULES = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Lease\r\nDTSTART:19000101T000000Z\r\n{}END:VEVENT\r\nEND:VCALENDAR\r\n"  # fmt: skip
_FB2_END = b"<section>"

BOMBS: dict[str, Callable[[], bytes]] = {
    # archives
    "flat.zip": lambda: _flat_zip(4 * GIGABYTE - BLOCK),
    "lying.zip": lambda: _flat_zip(10),
    "overlapping.zip": _overlapping_zip,
    "forty-two.zip": _nested_zip,
    "names.zip": lambda: zipped({f"{'d/' * 50}{n}.txt": "" for n in range(8_000)}),
    "bomb.txt.gz": lambda: b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + _deflated(8 * GIGABYTE) + bytes(8),
    "members.txt.gz": lambda: gzip.compress(bytes(BLOCK)) * 800,
    "empty.txt.gz": lambda: gzip.compress(b"") * 100_000,
    "bomb.txt.bz2": lambda: bz2.compress(bytes(90 * 900_000)) * 100,
    "bomb.txt.xz": lambda: lzma.compress(bytes(BLOCK), preset=0) * 800,
    "bomb.txt.zst": lambda: zstd.compress(bytes(BLOCK)) * 800,
    "gz.gz.gz": lambda: gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(bytes(BLOCK))))))),
    "bomb.7z": _sevenzip,
    "sparse.tar": _sparse_tar,
    "links.tar": _linked_tar,
    "bomb.tar.gz": lambda: gzip.compress(_tar([])[:512]) + gzip.compress(bytes(BLOCK)) * 800,
    # PDF
    "pages.pdf": _million_pages,
    "declared.pdf": _declared_pages,
    "forms.pdf": lambda: _nested_forms(10, 15),
    "deep-forms.pdf": lambda: _nested_forms(1, 5_000),
    "spaces.pdf": _packed_twice,
    **{f"{kind}.pdf": partial(_large_picture, kind) for kind in ("JBIG2Decode", "JPXDecode", "FlateDecode", "CCITTFaxDecode", "DCTDecode")},
    "font.pdf": _exploding_font,
    "type3.pdf": _type3_loop,
    "outline.pdf": _outline_loop,
    "arrays.pdf": _deep_arrays,
    "states.pdf": lambda: _page(_stream(zlib.compress(b"q " * 5_000_000 + _WORDS), "/Filter/FlateDecode")),
    "letters.pdf": lambda: _page(_stream(zlib.compress(_WORDS * 40_000), "/Filter/FlateDecode")),
    "size.pdf": lambda: _page(_stream(_WORDS)).replace(b"/Size 6", b"/Size 2147483647"),
    "box.pdf": lambda: _page(_stream(_WORDS)).replace(b"[0 0 600 800]", b"[0 0 1e9 1e9]"),
    # pictures
    "huge.png": lambda: _png(100_000),
    "comment.png": _text_chunk_png,
    "huge.jp2": _boxed_jp2,
    "huge.jpg": lambda: _jpeg(65_500),
    "huge.tif": lambda: _tiff(loop=False),
    "loop.tif": lambda: _tiff(loop=True),
    "huge.gif": lambda: _gif(1, 65_535),
    "frames.gif": lambda: _gif(100_000, 9),
    "huge.bmp": _bmp,
    # entities
    **{
        f"{kind}.{name.rpartition('.')[2]}": partial(_with_entities, name, kind, member, after)
        for kind in EXPLOSIONS
        for name, member, after in (
            ("data.xml", "", b"<title>"),
            ("book.fb2", "", b"<p>"),
            ("lease.docx", "word/document.xml", b"<w:t>"),
            ("talk.pptx", "ppt/slides/slide1.xml", b"<a:t>"),
            ("text.odt", "content.xml", b"<text:p>"),
            ("rent.ods", "content.xml", b"<text:p>"),
            ("rent.xlsx", "xl/sharedStrings.xml", b"<t>"),
            ("rent.fods", "", b"<text:p>"),
            ("print.xps", "1.fpage", b">"),
        )
    },
    # what is deep
    "deep.xml": lambda: b"<?xml version='1.0'?>" + _deep("<a>", "</a>"),
    "deep.html": lambda: b"<!doctype html>" + _deep("<div>", "</div>"),
    "tables.html": lambda: b"<!doctype html>" + _deep("<table><tr><td>", "</td></tr></table>", 20_000),
    "crowded.html": lambda: b"<!doctype html>" + (b"<p " + b"".join(b"a%d=1 " % n for n in range(1_300)) + b">words") * 120,
    "entities.html": lambda: b"<!doctype html><p>" + b"&notanentity" * 300_000,
    "comments.html": lambda: b"<!doctype html><p>words" + b"<!--" * 300_000,
    "links.html": lambda: b"<!doctype html>" + b"<a href=x>words" * 60_000,
    "style.html": lambda: b"<!doctype html><style>" + b".a .b{display:none}" * 60_000 + b"</style>" + b"<p class=a>words" * 20_000,
    "span.html": lambda: b"<!doctype html><table><tr><td colspan=1000000 rowspan=1000000>words</td><td>x</td></tr>" + b"<tr><td colspan=1000000 rowspan=65534>y</td></tr>" * 2_000 + b"</table>",
    "unclosed.html": lambda: b"<!doctype html>" + b"<b><i><p>words" * 20_000,
    "attributes.html": lambda: b"<!doctype html><p " + b"".join(b"a%d=1 " % n for n in range(200_000)) + b">words",
    "deep.json": lambda: _deep("[", "]", inside="1"),
    "objects.json": lambda: _deep('{"a":', "}", inside="1"),
    "digits.json": lambda: b"[" + b"9" * 3_000_000 + b"]",
    "deep.rtf": lambda: b"{\\rtf1\\ansi " + _deep("{", "}") + b"}",
    "quotes.md": lambda: b"> " * 20_000 + b"words\n" * 20,
    "lists.md": lambda: "".join(f"{'  ' * n}- words\n" for n in range(2_000)).encode(),
    "emphasis.md": lambda: b"*a **b " * 60_000,
    "brackets.md": lambda: b"[" * 60_000 + b"a" + b"](x)" * 60_000,
    "backticks.md": lambda: b" ".join(b"`" * n for n in range(1, 1_500)),
    "table.md": lambda: b"|a" * 5_000 + b"|\n" + b"|-" * 5_000 + b"|\n" + b"|b|\n" * 2_000,
    "deep.rst": lambda: "".join(f"{' ' * (n % 3000)}- words\n\n" for n in range(6_000)).encode(),
    "deep.adoc": lambda: b"".join(b"*" * (n % 3000) + b" words\n" for n in range(6_000)),
    "deep.tex": lambda: b"\\documentclass{article}\\begin{document}" + _deep("{\\bf ", "}") + b"\\end{document}",
    "commands.tex": lambda: b"\\documentclass{article}\\begin{document}" + b"\\section{Rent \\emph{of" * 50_000 + b"\\end{document}",
    "many.tex": lambda: b"\\documentclass{article}" + b"".join(b"\\newcommand{\\m%s}{words}" % bytes([97 + n // 676 % 26, 97 + n // 26 % 26, 97 + n % 26]) for n in range(8_000)) + b"\\begin{document}" + b"\\maab " * 25_000 + b"\\end{document}",
    "marks.tex": lambda: b"\\documentclass{article}\\begin{document}" + b"$x" * 60_000 + b"%" * 60_000 + b"\\end{document}",
    "rows.tex": lambda: b"\\documentclass{article}\\begin{document}\\begin{tabular}{ll}" + b"a & b \\\\ " * 20_000 + b"\\end{tabular}\\end{document}",
    "begin.tex": lambda: b"\\documentclass{article}\\begin{document}" + b"\\begin{x}" * 110_000 + b"\\end{document}",
    "verbatim.tex": lambda: b"\\documentclass{article}\\begin{document}" + b"\\begin{verbatim} words " * 50_000,
    "bare.tex": lambda: b"\\documentclass{article}\\begin{document}" + b"\\section[" * 110_000,
    "environments.tex": lambda: b"\\documentclass{article}\\begin{document}" + b"\\begin{itemize}\\item words " * 40_000,
    "macros.tex": lambda: b"\\documentclass{article}" + b"".join(b"\\newcommand{\\a%c}{%s}" % (98 + n, b"\\a%c" % (97 + n) * 10) for n in range(20)) + b"\\begin{document}\\au\\end{document}",
    "deep.docx": lambda: _deep_member("lease.docx", "word/document.xml", b"<w:body>", "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    "deep.odt": lambda: _deep_member("text.odt", "content.xml", b"<office:text>", "<text:section>", "</text:section>"),
    "spaces.odt": lambda: _replaced("text.odt", "content.xml", (b"<text:p>", b"<text:p><text:s text:c='2000000000'/>")),
    # tables
    "line.csv": lambda: b"a,b\n1,2\n" + b"x" * (30 << 20) + b"\n3,4\n",
    "cells.csv": lambda: b"a,b\n1,2\n" + b"x," * (5 << 20) + b"\n3,4\n",
    "quotes.csv": lambda: b"a,b\n" + b'"' * 5_000_001,
    "opened.csv": lambda: (b"a,b\n" + (b'1,"x' + b"\n" * 499) * 3_000),
    "quote.csv": lambda: b'a,b\n1,2\n3,"' + b"words, words\n" * 100_000,
    "dimension.xlsx": _dimension,
    "far.xlsx": _far_cell,
    "merged.xlsx": lambda: _replaced("rent.xlsx", _SHEET, (b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
    "repeated.ods": _repeated_ods,
    # mail and calendars
    "parts.eml": lambda: _parts(50_000),
    "attachments.eml": lambda: _HEAD.encode() + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=a.txt\n\nwords\n" * 20_000 + b"--x--\n",
    "pages.eml": lambda: _HEAD.encode() + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: text/html\n\n<p>words\n" * 30_000 + b"--x--\n",
    "empty.eml": lambda: _HEAD.encode() + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 100_000,
    "nested.eml": lambda: _nested_parts(20_000),
    "messages.eml": lambda: _nested_messages(5_000),
    "attached.eml": lambda: _attached_messages(30),
    "folded.eml": (_HEAD + "X-Long: a\n" + " folded\n" * 300_000 + "\nwords\n").encode,
    "people.eml": (_HEAD + "Cc: " + "a <a@example.org>, " * 60_000 + "b@example.org\n\nwords\n").encode,
    "encoded.eml": (_HEAD + "X: " + "=?utf-8?q?a?= " * 100_000 + "\n\nwords\n").encode,
    "parameters.eml": (_HEAD + "Content-Type: text/plain" + "".join(f"; a*{n}=x" for n in range(25_000)) + "\n\nwords\n").encode,
    "short.mbox": lambda: b"From a@example.org Mon Jan  1 00:00:00 2024\nSubject: a\n\n" * 20_000,
    "empty.mbox": lambda: b"From a@example.org Mon Jan  1 00:00:00 2024\n\n" * 200_000,
    "endless.ics": lambda: _RULES.format("RRULE:FREQ=SECONDLY\r\n").encode(),
    "never.ics": lambda: _RULES.format("RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\n").encode(),
    "count.ics": lambda: _RULES.format("RRULE:FREQ=SECONDLY;COUNT=2000000000;BYSECOND=1,2,3\r\n").encode(),
    "rules.ics": lambda: _RULES.format("RRULE:FREQ=SECONDLY;INTERVAL=7;UNTIL=99991231T000000Z\r\n" * 300).encode(),
    "deep.ics": lambda: b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nSUMMARY:words\r\n" * 15_000,
    "folded.ics": lambda: _RULES.format("DESCRIPTION:a\r\n" + " folded\r\n" * 200_000).encode(),
    "folded.vcf": lambda: b"BEGIN:VCARD\r\nFN:Ana\r\nNOTE:a\r\n" + b" folded\r\n" * 200_000 + b"END:VCARD\r\n",
    "loop.msg": lambda: _looping("lease.msg"),
    "loop.doc": lambda: _looping("old.doc"),
    "loop.ppt": lambda: _looping("old.ppt"),
    "loop.xls": lambda: _looping("rent.xls"),
    "loop.pst": _looping_pst,
    # books
    "spine.epub": lambda: _replaced("book.epub", "OEBPS/book.opf", (b"</spine>", b"".join(b'<itemref idref="c%d"/>' % (n % 3) for n in range(200_000)) + b"</spine>")),
    # text
    "line.txt": lambda: b"words " * (5 << 20),
    "marks.txt": ("e" + "\u0301" * 500_000).encode,
    "lines.txt": lambda: b"\n" * (20 << 20),
    "film.srt": lambda: b"1\n00:00:01,000 --> 00:00:02,500\n" + b"<i>" * 200_000 + b"words\n",
    "deep.ipynb": lambda: b'{"nbformat":4,"cells":[{"cell_type":"markdown","source":' + _deep("[", "]", inside='"a"') + b"}]}",
    "pages.mhtml": lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n" + b"--x\nContent-Type: text/html\n\n<p>words</p>\n" * 20_000 + b"--x--\n",
}  # fmt: skip
