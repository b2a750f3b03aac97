"""TAR archives, plain and packed."""

from __future__ import annotations

import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from strongroom_engine.errors import DamagedDocument
from strongroom_engine.indexing.parse.archives import contents, names, packed
from strongroom_engine.indexing.parse.archives.contents import Contents, Entry
from strongroom_engine.indexing.parse.archives.looks import HEADER_BYTES, is_tar
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.sizes import MEGABYTE
from strongroom_engine.settings import Settings
from strongroom_engine.types import Document

MEDIA_TYPE = "application/x-tar"
PARSER = f"tarfile {sys.version_info.major}.{sys.version_info.minor}"


@dataclass(slots=True)
class _Tar:
    archive: tarfile.TarFile
    contents: Contents


def parse(file: OpenFile) -> Document:
    """The names of its files as text, and a member for each that may be a document."""
    return contents.document(file, _opened(file).contents, MEDIA_TYPE, PARSER)


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    """The file that a path inside the archive begins with."""
    tar = _opened(file)
    name, entry = tar.contents.find(inner)
    contents.check_size(entry, file.settings)
    with contents.refusals(_broken(), tarfile.TarError, *packed.errors()):
        unpacked = tar.archive.extractfile(entry.key)
        if unpacked is None:
            raise _broken()
        return name, contents.read(unpacked, entry, file.settings)


def _broken() -> DamagedDocument:
    return DamagedDocument(why="its archive is cut off or broken")


def _opened(file: OpenFile) -> _Tar:
    """The archive with its directory, for which all of a packed one is unpacked once. What is asked
    for in the order that it stands in is then unpacked once more, and not for each."""
    if "tar" not in file.memo:
        with contents.refusals(_broken(), tarfile.TarError, *packed.errors()):
            archive = tarfile.TarFile(fileobj=packed.unpacked(file.file))
        walk = _Walk(archive, file.settings, is_packed=bool(packed.media_type(file.file)))
        found = contents.gathered(walk.entries(), file.settings)
        found.beyond, found.damaged = found.beyond + walk.unseen, walk.damaged
        if walk.damaged and not found.entries:
            raise _broken()
        file.memo["tar"] = _Tar(archive, found)
    tar: _Tar = file.memo["tar"]
    return tar


class _Walk:
    """Goes through an archive as far as it is whole, and as far as may be unpacked."""

    def __init__(self, archive: tarfile.TarFile, settings: Settings, *, is_packed: bool) -> None:
        self._archive = archive
        self._room = settings.max_unpacked_mb * MEGABYTE if is_packed else None
        self._most = settings.max_members
        self.unseen = 0
        """1 where there is more, of which nobody knows how much."""
        self.damaged = 0
        """1 where the archive breaks off."""

    def entries(self) -> Iterator[Entry]:
        infos = list(self._infos())
        raw = [info.name.encode("utf-8", "surrogateescape") for info in infos]
        guess = names.guessed(raw)
        for name, info in zip(raw, infos, strict=True):
            if info.isreg():
                yield Entry(
                    names.decoded(name, guess), info.size, int(info.mtime * 10**9), "", info
                )

    def _infos(self) -> Iterator[tarfile.TarInfo]:
        count = 0
        broken: tuple[type[Exception], ...] = (tarfile.TarError, *packed.errors())
        try:
            while (info := self._archive.next()) is not None:
                count += info.isreg()
                yield info
                if self._room is not None:
                    self._room -= info.size
                    if self._room < 0 or count > self._most:
                        self.unseen = 1
                        return
        except broken:
            self.damaged = 1


def stream_is_tar(file: BinaryIO) -> bool:
    """Whether what is packed in the file is an archive."""
    unpacked = packed.unpacked(file)
    try:
        return is_tar(unpacked.read(HEADER_BYTES))
    except packed.errors():
        return False
    finally:
        file.seek(0)
