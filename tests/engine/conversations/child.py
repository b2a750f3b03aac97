"""A question in a process that is killed: `python -m tests.engine.conversations.child LIBRARY`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.engine.fakes import Scripted, WordLengths
from tests.engine.served import served

from strongroom_engine import protocol as wire
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Generation, Prompt

KEY = LibraryKey(bytes(range(32)), "key file")
QUESTION = "How high is the rent of the barn?"


class Endless(Scripted):
    """Begins to write, and then takes for ever."""

    def generate(
        self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Generation:
        on_token("The ")
        print("busy", flush=True)
        time.sleep(600)
        return super().generate(prompt, on_token, cancelled)


def main(folder: Path) -> None:
    endless = Endless("never")
    with Library(
        folder, KEY, embedder=WordLengths(), make_generator=lambda _plan: endless
    ) as library:
        served(library, wire.Ask(id=1, question=QUESTION, conversation="k"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
