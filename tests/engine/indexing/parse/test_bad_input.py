"""Every file that cannot be read gets its own reason, quickly, and the right state."""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pymupdf
import pytest
from tests.engine.parsing import worked_s

from strongroom_engine.errors import DocumentProblem, Unreadable
from strongroom_engine.indexing.parse.messages import Parsed
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.sizes import human_size
from strongroom_engine.types import State

Outcome = Callable[[Path], Parsed | DocumentProblem]


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return content.getvalue()


def word() -> bytes:
    content = io.BytesIO()
    docx.Document().save(content)
    return content.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
NOISE = bytes(range(256)) * 64
BAD = {
    "empty.txt": (b"", "empty", ""),
    "empty.pdf": (b"", "damaged", "nothing in it"),
    "blank.txt": (b" \r\n\t\n", "empty", ""),
    "blank.md": ("\ufeff\n\n".encode(), "empty", ""),
    "nothing.docx": (word(), "empty", ""),
    "page.html": (b"<!doctype html><html><body><script>x()</script></body>", "no-text", ""),
    "text.pdf": (b"this is not a PDF", "damaged", "it is plain text"),
    "noise.pdf": (NOISE, "damaged", "structure of a PDF"),
    "picture.pdf": (b"\x89PNG\r\n\x1a\n" + NOISE, "damaged", "of an image"),
    "text.docx": (b"just words", "damaged", "it is plain text"),
    "archive.docx": (zipped(a=b"x"), "damaged", "an archive (ZIP)"),
    "cut.docx": (word()[:700], "damaged", "cut off"),
    "hollow.docx": (zipped(word__document=b"", **{"word__document.xml": b"<x"}), "damaged", "Word"),
    "noise.txt": (NOISE, "unsupported", "data without text"),
    "noise": (NOISE, "unsupported", "data without text"),
    "noise.dat": (NOISE, "unsupported", "data without text (DAT)"),
    "image.png": (b"\x89PNG\r\n\x1a\n" + NOISE, "damaged", "of an image"),
    "image.txt": (b"\xff\xd8\xff\xe0" + NOISE, "damaged", "of an image"),
    "image.jxl": (b"\xff\x0a" + NOISE, "unsupported", "an image (JPEG XL)"),
    "program": (b"\x7fELF\x02\x01\x01" + NOISE, "unsupported", "a program"),
    "setup.exe": (b"MZ\x90\0\3\0\0\0" + NOISE, "unsupported", "a program"),
    "table.xlsx": (zipped(**{"xl__workbook.xml": b"<x/>"}), "damaged", "of a spreadsheet"),
    "talk.pptx": (zipped(**{"ppt__presentation.xml": b""}), "damaged", "of a presentation"),
    "text.odt": (
        zipped(mimetype=b"application/vnd.oasis.opendocument.text"),
        "damaged",
        "of an OpenDocument file",
    ),
    "old.doc": (OLE + "WordDocument".encode("utf-16-le"), "damaged", "of a Word document"),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "needs-password", ""),
    "drawing.svg": (b"<?xml version='1.0'?><svg/>", "unsupported", "a drawing (SVG)"),
    "paper.rtf": (b"{\\rtf1 {\\info words}}", "empty", ""),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_get_their_reason(parse: Outcome, tmp_path: Path, name: str) -> None:
    content, code, reason = BAD[name]
    path = tmp_path / name
    path.write_bytes(content)
    outcome = parse(path)
    assert isinstance(outcome, DocumentProblem)
    assert outcome.code == code
    assert reason in outcome.sentence
    assert not re.search(r"\((why|kind|size|limit)\)", str(outcome)), "an argument is missing"


@pytest.mark.parametrize(
    ("name", "media_type"), [("wrong.txt", "application/pdf"), ("wrong", "application/pdf")]
)
def test_content_goes_before_the_name(
    parse: Outcome, tmp_path: Path, name: str, media_type: str
) -> None:
    pdf = pymupdf.open()
    pdf.new_page().insert_text((72, 72), "words")
    pdf.save(tmp_path / name)
    outcome = parse(tmp_path / name)
    assert isinstance(outcome, Parsed)
    assert outcome.document.media_type == media_type


def test_a_web_page_under_another_name_is_read_as_one(parse: Outcome, tmp_path: Path) -> None:
    path = tmp_path / "saved.pdf"
    path.write_bytes(b"<!DOCTYPE html><html><p>words</p></html>")
    outcome = parse(path)
    assert isinstance(outcome, Parsed)
    assert outcome.document.text == "words"


@pytest.mark.parametrize(
    "filler", [b" ", b"<!-- -->", b"<?xml ?>\n", b"From: a\n", b"\n\t", b"---\n"]
)
@pytest.mark.parametrize("name", ["a", "a.txt", "a.md", "a.html", "a.pdf"])
def test_no_filler_keeps_a_worker_busy(
    pool: ParserPool, parse: Outcome, tmp_path: Path, filler: bytes, name: str
) -> None:
    (tmp_path / "before.txt").write_text("words")
    (tmp_path / name).write_bytes(filler * (200_000 // len(filler)) + b"<x")
    parse(tmp_path / "before.txt")  # the worker has begun
    before = worked_s(pool)
    parse(tmp_path / name)
    assert worked_s(pool) - before < 3


def test_what_is_huge_and_makes_no_sense_in_part_is_refused(parse: Outcome, tmp_path: Path) -> None:
    path = tmp_path / "huge.xml"
    with path.open("wb") as file:
        file.write(b'<?xml version="1.0"?><doc>' + b"words " * 20_000)
        file.truncate(300 << 20)
    outcome = parse(path)
    assert isinstance(outcome, DocumentProblem)
    assert outcome.sentence == "The file is too large: 300 MB; the limit is 64 MB."
    assert outcome.state is State.SKIPPED


def test_what_is_no_file_is_refused_without_opening_it(parse: Outcome, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path, kind in [
        (tmp_path / "pipe.txt", "a pipe"),
        (Path("/dev/zero"), "a device"),
        (tmp_path, "a folder"),
    ]:
        outcome = parse(path)
        assert isinstance(outcome, DocumentProblem)
        assert outcome.details == {"kind": kind}


def test_a_file_that_is_gone_has_vanished(parse: Outcome, tmp_path: Path) -> None:
    outcome = parse(tmp_path / "gone.pdf")
    assert isinstance(outcome, DocumentProblem)
    assert outcome.code == "vanished"


def test_what_the_system_refuses_to_open_is_unreadable(parse: Outcome, tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    outcome = parse(tmp_path / "loop.txt")
    assert isinstance(outcome, Unreadable)
    assert "symbolic links" in outcome.sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_without_permission_a_file_is_unreadable(parse: Outcome, tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("words")
    path.chmod(stat.S_IWUSR)
    assert isinstance(parse(path), Unreadable)


def test_a_name_that_is_no_text_is_refused(parse: Outcome) -> None:
    outcome = parse(Path(os.fsdecode(b"/tmp/caf\xe9.txt")))
    assert isinstance(outcome, DocumentProblem)
    assert outcome.code == "invalid-name"


def test_sizes_are_said_as_people_say_them() -> None:
    sizes = [human_size(size) for size in (0, 900, 2048, 300 << 20, 3 << 29)]
    assert sizes == ["0 bytes", "900 bytes", "2 KB", "300 MB", "1.5 GB"]
