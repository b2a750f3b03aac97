"""What every section of the page has: the engine, the look, the settings; and rows bound to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.controls import Check, Choice, NumberField, Segments, as_number
from strongroom_desktop.forms import Group, Row
from strongroom_desktop.look.looks import is_on
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.settings.values import Values
from strongroom_desktop.shortcuts import Keys
from strongroom_desktop.widgets import label
from strongroom_desktop.wording import number
from strongroom_engine.types import SettingValue

OWN = ""
"""The key of the choice that leaves a setting to Strongroom."""


@dataclass(frozen=True, slots=True)
class Context:
    """What sections work with. `kept` are the window's own settings; without
    them nothing is remembered."""

    engine: Engine
    theme: Theme
    kept: QSettings | None
    values: Values
    keys: Keys


class Section(QWidget):
    """Groups of rows, one below the other. `entered` is called each time it is shown."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.theme = context.theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(context.theme.space(6))
        self.rows: dict[str, Row] = {}
        context.values.refused.connect(self._on_refused)
        context.values.taken.connect(lambda name: self._say(name, ""))

    def entered(self) -> None:
        """Ask for what may be different by now."""

    def group(self, title: str) -> Group:
        group = Group(title)
        self.column.addWidget(group)
        return group

    def _on_refused(self, name: str, why: str) -> None:
        self._say(name, why)

    def _say(self, name: str, why: str) -> None:
        if name in self.rows:
            self.rows[name].say(why)

    # --- rows of the engine's settings -----------------------------------------------------------

    def check(self, group: Group, name: str, title: str, line: str = "") -> None:
        """A row with a check box for a setting that is on or off."""
        box = Check(title)
        box.chosen.connect(lambda on: self.context.values.change({name: on}))
        self._bind(
            group,
            name,
            Row(self.theme, title, line, box),
            lambda value: box.show_value(bool(value)),
        )

    def pick(
        self,
        group: Group,
        name: str,
        title: str,
        line: str,
        control: Segments | Choice,
        *,
        to_value: Callable[[str], SettingValue] = lambda key: key or None,
        other: Callable[[SettingValue], str] = str,
    ) -> Row:
        """A row whose choices stand for values; one that is none of them is named by `other`."""
        control.chosen.connect(lambda key: self.context.values.change({name: to_value(key)}))

        def show(value: SettingValue) -> None:
            key = OWN if value is None else as_key(value)
            if isinstance(control, Choice):
                control.show_value(key, other(value))
            else:
                control.show_value(key)

        row = Row(self.theme, title, line, control)
        self._bind(group, name, row, show)
        return row

    def count(
        self, group: Group, name: str, title: str, line: str, *, unit: str = "", step: int = 1
    ) -> None:
        """A row with a number; Strongroom's bounds are said when they are passed."""
        field = NumberField(self.theme, title, step=step)

        def change(text: str) -> None:
            value = as_number(text)
            asked: SettingValue = (
                text if value is None else int(value) if value.is_integer() else value
            )
            self.context.values.change({name: asked})

        field.chosen.connect(change)
        row = Row(self.theme, title, line, field, *_unit(unit))
        self._bind(group, name, row, lambda value: field.show_value(_figure(value)))

    def _bind(
        self, group: Group, name: str, row: Row, show: Callable[[SettingValue], object]
    ) -> None:
        self.rows[name] = row
        group.add(row)
        values = self.context.values

        def follow() -> None:
            if values.report is not None:
                show(values.value(name))

        values.told.connect(follow)
        follow()

    # --- rows of the window's own settings -------------------------------------------------------

    def keep(self, group: Group, key: str, title: str, line: str, *, usual: bool) -> Row:
        """A row with a check box that is kept in the window's settings."""
        kept = self.context.kept
        box = Check(title)
        box.show_value(is_on(kept, key, usual=usual))
        if kept is not None:
            box.chosen.connect(lambda on: kept.setValue(key, int(on)))
        row = Row(self.theme, title, line, box)
        group.add(row)
        return row


def as_key(value: SettingValue) -> str:
    """A value as a choice's key: 4096.0 and 4096 are the same."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _figure(value: SettingValue) -> str:
    if not isinstance(value, (int, float)):
        return ""
    return number(value) if float(value).is_integer() else number(value, 1)


def _unit(unit: str) -> list[QWidget]:
    return [label(unit, "ui", "text_2")] if unit else []
