"""The engine's settings as the page shows them: asked for, changed one by one, refused or taken."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from strongroom_desktop.client import Engine
from strongroom_engine.protocol import ChangeSettings, Failed, GetSettings, Ready, SettingsTold
from strongroom_engine.types import Setting, SettingsReport, SettingValue


class Values(QObject):
    """`told`: there is a report, or another one. `refused` carries a setting's name and the
    sentence that says why it stays as it was; `taken` the name of one that was changed."""

    told = Signal()
    refused = Signal(str, str)
    taken = Signal(str)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._report: SettingsReport | None = None
        self._changing: dict[int, tuple[str, ...]] = {}
        engine.received.connect(self._on_event)

    def ask(self) -> None:
        """Ask for them anew: another window, or the file itself, may have changed them."""
        self._engine.send(GetSettings())

    @property
    def report(self) -> SettingsReport | None:
        return self._report

    def value(self, name: str) -> SettingValue:
        """The value of a setting; None before they are told."""
        return self._report.value(name) if self._report else None

    def setting(self, name: str) -> Setting | None:
        settings = self._report.settings if self._report else ()
        return next((one for one in settings if one.name == name), None)

    @property
    def waiting(self) -> tuple[str, ...]:
        """What takes effect when the engine is started again."""
        return self._report.waiting if self._report else ()

    def change(self, values: Mapping[str, SettingValue]) -> None:
        """Change these together; None gives one its default back."""
        number = self._engine.send(ChangeSettings(values=dict(values)))
        self._changing[number] = tuple(values)

    def _on_event(self, event: object) -> None:
        match event:
            case Ready() if event.plan is None:
                self.ask()
            case SettingsTold() if event.report is not None:
                self._report = event.report
                self.told.emit()
                for name in self._changing.pop(event.id, ()):
                    self.taken.emit(name)
            case Failed() if event.id in self._changing:
                for name in self._changing.pop(event.id):
                    self.refused.emit(name, str(event.error))
                self.told.emit()  # what was shown ahead goes back
            case _:
                pass
