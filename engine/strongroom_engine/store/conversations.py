"""Conversations: what was asked and answered in each, and the words of both for searching.

An answer is kept whole. It names documents by path and holds their quotes, so it outlives them;
it goes with its conversation. Documents that were renamed since are named as they are called now.
"""

from __future__ import annotations

import json
import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import cache
from itertools import accumulate
from typing import Any, TypeVar

import apsw
import msgspec

from strongroom_engine.store.connection import fetch, fetch_one, fetch_sole
from strongroom_engine.store.paths import clean, load_path, store_path
from strongroom_engine.trees import folded
from strongroom_engine.types import Answer, Asked, ConversationSummary, KeptTurn, Timings

Borrow = Callable[[], AbstractContextManager[apsw.Connection]]
_T = TypeVar("_T")

_SUMMARY = "SELECT key, title, created_ms, changed_ms, turns FROM conversations c"
_NEWEST_FIRST = "ORDER BY changed_ms DESC, created_ms DESC, key"


class Conversations:
    """The conversations of a store. Keys that are not there are passed over in silence."""

    def __init__(self, read: Borrow, write: Borrow) -> None:
        self._read, self._write = read, write

    # --- writing ---------------------------------------------------------------------------------

    def put_question(self, key: str, asked: Asked, title: str) -> int:
        """Put a question at the end of a conversation; the turn's row. A conversation that is not
        there begins with it, under this title."""
        key, now = clean(key), _now_ms()
        with self._write() as db:
            db.execute(
                "INSERT INTO conversations (key, title, words, created_ms, changed_ms)"
                " VALUES (?1, ?2, ?3, ?4, ?4)"
                " ON CONFLICT (key) DO UPDATE SET changed_ms = max(changed_ms, ?4)",
                (key, clean(title), folded(clean(title)), now),
            )
            sql = "UPDATE conversations SET turns = turns + 1 WHERE key = ? RETURNING turns - 1"
            ordinal = int(fetch_sole(db, sql, (key,))[0])
            db.execute(
                "INSERT INTO conversation_turns (conversation, ordinal, asked_ms, asked)"
                " VALUES (?, ?, ?, ?)",
                (key, ordinal, now, _encode(asked)),
            )
            row = db.last_insert_rowid()
            _put_text(db, row, key, asked.question)
        return row

    def put_answer(self, row: int, answer: Answer) -> None:
        """Keep the answer to a turn; nothing happens where the conversation was removed."""
        with self._write() as db:
            sql = "UPDATE conversation_turns SET answer = ? WHERE id = ? RETURNING conversation"
            found = fetch_one(db, sql, (_encode(answer), row))
            if found is None:
                return
            db.execute(
                "UPDATE conversations SET changed_ms = max(changed_ms, ?) WHERE key = ?",
                (_now_ms(), found[0]),
            )
            _put_text(db, row, found[0], f"{answer.question}\n{answer.text}")

    def rename(self, key: str, title: str) -> None:
        """Give it another title; its place in the list stays."""
        title = clean(title)
        with self._write() as db:
            db.execute(
                "UPDATE conversations SET title = ?, words = ? WHERE key = ?",
                (title, folded(title), clean(key)),
            )

    def remove(self, key: str) -> None:
        """Forget a conversation with all that was asked and answered in it."""
        with self._write() as db:
            db.execute("DELETE FROM conversations WHERE key = ?", (clean(key),))

    # --- reading ---------------------------------------------------------------------------------

    def find(self, key: str) -> ConversationSummary | None:
        """The conversation with this key."""
        with self._read() as db:
            row = fetch_one(db, f"{_SUMMARY} WHERE key = ?", (clean(key),))
        return None if row is None else ConversationSummary(*row)

    def listed(self, words: Sequence[str] = ()) -> tuple[ConversationSummary, ...]:
        """Those that hold all of the words, or all; the one changed last first."""
        wanted = tuple(folded(clean(word)) for word in words)
        tests = " AND ".join(_HOLDS.format(n=number) for number in range(1, len(wanted) + 1))
        where = f"WHERE {tests}" if tests else ""
        with self._read() as db:
            rows = fetch(db, f"{_SUMMARY} {where} {_NEWEST_FIRST}", wanted)
        return tuple(ConversationSummary(*row) for row in rows)

    def texts(self, key: str) -> list[tuple[str, str]]:
        """(text, the same folded) of each turn, question first; line by line they correspond."""
        sql = "SELECT text, words FROM conversation_texts WHERE conversation = ? ORDER BY turn"
        with self._read() as db:
            return [(text, words) for text, words in fetch(db, sql, (clean(key),))]

    def turns(self, key: str, first: int, most_characters: int) -> tuple[KeptTurn, ...]:
        """Turns from number `first` on, as many as are kept in so many characters of JSON, but at
        least one; empty behind the last."""
        key = clean(key)
        with self._read() as db:
            sizes = fetch(
                db,
                "SELECT octet_length(answer) FROM conversation_turns"
                " WHERE conversation = ? AND ordinal >= ? ORDER BY ordinal",
                (key, first),
            )
            count = _how_many([size or 0 for (size,) in sizes], most_characters)
            rows = fetch(
                db,
                "SELECT asked_ms, asked, answer FROM conversation_turns"
                " WHERE conversation = ? AND ordinal >= ? ORDER BY ordinal LIMIT ?",
                (key, first, count),
            )
            return tuple(_turn(db, *row) for row in rows)


# --- after a rebuild -------------------------------------------------------------------------------


