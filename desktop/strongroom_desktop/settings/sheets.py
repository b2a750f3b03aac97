"""The dialog of the library's passphrase."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.dialogs import Sheet
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.secret_field import SecretField, strength, wrong_pair
from strongroom_desktop.widgets import Button, label
from strongroom_desktop.wording import tr
from strongroom_engine.protocol import ChangePassphrase, Done, Failed


class PassphraseSheet(Sheet):
    """Asks for the passphrase until now, where there is one, and twice for the new one; or gives
    the key to the keyring. `changed` when the engine has done it."""

    changed = Signal()

    def __init__(
        self, parent: QWidget, engine: Engine, theme: Theme, *, had: bool, to_keyring: bool = False
    ) -> None:
        super().__init__(parent, theme, _title(had, to_keyring), _text(to_keyring))
        self._engine, self._to_keyring, self._had = engine, to_keyring, had
        self._request = 0
        self.old = SecretField(theme, tr("Passphrase until now"))
        self.new = SecretField(theme, tr("New passphrase"))
        self.again = SecretField(theme, tr("The same again"))
        self._strength = label("", "small", "text_2", wrap=True)
        self._wrong = label("", "ui", "error", wrap=True)
        self.go = Button(theme, _action(had, to_keyring), "primary")
        self._lay_out()
        engine.received.connect(self._on_event)

    def _lay_out(self) -> None:
        self.body.addSpacing(8)
        for field in (self.old, self.new, self.again):
            field.edited.connect(self._on_edit)
            field.submitted.connect(self.submit)
            self.body.addWidget(field)
            if field is self.new:
                self.body.addWidget(self._strength)
        self.body.addWidget(self._wrong)
        self.old.setVisible(self._had)
        for field in (self.new, self.again):
            field.setVisible(not self._to_keyring)
        self.say("")
        self._strength.hide()
        self.go.setDefault(True)
        self.go.clicked.connect(self.submit)
        first = self.old if self._had else self.new
        self.finish(self.cancel_button(), self.go, focus=first)

    def say(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    def problem(self) -> str:
        """What is said to be wrong; '' when nothing is."""
        return self._wrong.text()

    def submit(self) -> None:
        """Check what can be checked here, then ask the engine."""
        if self._request:
            return
        if wrong := self._what_is_wrong():
            self.say(wrong)
            return
        new = "" if self._to_keyring else self.new.text()
        self._set_waiting(True)
        self._request = self._engine.send(ChangePassphrase(old=self.old.text(), new=new))

    def _what_is_wrong(self) -> str:
        if self._had and not self.old.text():
            return tr("Type the passphrase until now.")
        if self._to_keyring:
            return ""
        return wrong_pair(self.new.text(), self.again.text())

    def _on_edit(self) -> None:
        self.say("")
        words = strength(self.new.text())
        self._strength.setText(words)
        self._strength.setVisible(bool(words))

    def _set_waiting(self, waiting: bool) -> None:
        for widget in (self.old, self.new, self.again, self.go):
            widget.setEnabled(not waiting)

    def _on_event(self, event: object) -> None:
        match event:
            case Done(id=number) if number == self._request != 0:
                self._request = 0
                for field in (self.old, self.new, self.again):
                    field.forget()
                self.changed.emit()
                self.accept()
            case Failed(id=number) if number == self._request != 0:
                self._request = 0
                self._set_waiting(False)
                self.say(str(event.error))
                (self.old if self._had else self.new).setFocus()
            case _:
                pass


def _title(had: bool, to_keyring: bool) -> str:
    if to_keyring:
        return tr("Let the keyring open the library")
    return tr("Change the passphrase") if had else tr("Protect the library with a passphrase")


def _text(to_keyring: bool) -> str:
    if to_keyring:
        return tr(
            "This computer's keyring keeps the key from now on: whoever is logged in as you can "
            "open the library."
        )
    return tr(
        "It is kept nowhere: without it, nobody can read the library again, you included. Copies "
        "of the library that were made before still open as they did."
    )


def _action(had: bool, to_keyring: bool) -> str:
    if to_keyring:
        return tr("Use the keyring")
    return tr("Change passphrase") if had else tr("Set passphrase")
