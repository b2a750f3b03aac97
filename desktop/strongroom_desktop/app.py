"""The window's process: Qt set up, the log opened, the engine started, all of it ended again."""

from __future__ import annotations

import argparse
import gc
import logging
import logging.handlers
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QSettings,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from strongroom_desktop.client import Engine, host_command
from strongroom_desktop.frame.single import SingleInstance
from strongroom_desktop.paths import config_folder, default_library, log_folder

LOG_BYTES = 1_000_000
SETTLED_MS = 3_000
"""Until then no garbage is looked for, and what the window is made of by then is never looked at
again: that would hold up the loop for a tenth of a second each time."""
log = logging.getLogger("strongroom_desktop")


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window on a library, or raise the one that is open; the exit code."""
    gc.disable()
    options = _options(sys.argv[1:] if argv is None else argv)
    _log_to_file()
    application = _application()
    single = SingleInstance(config_folder(), options.library)
    if not single.take():
        single.call()
        return 0
    engine = Engine(host_command(options.library, options.key_file), log_file=_engine_log())
    engine.trouble.connect(log.warning)
    engine.start()
    from strongroom_desktop.frame.shell import Shell  # while the engine starts, the window is made

    settings = QSettings(str(config_folder() / "window.ini"), QSettings.Format.IniFormat)
    shell = Shell(engine, settings, log_folder=log_folder())
    single.raised.connect(shell.show)
    shell.ended.connect(application.quit)
    application.setQuitOnLastWindowClosed(False)  # the engine is ended first
    shell.show()
    QTimer.singleShot(SETTLED_MS, _collect_garbage)
    code = application.exec()
    single.release()
    return code


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="strongroom")
    parser.add_argument("--library", type=Path, default=default_library())
    parser.add_argument("--key-file", type=Path, default=None)
    return parser.parse_args(list(argv))


def _application() -> QApplication:
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Strongroom")
    application.setDesktopFileName("strongroom")
    return application


def _collect_garbage() -> None:
    """From now on, of what is made from now on."""
    gc.freeze()
    gc.enable()


# --- the log -------------------------------------------------------------------------------------


def _log_to_file() -> None:
    """Qt's messages and our faults go to a file in the platform's log folder, without content."""
    with suppress(OSError):  # a read-only home is no reason not to start
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            log_folder() / "window.log", maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
    qInstallMessageHandler(_on_qt_message)
    sys.excepthook = _on_exception


def _engine_log() -> Path | None:
    """Where what native libraries print in the engine goes; begun anew when it has grown."""
    file = log_folder() / "engine-output.log"
    with suppress(OSError):
        if file.exists() and file.stat().st_size > LOG_BYTES:
            file.unlink()
        usable = file.parent.is_dir() and os.access(file.parent, os.W_OK)
        return file if usable else None
    return None


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    level = logging.ERROR if kind == QtMsgType.QtCriticalMsg else logging.WARNING
    if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
        level = logging.INFO
    log.log(level, "Qt: %s", text)


def _on_exception(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """A fault of ours: where it happened, without values, which may hold document text."""
    places = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
    log.error("fault: %s at %s", kind.__name__, " < ".join(reversed(places)))
    where = log_folder() / "window.log"
    print(f"strongroom: a fault in Strongroom itself; {where} says where.", file=sys.stderr)
    if isinstance(error, KeyboardInterrupt):
        QApplication.quit()