def put_in_order(db: apsw.Connection) -> None:
    """Make conversations whole again of which a part could not be read: their turns follow each
    other, and can be searched; one without a title has its first question for one. Of a turn that
    is lost the words may be left."""
    _say_again(db)
    _begin_anew(db)
    moved = fetch(
        db,
        "SELECT place, id FROM (SELECT id, ordinal, row_number()"
        " OVER (PARTITION BY conversation ORDER BY id) - 1 AS place FROM conversation_turns)"
        " WHERE place <> ordinal ORDER BY id",
    )
    db.executemany("UPDATE conversation_turns SET ordinal = ? WHERE id = ?", moved)
    db.execute(
        "UPDATE conversations SET turns ="
        " (SELECT count(*) FROM conversation_turns WHERE conversation = key)"
    )
    for row, key, asked, answer in fetch(
        db,
        "SELECT id, conversation, asked, answer FROM conversation_turns"
        " WHERE id NOT IN (SELECT turn FROM conversation_texts)",
    ):
        _put_text(db, row, key, _said(asked, answer))


def _say_again(db: apsw.Connection) -> None:
    """Make turns of the words that were kept of them."""
    for row, key, text, before_ms in fetch(
        db,
        "SELECT turn, conversation, text, coalesce((SELECT max(asked_ms) FROM conversation_turns"
        " WHERE id < turn), (SELECT created_ms FROM conversations WHERE key = conversation), 0)"
        " FROM conversation_texts WHERE turn NOT IN (SELECT id FROM conversation_turns)",
    ):
        question, _, said = text.partition("\n")
        answer = Answer(question, said, False, (), (), (), "", Timings())
        db.execute(
            "INSERT INTO conversation_turns (id, conversation, ordinal, asked_ms, asked, answer)"
            " VALUES (?1, ?2, ?3 + ?1, ?4, ?5, ?6)",
            (
                row,
                key,
                _BEHIND,
                before_ms,
                _encode(Asked(question)),
                _encode(answer) if said else None,
            ),
        )


def _begin_anew(db: apsw.Connection) -> None:
    for key, asked, first_ms, last_ms in fetch(
        db,
        "SELECT conversation, asked, min(asked_ms), max(asked_ms) FROM conversation_turns"
        " WHERE conversation NOT IN (SELECT key FROM conversations) GROUP BY conversation",
    ):
        title = clean(_question(asked))
        db.execute(
            "INSERT INTO conversations (key, title, words, created_ms, changed_ms)"
            " VALUES (?, ?, ?, ?, ?)",
            (key, title, folded(title), first_ms, last_ms),
        )


def _said(asked: str, answer: str | None) -> str:
    """What is searched of a turn."""
    said = answer and _decode(answer, Answer, str)
    return f"{said.question}\n{said.text}" if said else _question(asked)


_BEHIND = 2**40
"""More turns than any conversation has."""
_HOLDS = (
    "(instr(c.words, ?{n}) OR EXISTS (SELECT 1 FROM conversation_texts t"
    " WHERE t.conversation = c.key AND instr(t.words, ?{n})))"
)


def _put_text(db: apsw.Connection, row: int, key: str, text: str) -> None:
    text = clean(text)
    db.execute(
        "INSERT OR REPLACE INTO conversation_texts (turn, conversation, text, words)"
        " VALUES (?, ?, ?, ?)",
        (row, key, text, folded(text)),
    )


def _how_many(sizes: Sequence[int], most: int) -> int:
    """How many of the first together hold no more, but at least one."""
    held = list(accumulate(sizes))
    return max(bisect_right(held, most), 1)


def _turn(db: apsw.Connection, asked_ms: int, asked: str, answer: str | None) -> KeptTurn:
    """The turn; what another release wrote and this one cannot read is said to be unreadable."""

    def now(path: str) -> str:
        sql = "SELECT now FROM moved_documents WHERE path = ? AND moved_ms > ? ORDER BY moved_ms"
        found = fetch_one(db, sql, (store_path(path), asked_ms))
        return path if found is None else load_path(found[0])

    put = _decode(asked, Asked, now) or Asked(_question(asked))
    if answer is None:
        return KeptTurn(put, asked_ms)
    said = _decode(answer, Answer, now)
    return KeptTurn(put, asked_ms, said, unreadable=said is None)


def _question(asked: str) -> str:
    """At least the question's text."""
    try:
        return str(json.loads(asked)["question"])
    except (ValueError, KeyError, TypeError):
        return ""


def _encode(value: object) -> str:
    """JSON in ASCII: paths may hold lone surrogates, which UTF-8 does not take."""
    return json.dumps(msgspec.to_builtins(value), separators=(",", ":"))


def _decode(text: str, kind: type[_T], now: Callable[[str], str]) -> _T | None:
    """The value with every path as it is `now`; None where it is of another shape."""
    try:
        return msgspec.convert(_followed(json.loads(text), cache(now)), kind)
    except (ValueError, RecursionError, msgspec.ValidationError):
        return None


def _followed(value: Any, now: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_followed(each, now) for each in value]
    if not isinstance(value, dict):
        return value
    return {name: _field(name, each, now) for name, each in value.items()}


def _field(name: str, value: Any, now: Callable[[str], str]) -> Any:
    if name in ("file", "document") and isinstance(value, str):
        return now(value)
    if name == "documents" and isinstance(value, list):
        return [now(each) if isinstance(each, str) else each for each in value]
    return _followed(value, now)


def _now_ms() -> int:
    return int(time.time() * 1000)
