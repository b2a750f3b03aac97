"""How a document was read: what a person looks at to trust it, or not."""

from __future__ import annotations

from dataclasses import dataclass

from strongroom_engine.types.documents import LeftOut
from strongroom_engine.types.library import DocumentRecord


@dataclass(frozen=True, slots=True)
class Kin:
    """Another document that belongs to this one. `likeness` is 0 to 1, 1 for the same bytes.

    `kind`: 'copy' (the same bytes), 'version' (nearly the same text), 'container', 'member',
    'thread' (a message of the same exchange)."""

    path: str
    kind: str
    title: str = ""
    likeness: float = 1.0


@dataclass(frozen=True, slots=True)
class Report:
    """How one document was read, from which version of its file, and what came of it.

    `parser` names what read it ('MuPDF 1.28.2'); `page_unit` what its pages are called in the
    format ('page', 'slide', 'sheet', 'message', '' where it has none), `members` how many documents
    lie directly in it. `recognised` are the pages
    read by text recognition (OCR) with the confidence of each, 0 to 1. `waiting` are pages that
    wait for it. `findable`: chunks, words and vectors agree in number, and a sentence drawn from
    it finds it; None while that was not tried. Times in milliseconds, since 1970 or long.
    """

    document: DocumentRecord
    content_hash: str = ""
    parser: str = ""
    page_unit: str = ""
    pages: int = 0
    members: int = 0
    recognised: tuple[tuple[int, float], ...] = ()
    waiting: tuple[int, ...] = ()
    characters: int = 0
    headings: int = 0
    tables: int = 0
    sheets: int = 0
    languages: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    with_password: bool = False
    words: int = 0
    vectors: int = 0
    findable: bool | None = None
    read_ms: int = 0
    took_ms: int = 0
    kin: tuple[Kin, ...] = ()
    more_kin: int = 0
    """How many there are besides those told."""
