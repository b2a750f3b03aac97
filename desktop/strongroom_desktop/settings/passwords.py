"""For which documents and folders a password is kept; each can be forgotten."""

from __future__ import annotations

from PySide6.QtCore import QObject

from strongroom_desktop.files import file_name
from strongroom_desktop.forms import Group, Row
from strongroom_desktop.settings.section import Context
from strongroom_desktop.widgets import Button
from strongroom_desktop.wording import tr
from strongroom_engine.protocol import Done, Failed, ForgetPassword, ListPasswords, Passwords


class PasswordRows(QObject):
    """Fills a group of the page: a row a password."""

    def __init__(self, context: Context, group: Group) -> None:
        super().__init__(group)
        self._context = context
        self._group = group
        self._forgetting: dict[int, Row] = {}
        self.rows: dict[str, Row] = {}
        context.engine.received.connect(self._on_event)
        self.show_paths(())

    def ask(self) -> None:
        """Others may have been given meanwhile."""
        self._context.engine.send(ListPasswords())

    def show_paths(self, paths: tuple[str, ...]) -> None:
        self._group.clear()
        self._forgetting.clear()
        self.rows = {path: self._row(path) for path in paths}
        theme = self._context.theme
        if not paths:
            line = tr("Documents that need one are listed under Problems")
            self._group.add(Row(theme, tr("None is kept"), line))
        for row in self.rows.values():
            self._group.add(row)

    def _row(self, path: str) -> Row:
        forget = Button(self._context.theme, tr("Forget"))
        name = file_name(path) or path
        forget.setAccessibleName(tr("Forget the password of “{name}”", name=name))
        row = Row(self._context.theme, name, path, forget)
        forget.clicked.connect(lambda: self._forget(path))
        return row

    def _forget(self, path: str) -> None:
        """What it opened stays in the library."""
        self._forgetting[self._context.engine.send(ForgetPassword(path=path))] = self.rows[path]

    def _on_event(self, event: object) -> None:
        match event:
            case Passwords():
                self.show_paths(event.paths)
            case Done() if event.id in self._forgetting:
                self._forgetting.pop(event.id)
                self.ask()
            case Failed() if event.id in self._forgetting:
                self._forgetting.pop(event.id).say(str(event.error))
            case _:
                pass
