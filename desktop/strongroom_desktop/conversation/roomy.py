"""A column of widgets that keeps room beneath them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget


class Roomy(QWidget):
    """Widgets stand one below the other in `column`, whose last item is the free room."""

    def __init__(self, below: int) -> None:
        """`below`: pixels kept free under everything."""
        super().__init__()
        self.setMinimumWidth(1)  # a layout takes the height for the least width there is room for
        self._strut = QSpacerItem(0, 0)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(0, 0, 0, below)
        self.column.setSpacing(0)
        self._beside = QHBoxLayout(self)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(0)
        self._beside.addLayout(self.column, 1)
        self._beside.addItem(self._strut)

    def set_least_height(self, height: int) -> None:
        """Keep room to grow into; more is taken when it is needed."""
        fixed = QSizePolicy.Policy.Fixed
        self._strut.changeSize(0, height, fixed, QSizePolicy.Policy.Minimum)
        self._beside.invalidate()
        self.updateGeometry()

    def append(self, widget: QWidget, gap: int) -> None:
        """Put a widget under what there is, above the free room at the end."""
        end = self.column.count() - 1
        self.column.insertSpacing(end, gap)
        self.column.insertWidget(end + 1, widget)
