"""Reading documents by the real parsers, without a worker around them, and what one works."""

from __future__ import annotations

import io
from pathlib import Path

import psutil

from strongroom_engine.indexing.parse.formats import detect
from strongroom_engine.indexing.parse.opening import OpenFile, opened, parser
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.settings import Settings
from strongroom_engine.types import Document


def worked_s(pool: ParserPool) -> float:
    """Seconds of the processor that the pool's workers have taken, whatever else the machine did."""
    times = [psutil.Process(pid).cpu_times() for pid in pool.pids]
    return float(sum(one.user + one.system for one in times))


def on_disk(path: Path | str, *passwords: str) -> OpenFile:
    """The file as a parser gets it; it is read into memory, so nothing stays open."""
    return in_memory(str(path), Path(path).read_bytes(), *passwords)


def in_memory(name: str, data: bytes, *passwords: str) -> OpenFile:
    """A file of this name and content, which need not be on the disk."""
    return OpenFile(name, io.BytesIO(data), passwords=passwords)


def parsed(path: Path | str, *passwords: str, settings: Settings | None = None) -> Document:
    """The document at the path, or inside the file there, by the parser that its content calls for."""
    with opened(str(path), settings or Settings(), passwords) as file:
        found = detect(file.path, file.file)
        file.file.seek(0)
        document: Document = parser(found.parser).parse(file)
        return document


def read(name: str, data: bytes, *passwords: str) -> Document:
    """The document of a file of this name and content, by the parser that its content calls for."""
    file = in_memory(name, data, *passwords)
    found = detect(file.path, file.file)
    file.file.seek(0)
    document: Document = parser(found.parser).parse(file)
    return document
