"""OpenDocument files: a ZIP of XML parts, or one XML file ('flat'), and what their styles hide."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from strongroom_engine.errors import DamagedDocument
from strongroom_engine.indexing.parse.files import check_size
from strongroom_engine.indexing.parse.office.odf_encryption import Encryption, decrypt, encrypted
from strongroom_engine.indexing.parse.office.package import Element, xml
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.sizes import MEGABYTE

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_FAMILIES = frozenset({"text", "paragraph"})
_POINTS = re.compile(r"([\d.]+)pt")
_TOO_SMALL = 2.0
_PALE = 0xE0
_WHOLE = "encrypted-package"
"""The part in which newer programs encrypt the whole document."""
MAX_BASES = 9
STRUCTURE = "it does not have the structure of an OpenDocument file"


class OdfPackage:
    """Raises a `DocumentProblem` of its own only for what is too large or has a password."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file
        self._unpacked = 0
        self.with_password = False
        file.file.seek(0)
        self._flat: Element | None = None
        self._archive: zipfile.ZipFile | None = None
        self._encryption: dict[str, Encryption] = {}
        if zipfile.is_zipfile(file.file):
            self._archive = zipfile.ZipFile(file.file)
            self._encryption = self._read_manifest()
            if _WHOLE in self._encryption:
                self._open_whole(self._archive)
        else:
            self._flat = xml(file.read())

    def _read_manifest(self) -> dict[str, Encryption]:
        """How parts are encrypted; of some files all of them are, in a package of their own."""
        manifest = self._root("META-INF/manifest.xml")
        found = encrypted(manifest) if manifest is not None else {}
        self.with_password = bool(found)
        return found

    def _open_whole(self, archive: zipfile.ZipFile) -> None:
        limit = self._file.settings.max_member_mb * MEGABYTE
        check_size(archive.getinfo(_WHOLE).file_size, limit)
        how = self._encryption.pop(_WHOLE)
        data = decrypt(archive.read(_WHOLE), how, self._file.passwords, limit)
        self._archive = zipfile.ZipFile(io.BytesIO(data))

    @property
    def names(self) -> list[str]:
        return self._archive.namelist() if self._archive is not None else []

    def _root(self, part: str) -> Element | None:
        if self._archive is None:
            return self._flat
        try:
            info = self._archive.getinfo(part)
        except KeyError:
            return None
        self._unpacked += info.file_size
        check_size(self._unpacked, self._file.text_limit_bytes)
        data = self._archive.read(info)
        if part in self._encryption:
            limit = self._file.text_limit_bytes
            data = decrypt(data, self._encryption[part], self._file.passwords, limit)
        return xml(data)

    def object(self, folder: str) -> Element | None:
        """The content of an object inside: a chart, a formula."""
        return self._root(f"{folder}/content.xml") if self._archive is not None else None

    @cached_property
    def content(self) -> Element:
        root = self._root("content.xml")
        if root is None:
            raise DamagedDocument(why=STRUCTURE)
        return root

    @cached_property
    def _styles(self) -> Element | None:
        return self._root("styles.xml")

    @property
    def body(self) -> Element:
        """The text, the presentation or the drawing."""
        for child in self.content.iterfind(f"{OFFICE}body/*"):
            return child
        raise DamagedDocument(why=STRUCTURE)

    @property
    def title(self) -> str:
        root = self._root("meta.xml")
        return (root.findtext(f".//{_TITLE}") or "") if root is not None else ""

    @property
    def masters(self) -> list[Element]:
        """The pages that all pages are made after."""
        if self._styles is None:
            return []
        return list(self._styles.iterfind(f"{OFFICE}master-styles/{STYLE}master-page"))

    @property
    def margins(self) -> list[Element]:
        """The headers and footers of its pages."""
        wanted = tuple(f"{STYLE}{name}" for name in ("header", "footer"))
        return [
            part
            for page in self.masters
            for part in page
            if isinstance(part.tag, str) and part.tag.startswith(wanted)
        ]

    @cached_property
    def looks(self) -> Looks:
        roots = {id(root): root for root in (self._styles, self.content) if root is not None}
        found = [
            style
            for root in roots.values()
            for kind in ("styles", "automatic-styles")
            for style in root.iterfind(f"{OFFICE}{kind}/{STYLE}style")
        ]
        return Looks({(style.get(f"{STYLE}family", ""), _name(style)): style for style in found})


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles, by what they are for ('paragraph') and their name."""

    styles: dict[tuple[str, str], Any]

    def bases(self, family: str, name: str) -> list[Element]:
        """A style, and those that it is based on."""
        found: list[Element] = []
        style = self.styles.get((family, name))
        while style is not None and len(found) < MAX_BASES:
            found.append(style)
            style = self.styles.get((family, style.get(f"{STYLE}parent-style-name", "")))
        return found

    def is_title(self, name: str) -> bool:
        """Whether a paragraph's style is that of the document's title."""
        return name == "Title" or any(
            style.get(f"{STYLE}parent-style-name") == "Title"
            for style in self.bases("paragraph", name)
        )

    def hides(self, family: str, name: str, *, on_paper: bool) -> bool:
        """Whether text in the style is not shown, or not to be seen."""
        if family not in _FAMILIES:
            return False
        look = self._text_look(family, name)
        if look.get("display") == "none":
            return True
        size = _POINTS.fullmatch(look.get("font-size", ""))
        if size is not None and float(size[1]) < _TOO_SMALL:
            return True
        is_coloured = look.get("background-color", "transparent") not in {"transparent", "#ffffff"}
        return on_paper and not is_coloured and _is_pale(look.get("color", ""))

    def _text_look(self, family: str, name: str) -> dict[str, str]:
        said: dict[str, str] = {}
        for style in reversed(self.bases(family, name)):
            for kind in ("text", "paragraph"):
                for look in style.iterfind(f"{STYLE}{kind}-properties"):
                    for key in ("font-size", "color", "background-color"):
                        if (value := look.get(f"{_FO}{key}")) is not None:
                            said[key] = value
                    if (value := look.get(f"{TEXT}display")) is not None:
                        said["display"] = value
        return said

    def is_hidden_page(self, name: str) -> bool:
        """Whether a slide in this style is passed over when slides are shown."""
        return any(
            look.get(f"{_PRESENTATION}visibility") == "hidden"
            for style in self.bases("drawing-page", name)
            for look in style.iterfind(f"{STYLE}drawing-page-properties")
        )


def _name(style: Element) -> str:
    return str(style.get(f"{STYLE}name", ""))


def _is_pale(colour: str) -> bool:
    try:
        value = int(colour.removeprefix("#"), 16)
    except ValueError:
        return False
    return len(colour) == 7 and min(value >> 16, value >> 8 & 0xFF, value & 0xFF) >= _PALE
