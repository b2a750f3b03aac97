"""A row with an icon, a name, what there is to say of it, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import as_tooltip
from strongroom_desktop.widgets import ElidedLabel, Glyph, dress, label, rule, set_margins


class Line(QWidget):
    """`chosen` when it is clicked, or Enter is pressed on it; only where it was made to be."""

    chosen = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: tuple[str, str],
        name: str,
        detail: str,
        *,
        choosable: bool = False,
        tooltip: str = "",
    ) -> None:
        super().__init__()
        self._choosable = choosable
        self._theme = theme
        theme.changed.connect(self._size)
        self._size()
        self.setAccessibleName(f"{name}, {detail}" if detail else name)
        dress(self, surface="row" if choosable else "none")
        if choosable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.row = QHBoxLayout(self)
        set_margins(self.row, 0, 0, 4, 0)
        self.row.setSpacing(8)
        self.row.addWidget(Glyph(theme, *icon))
        self.row.addWidget(ElidedLabel(name), 3)
        if detail:
            end = Qt.TextElideMode.ElideRight
            said = ElidedLabel(detail, "small", "text_2", end)
            said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            said.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self.row.addWidget(said, 2)
        if tooltip:
            self.setToolTip(as_tooltip(tooltip))

    def _size(self) -> None:
        self.setFixedHeight(self._theme.control("row_list"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._choosable and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._choosable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


class Section(QWidget):
    """A heading with rows beneath it, hairlines between them; gone while it has none."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title: QLabel = label(title, "ui_strong")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addLayout(self._rows)
        self.hide()

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    @property
    def lines(self) -> list[Line]:
        items = (self._rows.itemAt(n) for n in range(self._rows.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Line)]

    def show_lines(self, lines: list[Line]) -> None:
        """Show these rows in place of those that there were."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, line in enumerate(lines):
            if number:
                self._rows.addWidget(rule())
            self._rows.addWidget(line)
        self.setVisible(bool(lines))
