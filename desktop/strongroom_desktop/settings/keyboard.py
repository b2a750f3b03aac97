"""Keyboard: every key with what it does, searchable; those of the whole window can be changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from strongroom_desktop.forms import Group, Row
from strongroom_desktop.keys import key_cap
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.settings.section import Context, Section
from strongroom_desktop.shortcuts import Keys, Shortcut, shortcuts
from strongroom_desktop.text import isolated
from strongroom_desktop.widgets import Button, IconButton, label
from strongroom_desktop.wording import tr

_MODIFIERS = frozenset(
    {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}
)


class Keyboard(Section):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.column.setSpacing(context.theme.space(5))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search keys and what they do"))
        self.search.setAccessibleName(tr("Search keys and what they do"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.column.addWidget(self.search)
        self._groups: dict[str, tuple[Group, list[KeyRow]]] = {}
        for one in shortcuts():
            if one.group not in self._groups:
                self._groups[one.group] = (self.group(one.group), [])
            group, rows = self._groups[one.group]
            row = KeyRow(context.theme, context.keys, one)
            rows.append(row)
            group.add(row)
        self._none = label(tr("No key does that."), "ui", "text_2")
        self._none.hide()
        self.column.addWidget(self._none)

    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        found = False
        for group, rows in self._groups.values():
            shown = [row for row in rows if all(word in row.words() for word in wanted)]
            group.show_only(shown if wanted else rows)
            found = found or bool(shown) or not wanted
        self._none.setVisible(not found)


class KeyRow(Row):
    """One key. 'Change' waits for the new one; Esc leaves it."""

    def __init__(self, theme: Theme, keys: Keys, shortcut: Shortcut) -> None:
        self._keys, self.shortcut = keys, shortcut
        self.button = KeyButton(theme, shortcut.text)
        self.back = IconButton(theme, "undo-2", tr("Back to the usual key"))
        self._cap = key_cap("")
        fixed = not shortcut.everywhere
        controls: list[QWidget] = [self._cap] if fixed else [self.back, self.button]
        super().__init__(theme, shortcut.text, "", *controls, dense=True)
        self.button.pressed_keys.connect(self._change)
        self.back.clicked.connect(lambda: keys.change(shortcut.key, None))
        keys.changed.connect(self._show)
        self._show()

    def words(self) -> str:
        """What is searched."""
        return f"{self.shortcut.text} {self._native()}".casefold()

    def _native(self) -> str:
        return self._keys.sequence(self.shortcut.key).toString(
            QKeySequence.SequenceFormat.NativeText
        )

    def _show(self) -> None:
        self._cap.setText(isolated(self._native()))
        self.button.show_keys(self._native())
        usual = QKeySequence(self.shortcut.sequence)
        self.back.setVisible(self._keys.sequence(self.shortcut.key) != usual)

    def _change(self, sequence: QKeySequence) -> None:
        taken = self._keys.taken_by(sequence)
        if taken is not None and taken.key != self.shortcut.key:
            self.say(
                tr(
                    "{keys} is taken: “{what}”.",
                    keys=sequence.toString(QKeySequence.SequenceFormat.NativeText),
                    what=taken.text,
                )
            )
            return
        self.say("")
        self._keys.change(self.shortcut.key, sequence)


class KeyButton(Button):
    """Shows a key; pressed, it takes the next one. `pressed_keys` carries it."""

    pressed_keys = Signal(QKeySequence)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, "", "framed")
        self._name, self._keys = name, ""
        self.setCheckable(True)
        self.toggled.connect(lambda _on: self._say())

    def show_keys(self, keys: str) -> None:
        self._keys = keys
        self._say()

    def _say(self) -> None:
        self.setText(tr("Press the new key") if self.isChecked() else isolated(self._keys))
        self.setAccessibleName(tr("Key for “{name}”: {keys}", name=self._name, keys=self._keys))

    def event(self, event: QEvent) -> bool:
        """While it waits, every key is for it, and none for the window."""
        if self.isChecked() and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in _MODIFIERS:
            return
        self.setChecked(False)
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            return
        self.pressed_keys.emit(QKeySequence(event.keyCombination()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.setChecked(False)
        super().focusOutEvent(event)
