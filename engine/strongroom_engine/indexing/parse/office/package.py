"""The package of an Office document (OPC): a ZIP of parts that are related to each other.

A part is unpacked when it is asked for, so that the pictures and films of a presentation cost
nothing; what has been unpacked is counted, so that a bomb is noticed before it goes off.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, BinaryIO

from lxml import etree

from strongroom_engine.errors import DamagedDocument, ParserOutOfMemory
from strongroom_engine.indexing.parse.files import check_size

# The names of ISO 29500 strict, which Office writes on demand, and those that everybody reads.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)(/[\w/]*)?")
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Element = Any
"""An element of lxml, which has no types."""


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind` is the last part of its type: 'slide', 'image'; `target` the name of a part, or what
    lies outside of the package where it `is_external`."""

    kind: str
    target: str
    is_external: bool


@contextmanager
def package_errors(structure: str) -> Iterator[None]:
    """What lxml and zipfile raise, as ours; `structure` is a reason of `DamagedDocument`."""
    try:
        yield
    except etree.XMLSyntaxError as exc:
        if exc.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise ParserOutOfMemory from exc
        raise DamagedDocument(why=structure) from exc
    except RecursionError as exc:
        raise DamagedDocument(why="its elements are nested too deeply") from exc
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.LxmlError,
        LookupError,
        ValueError,
        AttributeError,
        NotImplementedError,
        EOFError,
        RuntimeError,
        OSError,
    ) as exc:
        raise DamagedDocument(why=structure) from exc


def xml(data: bytes) -> Element:
    """The root of an XML part. No entities, no network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(_STRICT.sub(_usual_name, data), parser)


def _usual_name(match: re.Match[bytes]) -> bytes:
    """.../ooxml/KIND/REST -> .../KIND/2006/REST"""
    return _TRANSITIONAL + match[1] + b"/2006" + (match[2] or b"")


class Package:
    """Reads a package. `limit_bytes` is one for all that is unpacked of it as XML."""

    def __init__(self, file: BinaryIO, limit_bytes: int) -> None:
        file.seek(0)
        self._archive = zipfile.ZipFile(file)
        self._parts = {info.filename.lower(): info for info in self._archive.infolist()}
        self._limit = limit_bytes
        self._unpacked = 0
        self._relations: dict[str, dict[str, Relation]] = {}

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._parts

    @property
    def names(self) -> list[str]:
        return self._archive.namelist()

    def size(self, part: str) -> int:
        """Of a part unpacked, in bytes, as the package says."""
        return self._parts[part.lower()].file_size

    def read(self, part: str, limit_bytes: int) -> bytes:
        """The bytes of a part. Raises `KeyError`, and `TooLarge` before it unpacks too much."""
        info = self._parts[part.lower()]
        check_size(info.file_size, limit_bytes)
        return self._archive.read(info)

    def root(self, part: str) -> Element:
        """The root element of a part. Raises as `read`."""
        self._unpacked += self.size(part)
        check_size(self._unpacked, self._limit)
        return xml(self.read(part, self._limit))

    def opened(self, part: str) -> IO[bytes]:
        """A part to be read piece by piece, of any size. Raises `KeyError`."""
        return self._archive.open(self._parts[part.lower()])

    def root_if_any(self, part: str | None) -> Element | None:
        """The root element of a part; None where there is none, or it is broken: what is only
        beside the text shall not keep it from being read."""
        try:
            return self.root(part) if part is not None else None
        except (KeyError, etree.LxmlError, zipfile.BadZipFile, zlib.error):
            return None

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part is related to, by the ids that it uses; '' is the package itself."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            root = self.root_if_any(posixpath.join(folder, "_rels", f"{name}.rels"))
            self._relations[part] = {
                element.get("Id", ""): _relation(folder, element)
                for element in (root if root is not None else ())
                if isinstance(element.tag, str)
            }
        return self._relations[part]

    def related(self, part: str, kind: str) -> str | None:
        """The first part of a kind that a part is related to."""
        return next(
            (
                relation.target
                for relation in self.relations(part).values()
                if relation.kind == kind and not relation.is_external
            ),
            None,
        )

    @property
    def title(self) -> str:
        """What the document's properties call it."""
        root = self.root_if_any(self.related("", "core-properties"))
        return (root.findtext(_TITLE) or "") if root is not None else ""


def unescaped(target: str) -> str:
    """'a%20b.xml' -> 'a b.xml'"""
    bytes_of = _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), target.encode())
    return bytes_of.decode("utf-8", "replace")


def _relation(folder: str, element: Element) -> Relation:
    kind = element.get("Type", "").rpartition("/")[2]
    target = element.get("Target", "")
    if element.get("TargetMode") == "External":
        return Relation(kind, target, is_external=True)
    path = posixpath.normpath(posixpath.join("/", folder, unescaped(target))).lstrip("/")
    return Relation(kind, path, is_external=False)
