"""XML: what its elements say, each with its name, since the names are half of the meaning."""

from __future__ import annotations

from typing import Any

from lxml import etree

from strongroom_engine.errors import DamagedDocument, NoText
from strongroom_engine.indexing.parse.clean import TextBuilder, has_words, one_line
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.types import Document, Page

MEDIA_TYPE = "application/xml"
TITLES = frozenset({"title", "name", "subject", "heading", "head", "label"})
"""Elements of which the first names the whole."""
SHORT = 60
"""Characters of a value that stands on a line with the others of its parent."""

Element = Any


def parse(file: OpenFile) -> Document:
    """Raises `DamagedDocument` where it is not well-formed, and `NoText`."""
    reader = _Reader()
    parser = etree.iterparse(
        file.file,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in parser:
            (reader.start if event == "start" else reader.end)(element)
    except (etree.LxmlError, ValueError) as exc:
        raise DamagedDocument(why="it does not have the structure of XML") from exc
    text = reader.builder.text
    if not has_words(text):
        raise NoText
    return Document(
        title=one_line(reader.title or file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        parser="libxml2",
    )


class _Reader:
    """Says each element as it is read, so that it takes no longer for each the more there are."""

    def __init__(self) -> None:
        self.builder = TextBuilder()
        self.title = ""
        # Of each element around: whether words of its own stand between its elements, as far as
        # it is read; None while it has none.
        self._mixed: list[bool | None] = []

    def start(self, element: Element) -> None:
        if self._mixed:
            self._mixed[-1] = self._mixed[-1] or _follows_words(element)
        self._mixed.append(None)
        _say_start(self.builder, element)

    def end(self, element: Element) -> None:
        mixed = self._mixed.pop()
        if mixed is False:
            mixed = has_words(element[-1].tail or "")
        said = "" if mixed is False else _words(element)
        if not self.title and _name(element).lower() in TITLES and said:
            self.title = said
        if self._mixed and self._mixed[-1]:
            return  # it is said with the sentence that it stands in
        if said:
            gap = "\n" if len(said) <= SHORT else "\n\n"
            self.builder.add(f"{_name(element)}: {said}", gap=gap)
        _let_go(element)


def _say_start(builder: TextBuilder, element: Element) -> None:
    """The attributes of an element, which often hold all there is."""
    parts = [f"{etree.QName(name).localname}: {value}" for name, value in element.attrib.items()]
    shown = [part for part in parts if has_words(part.partition(": ")[2]) and len(part) < 2_000]
    if shown:
        builder.add(f"{_name(element)} ({'; '.join(shown)})", gap="\n")


def _words(element: Element) -> str:
    """The text of a leaf, or of an element that mixes text and elements, on one line."""
    return " ".join("".join(element.itertext()).split())


def _follows_words(element: Element) -> bool:
    """Whether words stand between its parent's beginning, or the element before it, and it."""
    before = element.getprevious()
    own = before.tail if before is not None else element.getparent().text
    return has_words(own or "")


def _name(element: Element) -> str:
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def _let_go(element: Element) -> None:
    """Free what has been said, and the elements before it: files are larger than memory likes."""
    tail = element.tail
    element.clear()
    element.tail = tail
    while (before := element.getprevious()) is not None:
        element.getparent().remove(before)
