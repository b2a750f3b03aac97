"""The pinned lock files: what they hold, and which of it one installation takes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from .folders import ROOT

LOCKS = ROOT / "packaging" / "locks"
RUNTIME = ("cpu", "cuda")
BUILT = "llama-cpp-python"
"""Published as source only; the set-up builds it for the device there is."""

_ENTRY = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """One pinned package; `text` is its requirement with its hashes, as pip reads it."""

    name: str
    version: str
    text: str


def lock_file(name: str) -> Path:
    return LOCKS / f"requirements-{name}.txt"


def entries(text: str) -> tuple[Entry, ...]:
    """The packages of a lock, in order."""
    found = list(_ENTRY.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return tuple(
        Entry(match[1], match[2], _without_comments(text[match.start() : end]))
        for match, end in zip(found, ends, strict=True)
    )


def read(*names: str) -> tuple[Entry, ...]:
    """The packages of several locks; a package that stands in two of them counts once."""
    unique: dict[str, Entry] = {}
    for name in names:
        for entry in entries(lock_file(name).read_text("utf-8")):
            unique.setdefault(entry.text, entry)
    return tuple(unique.values())


def built() -> Entry:
    """The pinned source of llama-cpp-python."""
    return next(entry for entry in read("cpu") if entry.name == BUILT)


def requirements(chosen: tuple[Entry, ...]) -> str:
    return "".join(entry.text for entry in chosen)


def digest(*names: str) -> str:
    """Changes when any of these locks does."""
    whole = hashlib.sha256()
    for name in names:
        whole.update(lock_file(name).read_bytes())
    return whole.hexdigest()


def _without_comments(text: str) -> str:
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return "".join(f"{line}\n" for line in lines if line.strip())
