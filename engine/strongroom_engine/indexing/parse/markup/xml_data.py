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
    builder = TextBuilder()
    title = ""
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
            if event == "start":
                _say_start(builder, element)
                continue
            said = _words(element)
            if not title and _name(element).lower() in TITLES and said:
                title = said
            _say_end(builder, element, said)
    except (etree.LxmlError, ValueError) as exc:
        raise DamagedDocument(why="it does not have the structure of XML") from exc
    if not has_words(builder.text):
        raise NoText
    return Document(
        title=one_line(title or file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, builder.text),),
        paged=False,
        parser="libxml2",
    )


def _say_start(builder: TextBuilder, element: Element) -> None:
    """The attributes of an element, which often hold all there is."""
    parts = [f"{etree.QName(name).localname}: {value}" for name, value in element.attrib.items()]
    shown = [part for part in parts if has_words(part.partition(": ")[2]) and len(part) < 2_000]
    if shown:
        builder.add(f"{_name(element)} ({'; '.join(shown)})", gap="\n")


def _say_end(builder: TextBuilder, element: Element, said: str) -> None:
    if said and (element.getparent() is None or not _is_mixed(element.getparent())):
        gap = "\n" if len(said) <= SHORT else "\n\n"
        builder.add(f"{_name(element)}: {said}", gap=gap)
        _let_go(element)
    elif not len(element):
        _let_go(element, mixed=True)


def _words(element: Element) -> str:
    """The text of a leaf, or of an element that mixes text and elements, on one line."""
    if len(element) and not _is_mixed(element):
        return ""
    return " ".join("".join(element.itertext()).split())


def _is_mixed(element: Element) -> bool:
    """Whether words of its own stand between its elements, as in a sentence."""
    own = (element.text or "", *(child.tail or "" for child in element))
    return len(element) > 0 and any(has_words(text) for text in own)


def _name(element: Element) -> str:
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def _let_go(element: Element, *, mixed: bool = False) -> None:
    """Free what has been said: files are larger than memory likes. A sentence is kept whole."""
    if not mixed:
        tail = element.tail
        element.clear()
        element.tail = tail
