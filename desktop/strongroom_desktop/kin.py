"""Documents inside others, by their paths: 'lease.pdf in Post.zip'.

The path of a member is its container's path and its name there. Which part of a path is the
container's is known by its ending, and by what the engine has said (`learn`): a mailbox may have
none, and a letter may lie in a PDF. Nothing here looks at a disk, which may be away.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import PurePath

from strongroom_desktop.files import CONTAINERS, file_name
from strongroom_desktop.wording import plural, tr
from strongroom_engine.protocol import Answered, Documents, DocumentTold, Hits, ReportTold, Status
from strongroom_engine.types import Citation, Hit

_KNOWN: set[str] = set()
"""Documents in which others lie, as the engine has said."""


def learn(event: object) -> None:
    """Note what an event of the engine says of which documents lie in which."""
    match event:
        case Documents(documents=records):
            _KNOWN.update(one.container for one in records)
        case Status(status=status) if status is not None:
            _KNOWN.update(one.container for one in status.problems)
        case DocumentTold(facts=told) | ReportTold(report=told) if told is not None:
            _KNOWN.add(told.document.container)
        case Hits(result=result) if result is not None:
            _learn_places(result.hits)
        case Answered(answer=answer) if answer is not None:
            _learn_places((*answer.hits, *answer.citations))
        case _:
            return
    _KNOWN.discard("")


def _learn_places(found: Iterable[Hit | Citation]) -> None:
    """Of passages the names of the archives and mailboxes around them are told."""
    for one in found:
        names = {place.name for place in one.places if place.kind == "archive"}
        if names:
            _KNOWN.update(str(each) for each in PurePath(one.file).parents if each.name in names)


def container_of(path: str) -> str:
    """The outermost file that a document lies in; '' where it is a file of its own."""
    folders = list(PurePath(path).parents)[::-1]
    return next((str(each) for each in folders if _holds(each)), "")


def nearest_container(path: str) -> str:
    """The innermost document that a document lies in; '' where it is a file of its own."""
    return next((str(each) for each in PurePath(path).parents if _holds(each)), "")


def file_of(path: str) -> str:
    """The file on the disk that holds a document: its own, else that of its container. For what a
    person has just asked for: it does look at the disk."""
    if os.path.exists(path):  # noqa: PTH110 (a path of the engine)
        return path
    around = (str(parent) for parent in PurePath(path).parents)
    held = next((each for each in around if os.path.isfile(each)), "")  # noqa: PTH113 (as above)
    return held or container_of(path) or path


def name_in_container(path: str) -> str:
    """'lease.pdf in Post.zip'; the file's name where it is a file of its own."""
    container = nearest_container(path)
    if not container:
        return file_name(path)
    return tr("{name} in {container}", name=file_name(path), container=file_name(container))


def also_in(count: int) -> str:
    """That the same bytes lie elsewhere, too."""
    return plural(count, "also in {n} other place", "also in {n} other places")


def versions(count: int) -> str:
    """That documents with nearly the same text were put together."""
    return plural(count, "and {n} version", "and {n} versions")


def _holds(path: PurePath) -> bool:
    return path.suffix.lower().lstrip(".") in CONTAINERS or str(path) in _KNOWN
