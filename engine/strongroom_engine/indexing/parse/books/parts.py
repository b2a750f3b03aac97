"""A document that is put together from the texts of its chapters."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from strongroom_engine.indexing.parse.clean import TextBuilder
from strongroom_engine.types import Heading, ItemList, Place, Table

_GAP = "\n\n"


@dataclass(slots=True)
class Parts:
    """Texts behind each other, with what is known of each moved to where it stands now."""

    texts: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    lists: list[ItemList] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    length: int = 0

    def add(self, found: TextBuilder) -> int:
        """Append what a builder gathered; returns where it begins now."""
        text = found.text
        if self.texts:
            self.texts.append(_GAP)
            self.length += len(_GAP)
        start = self.length
        self.texts.append(text)
        self.length += len(text)
        self.headings += [replace(one, start=one.start + start) for one in found.headings]
        self.tables += [
            Table(one.start + start, one.header_end + start, one.end + start)
            for one in found.tables
        ]
        self.lists += [
            ItemList(tuple(item + start for item in one.items), one.end + start)
            for one in found.lists
        ]
        self.hidden += [(first + start, last + start) for first, last in found.hidden]
        return start

    @property
    def text(self) -> str:
        return "".join(self.texts)
