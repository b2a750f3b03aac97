"""The text of one answer: it streams, carries chips, and is walked from chip to chip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from strongroom_desktop.conversation.chips import (
    CHIP,
    NUMBER,
    OBJECT,
    TAG,
    WORD_JOINER,
    ChipObject,
    TagObject,
    no_source,
)
from strongroom_desktop.conversation.document import Notes, Writer, notes
from strongroom_desktop.conversation.fitted import FittedText
from strongroom_desktop.conversation.markdown import Block, parse
from strongroom_desktop.keys import takes
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import native
from strongroom_desktop.wording import tr
from strongroom_engine.types import Doubt, Sentence

HOVER_MS = 300
STREAM_MS = 33
"""Pieces of an answer are gathered for so long before they are drawn."""
_CARET_PX = 5
_MENU_PX = 320
_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class AnswerText(FittedText):
    """`chip_shown` carries a citation's number and the chip's rectangle (0 when none is shown any
    more) after the pointer rested on it or the keyboard came to it; `chip_opened` the number;
    `link_chosen` where a link goes that was clicked: nothing is opened here."""

    chip_shown = Signal(int, QRect)
    chip_opened = Signal(int)
    link_chosen = Signal(str)
    _focused = -1
    """The index of the chip that the keyboard or the pointer is on; Qt sends events early."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._text = ""
        self._sentences: tuple[Sentence, ...] = ()
        self._doubts: tuple[Doubt, ...] = ()
        self._blocks: tuple[Block, ...] = ()
        self._writing = False
        self._objects: list[tuple[int, int]] = []
        self._chips: list[tuple[int, int]] = []
        self._writer = Writer(self.document(), theme)
        self._chip_object = ChipObject(theme, self)
        layout = self.document().documentLayout()
        layout.registerHandler(CHIP, self._chip_object)
        layout.registerHandler(TAG, TagObject(theme, self))
        self._rest = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._rest.timeout.connect(self._show_hovered)
        self._gather = QTimer(self, singleShot=True, interval=STREAM_MS)
        self._gather.timeout.connect(self._draw_stream)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(tr("Answer"))
        theme.changed.connect(self._on_theme)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def text(self) -> str:
        return self._text

    @property
    def numbers(self) -> list[int]:
        """The numbers of the chips in the order in which they stand."""
        return [n for _, n in self._chips]

    def append(self, piece: str) -> None:
        """More of the answer; it is drawn a moment later, together with what comes till then."""
        self._text += piece
        self._writing = True
        if not self._gather.isActive():
            self._gather.start()

    def finish(
        self, text: str, sentences: Sequence[Sentence] = (), doubts: Sequence[Doubt] = ()
    ) -> None:
        """The answer as it stays, with its sentences' chips and marks, and what is doubtful."""
        self._gather.stop()
        self._writing = False
        self._text = text
        self._sentences = tuple(sentences)
        self._doubts = tuple(doubts)
        self._blocks = parse(text)
        self._redraw(self._blocks, self._notes(), keep=0)
        self._find_chips()

    def set_open(self, n: int) -> None:
        """Draw the chips of the citation that is open in the reader filled; 0 for none."""
        if n != self._chip_object.open_n:
            self._chip_object.open_n = n
            self.viewport().update()

    def focus_chip(self, index: int) -> None:
        """Give the keyboard to a chip; -1 to none."""
        self._focused = index
        self._fill(self._chips[index][0] if index >= 0 else -1)
        if index >= 0:
            position, n = self._chips[index]
            self.chip_shown.emit(n, self._chip_rect(position))
        else:
            self.chip_shown.emit(0, QRect())

    def _draw_stream(self) -> None:
        blocks = parse(self._text)
        same = [old == new for old, new in zip(self._blocks, blocks, strict=False)]
        keep = same.index(False) if False in same else len(same)
        self._redraw(blocks, Notes(), keep)

    def _redraw(self, blocks: tuple[Block, ...], remarks: Notes, keep: int) -> None:
        self._writer.write(blocks, remarks, keep)
        self._blocks = blocks
        self.viewport().update()

    def _find_chips(self) -> None:
        self._objects = []
        block = self.document().begin()
        while block.isValid():
            iterator = block.begin()
            while not iterator.atEnd():
                fragment = iterator.fragment()
                if fragment.charFormat().objectType() in (CHIP, TAG):
                    n = fragment.charFormat().intProperty(NUMBER)  # 0 for a tag
                    places = range(fragment.position(), fragment.position() + fragment.length())
                    self._objects += [(place, n) for place in places]
                iterator += 1
            block = block.next()
        self._chips = [each for each in self._objects if each[1]]

    def _on_theme(self) -> None:
        self._writer = Writer(self.document(), self.theme)
        self._redraw(self._blocks, self._notes(), keep=0)

    def _notes(self) -> Notes:
        return Notes() if self._writing else notes(self._sentences, self._blocks, self._doubts)

    # --- drawing ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._writing:
            painter = QPainter(self.viewport())
            painter.fillRect(self._caret(), self.theme.color("accent"))

    def _caret(self) -> QRectF:
        """The block caret behind the last word while the answer is being written."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        place = self.cursorRect(cursor)
        left = min(place.left() + 1, self.viewport().width() - _CARET_PX)
        return QRectF(left, place.center().y() - 9, _CARET_PX, 18)

    # --- the pointer -----------------------------------------------------------------------------

    def chip_at(self, point: QPoint) -> int:
        """The index of the chip under a point of the viewport, -1 for none."""
        for index, (position, _) in enumerate(self._chips):
            if self._chip_rect(position).adjusted(-1, -4, 1, 4).contains(point):
                return index
        return -1

    def _chip_rect(self, position: int) -> QRect:
        """Where the chip at a text position stands, in the viewport's coordinates."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        left = self.cursorRect(cursor)
        cursor.setPosition(position + 1)
        right = self.cursorRect(cursor)
        x = sorted((left.left(), right.left()))
        return QRect(x[0] + 3, left.center().y() - 7, max(x[1] - x[0] - 5, 12), 16)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.chip_at(event.position().toPoint())
        over = index >= 0 or bool(self.anchorAt(event.position().toPoint()))
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        position = self._chips[index][0] if index >= 0 else -1
        if position != self._chip_object.filled:
            self._focused = index
            self._fill(position)
            self._rest.start()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._rest.stop()
        if not self.hasFocus():
            self.focus_chip(-1)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.chip_at(event.position().toPoint())
        if index >= 0 and not self.textCursor().hasSelection():
            self._rest.stop()
            self.chip_opened.emit(self._chips[index][1])
            return
        href = self.anchorAt(event.position().toPoint())
        if href and not self.textCursor().hasSelection():
            self.link_chosen.emit(href)
            return
        super().mouseReleaseEvent(event)

    def _show_hovered(self) -> None:
        self.focus_chip(self._focused)

    def _fill(self, position: int) -> None:
        self._chip_object.filled = position
        self.viewport().update()

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied: chips as [n], the tag as [no source]."""
        cursor = self.textCursor()
        shown = cursor.selection().toPlainText().replace(WORD_JOINER, "")
        inside = [
            f" [{n}]" if n else f" [{no_source()}]"
            for place, n in self._objects
            if cursor.selectionStart() <= place < cursor.selectionEnd()
        ]
        first, *rest = shown.split(OBJECT)
        # Qt's own object, not one of Python's: the clipboard may hold it longer than Python runs.
        plain = QTextEdit()
        plain.setPlainText(first + "".join(map("".join, zip(inside, rest, strict=False))))
        plain.selectAll()
        return plain.createMimeDataFromSelection()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Links can be chosen by the keyboard here, too."""
        menu = QMenu(self)
        copy = menu.addAction(f"{tr('Copy')}\t{native('Ctrl+C')}", self.copy)
        copy.setEnabled(self.textCursor().hasSelection())
        menu.addAction(f"{tr('Select all')}\t{native('Ctrl+A')}", self.selectAll)
        for href in dict.fromkeys(run.href for block in self._blocks for run in block.runs):
            if href:
                shown = self.fontMetrics().elidedText(href, Qt.TextElideMode.ElideMiddle, _MENU_PX)
                action = menu.addAction(tr("Open {address}…", address=shown).replace("&", "&&"))
                action.triggered.connect(lambda _on, href=href: self.link_chosen.emit(href))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    # --- the keyboard ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        return (self._focused >= 0 and takes(event, Qt.Key.Key_Escape)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        back = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        steps = {Qt.Key.Key_Right: -1 if back else 1, Qt.Key.Key_Left: 1 if back else -1}
        plain = event.modifiers() in (_NONE, Qt.KeyboardModifier.KeypadModifier)
        if plain and key in steps and self._chips:
            self.focus_chip(max(0, min(self._focused + steps[Qt.Key(key)], len(self._chips) - 1)))
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._focused >= 0:
            self.chip_opened.emit(self._chips[self._focused][1])
        elif key == Qt.Key.Key_Escape and self._focused >= 0:
            self.focus_chip(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _KEYBOARD and self._chips and self._focused < 0:
            self.focus_chip(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_chip(-1)


_NONE = Qt.KeyboardModifier.NoModifier
