"""Documents inside documents of Office before 2007: found, named, and opened as what they are."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping

import olefile
import pytest
from tests.engine.office_files import Word, container, native, old_presentation, old_slide, old_text
from tests.engine.parsing import in_memory, read

from strongroom_engine.errors import DamagedDocument, Vanished
from strongroom_engine.indexing.parse.office import doc, objects, ppt, rtf
from strongroom_engine.indexing.parse.office.ole_writing import standalone
from strongroom_engine.sentences.left_out import EMBEDDED_FILES
from strongroom_engine.types import Document, LeftOut

INNER = Word().add("What is inside").made()


class Streams:
    """What `standalone` asks a container for, of streams by their path."""

    def __init__(self, streams: Mapping[tuple[str, ...], bytes]) -> None:
        self._streams = streams

    def listdir(self) -> list[list[str]]:
        return [list(path) for path in self._streams]

    def get_size(self, path: list[str]) -> int:
        return len(self._streams[tuple(path)])

    def openstream(self, path: list[str]) -> io.BytesIO:
        return io.BytesIO(self._streams[tuple(path)])


def names(document: Document) -> list[str]:
    return [member.name for member in document.members]


def test_objects_in_a_word_document() -> None:
    around, inner = Word().add("Around it").streams(), Word().add("In it").streams()
    streams: dict[tuple[str, ...], bytes] = {(name,): data for name, data in around.items()}
    streams |= {("ObjectPool", "_1", name): data for name, data in inner.items()}
    streams |= {
        ("ObjectPool", "_2", "\x01Ole10Native"): native("C:\\plan.txt", b"the plan"),
        ("ObjectPool", "_3", "CONTENTS"): b"%PDF-1.4 words",
        ("ObjectPool", "_4", "Equation Native"): b"x",
        ("ObjectPool", "_5", "\x01Ole10Native"): b"a clip, and no file",
    }
    data = standalone(Streams(streams), ())
    found = read("a.doc", data)
    assert found.text == "Around it"
    assert names(found) == ["object 1.doc", "plan.txt", "object 3.pdf"]
    assert found.left_out == (LeftOut(EMBEDDED_FILES(), 2),)
    name, content = doc.open_member(in_memory("a.doc", data), "object 1.doc")
    assert read(name, content).text == "In it"
    assert doc.open_member(in_memory("a.doc", data), "plan.txt/x") == ("plan.txt", b"the plan")
    with pytest.raises(Vanished):
        doc.open_member(in_memory("a.doc", data), "none.txt")


def test_objects_in_a_presentation() -> None:
    slide = (old_slide(), old_text("Plan", 0))
    data = old_presentation([slide], objects=(INNER, container({"Else": b"x"}), b"broken", INNER))
    found = read("a.ppt", data)
    assert names(found) == ["object 1.doc", "object 4.doc"]
    assert found.left_out == (LeftOut(EMBEDDED_FILES(), 2),)
    name, content = ppt.open_member(in_memory("a.ppt", data), "object 4.doc")
    assert read(name, content).text == "What is inside"


def numbers(program: bytes, content: bytes) -> str:
    """An object as rich text writes it: of which program, then what it keeps."""
    head = b"\1\5\0\0\2\0\0\0" + (len(program) + 1).to_bytes(4, "little") + program + b"\0"
    data = head + bytes(8) + len(content).to_bytes(4, "little") + content
    digits = data.hex()
    return "\r\n".join(digits[at : at + 128] for at in range(0, len(digits), 128))


def test_objects_in_a_rich_text() -> None:
    parts = [
        numbers(b"Package", native("plan.txt", b"the plan")[4:]),
        numbers(b"Word.Document.8", INNER),
        numbers(b"Package", native("plan.txt", b"another")[4:]),
        "01050000",
    ]
    body = "".join(f"{{\\object\\objemb{{\\*\\objdata {part}}}}}" for part in parts)
    data = b"{\\rtf1 Around it " + body.encode() + b"}"
    found = read("a.rtf", data)
    assert found.text == "Around it"
    assert names(found) == ["plan.txt", "object 2.doc", "plan 2.txt"]
    assert found.left_out == (LeftOut(EMBEDDED_FILES(), 1),)
    assert rtf.open_member(in_memory("a.rtf", data), "plan 2.txt") == ("plan 2.txt", b"another")


def test_what_says_nothing_itself_is_found_by_what_lies_in_it() -> None:
    body = f"{{\\object\\objemb{{\\*\\objdata {numbers(b'Word.Document.8', INNER)}}}}}"
    assert read("a.rtf", b"{\\rtf1 " + body.encode() + b"}").text == "object 1.doc"


def test_a_storage_is_a_container_of_its_own() -> None:
    streams: dict[tuple[str, ...], bytes] = {
        ("Data", f"s{number}"): bytes([number]) * number * 700 for number in range(60)
    }
    data = standalone(Streams(streams), ("Data",))
    with olefile.OleFileIO(io.BytesIO(data)) as found:
        assert not found.parsing_issues
        read_back = {("Data", *path): found.openstream(path).read() for path in found.listdir()}
    assert read_back == streams


def test_what_is_packed_too_small_is_not_unpacked() -> None:
    with pytest.raises(ValueError, match="1000"):
        objects.unpacked(zlib.compress(bytes(100_000)), 1_000)
    with pytest.raises(DamagedDocument):
        objects.carried(container({"Else": b"x"}), "object")
