"""The process around the window: what it logs, what it remembers, how it starts and ends."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QtMsgType, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication

from strongroom_desktop import app
from strongroom_desktop.client import host_command
from strongroom_desktop.frame.shell import _theme
from strongroom_desktop.paths import log_folder

FAKE_HOST = Path(__file__).parent / "fake_host.py"


@pytest.fixture
def logged() -> Iterator[Path]:
    """The log set up as in the process; its file."""
    hook, handlers = sys.excepthook, list(app.log.handlers)
    app._log_to_file()
    yield log_folder() / "window.log"
    qInstallMessageHandler(None)
    sys.excepthook = hook
    for handler in set(app.log.handlers) - set(handlers):
        app.log.removeHandler(handler)
        handler.close()


def test_a_fault_is_logged_without_values(logged: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = "the tenant's account number"
    try:
        raise ValueError(secret)
    except ValueError as exc:
        app._on_exception(type(exc), exc, exc.__traceback__)
    text = logged.read_text(encoding="utf-8")
    assert "fault: ValueError at test_app.py" in text
    assert secret not in text
    caplog.clear()


def test_what_qt_says_goes_into_the_log(
    logged: Path, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    app._on_qt_message(QtMsgType.QtWarningMsg, None, "a plugin is missing")  # type: ignore[arg-type]  # no context
    assert "WARNING Qt: a plugin is missing" in logged.read_text(encoding="utf-8")
    qWarning("said by Qt itself")
    assert "said by Qt itself" in logged.read_text(encoding="utf-8")
    caplog.clear()


def test_without_a_log_folder_it_starts_all_the_same(own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "log").write_text("a file where the folder should be")
    hook = sys.excepthook
    app._log_to_file()
    assert app._engine_log() is None
    qInstallMessageHandler(None)
    sys.excepthook = hook


def test_nonsense_in_the_settings_is_passed_over(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    file.write_text("[look]\nscheme=purple\ntext_percent=huge\n[panes]\nsidebar=-4\n")
    theme = _theme(QSettings(str(file), QSettings.Format.IniFormat))
    assert theme.scheme == "system"
    assert theme.text_percent == 100


def test_library_and_key_file_are_handed_on() -> None:
    options = app._options(["--library", "/l", "--key-file", "/k"])
    command = host_command(options.library, options.key_file)
    assert command[-5:] == ["host", "--library", "/l", "--key-file", "/k"]
    assert host_command(Path("/l"))[-3:] == ["host", "--library", "/l"]


START = """
import sys
from PySide6.QtCore import QTimer
from strongroom_desktop import app, client
app.host_command = lambda library, key: [sys.executable, {fake!r}]
from strongroom_desktop.frame import shell
original = shell.Shell.show
def show(own):
    original(own)
    window = own.window
    window.stages.reached_desk.connect(lambda: print("desk", flush=True))
    window.stages.reached_desk.connect(lambda: QTimer.singleShot(0, window.close))
shell.Shell.show = show
sys.exit(app.main([]))
"""


def test_the_process_opens_and_ends_with_its_window(own_home: Path) -> None:
    code = START.format(fake=str(FAKE_HOST))
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout == "desk\n"
    assert done.returncode == 0, done.stderr
    assert (own_home / "config" / "window.ini").is_file()
    log = (own_home / "log" / "window.log").read_text(encoding="utf-8")
    assert "fault" not in log


def test_the_logger_is_ours() -> None:
    assert logging.getLogger("strongroom_desktop") is app.log
