"""What is remembered of a grid's look: widths of its columns, and which are not shown.

Names and questions are kept out of the settings file, which is not encrypted: digests stand there.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from PySide6.QtCore import QSettings

_GROUP = "review"
DOCUMENTS = ""
"""Stands for the column of the documents."""


class Looks:
    """Without settings it is remembered as long as the window is open."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings
        self._own: dict[str, object] = {}

    def width(self, review: str, question: str) -> int:
        """In pixels at 100 % text; 0 where none was chosen."""
        kept = str(self._value(_key(review, "width", question)) or "")
        return int(kept) if kept.isdecimal() else 0

    def set_width(self, review: str, question: str, width: int) -> None:
        self._set(_key(review, "width", question), width)

    def is_hidden(self, review: str, question: str) -> bool:
        return str(self._value(_key(review, "hidden", question)) or "") == "1"

    def set_hidden(self, review: str, question: str, hidden: bool) -> None:
        self._set(_key(review, "hidden", question), 1 if hidden else 0)

    def forget(self, review: str) -> None:
        """The review is gone."""
        group = f"{_GROUP}/{_digest(review)}"
        if self._settings is not None:
            self._settings.remove(group)
        self._own = {key: value for key, value in self._own.items() if not key.startswith(group)}

    def rename(self, review: str, new_name: str, questions: Iterable[str]) -> None:
        """The look goes with the review."""
        for question in (DOCUMENTS, *questions):
            if width := self.width(review, question):
                self.set_width(new_name, question, width)
            if self.is_hidden(review, question):
                self.set_hidden(new_name, question, True)
        self.forget(review)

    def _value(self, key: str) -> object:
        return self._own.get(key) if self._settings is None else self._settings.value(key)

    def _set(self, key: str, value: int) -> None:
        if self._settings is None:
            self._own[key] = value
        else:
            self._settings.setValue(key, value)


def _key(review: str, what: str, question: str) -> str:
    return f"{_GROUP}/{_digest(review)}/{what}/{_digest(question)}"


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
