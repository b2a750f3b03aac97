"""The menus of a grid's head: export, columns, and what concerns the grid as a whole."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from strongroom_desktop.dialogs import confirm
from strongroom_desktop.exporting import choose_file
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review.actions import Actions
from strongroom_desktop.review.head import GridHead
from strongroom_desktop.review.sheets import ask_name
from strongroom_desktop.wording import tr


class HeadMenus(QObject):
    """`documents_wanted`: choose others; `removal_wanted` carries the review's name."""

    documents_wanted = Signal()
    removal_wanted = Signal(str)

    def __init__(self, theme: Theme, head: GridHead, actions: Actions) -> None:
        super().__init__(head)
        self._theme, self._head, self._actions = theme, head, actions

    def open_export(self) -> None:
        menu = QMenu(self._head)
        for ending, kind in (("xlsx", tr("Excel workbook")), ("csv", tr("CSV table"))):
            action = menu.addAction(tr("{kind} (.{ending})…", kind=kind, ending=ending))
            action.triggered.connect(
                lambda _on=False, ending=ending, kind=kind: choose_file(
                    self._head,
                    PurePath(self._actions.session.name).stem,
                    ending,
                    kind,
                    self._actions.session.export,
                )
            )
        _drop(menu, self._head.export)

    def open_columns(self) -> None:
        menu = QMenu(self._head)
        for section, column in enumerate(self._actions.model.columns):
            action = menu.addAction(_short(column.title))
            action.setCheckable(True)
            action.setChecked(not self._actions.table.isColumnHidden(section))
            action.toggled.connect(
                lambda on, section=section: self._actions.table.set_shown(section, on)
            )
        _drop(menu, self._head.columns)

    def open_more(self) -> None:
        menu = QMenu(self._head)
        menu.addAction(tr("Rename…")).triggered.connect(self.rename)
        menu.addAction(tr("Documents…")).triggered.connect(self.documents_wanted.emit)
        menu.addAction(tr("Ask everything again…")).triggered.connect(self._ask_everything)
        menu.addSeparator()
        menu.addAction(tr("Remove…")).triggered.connect(
            lambda: self.removal_wanted.emit(self._actions.session.name)
        )
        _drop(menu, self._head.more)

    def rename(self) -> None:
        before = self._actions.session.name

        def then(name: str) -> None:
            if name and name != before:
                self._actions.session.rename(name)

        ask_name(self._head, self._theme, before, then)

    def _ask_everything(self) -> None:
        confirm(
            self._head,
            self._theme,
            tr("Ask everything again?"),
            tr("Every question is put to every document anew. What you wrote yourself stays."),
            action=tr("Ask again"),
            then=lambda: self._actions.ask_again(
                [each.question for each in self._actions.model.columns],
                self._actions.model.documents,
            ),
        )


def _short(text: str) -> str:
    """A question as a menu takes it."""
    flat = " ".join(text.split()).replace("&", "&&")
    return flat if len(flat) <= 60 else f"{flat[:59].rstrip()}…"


def _drop(menu: QMenu, button: QWidget) -> None:
    """Beneath the button, its far edges aligned."""
    menu.aboutToHide.connect(menu.deleteLater)
    spare = 0 if button.isRightToLeft() else button.width() - menu.sizeHint().width()
    menu.popup(button.mapToGlobal(QPoint(min(spare, 0), button.height() + 4)))
