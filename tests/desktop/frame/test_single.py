"""A second start raises the window of the first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from strongroom_desktop.frame.single import SingleInstance

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from strongroom_desktop.frame.single import SingleInstance
application = QCoreApplication([])
second = SingleInstance(Path(sys.argv[1]), Path(sys.argv[2]))
print(second.take())
second.call()
"""


def start_second(folder: Path, library: Path) -> str:
    command = [sys.executable, "-c", SECOND, str(folder), str(library)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return done.stdout.strip()


def test_a_second_process_is_kept_out_and_raises_the_first(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    first = SingleInstance(tmp_path, tmp_path / "library")
    assert first.take()
    for _twice in range(2):  # the second call comes as surely as the first
        with qtbot.waitSignal(first.raised, timeout=20_000):
            assert start_second(tmp_path, tmp_path / "library") == "False"
    assert start_second(tmp_path, tmp_path / "another library") == "True"
    first.release()
    assert start_second(tmp_path, tmp_path / "library") == "True"


def test_a_folder_that_cannot_be_written_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert SingleInstance(tmp_path / "file", tmp_path / "library").take()
