"""Rows of the page of models: one a model file, with what it takes to get one that is not here."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from strongroom_desktop.look.grown import grow
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.models import words
from strongroom_desktop.text import as_tooltip
from strongroom_desktop.widgets import (
    Button,
    ElidedLabel,
    Glyph,
    IconButton,
    Paragraph,
    dress,
    label,
    rule,
    set_margins,
)
from strongroom_desktop.wording import tr
from strongroom_engine.types import KnownModel

SIZE_PX, FITS_PX, FITS_SHORT_PX, SPEED_PX, ACTIONS_PX = 72, 232, 132, 92, 120
"""Widths of the columns at 100 % text size; the name takes what is left."""
SPEED_BELOW_PX, SHORT_BELOW_PX = 720, 600
"""Below so wide a row (at 100 % text size) the speed is left out, or the figures of what fits."""
_BEFORE_FITS_PX = 16
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class Columns:
    """The cells of one row, as wide as there is room for."""

    def __init__(self, theme: Theme, size: QWidget, fits: QWidget, speed: QWidget) -> None:
        self._theme = theme
        self._size, self._fits, self._speed = size, fits, speed

    def fit(self, width: int) -> bool:
        """Give the cells their widths; whether there is room for the figures of what fits."""
        px = self._theme.px
        roomy = width >= px(SHORT_BELOW_PX)
        for cell in (self._size, self._fits, self._speed):
            cell.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._size.setFixedWidth(px(SIZE_PX))
        self._fits.setFixedWidth(px(FITS_PX if roomy else FITS_SHORT_PX))
        self._speed.setFixedWidth(px(SPEED_PX))
        self._speed.setVisible(width >= px(SPEED_BELOW_PX))
        return roomy


_ROW = "row_table"


class _FittedRow(QWidget):
    """A row whose columns follow its width."""

    _columns: Columns

    def minimumSizeHint(self) -> QSize:
        """Its cells may be wide now and narrow in less room."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        self._columns.fit(self.width())


class Head(_FittedRow):
    """The names of the columns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = _row(self, theme)
        size = _cell(tr("Size"), "small", "text_2")
        size.setAlignment(_END)
        fits = _cell(tr("On this computer"), "small", "text_2")
        fits.setIndent(_BEFORE_FITS_PX)
        speed = _cell(tr("Speed"), "small", "text_2")
        row.addWidget(_cell(tr("Model"), "small", "text_2"), 1)
        actions = QWidget()
        grow(theme, actions, actions.setFixedWidth, ACTIONS_PX)
        for cell in (size, fits, speed, actions):
            row.addWidget(cell)
        self._columns = Columns(theme, size, fits, speed)
        theme.changed.connect(self._fit_columns)


class ModelRow(_FittedRow):
    """One model file. `used`, `removed` ask for that; `copied` says that there is something on the
    clipboard."""

    used = Signal()
    removed = Signal()
    copied = Signal()

    def __init__(self, theme: Theme, model: KnownModel, *, alone: bool) -> None:
        """`alone`: no other row has its name, so that its kind need not be said."""
        super().__init__()
        self._theme = theme
        self.model = model
        self._how: QWidget | None = None
        self._action: Button | None = None
        self.setAccessibleName(f"{model.name}, {words.fits(model)}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        line = QWidget()
        line.setFixedHeight(theme.control(_ROW))
        row = _row(line, theme)
        row.addLayout(self._name(alone=alone), 1)
        size = _cell(words.gigabytes(model.size), "ui", "text_2")
        size.setAlignment(_END)
        self._fits = _cell("", "ui", "text_2")
        speed = _cell(words.rate(model.speed), "ui", "text_2")
        fits = self._fit()
        for cell in (size, fits, speed, self._actions()):
            row.addWidget(cell)
        self._columns = Columns(theme, size, fits, speed)
        column.addWidget(line)
        self._column = column
        theme.changed.connect(lambda: line.setFixedHeight(theme.control(_ROW)))
        theme.changed.connect(self._fit_columns)

    def _fit_columns(self) -> None:
        roomy = self._columns.fit(self.width())
        self._beside.setVisible(roomy)
        self._fits.set_text(words.fits(self.model, short=not roomy))
        self._fits.setToolTip(as_tooltip(words.fits_in_full(self.model)))

    def _name(self, *, alone: bool) -> QHBoxLayout:
        name = ElidedLabel(self.model.name, "ui_medium", mode=Qt.TextElideMode.ElideRight)
        name.setToolTip(as_tooltip(words.technical(self.model)))
        known = "" if self.model.licence == "unknown" else self.model.licence
        more = known if alone else self.model.quantization
        self._beside = _cell(more, "small", "text_3")
        self._beside.setToolTip(as_tooltip(words.technical(self.model)))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(name)
        row.addWidget(self._beside, 1)
        return row

    def _fit(self) -> QWidget:
        frame = QWidget()
        row = QHBoxLayout(frame)
        set_margins(row, _BEFORE_FITS_PX, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Glyph(self._theme, *_GLYPHS[_kind(self.model)]))
        row.addWidget(self._fits, 1)
        return frame

    def _actions(self) -> QWidget:
        frame = QWidget()
        grow(self._theme, frame, frame.setFixedWidth, ACTIONS_PX)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        if self.model.in_use:
            row.addWidget(label(tr("In use"), "ui", "text_2"))
            return frame
        if self.model.here:
            row.addWidget(self._remove())
        if not self.model.here or self.model.fit != "not":
            row.addWidget(self._make_action())
        return frame

    def _make_action(self) -> Button:
        name = tr("Use") if self.model.here else tr("How to get it")
        self._action = Button(self._theme, name, "link")
        self._action.setAccessibleName(f"{name}: {self.model.name}")
        self._action.clicked.connect(self.used if self.model.here else self.unfold)
        return self._action

    def _remove(self) -> IconButton:
        button = IconButton(self._theme, "trash-2", tr("Remove this model"), role="text_3")
        button.setAccessibleName(tr("Remove {name}", name=self.model.name))
        button.clicked.connect(self.removed)
        return button

    @property
    def action(self) -> Button | None:
        """'Use' or 'How to get it', where there is one."""
        return self._action

    # --- how to get it ---------------------------------------------------------------------------

    def unfold(self) -> None:
        """Show how to get the file, or hide that again."""
        if self._how is not None:
            self._how.setVisible(self._how.isHidden())
            return
        self._how = QWidget()
        dress(self._how, surface="panel")
        inside = QVBoxLayout(self._how)
        set_margins(inside, 16, 12, 16, 12)
        inside.setSpacing(10)
        text = Paragraph(self._theme, words.how_to_get(self.model), "ui", "text_2")
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(text)
        copy = Button(self._theme, tr("Copy name and fingerprint"), icon="copy")
        copy.clicked.connect(self._copy)
        inside.addWidget(copy)
        self._column.addWidget(self._how)
        self._column.addSpacing(12)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(words.to_copy(self.model))
        self.copied.emit()


_GLYPHS = {
    "whole": ("circle-check", "accent"),
    "slow": ("circle-minus", "warn"),
    "partly": ("circle-minus", "warn"),
    "not": ("circle-alert", "text_3"),
}


def _kind(model: KnownModel) -> str:
    return "slow" if model.fit == "whole" and model.slow_s else model.fit


def _row(widget: QWidget, theme: Theme) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.space(2))
    return row


def _cell(text: str, face: str, tone: str) -> ElidedLabel:
    """A text that takes the share of the width it is given, whatever it says."""
    cell = ElidedLabel(text, face, tone, Qt.TextElideMode.ElideRight)
    cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return cell
