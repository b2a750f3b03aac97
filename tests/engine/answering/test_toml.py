"""What several threads need at first, for several questions at once."""

from __future__ import annotations

import subprocess
import sys

FIRST = """
import sys, threading
from strongroom_engine.answering.grammar import grammars
sys.setswitchinterval(1e-6)
all_there = threading.Barrier(8)
def need():
    all_there.wait()
    assert grammars()
threads = [threading.Thread(target=need) for _ in range(8)]
for each in threads: each.start()
for each in threads: each.join()
"""


def test_threads_that_need_the_same_words_at_once_get_them() -> None:
    # A process each: only what is decoded for the first time is at stake, and not every time.
    ended = [
        subprocess.run([sys.executable, "-c", FIRST], check=False).returncode for _ in range(3)
    ]
    assert ended == [0, 0, 0]
