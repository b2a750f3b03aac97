"""High contrast: the platform's own colours by role, without fills, with its edges.

Where the platform asks for it, text, links, selection and edges take the colours of its palette and
every surface its window's: nothing is told apart by a fill any more, glyphs and lines carry it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

_ROLE = QPalette.ColorRole
_TEXT = frozenset({"text", "text_2", "text_3", "warn", "error", "shadow"})
_EDGES = frozenset({"line", "line_strong", "control_line", "warn_line", "error_line", "bar_other"})
_CHOSEN = frozenset(
    {"accent", "accent_hover", "accent_pressed", "on_accent_soft", "focus", "mark_list"}
    | {"bar_weights", "bar_context", "bar_passages"}
)
_ON_CHOSEN = frozenset({"on_accent", "on_mark"})
_TOUCHED = frozenset({"hover", "selected", "pressed"})
_OF_PAGES = frozenset({"mark", "mark_other", "page_dim"})
"""Pages are white whatever the platform's colours are, and so are the marks on them."""


def forced_palette() -> QPalette | None:
    """The platform's palette where it asks for high contrast; None elsewhere."""
    styles = QGuiApplication.styleHints()  # its part lives as long as this does
    hints = styles.accessibility()
    if hints.contrastPreference() != Qt.ContrastPreference.HighContrast:
        return None
    QGuiApplication.setPalette(QPalette())  # ours out of the way: it is the platform's then
    return QPalette(QGuiApplication.palette())


def color(palette: QPalette, role: str) -> QColor | None:
    """What a role of tokens.json is in the platform's palette; None where it stays as it is."""
    if role in _OF_PAGES:
        return None
    if role == "text_disabled":
        return palette.color(QPalette.ColorGroup.Disabled, _ROLE.WindowText)
    if role in _TOUCHED:  # text stands on it, and it must be seen
        return _mixed(palette.color(_ROLE.Window), palette.color(_ROLE.WindowText), 0.25)
    return palette.color(
        next((own for own, roles in _ROLES.items() if role in roles), _ROLE.Window)
    )


_ROLES = {
    _ROLE.WindowText: _TEXT | _EDGES,
    _ROLE.Highlight: _CHOSEN,
    _ROLE.HighlightedText: _ON_CHOSEN,
}


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    def between(a: int, b: int) -> int:
        return round(a + (b - a) * share)

    return QColor(
        between(one.red(), other.red()),
        between(one.green(), other.green()),
        between(one.blue(), other.blue()),
    )
