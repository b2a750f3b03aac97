"""A review in a process that is killed: `python -m tests.engine.reviews.child LIBRARY`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.engine.fakes import Scripted, WordLengths
from tests.engine.reviews.conftest import LAW, RENT

from strongroom_engine.answering import together
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Generation, Prompt

KEY = LibraryKey(bytes(range(32)), "key file")


class Slow(Scripted):
    """Answers once, and then takes for ever."""

    def generate(
        self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Generation:
        if self.prompts:
            print("busy", flush=True)
            time.sleep(600)
        return super().generate(prompt, on_token, cancelled)


def main(folder: Path) -> None:
    together.TOGETHER = 1  # the first answer is kept before the second is begun
    slow = Slow("310 euros")
    with Library(folder, KEY, embedder=WordLengths(), make_generator=lambda _plan: slow) as library:
        library.reviews.run("Leases", (RENT, LAW))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
