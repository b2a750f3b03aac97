"""High contrast of the platform: its own colours, and no role that cannot be told apart."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from strongroom_desktop.look import contrast
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.look.tokens import tokens


def high_contrast() -> QPalette:
    """White on black with a cyan selection, as a platform has it."""
    palette = QPalette()
    for role, name in (
        (QPalette.ColorRole.Window, "#000000"),
        (QPalette.ColorRole.WindowText, "#ffffff"),
        (QPalette.ColorRole.Highlight, "#1aebff"),
        (QPalette.ColorRole.HighlightedText, "#000000"),
    ):
        palette.setColor(role, QColor(name))
    return palette


def luminance(color: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def ratio(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def forced(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Theme:
    monkeypatch.setattr(contrast, "forced_palette", high_contrast)
    theme.apply()
    return theme


def test_the_platforms_colours_are_taken_and_given_back(
    forced: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert forced.high_contrast
    surfaces = {forced.color(name).name() for name in ("chrome", "canvas", "sunken", "accent_soft")}
    assert surfaces == {"#000000"}
    assert forced.color("line").name() == "#ffffff"  # edges carry what fills did
    monkeypatch.setattr(contrast, "forced_palette", lambda: None)
    forced.apply()
    assert not forced.high_contrast
    assert forced.color("canvas").name().upper() == tokens().color["light"]["canvas"]


@pytest.mark.parametrize("text", ["text", "text_2", "text_3", "warn", "error", "accent"])
@pytest.mark.parametrize("surface", ["canvas", "chrome", "raised", "hover", "selected"])
def test_text_stands_out_on_every_surface(forced: Theme, text: str, surface: str) -> None:
    assert ratio(forced.color(text), forced.color(surface)) >= 7


@pytest.mark.parametrize(
    ("text", "surface"),
    [("on_accent", "accent"), ("on_mark", "mark_list"), ("on_accent_soft", "accent_soft")],
)
def test_what_stands_on_a_fill_can_be_read(forced: Theme, text: str, surface: str) -> None:
    assert ratio(forced.color(text), forced.color(surface)) >= 7


def test_pages_and_their_marks_stay_as_they_are(forced: Theme) -> None:
    assert forced.color("mark").name().upper() == tokens().color["light"]["mark"]


def test_the_offscreen_platform_asks_for_nothing() -> None:
    assert contrast.forced_palette() is None
