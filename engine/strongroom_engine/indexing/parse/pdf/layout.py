"""What stands on painted pages, whoever has read their text: from margins to paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from strongroom_engine.indexing.parse.pdf.headings import Bookmark, headings, none_of_tables
from strongroom_engine.indexing.parse.pdf.paragraphs import paragraphs
from strongroom_engine.indexing.parse.pdf.structure import lists, margins, tables
from strongroom_engine.indexing.parse.pdf.text import PageText
from strongroom_engine.types import Heading, ItemList, Table


@dataclass(frozen=True, slots=True)
class Layout:
    """In document coordinates; what each is, `types.Document` says."""

    headings: tuple[Heading, ...]
    tables: tuple[Table, ...]
    lists: tuple[ItemList, ...]
    margins: tuple[tuple[int, int], ...]
    paragraphs: tuple[int, ...]
    fresh_pages: tuple[int, ...]


def layout(pages: Sequence[PageText], outline: Sequence[Bookmark] = ()) -> Layout:
    """The layout of all pages; `outline` are their document's bookmarks."""
    edges = margins(pages)
    found = headings(pages, outline)
    rows = tables(pages, edges, found)
    begun = paragraphs(pages, edges)
    return Layout(
        headings=none_of_tables(found, outline, rows),
        tables=rows,
        lists=lists(pages, edges, begun.starts),
        margins=edges,
        paragraphs=begun.starts,
        fresh_pages=begun.fresh_pages,
    )
