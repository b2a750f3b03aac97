"""The system tray: what keeps Strongroom at hand while its window is closed."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.wording import plural, tr
from strongroom_engine.protocol import Indexing, PauseIndexing, Progress
from strongroom_engine.types import Progress as ProgressValue


class Tray(QObject):
    """`open_wanted` and `quit_wanted` come from its menu. Where the desktop has no tray it says
    nothing and takes no room."""

    open_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, engine: Engine, icon: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._icon = QSystemTrayIcon(icon, self)
        self._paused = False
        self._menu = QMenu()
        self._open = self._menu.addAction(tr("Open Strongroom"), self.open_wanted.emit)
        self._pause = self._menu.addAction(tr("Pause indexing"), self._toggle)
        self._menu.addSeparator()
        self._menu.addAction(tr("Quit Strongroom"), self.quit_wanted.emit)
        self._icon.setContextMenu(self._menu)
        self._icon.setToolTip(tr("Strongroom"))
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self.open_wanted)
        engine.received.connect(self._on_event)
        if self.available:
            self._icon.show()

    @property
    def available(self) -> bool:
        """Whether the desktop shows tray icons."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def say(self, title: str, text: str) -> None:
        """A notification, where the desktop shows them."""
        if self.available:
            self._icon.showMessage(title, text, self._icon.icon())

    def hide(self) -> None:
        self._icon.hide()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.open_wanted.emit()

    def _toggle(self) -> None:
        self._engine.send(PauseIndexing(paused=not self._paused))

    def _on_event(self, event: object) -> None:
        match event:
            case Indexing():
                self._paused = event.paused and event.why == "user"
                self._pause.setText(tr("Go on indexing") if self._paused else tr("Pause indexing"))
            case Progress():
                self._icon.setToolTip(_tooltip(event.progress))


def _tooltip(progress: ProgressValue | None) -> str:
    if progress is None or progress.model:
        return tr("Strongroom")
    return plural(
        progress.total,
        "Strongroom: reading a document",
        "Strongroom: {done} of {n} documents",
        done=progress.done,
    )


class LongIndex(QObject):
    """Says when a long index is done, while the user is elsewhere. `done` carries the number of
    documents that were read."""

    LONG_S = 60

    done = Signal(int)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._most = 0
        self._since = QElapsedTimer()
        engine.received.connect(self._on_event)

    def _on_event(self, event: object) -> None:
        if not isinstance(event, Progress):
            return
        if event.progress is not None:
            if not self._since.isValid():
                self._since.start()
            self._most = max(self._most, event.progress.done)
        elif self._since.isValid():
            seconds, read = self._since.elapsed() / 1000, self._most
            self._since.invalidate()
            self._most = 0
            if seconds >= self.LONG_S and read:
                self.done.emit(read)


def elsewhere(window: QWidget) -> bool:
    """Whether the user does something else than look at the window."""
    return not window.isVisible() or QApplication.activeWindow() is None
