"""A document's path -> the file that a parser reads, also where it lies inside another.

The path of a member is its container's path and its name there: 'Post.zip/2023/lease.pdf'. So one
string names every document, and whoever draws, reads or hashes one need not know that it is inside
another. Members are unpacked into memory and never onto the disk, where they would lie in the clear.
"""

from __future__ import annotations

import importlib
import io
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from strongroom_engine.errors import EmptyDocument, TooDeep, Vanished
from strongroom_engine.indexing.parse import files, lending
from strongroom_engine.indexing.parse.formats import refusal_of_nothing
from strongroom_engine.indexing.parse.messages import PageLines
from strongroom_engine.indexing.sizes import MEGABYTE
from strongroom_engine.settings import Settings
from strongroom_engine.trees import for_system


@dataclass(frozen=True, slots=True)
class OpenFile:
    """What a parser gets. `path` is the document's, of which only the name means anything to a
    parser; `file` can be sought in, and is read from its beginning. `passwords` are to be tried,
    in their order. `recognised` is what text recognition has read of pages without a text, by
    page number.
    """

    path: str
    file: BinaryIO
    settings: Settings = field(default_factory=Settings)
    passwords: tuple[str, ...] = ()
    recognised: Mapping[int, PageLines] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict, compare=False)
    """What the module that reads a container keeps of it from one member to the next, such as its
    directory: the same file is then asked for them all."""

    @property
    def name(self) -> str:
        return Path(self.path).name

    @property
    def stem(self) -> str:
        return Path(self.path).stem

    @property
    def text_limit_bytes(self) -> int:
        return self.settings.max_text_mb * MEGABYTE

    def read(self) -> bytes:
        """All of it; its size has been checked."""
        return files.read(self.file)


@contextmanager
def opened(
    path: str, settings: Settings, passwords: tuple[str, ...] = (), within: str = ""
) -> Iterator[OpenFile]:
    """The document at the path, if it does not lead out of the folder `within`; raises a
    `DocumentProblem`."""
    outer, inner = _on_disk(path)
    if inner:
        with lending.chain(outer, settings, within) as chain:
            yield _inside(chain, outer, inner, OpenFile(outer, io.BytesIO(), settings, passwords))
    else:
        with ExitStack() as held:
            try:
                opening = files.opened(outer, settings.max_file_mb * MEGABYTE, within)
                file = held.enter_context(opening)
            except EmptyDocument as exc:
                raise refusal_of_nothing(outer) from exc
            yield OpenFile(outer, file, settings, passwords)


def _on_disk(path: str) -> tuple[str, str]:
    """The file on the disk, and the path inside it, '' where it is the document itself."""
    place = Path(path)
    if _exists(place):
        return path, ""
    for parent in place.parents:
        if _exists(parent):
            if not stat.S_ISREG(Path(for_system(str(parent))).stat().st_mode):
                break
            return str(parent), str(place.relative_to(parent)).replace(os.sep, "/")
    return path, ""


def _exists(place: Path) -> bool:
    try:
        return Path(for_system(str(place))).exists()
    except (OSError, ValueError):
        return False


def _inside(chain: lending.Chain, path: str, inner: str, asked: OpenFile) -> OpenFile:
    """The document at a path inside the file at `path`, through the containers around it; those
    that were opened for the document before it are open still."""
    if not chain.links:
        chain.links.append(replace(asked, file=lending.buffered(chain.raw)))
    depth = 0
    current = replace(chain.links[0], passwords=asked.passwords)
    while inner:
        depth += 1
        if depth > asked.settings.max_depth:
            raise TooDeep
        if depth < len(chain.links) and _leads_to(chain.links[depth].path, path, inner):
            link = chain.links[depth]
            current, inner = (
                replace(link, passwords=asked.passwords),
                inner[len(link.path) - len(path) :],
            )
        else:
            del chain.links[depth:]
            current, inner = _member(current, inner)
            if inner and len(chain.links) == depth:
                chain.keep(current)
        path = current.path
    return current


def _leads_to(container: str, around: str, inner: str) -> bool:
    """Whether a path inside `around` lies inside the container."""
    whole = f"{around}{os.sep}{inner.replace('/', os.sep)}"
    return whole.startswith(container + os.sep)


def _member(container: OpenFile, inner: str) -> tuple[OpenFile, str]:
    """The member that the path inside the container begins with, and the path inside that."""
    name, data = _module(container).open_member(container, inner)
    path = f"{container.path}{os.sep}{name.replace('/', os.sep)}"
    member = replace(container, path=path, file=io.BytesIO(data), memo={})
    return member, inner[len(name) + 1 :]


def _module(container: OpenFile) -> Any:
    """What reads the container, at whose beginning it is then."""
    from strongroom_engine.indexing.parse.formats import detect

    if "module" not in container.memo:
        container.file.seek(0)
        container.memo["module"] = parser(detect(container.path, container.file).parser)
    module = container.memo["module"]
    if not hasattr(module, "open_member"):
        raise Vanished
    container.file.seek(0)
    return module


def parser(name: str) -> Any:
    """The module that reads a format: 'office.docx'. It has `parse(OpenFile) -> Document`.

    One that reads containers has `open_member(OpenFile, str) -> tuple[str, bytes]`, too: the name
    of the member that a path inside the container begins with, and its bytes. It raises `Vanished`
    where there is none, `TooLarge` before it unpacks what is too large, and `NeedsPassword`. One
    whose pages are drawn has `render`, `lines` and `picture` as `pdf.document` has them.
    """
    return importlib.import_module(f"strongroom_engine.indexing.parse.{name}")
