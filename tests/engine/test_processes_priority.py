"""What works in the background yields: its threads, and not those of the user."""

from __future__ import annotations

import os
import sys
import threading

import psutil
import pytest

from strongroom_engine.processes import lower_thread_priority


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for a thread's priority")
def test_one_thread_yields_processor_and_disk_alone() -> None:
    found: list[tuple[int, int]] = []

    def work() -> None:
        lower_thread_priority()
        thread = threading.get_native_id()
        disk = psutil.Process(thread).ionice()
        found.append((os.getpriority(os.PRIO_PROCESS, thread), disk.value))

    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    ((nice, disk),) = found
    assert nice > before
    assert disk == 7
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before
