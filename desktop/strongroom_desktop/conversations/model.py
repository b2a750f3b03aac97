"""The conversations as rows, with a row above each group of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from strongroom_desktop.conversations.days import Group, group_of, time_of
from strongroom_desktop.wording import plural
from strongroom_engine.types import ConversationSummary

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """The name of a group, or a conversation in it."""

    group: str
    conversation: ConversationSummary | None = None


class ConversationsModel(QAbstractListModel):
    """`renamed` carries a key and the title that was typed."""

    renamed = Signal(str, str)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._shown: tuple[ConversationSummary, ...] = ()
        self.today = date.min
        """The day that the groups and times are said from."""
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}
        self.words: tuple[str, ...] = ()
        """What is marked in the rows, folded."""

    def show_conversations(
        self, shown: Sequence[ConversationSummary], words: tuple[str, ...], today: date
    ) -> bool:
        """Put these in place of what is shown; False where that is the same already."""
        if (tuple(shown), words, today) == (self._shown, self.words, self.today):
            return False
        self.beginResetModel()
        self._shown, self.words, self.today = tuple(shown), words, today
        self._rows = list(_rows(shown, today))
        self._places = {
            row.conversation.key: place
            for place, row in enumerate(self._rows)
            if row.conversation is not None
        }
        self.endResetModel()
        return True

    def index_of(self, key: str) -> QModelIndex:
        """The row of a conversation; an invalid one where it is not shown."""
        place = self._places.get(key)
        return QModelIndex() if place is None else self.index(place)

    def conversation(self, index: Index) -> ConversationSummary | None:
        row = index.data(ROW)
        return row.conversation if isinstance(row, Row) else None

    def neighbour(self, key: str) -> str:
        """The conversation below this one, or above the last; '' where there is no other."""
        keys = list(self._places)
        at = keys.index(key)
        return next(iter(keys[at + 1 : at + 2] or keys[max(at - 1, 0) : at]), "")

    # --- what Qt asks ----------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.group if row.conversation is None else row.conversation.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _read_out(row, self.today)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """What was typed as a title is passed on; the row shows it when the engine has it."""
        row = index.data(ROW)
        if role != Qt.ItemDataRole.EditRole or row is None or row.conversation is None:
            return False
        if str(value).strip() != row.conversation.title:
            self.renamed.emit(row.conversation.key, str(value).strip())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.conversation(index) is None:
            return Qt.ItemFlag.NoItemFlags
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return enabled | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemNeverHasChildren


def _rows(shown: Sequence[ConversationSummary], today: date) -> Iterator[Row]:
    """With the group's name above the first of each. Dates are looked at once a group: there may
    be ten thousand rows."""
    group: Group | None = None
    for each in shown:
        if group is None or each.changed_ms < group.start_ms:
            group = group_of(each.changed_ms, today)
            yield Row(group.name)
        yield Row(group.name, each)


def questions(count: int) -> str:
    """'3 questions'."""
    return plural(count, "{n} question", "{n} questions")


def _read_out(row: Row, today: date) -> str:
    if row.conversation is None:
        return row.group
    one = row.conversation
    when = time_of(one.changed_ms, today)
    return ", ".join(
        part for part in (one.title, questions(one.turns), row.group, when, one.found) if part
    )
