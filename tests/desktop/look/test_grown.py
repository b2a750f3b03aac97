"""Sizes that grow with the text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from strongroom_desktop.look.grown import grow
from strongroom_desktop.look.theme import Theme


def test_a_size_follows_the_text(theme: Theme) -> None:
    widget = QWidget()
    grow(theme, widget, widget.setFixedWidth, 120)
    assert widget.width() == 120
    theme.set_text_percent(150)
    assert widget.width() == 180


def test_it_ends_with_its_widget(theme: Theme) -> None:
    widget = QWidget()
    called: list[int] = []
    grow(theme, widget, called.append, 100)
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.set_text_percent(150)
    assert called == [100]
