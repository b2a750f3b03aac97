"""The platform's fonts, or the best of the tokens' that is installed."""

from __future__ import annotations

import sys
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from strongroom_desktop.look.tokens import tokens

_GENERIC = frozenset({"", "sans", "sans serif", "sans-serif", "monospace", "mono"})
"""What fontconfig answers where the desktop has chosen nothing."""


@lru_cache(maxsize=1)
def ui_font() -> QFont:
    return _system_font("ui", QFontDatabase.SystemFont.GeneralFont)


@lru_cache(maxsize=1)
def serif_font() -> QFont:
    """The platform's serif for reading, as the tokens name it; else what it takes for a serif."""
    font = QFont(ui_font())
    installed = [
        family for family in tokens().families("reading_option") if QFontDatabase.hasFamily(family)
    ]
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setFamilies([*installed, "serif"])
    return font


@lru_cache(maxsize=1)
def mono_font() -> QFont:
    return _system_font("mono", QFontDatabase.SystemFont.FixedFont)


def _system_font(kind: str, system: QFontDatabase.SystemFont) -> QFont:
    """The platform's font, or the best of the tokens' that is installed."""
    font = QFontDatabase.systemFont(system)
    own = font.family()
    families = [*tokens().families(kind)]
    if sys.platform not in ("darwin", "win32") and own.lower() not in _GENERIC:
        families.insert(0, own)
    installed = [family for family in families if QFontDatabase.hasFamily(family)]
    font.setFamilies([*installed, own])
    if sys.platform not in ("darwin", "win32"):
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
