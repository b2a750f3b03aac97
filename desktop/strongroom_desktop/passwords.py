"""Giving the password of documents: of one, of an archive, or of a folder with all in it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.controls import Choice
from strongroom_desktop.dialogs import Sheet
from strongroom_desktop.files import file_name, lies_in
from strongroom_desktop.kin import name_in_container, nearest_container
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.secret_field import SecretField
from strongroom_desktop.widgets import Button, dress, label
from strongroom_desktop.wording import number, plural, tr
from strongroom_engine.errors import NeedsPassword
from strongroom_engine.protocol import Failed, GivePassword, PasswordTried
from strongroom_engine.types import DocumentRecord, Unlocked

NEEDS_PASSWORD = NeedsPassword.code
"""The code of the problem that a password mends."""
_MOST_TARGETS = 9
_LONGEST = 34
"""Letters of a name in the list of what a password is for."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a password is for: `paths` are told to the engine, `name` stands in the list."""

    key: str
    name: str
    paths: tuple[str, ...]


def targets(records: Sequence[DocumentRecord], known: Sequence[str]) -> list[Target]:
    """What a password for these documents can be given for, the usual first: one alone, all in its
    archive or its folder; of several all of them, or those in one place. `known` are all that need
    one, by their paths."""
    if len(records) == 1:
        path = records[0].path
        own = Target(path, tr("Only this document"), (path,))
        around = dict.fromkeys(
            (nearest_container(path), os.path.dirname(path), records[0].source)  # noqa: PTH120 (a path of the engine)
        )
        return [own, *(_all_in(place, known) for place in around if place not in ("", path))]
    sources = tuple(dict.fromkeys(record.source for record in records))
    everything = tr("All {n} that need one", n=number(len(records)))
    counts = Counter(
        nearest_container(record.path) or os.path.dirname(record.path)  # noqa: PTH120 (as above)
        for record in records
    )
    places = [place for place, _ in counts.most_common(_MOST_TARGETS)]
    made = [Target("", everything, sources)]
    if len(places) > 1:
        made += [_all_in(place, known) for place in places]
    return made


def _all_in(place: str, known: Sequence[str]) -> Target:
    count = sum(lies_in(place, path) for path in known)
    name = shortened(file_name(place) or place)
    if count > 1:
        said = tr("All {n} in “{name}”", n=number(count), name=name)
    else:
        said = tr("All in “{name}”", name=name)
    return Target(place, said, (place,))


def shortened(name: str) -> str:
    """A name that is too long for a line, without its middle."""
    half = _LONGEST // 2
    return name if len(name) <= _LONGEST else f"{name[:half].rstrip()}\u2026{name[-half:].lstrip()}"


