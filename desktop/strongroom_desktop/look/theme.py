"""The look of everything, made from the tokens: colours, fonts, distances, palette, style sheet.

One `Theme` for the application. It follows the platform's colour scheme unless told otherwise,
takes the platform's own colours where that asks for high contrast (`contrast.py`), and emits `changed` after palette and style sheet were applied anew: painted things repaint then.

Style sheets are the files `assets/design/*.qss`, in the order of their names; `${role}` stands for
a colour, `${h_row}` for a control's height, `${r_panel}` for a radius, `${px_16}` for a length that
grows with the text, `${size_ui}`, `${weight_ui}` for type. Widgets are chosen by object name or by
the dynamic properties of `widgets.py`; no widget has a style sheet of its own.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from strongroom_desktop.look import contrast, icons
from strongroom_desktop.look.fonts import mono_font, serif_font, ui_font
from strongroom_desktop.look.tokens import Scheme, tokens
from strongroom_desktop.paths import assets_folder

SCHEMES = ("system", "light", "dark")
TEXT_PERCENT = (90, 100, 115, 130, 150)
READING_FONTS = ("system", "serif")

_TABULAR = frozenset({"micro", "small", "ui", "ui_strong", "title"})
"""Type roles whose figures change or stand in columns."""
_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
_WEIGHTS = {400: QFont.Weight.Normal, 500: QFont.Weight.Medium, 600: QFont.Weight.DemiBold}


class Theme(QObject):
    """Colours, fonts and distances by role, in the scheme and text size of now."""

    changed = Signal()

    def __init__(
        self, scheme: str = "system", text_percent: int = 100, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._text = text_percent
        self._reading = READING_FONTS[0]
        self._dims_pages = True
        self._forced: QPalette | None = None
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_platform_change)
        hints.accessibility().contrastPreferenceChanged.connect(self.apply)

    # --- what is set -----------------------------------------------------------------------------

    @property
    def scheme(self) -> str:
        """What was asked for: 'system', 'light' or 'dark'."""
        return self._scheme

    @property
    def shown(self) -> Scheme:
        """What is shown: 'light' or 'dark'."""
        if self._scheme == "system":
            platform = QGuiApplication.styleHints().colorScheme()
            return "dark" if platform == Qt.ColorScheme.Dark else "light"
        return "dark" if self._scheme == "dark" else "light"

    @property
    def dark(self) -> bool:
        return self.shown == "dark"

    @property
    def text_percent(self) -> int:
        return self._text

    def set_scheme(self, scheme: str) -> None:
        if scheme != self._scheme:
            self._scheme = scheme
            self.apply()

    def set_text_percent(self, percent: int) -> None:
        """Text size, 90 to 150; type, lines and rows grow together."""
        percent = max(TEXT_PERCENT[0], min(TEXT_PERCENT[-1], percent))
        if percent != self._text:
            self._text = percent
            self.apply()

    def step_text(self, by: int) -> None:
        """The next larger (1) or smaller (-1) of the text sizes that can be chosen."""
        sizes = range(len(TEXT_PERCENT))
        at = min(sizes, key=lambda n: abs(TEXT_PERCENT[n] - self._text))
        self.set_text_percent(TEXT_PERCENT[max(0, min(at + by, len(TEXT_PERCENT) - 1))])

    @property
    def reading_font(self) -> str:
        """The font of answers and text documents: 'system', or 'serif'."""
        return self._reading

    def set_reading_font(self, name: str) -> None:
        if name in READING_FONTS and name != self._reading:
            self._reading = name
            self.apply()

    @property
    def dims_pages(self) -> bool:
        """Whether white pages are toned down in the dark theme."""
        return self._dims_pages

    def set_dims_pages(self, on: bool) -> None:
        if on != self._dims_pages:
            self._dims_pages = on
            self.changed.emit()

    @property
    def high_contrast(self) -> bool:
        """Whether the platform's own colours are shown, because it asks for high contrast."""
        return self._forced is not None

    def apply(self) -> None:
        """Give the application its palette, font and style sheet, and say `changed`."""
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        self._forced = contrast.forced_palette()
        application.setFont(self.font("ui"))
        application.setPalette(self.palette())
        application.setStyleSheet(self.style_sheet())
        self.changed.emit()

    # --- what is asked ---------------------------------------------------------------------------

    def color(self, role: str) -> QColor:
        """The colour of a role of tokens.json: 'text', 'accent', 'mark' …"""
        if self._forced is not None and (forced := contrast.color(self._forced, role)):
            return forced
        if role == "page_dim" and not self._dims_pages:
            return QColor(Qt.GlobalColor.white)
        return QColor(tokens().color[self.shown][role])

    def font(self, role: str, *, weight: int | None = None) -> QFont:
        """The font of a type role: 'small', 'ui', 'reading' …"""
        spec = tokens().type[role]
        serif = role == "reading" and self._reading == "serif"
        font = QFont(serif_font() if serif else ui_font())
        font.setPixelSize(self.px(spec.size))
        font.setWeight(_WEIGHTS[weight or spec.weight])
        if role in _TABULAR:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def mono_font(self) -> QFont:
        """The fixed font, for prompts and traces, at the size of 'small'."""
        font = QFont(mono_font())
        font.setPixelSize(self.px(tokens().type["small"].size))
        return font

    def line_height(self, role: str) -> int:
        """The line height of a type role in pixels, grown with the text."""
        return self.px(tokens().type[role].line)

    def px(self, length: float) -> int:
        """A length that grows with the text size."""
        return round(length * self._text / 100)

    def space(self, step: int) -> int:
        """A distance: 1 to 7 are 4, 8, 12, 16, 24, 32, 48 pixels. It does not grow."""
        return tokens().space[str(step)]

    def control(self, name: str) -> int:
        """The height of a control or row: 'normal', 'row', 'header', 'ask' …; grows with text."""
        return self.px(tokens().control[name])

    def radius(self, name: str) -> int:
        return tokens().radius[name]

    def icon_size(self, name: str = "normal") -> int:
        """'small' 14, 'normal' 16, 'large' 20, grown with the text."""
        return self.px(tokens().icon[name])

    def measure(self, name: str = "answer_column") -> int:
        """A width of text, grown with it: the answer column is 512 pixels at 100 %."""
        value = tokens().measure[name]
        assert isinstance(value, int)
        return self.px(value)

    def motion(self, name: str) -> int:
        """A duration in ms; 0 where the platform asks for less motion."""
        value = tokens().motion[name]
        assert isinstance(value, int)
        return value if QApplication.isEffectEnabled(Qt.UIEffect.UI_General) else 0

    def icon(
        self,
        name: str,
        role: str = "text_2",
        *,
        active: str = "",
        checked: str = "",
        directional: bool = False,
    ) -> QIcon:
        """A lucide icon of assets/icons in a colour role; it follows the theme by itself."""
        return icons.icon(
            name, self.color, role, active=active, checked=checked, directional=directional
        )

    # --- what is made ----------------------------------------------------------------------------

    def palette(self) -> QPalette:
        """The palette for whatever the style sheet does not reach."""
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.color(name))
        for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("text_disabled"))
        return palette

    def style_sheet(self) -> str:
        """All style sheets with the tokens filled in."""
        files = sorted((assets_folder() / "design").glob("*.qss"))
        text = "\n".join(file.read_text(encoding="utf-8") for file in files)
        return _PLACEHOLDER.sub(lambda match: self._value(match[1]), text)

    def _value(self, name: str) -> str:
        """What a placeholder of a style sheet stands for."""
        kind, _, rest = name.partition("_")
        match kind:
            case "h":
                return f"{self.control(rest)}px"
            case "r":
                return f"{self.radius(rest)}px"
            case "px":
                return f"{self.px(int(rest))}px"
            case "size":
                return f"{self.px(tokens().type[rest].size)}px"
            case "weight":
                return str(tokens().type[rest].weight)
            case _:
                return self.color(name).name()

    def _on_platform_change(self) -> None:
        if self._scheme == "system":
            self.apply()


_ROLE = QPalette.ColorRole
_PALETTE = {
    _ROLE.Window: "canvas",
    _ROLE.WindowText: "text",
    _ROLE.Base: "canvas",
    _ROLE.AlternateBase: "sunken",
    _ROLE.Text: "text",
    _ROLE.PlaceholderText: "text_3",
    _ROLE.Button: "raised",
    _ROLE.ButtonText: "text",
    _ROLE.BrightText: "error",
    _ROLE.ToolTipBase: "raised",
    _ROLE.ToolTipText: "text",
    _ROLE.Highlight: "accent",
    _ROLE.HighlightedText: "on_accent",
    _ROLE.Accent: "accent",
    _ROLE.Link: "accent",
    _ROLE.LinkVisited: "accent",
    _ROLE.Light: "raised",
    _ROLE.Midlight: "hover",
    _ROLE.Mid: "line",
    _ROLE.Dark: "line_strong",
    _ROLE.Shadow: "shadow",
}
