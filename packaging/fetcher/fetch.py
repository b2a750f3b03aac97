"""One file, from whichever place has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bootstrap.catalogue import ModelFile
from bootstrap.says import Trouble, say

from . import hub, mirror
from .part import Part, Unreachable, WrongHash

Place = Callable[[Part], None]
PLACES: tuple[Place, ...] = (hub.fetch, mirror.fetch)


def fetch(file: ModelFile, folder: Path, places: Sequence[Place] = PLACES) -> Path:
    """Have the file in the folder, whole. Raises `Trouble` when no place has it."""
    part = Part(folder, file)
    part.check_room()
    wrong = False
    for place in places:
        try:
            place(part)
            part.finish()
            return part.target
        except Unreachable:
            continue
        except WrongHash:
            wrong = True
            say(f"What was fetched is not {file.file}; nothing of it was kept.")
    raise _trouble(file, wrong=wrong)


def _trouble(file: ModelFile, *, wrong: bool) -> Trouble:
    if wrong:
        what = f"{file.name} was not what its hash says wherever it was found."
    else:
        what = f"{file.name} could not be fetched: no place that has it can be reached."
    return Trouble(
        what,
        "Connect and run the same command again: it goes on where it stopped. Or name a model "
        "file that is on this computer: --model-file FILE.",
    )
