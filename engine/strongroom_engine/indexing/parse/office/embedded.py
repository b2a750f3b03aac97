"""Documents inside an Office document since 2007: workbooks, PDFs and others, put in as objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from strongroom_engine.errors import Vanished
from strongroom_engine.indexing.parse.files import check_size
from strongroom_engine.indexing.parse.office import objects
from strongroom_engine.indexing.parse.office.package import Package
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.sizes import MEGABYTE
from strongroom_engine.types import Member

_KINDS = frozenset({"package", "oleObject"})


@dataclass(frozen=True, slots=True)
class Embedded:
    """A document inside; `is_object`: it lies in the container that its part is."""

    name: str
    part: str
    size: int
    is_object: bool = False


def members(found: Iterable[Embedded]) -> tuple[Member, ...]:
    return tuple(Member(one.name, one.size) for one in found)


def documents(package: Package, parts: Iterable[str], file: OpenFile) -> tuple[list[Embedded], int]:
    """The documents that parts have inside, and how many objects are none or cannot be opened."""
    found: dict[str, Embedded] = {}
    unopened = 0
    for target in dict.fromkeys(_targets(package, parts)):
        one = _document(package, target, file.settings.max_member_mb * MEGABYTE)
        if one is None:
            unopened += 1
        else:
            name = objects.unused(one.name, found)
            found[name] = replace(one, name=name)
    return list(found.values()), unopened


def open_member(
    package: Package, found: Iterable[Embedded], inner: str, file: OpenFile
) -> tuple[str, bytes]:
    """See `opening.parser`."""
    for one in found:
        if inner == one.name or inner.startswith(f"{one.name}/"):
            limit = file.settings.max_member_mb * MEGABYTE
            check_size(one.size, limit)
            data = package.read(one.part, limit)
            return one.name, objects.carried(data, one.name) if one.is_object else data
    raise Vanished


def _targets(package: Package, parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        for relation in package.relations(part).values():
            if relation.kind in _KINDS and not relation.is_external and relation.target in package:
                yield relation.target


def _document(package: Package, part: str, limit_bytes: int) -> Embedded | None:
    size, path = package.size(part), PurePosixPath(part)
    if size > limit_bytes:
        return None
    if path.suffix.lower() != ".bin":
        return Embedded(path.name, part, size)
    try:
        carried = objects.in_file(package.read(part, limit_bytes), path.stem)
    except objects.ERRORS:
        return None
    return Embedded(carried[0], part, len(carried[1]), is_object=True) if carried else None
