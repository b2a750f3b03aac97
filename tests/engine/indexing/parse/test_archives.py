"""Archives: the names of what is in them, whoever packed them, and those that are not opened."""

from __future__ import annotations

import io
import tarfile
import zipfile

import pytest
from tests.engine.parsing import read

from strongroom_engine.errors import UnreadArchive, UnsupportedFormat
from strongroom_engine.types import Document


def zipped(*names: bytes) -> Document:
    """An archive whose names are these bytes, without a word of their encoding."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for at, name in enumerate(names):
            placeholder = chr(ord("A") + at) * len(name)
            archive.writestr(zipfile.ZipInfo(placeholder), f"text {at}")
    packed = data.getvalue()
    for at, name in enumerate(names):
        packed = packed.replace(bytes([ord("A") + at]) * len(name), name)
    return read("a.zip", packed)


def names(document: Document) -> list[str]:
    return [member.name for member in document.members]


@pytest.mark.parametrize(
    ("packed", "found"),
    [
        (b"..\\..\\out.txt", "out.txt"),
        (b"C:\\Windows\\a.txt", "Windows/a.txt"),
        (b"\\\\server\\share\\a.txt", "server/share/a.txt"),
        (b"/etc/passwd", "etc/passwd"),
        (b"a/./b/../c.txt", "a/b/c.txt"),
        (b"line\nbreak.txt", "line break.txt"),
        (b"a" * 3_000 + b".txt", "a" * 996 + ".txt"),
        (b"very/" * 600 + b"deep.pdf", "very/" * 199 + "v.pdf"),
    ],
)
def test_a_name_stays_inside_its_archive(packed: bytes, found: str) -> None:
    (name,) = names(zipped(packed))
    assert name == found


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        ("Müller/Übergabe.txt", "cp437"),
        ("Müller/Übergabe.txt", "utf-8"),
        ("Müller/Größe.txt", "cp1252"),
        ("Договор аренды.txt", "cp866"),
        ("Договор аренды.txt", "cp1251"),
        ("契約書/請求書.txt", "cp932"),
        ("合同/租赁协议.txt", "gb18030"),
    ],
)
def test_names_in_the_encodings_of_old_programs(written: str, encoding: str) -> None:
    assert names(zipped(written.encode(encoding))) == [written]


def test_two_files_of_one_name_are_two_documents() -> None:
    found = names(zipped(b"a.txt", b"a.txt", b"x\\a.txt", b"x/a.txt", b"a.txt/b.txt"))
    assert found[:4] == ["a.txt", "a (2).txt", "x/a.txt", "x/a (2).txt"]
    assert len(set(found)) == 5
    assert not any(one != other and one.startswith(f"{other}/") for one in found for other in found)


def test_a_file_without_a_name_is_left_out_and_no_more() -> None:
    assert names(zipped(b"\0.txt", b"b.txt"))[-1] == "b.txt"


def test_links_and_devices_are_no_documents() -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, kind in (("link", tarfile.SYMTYPE), ("pipe", tarfile.FIFOTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
        entry = tarfile.TarInfo("../a.txt")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"text"))
    assert names(read("a.tar", data.getvalue())) == ["a.txt"]


def test_an_archive_without_a_mark_is_one_by_its_checksum() -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        entry = tarfile.TarInfo("a.txt")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"text"))
    block = bytearray(data.getvalue())
    block[257:512] = bytes(255)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block[:512])
    assert names(read("old", bytes(block))) == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.rar", b"Rar!\x1a\x07\x01\x00"),
        ("a.cab", b"MSCF\0\0\0\0"),
        ("a.lzh", b"\x22\x00-lh5-"),
        ("a.iso", bytes(32_769) + b"CD001"),
    ],
)
def test_other_archives_say_what_to_do(name: str, head: bytes) -> None:
    with pytest.raises(UnreadArchive, match="ZIP"):
        read(name, head + bytes(range(256)) * 8)


def test_a_document_of_pages_is_no_archive_that_was_read() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("Index/Document.iwa", b"\0packed")
        archive.writestr("preview.jpg", b"\xff\xd8\xff\xe0")
    with pytest.raises(UnsupportedFormat) as refused:
        read("Minutes.pages", data.getvalue())
    assert refused.value.details["kind"] == "a document of Pages, Numbers or Keynote"
