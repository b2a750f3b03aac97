"""What the user chose of the look, kept in the window's settings."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from strongroom_desktop.look.theme import READING_FONTS, SCHEMES, Theme

SCHEME, TEXT, READING, DIM = "look/scheme", "look/text_percent", "look/reading", "look/dim_pages"


def restore_look(theme: Theme, settings: QSettings) -> None:
    """Give the theme what was kept; what is no such value is passed over."""
    scheme, text = str(settings.value(SCHEME, "")), str(settings.value(TEXT, ""))
    if scheme in SCHEMES:
        theme.set_scheme(scheme)
    if text.isdecimal():
        theme.set_text_percent(int(text))
    theme.set_reading_font(str(settings.value(READING, READING_FONTS[0])))
    theme.set_dims_pages(is_on(settings, DIM, usual=True))


def keep_look(theme: Theme, settings: QSettings) -> None:
    """Keep it for the next start."""
    settings.setValue(SCHEME, theme.scheme)
    settings.setValue(TEXT, theme.text_percent)
    settings.setValue(READING, theme.reading_font)
    settings.setValue(DIM, int(theme.dims_pages))


def is_on(settings: QSettings | None, key: str, *, usual: bool) -> bool:
    """Whether a switch that is kept in the settings is on."""
    if settings is None:
        return usual
    return str(settings.value(key, int(usual))).lower() in ("1", "true")
