"""The part file: the beginning of a model, as far as it was fetched, beside where it will be."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bootstrap.catalogue import ModelFile
from bootstrap.models import sha256
from bootstrap.says import Trouble, megabytes

COPY_BYTES = 4 * 1024 * 1024
SPARE_BYTES = 200_000_000
"""Room that is left on the disk, for one part of a mirror and for the user."""


class Unreachable(Exception):
    """A place where the file might be cannot be reached or does not have it; try the next."""


class WrongHash(Exception):
    """What was fetched is not the file of the catalogue; nothing of it was kept."""


@dataclass(frozen=True)
class Part:
    """The part of one file in one folder."""

    folder: Path
    file: ModelFile

    @property
    def path(self) -> Path:
        return self.folder / f"{self.file.file}.part"

    @property
    def target(self) -> Path:
        return self.folder / self.file.file

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def check_room(self) -> None:
        """Refuse to begin what the disk cannot hold."""
        self.folder.mkdir(parents=True, exist_ok=True)
        needed = self.file.bytes - self.size + SPARE_BYTES
        if shutil.disk_usage(self.folder).free < needed:
            raise Trouble(
                f"{self.folder} has no room for {self.file.name} ({megabytes(needed)}).",
                "Make room and run the same command again.",
            )

    def append(self, stream: IO[bytes], at: int) -> int:
        """Put a stream at offset `at`, cutting off what lies behind; returns the new size."""
        with self.path.open("r+b" if self.path.exists() else "w+b") as part:
            part.truncate(at)
            part.seek(at)
            shutil.copyfileobj(stream, part, COPY_BYTES)
            return part.tell()

    def joined(self) -> list[int]:
        """The sizes of the mirror's parts that the part file begins with, in order."""
        with suppress(OSError, ValueError):
            sizes = json.loads(self._journal.read_text("utf-8"))
            if isinstance(sizes, list) and sum(sizes) <= self.size:
                return [int(size) for size in sizes]
        return []

    def note_joined(self, sizes: list[int]) -> None:
        self._journal.write_text(json.dumps(sizes), "utf-8")

    def finish(self) -> None:
        """Keep the file if it is the catalogue's; delete it and raise `WrongHash` otherwise."""
        digest = sha256(self.path, f"Checking {self.file.name}")
        self._journal.unlink(missing_ok=True)
        if digest != self.file.sha256:
            self.path.unlink()
            raise WrongHash
        self.path.replace(self.target)

    @property
    def _journal(self) -> Path:
        return self.path.with_name(self.path.name + ".json")
