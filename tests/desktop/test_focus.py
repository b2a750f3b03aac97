"""The focus ring follows the keyboard, and only the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from strongroom_desktop.focus import FocusRing
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Button, dress

Setting = tuple[QWidget, FocusRing, Button, QLineEdit]


@pytest.fixture
def setting(theme: Theme, qtbot: QtBot) -> Setting:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    first, second, field = Button(theme, "One"), Button(theme, "Two"), QLineEdit()
    for widget in (first, second, field):
        row.addWidget(widget)
    ring = FocusRing(theme, window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    return window, ring, second, field


def test_tab_shows_the_ring_around_the_button(setting: Setting) -> None:
    window, ring, second, _field = setting
    assert not ring.isVisible()
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
    assert window.focusWidget() is second
    assert ring.isVisible()
    assert ring.geometry() == second.geometry().adjusted(-3, -3, 3, 3)


def test_it_moves_with_its_button(setting: Setting) -> None:
    window, ring, second, _field = setting
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
    second.move(second.x() + 7, second.y())
    assert ring.geometry() == second.geometry().adjusted(-3, -3, 3, 3)


def test_the_mouse_takes_it_away(setting: Setting) -> None:
    window, ring, second, _field = setting
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert not ring.isVisible()


def test_it_does_not_touch_the_letters_of_a_link(setting: Setting) -> None:
    window, ring, second, _field = setting
    dress(second, kind="link")
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
    assert ring.geometry() == second.geometry().adjusted(-6, -3, 6, 3)


def test_fields_show_their_own(setting: Setting) -> None:
    window, ring, _second, field = setting
    for _ in range(2):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
    assert window.focusWidget() is field
    assert not ring.isVisible()
