"""What outlives a window: the engine, the language, the tray; and how a window is opened and left.

The window is built anew when the language changes. When it is closed, Strongroom ends, or it goes
on watching in the background if the user wants that: a second start, or the tray, shows it again.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QSettings, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from strongroom_desktop import kin
from strongroom_desktop.client import Engine
from strongroom_desktop.frame.tray import LongIndex, Tray, elsewhere
from strongroom_desktop.frame.window import Window
from strongroom_desktop.look.looks import is_on, restore_look
from strongroom_desktop.look.style import dress_application
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.paths import assets_folder
from strongroom_desktop.selection import Selection
from strongroom_desktop.shortcuts import Keys
from strongroom_desktop.wording import (
    SOURCE_LANGUAGE,
    languages,
    plural,
    text_direction,
    tr,
    use_language,
)

LANGUAGE, KEEP, NOTIFY = "look/language", "background/keep", "background/notify"


class Shell(QObject):
    """Owns the window of now. `ended`: the engine is gone, the process may go too."""

    ended = Signal()

    def __init__(
        self,
        engine: Engine,
        settings: QSettings,
        *,
        log_folder: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine, self._settings, self._log_folder = engine, settings, log_folder
        self._waits_for_answer = ""
        engine.received.connect(kin.learn)  # before anyone shows what it says
        use_language(_language(settings))
        _set_direction()
        self.tray = self._make_tray()
        self.window = self._make_window()
        self._long = LongIndex(engine, self)
        self._long.done.connect(self._on_long_index)
        engine.ended.connect(self._on_ended)

    # --- the window ------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the window, in front where the platform lets a program do that."""
        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def quit(self) -> None:
        """End the engine, and with it everything."""
        self.window.save()
        self.window.hide()
        self._engine.stop()

    def choose_language(self, code: str) -> None:
        """Speak another language: with a new window, as soon as no answer is being written."""
        self._settings.setValue(LANGUAGE, code)
        if self.window.conversation.answering:
            self._waits_for_answer = code
            return
        self._waits_for_answer = ""
        use_language(code)
        _set_direction()
        self._replace_window()

    def _replace_window(self) -> None:
        old = self.window
        old.save()
        state = old.state()
        self.tray.hide()
        self.tray.deleteLater()  # or it would go on following the engine, unseen
        self.tray = self._make_tray()
        self.window = self._make_window()
        self.window.restore_state(state)
        self.window.setVisible(old.isVisible())
        old.leave()

    def _make_window(self) -> Window:
        theme = _theme(self._settings)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        dress_application(application, theme)
        keys, selection = Keys(self._settings), Selection()
        window = Window(
            self._engine,
            selection,
            theme,
            settings=self._settings,
            log_folder=self._log_folder,
            keys=keys,
        )
        for owned in (theme, keys, selection):
            owned.setParent(window)
        window.setWindowIcon(application_icon())
        window.closed.connect(self._on_closed)
        window.quit_wanted.connect(self.quit)
        window.language_chosen.connect(self.choose_language)
        window.conversation.answering_changed.connect(self._on_answering)
        return window

    def _make_tray(self) -> Tray:
        tray = Tray(self._engine, application_icon(), self)
        tray.open_wanted.connect(self.show)
        tray.quit_wanted.connect(self.quit)
        return tray

    def _on_answering(self, answering: bool) -> None:
        if self._waits_for_answer and not answering:
            self.choose_language(self._waits_for_answer)

    # --- leaving it ------------------------------------------------------------------------------

    def _on_closed(self) -> None:
        if not self.keeps_watching:
            self._engine.stop()
        elif not self._settings.value("background/said"):
            self._settings.setValue("background/said", 1)
            self.tray.say(
                tr("Strongroom goes on watching your folders"),
                tr(
                    "Open it from the tray, or by starting it again. Quit with {keys}.",
                    keys="Ctrl+Q",
                ),
            )

    @property
    def keeps_watching(self) -> bool:
        """Whether a closed window leaves the engine at work; usual where there is a tray."""
        return is_on(self._settings, KEEP, usual=self.tray.available)

    def _on_ended(self) -> None:
        self.tray.hide()
        self.ended.emit()

    def _on_long_index(self, documents: int) -> None:
        if not is_on(self._settings, NOTIFY, usual=True) or not elsewhere(self.window):
            return
        read = plural(documents, "{n} document was read.", "{n} documents were read.")
        self.tray.say(tr("Your documents can be asked"), read)
        QApplication.alert(self.window)


def application_icon() -> QIcon:
    return QIcon(str(assets_folder() / "brand" / "strongroom.svg"))


def _language(settings: QSettings) -> str:
    """The language that was chosen, or the platform's where the window speaks it."""
    chosen = str(settings.value(LANGUAGE, "")) or QLocale.system().name().partition("_")[0]
    return chosen if chosen in languages() else SOURCE_LANGUAGE


def _set_direction() -> None:
    """Lay windows out in the direction in which the language is read."""
    QApplication.setLayoutDirection(text_direction())


def _theme(settings: QSettings) -> Theme:
    theme = Theme()
    restore_look(theme, settings)
    return theme
