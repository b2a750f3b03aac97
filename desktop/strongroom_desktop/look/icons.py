"""Lucide's icons, drawn from SVG at the exact size of the target, in the theme's colours.

The colour is asked for when an icon is painted, so a change of theme needs a repaint and no new
icons. Pixmaps are cached by name, colour, size and ratio.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from strongroom_desktop.paths import assets_folder

ColorOf = Callable[[str], QColor]

_CACHED_PIXMAPS = 512


def icon(
    name: str,
    color: ColorOf,
    role: str = "text_2",
    *,
    active: str = "",
    checked: str = "",
    directional: bool = False,
) -> QIcon:
    """The icon `name` in the colour role `role`.

    `active` is the role under the pointer, `checked` the role when on; both default to `role`.
    `directional` icons (arrows, chevrons to a side) are mirrored in right-to-left layouts.
    """
    if name not in names():
        raise KeyError(f"no icon {name!r} in assets/icons")
    roles = {
        (QIcon.Mode.Disabled, QIcon.State.Off): "text_disabled",
        (QIcon.Mode.Disabled, QIcon.State.On): "text_disabled",
        (QIcon.Mode.Active, QIcon.State.Off): active or role,
        (QIcon.Mode.Normal, QIcon.State.On): checked or role,
        (QIcon.Mode.Active, QIcon.State.On): checked or active or role,
    }
    return QIcon(_Engine(name, color, role, roles, directional))


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """The icons there are."""
    return frozenset(file.stem for file in (assets_folder() / "icons").glob("*.svg"))


def paint(
    painter: QPainter, name: str, color: QColor, rect: QRectF, *, mirrored: bool = False
) -> None:
    """Paint the icon into `rect`, on whole device pixels."""
    ratio = painter.device().devicePixelRatio() if painter.device() else 1.0
    side = round(min(rect.width(), rect.height()) * ratio)
    pixmap = _pixmap(name, color.rgba(), side, mirrored)
    copy = QPixmap(pixmap)
    copy.setDevicePixelRatio(ratio)
    shift = side / ratio / 2
    at = rect.center()
    x = round((at.x() - shift) * ratio) / ratio
    y = round((at.y() - shift) * ratio) / ratio
    painter.drawPixmap(QRectF(x, y, side / ratio, side / ratio), copy, QRectF(copy.rect()))


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    return (assets_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=_CACHED_PIXMAPS)
def _pixmap(name: str, rgba: int, side: int, mirrored: bool) -> QPixmap:
    color = QColor.fromRgba(rgba)
    svg = _svg(name).replace("currentColor", color.name(QColor.NameFormat.HexRgb))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(color.alphaF())
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap.transformed(QTransform.fromScale(-1, 1)) if mirrored else pixmap


class _Engine(QIconEngine):
    def __init__(
        self,
        name: str,
        color: ColorOf,
        role: str,
        roles: dict[tuple[QIcon.Mode, QIcon.State], str],
        directional: bool,
    ) -> None:
        super().__init__()
        self._name = name
        self._color = color
        self._role = role
        self._roles = roles
        self._directional = directional

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint(
            painter,
            self._name,
            self._color_for(mode, state),
            QRectF(_leading(rect, min(rect.width(), rect.height()), painter.layoutDirection())),
            mirrored=self._mirrored(painter.layoutDirection()),
        )

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        whole = QPixmap(size * scale)
        whole.fill(Qt.GlobalColor.transparent)
        side = min(whole.width(), whole.height())
        color = self._color_for(mode, state)
        pixmap = _pixmap(self._name, color.rgba(), side, self._mirrored(_direction()))
        painter = QPainter(whole)
        painter.drawPixmap(_leading(whole.rect(), side, _direction()).topLeft(), pixmap)
        painter.end()
        whole.setDevicePixelRatio(scale)
        return whole

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._color, self._role, self._roles, self._directional)

    def _color_for(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        return self._color(self._roles.get((mode, state), self._role))

    def _mirrored(self, direction: Qt.LayoutDirection) -> bool:
        return self._directional and direction == Qt.LayoutDirection.RightToLeft


def _leading(rect: QRect, side: int, direction: Qt.LayoutDirection) -> QRect:
    """The square at the leading edge of `rect`: a wider icon is a square and a gap after it."""
    right = direction == Qt.LayoutDirection.RightToLeft
    x = rect.right() + 1 - side if right else rect.left()
    return QRect(x, rect.top() + (rect.height() - side) // 2, side, side)


def _direction() -> Qt.LayoutDirection:
    return QGuiApplication.layoutDirection()