class PasswordSheet(Sheet):
    """Asks for a password until it fits, says in place when it does not. `opened` carries how many
    documents it opened, as often as one did."""

    opened = Signal(int)

    def __init__(
        self,
        parent: QWidget,
        engine: Engine,
        theme: Theme,
        records: Sequence[DocumentRecord],
        known: Sequence[DocumentRecord] = (),
    ) -> None:
        """`known` are all documents that need one, where that is known: for the figures."""
        super().__init__(parent, theme, _title(records), _text())
        self._engine = engine
        self._records = tuple(records)
        self._known = tuple(record.path for record in (known or records))
        self._waiting: set[int] = set()
        self._tried: list[Unlocked] = []
        self.choice = Choice(theme, tr("For which documents"))
        self.field = SecretField(theme, tr("Password"), of="password")
        self._said = label("", "ui", "error", wrap=True)
        self._busy = label(tr("Trying it…"), "ui", "text_2")
        self.go = Button(theme, tr("Open"), "primary")
        self._lay_out()
        engine.received.connect(self._on_event)

    def _lay_out(self) -> None:
        self.body.addSpacing(8)
        self.body.addWidget(self.field)
        self.body.addWidget(self.choice)
        self.body.addWidget(self._said)
        self.body.addWidget(self._busy)
        self._show_targets()
        self.say("")
        self._busy.hide()
        self.field.edited.connect(lambda: self.say(""))
        self.field.submitted.connect(self.submit)
        self.go.setDefault(True)
        self.go.clicked.connect(self.submit)
        cancel = self.cancel_button()
        cancel.clicked.connect(self._leave)
        self.finish(cancel, self.go, focus=self.field.field)

    def _show_targets(self) -> None:
        self._targets = {each.key: each for each in targets(self._records, self._known)}
        self.choice.set_choices([(each.key, each.name) for each in self._targets.values()])
        self.choice.show_value(next(iter(self._targets)))
        self.choice.setVisible(len(self._targets) > 1)

    # --- trying ----------------------------------------------------------------------------------

    def submit(self) -> None:
        """Let the engine try what was typed."""
        if self._waiting:
            return
        password = self.field.text()
        if not password:
            self.say(tr("Type the password."))
            return
        target = self._targets[self.choice.value]
        self._tried.clear()
        self._set_waiting(True)
        for path in target.paths:
            self._waiting.add(self._engine.send(GivePassword(path=path, password=password)))

    def _leave(self) -> None:
        for request in self._waiting:
            self._engine.cancel(request)
        self._waiting.clear()

    def _set_waiting(self, waiting: bool) -> None:
        for widget in (self.field, self.choice, self.go):
            widget.setEnabled(not waiting)
        self._busy.setVisible(waiting)

    def say(self, sentence: str, *, good: bool = False) -> None:
        dress(self._said, tone="text" if good else "error")
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def problem(self) -> str:
        """What is said to be wrong; '' when nothing is."""
        return self._said.text()

    # --- what came of it -------------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case PasswordTried() if event.id in self._waiting and event.tried is not None:
                self._waiting.discard(event.id)
                self._tried.append(event.tried)
                if not self._waiting:
                    self._judge()
            case Failed() if event.id in self._waiting:
                self._leave()
                self._again(str(event.error))
            case _:
                pass

    def _judge(self) -> None:
        """What still needs a password is asked for again."""
        opened = {path for one in self._tried for path in one.opened}
        locked = {path for one in self._tried for path in one.locked}
        self._known = tuple(path for path in self._known if path not in opened)
        self._records = tuple(one for one in self._records if one.path not in opened)
        if opened:
            self.opened.emit(len(opened))
        if not self._records:
            self.field.forget()
            self.accept()
        elif opened:
            self._show_targets()
            self.title.setText(_title(self._records))
            left = len(locked)
            self._again(_some(len(opened), left) if left else _opened(len(opened)), good=True)
        elif any(one.waiting for one in self._tried):
            self._again(tr("Indexing is paused: it is tried when indexing goes on."), good=True)
        else:
            self._again(_wrong(len(locked)))

    def _again(self, sentence: str, *, good: bool = False) -> None:
        self._set_waiting(False)
        self.field.forget()
        self.say(sentence, good=good)
        self.field.field.setFocus()


def _title(records: Sequence[DocumentRecord]) -> str:
    if len(records) == 1:
        return tr("Password of “{name}”", name=name_in_container(records[0].path))
    return tr("Passwords of {n} documents", n=number(len(records)))


def _text() -> str:
    return tr(
        "It stays on this computer: it is kept in the encrypted library, so that a document can be "
        "read again when it changes. Settings list for what one is kept, and forget it."
    )


def _opened(count: int) -> str:
    return plural(count, "It opened {n} document.", "It opened {n} documents.")


def _some(fitted: int, left: int) -> str:
    return plural(
        left,
        "It opened {fitted}, and {n} document still needs another one.",
        "It opened {fitted}, and {n} documents still need another one.",
        fitted=number(fitted),
    )


def _wrong(tried: int) -> str:
    if tried > 1:
        return tr("This password opens none of them. Capitals and small letters count.")
    return tr("This password does not open it. Capitals and small letters count.")
