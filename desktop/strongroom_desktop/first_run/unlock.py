"""The passphrase: of a library that exists, or, twice, for a new one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.erase_sheet import EraseSheet
from strongroom_desktop.first_run.sheet import Sheet
from strongroom_desktop.look.grown import grow
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.secret_field import SecretField, strength, wrong_pair
from strongroom_desktop.widgets import Button, Paragraph, label
from strongroom_desktop.wording import tr
from strongroom_engine.protocol import Done, EraseLibrary, Failed, Hello
from strongroom_engine.protocol import Unlock as UnlockRequest


class Unlock(Sheet):
    """`unlocked` when the key fits; a wrong one changes nothing."""

    unlocked = Signal()

    def __init__(self, engine: Engine, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._engine = engine
        self._new = False
        self._request = self._erasing = 0
        self._title = label(face="display", wrap=True)
        self._text = Paragraph(theme)
        self._first, self._second = (
            self._make_field(name) for name in (tr("Passphrase"), tr("The same again"))
        )
        self.passphrase, self.again = self._first.field, self._second.field
        self._strength = label("", "small", "text_2", wrap=True)
        self._wrong = label(face="ui", tone="error", wrap=True)
        self.go = Button(theme, tr("Open"), "primary")
        self.lost = Button(theme, tr("The passphrase is lost…"), "plain")
        self._lay_out()
        engine.received.connect(self._on_event)

    def _make_field(self, name: str) -> SecretField:
        field = SecretField(self.theme, name)
        grow(self.theme, field, field.setMaximumWidth, 400)
        field.edited.connect(self._on_edit)
        field.submitted.connect(self.submit)
        return field

    def _on_edit(self) -> None:
        self.say("")
        words = strength(self.passphrase.text()) if self._new else ""
        self._strength.setText(words)
        self._strength.setVisible(bool(words))

    def _lay_out(self) -> None:
        for widget, gap in (
            (self._title, 8),
            (self._text, 24),
            (self._first, 8),
            (self._strength, 8),
            (self._second, 8),
            (self._wrong, 8),
        ):
            self.column.addWidget(widget)
            self.column.addSpacing(gap)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.go)
        row.addWidget(self.lost)
        row.addStretch(1)
        self.column.addLayout(row)
        self.lost.clicked.connect(self._ask_erase)
        self.go.clicked.connect(self.submit)
        self.say("")

    def ask_for(self, *, new: bool) -> None:
        """Ask for the passphrase of a new library, or of the one there is."""
        self._new = new
        self._second.setVisible(new)
        self.lost.setVisible(not new)
        self._set_waiting(False)
        self._title.setText(tr("Choose a passphrase") if new else tr("Open the library"))
        self._text.set_text(
            tr(
                "The library is encrypted with it. It is kept nowhere: without it, nobody can read "
                "the library again, you included. Your documents stay as they are."
            )
            if new
            else tr("It is encrypted. Its passphrase is not kept anywhere.")
        )
        self.go.setText(tr("Make the library") if new else tr("Open"))
        self._on_edit()
        self.passphrase.setFocus()

    def say(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    def problem(self) -> str:
        """What is said to be wrong; '' when nothing is."""
        return self._wrong.text()

    def submit(self) -> None:
        """Check what can be checked here, then ask the engine."""
        passphrase = self.passphrase.text()
        if wrong := self._what_is_wrong(passphrase):
            self.say(wrong)
            return
        self._set_waiting(True)
        self._request = self._engine.send(UnlockRequest(passphrase=passphrase, create=self._new))

    def _ask_erase(self) -> None:
        """Without its passphrase a library is of no use: one can begin anew."""
        sheet = EraseSheet(self, self.theme, None)
        sheet.accepted.connect(self._erase)

    def _erase(self) -> None:
        self._set_waiting(True)
        self._erasing = self._engine.send(EraseLibrary())

    def _what_is_wrong(self, passphrase: str) -> str:
        if not passphrase:
            return tr("Type the passphrase.")
        return wrong_pair(passphrase, self.again.text()) if self._new else ""

    def _set_waiting(self, waiting: bool) -> None:
        for widget in (self._first, self._second, self.go, self.lost):
            widget.setEnabled(not waiting)

    def _on_event(self, event: object) -> None:
        match event:
            case Hello(locked=locked) if locked:
                self.ask_for(new=locked == "new-passphrase")
            case Done(id=number) if number == self._request != 0:
                self._request = 0
                self._forget()
                self.unlocked.emit()
            case Failed(id=number) if number == self._request != 0:
                self._request = 0
                self._set_waiting(False)
                self.say(str(event.error))
                self.passphrase.setFocus()
                self.passphrase.selectAll()
            case Failed(id=number) if number == self._erasing != 0:
                self._erasing = 0
                self._set_waiting(False)
                self.say(str(event.error))
            case _:
                pass

    def _forget(self) -> None:
        self._first.forget()
        self._second.forget()
        self._set_waiting(False)
