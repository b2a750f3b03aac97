"""The small controls that every region uses, dressed by `assets/design/base.qss`.

What a widget looks like is said by dynamic properties: `surface`, `face` (type role), `tone`
(colour role of the text) and, on buttons, `kind`: 'primary', 'framed', 'plain', 'icon', 'link',
'segment'.
"""

from __future__ import annotations

import html

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from strongroom_desktop.look import icons
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import as_tooltip, at_edge, with_keys

ICON_GAP_PX = 4
"""Qt leaves 4 pixels between icon and text; this makes them 8."""


def dress(widget: QWidget, **properties: str) -> None:
    """Set dynamic properties and let the style sheet look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    if "surface" in properties:
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def label(text: str = "", face: str = "ui", tone: str = "text", *, wrap: bool = False) -> QLabel:
    """A label in plain text: titles and names are never taken for markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setAlignment(leading())
    dress(made, face=face, tone=tone)
    return made


def leading() -> Qt.AlignmentFlag:
    """The edge where reading begins, whatever direction the words of a label have: a Hebrew name
    stands with the others, and so does an English one in a window that is read from the right."""
    return at_edge(QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft)


def set_margins(layout: QLayout, leading: int, top: int, trailing: int, bottom: int) -> None:
    """Contents margins by reading direction: layouts mirror themselves, their margins do not."""
    mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    left, right = (trailing, leading) if mirrored else (leading, trailing)
    layout.setContentsMargins(left, top, right, bottom)


class Paragraph(QLabel):
    """Our own words over several lines, with the type role's line height."""

    def __init__(
        self, theme: Theme, text: str = "", face: str = "reading", tone: str = "text_2"
    ) -> None:
        super().__init__()
        self._theme = theme
        self._face = face
        self._text = text
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(leading())
        dress(self, face=face, tone=tone)
        theme.changed.connect(self._show)
        self._show()

    def set_text(self, text: str) -> None:
        self._text = text
        self._show()

    def plain_text(self) -> str:
        return self._text

    def _show(self) -> None:
        height = self._theme.line_height(self._face)
        self.setAccessibleName(self._text)
        self.setText(f'<p style="line-height: {height}px; margin: 0">{html.escape(self._text)}</p>')


def rule(*, vertical: bool = False) -> QWidget:
    """A hairline."""
    line = QWidget()
    dress(line, surface="rule")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def bare_scroll(content: QWidget) -> QScrollArea:
    """A scroll area that shows nothing of itself but a bar where one is needed."""
    scroll = QScrollArea()
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    dress(content, surface="none")
    scroll.setWidget(content)
    scroll.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return scroll


class Button(QPushButton):
    """A button; with an icon, 8 pixels stand between icon and text."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        kind: str = "framed",
        *,
        icon: str = "",
        role: str = "",
        directional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if icon:
            role = role or {"primary": "on_accent", "link": "accent"}.get(kind, "text_2")
            self.setIcon(theme.icon(icon, role, directional=directional))
            theme.changed.connect(self._size_icon)
            self._size_icon()
        dress(self, kind=kind)

    def setText(self, text: str) -> None:
        super().setText(text)
        if not self.icon().isNull():
            self._size_icon()

    def _size_icon(self) -> None:
        side = self._theme.icon_size()
        self.setIconSize(QSize(side + (ICON_GAP_PX if self.text() else 0), side))


class IconButton(Button):
    """A square button with an icon alone; its name is read out and shown as the tooltip."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        *,
        keys: str = "",
        role: str = "text_2",
        directional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme, "", "icon", icon=icon, role=role, directional=directional, parent=parent
        )
        self.setAccessibleName(name)
        self.setToolTip(with_keys(name, keys))


class ElidedLabel(QLabel):
    """A label that shortens its text in the middle, or at its end, to the width there is."""

    def __init__(
        self,
        text: str = "",
        face: str = "ui",
        tone: str = "text",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__()
        self._text = text
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAlignment(leading())
        dress(self, face=face, tone=tone)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def full_text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(
            self.fontMetrics().horizontalAdvance(self._text) + 2, super().sizeHint().height()
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._text, self._mode, self.width())
        self.setText(shown)
        self.setToolTip(as_tooltip(self._text) if shown != self._text else "")


class Glyph(QWidget):
    """An icon that only shows, 16 pixels, in a colour role."""

    def __init__(self, theme: Theme, name: str, role: str, size: str = "normal") -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._role = role
        self._size_name = size
        theme.changed.connect(self._size)
        self._size()

    def show_icon(self, name: str, role: str) -> None:
        self._name, self._role = name, role
        self.update()

    def _size(self) -> None:
        side = self._theme.icon_size(self._size_name)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint(painter, self._name, self._theme.color(self._role), QRectF(self.rect()))


class Bar(QWidget):
    """A progress bar: a line of `height` pixels, filled from the leading edge."""

    def __init__(self, theme: Theme, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share = 0.0
        self.setFixedHeight(height)
        theme.changed.connect(self.update)

    @property
    def share(self) -> float:
        return self._share

    def set_share(self, share: float) -> None:
        share = min(max(share, 0.0), 1.0)
        if share != self._share:
            self._share = share
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_bar(painter, QRectF(self.rect()), self._theme, self._share, self.layoutDirection())


def paint_bar(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    share: float,
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
) -> None:
    """The track in `line`, the part that is done in `accent`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = rect.height() / 2
    painter.setBrush(theme.color("line"))
    painter.drawRoundedRect(rect, radius, radius)
    done = QRectF(rect)
    done.setWidth(rect.width() * share)
    if direction == Qt.LayoutDirection.RightToLeft:
        done.moveRight(rect.right())
    painter.setBrush(theme.color("accent"))
    if done.width() >= 1:
        painter.drawRoundedRect(done, radius, radius)
    painter.restore()
