"""The user's own set: which places and answers are right, question by question.

It is kept apart from what is indexed, by the documents' paths: indexing again, removing a source
or replacing a file does not touch it. A document that is renamed takes its places along (by
trigger); one that was moved while nobody looked is found again by its content.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import apsw

from strongroom_engine.judging import JudgedAnswer, Judgement, Place
from strongroom_engine.store.connection import fetch, fetch_sole
from strongroom_engine.store.paths import clean, load_path, store_path

_PLACES = """
    SELECT p.judgement, coalesce(here.path, moved.path, p.path), p.page, p.start, p."end", p.quote,
        here.path IS NULL AND moved.path IS NULL
    FROM judged_places p LEFT JOIN documents here ON here.path = p.path
        LEFT JOIN documents moved ON here.path IS NULL AND moved.id =
            (SELECT min(id) FROM documents WHERE content_hash = p.content)
    ORDER BY p.id
"""


def listed(db: apsw.Connection) -> tuple[Judgement, ...]:
    """Every judgement, oldest first."""
    places, missing = _places(db)
    answers = _answers(db)
    rows = fetch(db, "SELECT id, question, absent, changed_ms FROM judgements ORDER BY id")
    return tuple(
        Judgement(
            question=question,
            places=tuple(places.get(row, ())),
            answers=tuple(answers.get(row, ())),
            absent=bool(absent),
            changed=changed_ms / 1000,
            missing=tuple(sorted(missing.get(row, ()))),
        )
        for row, question, absent, changed_ms in rows
    )


def _places(db: apsw.Connection) -> tuple[dict[int, list[Place]], dict[int, set[str]]]:
    """The places of each judgement, and those of its documents that are gone."""
    places: dict[int, list[Place]] = {}
    missing: dict[int, set[str]] = {}
    for judgement, stored, page, start, end, quote, gone in fetch(db, _PLACES):
        path = load_path(stored)
        span = None if start is None else (start, end)
        places.setdefault(judgement, []).append(Place(path, page, span, quote))
        if gone:
            missing.setdefault(judgement, set()).add(path)
    return places, missing


def _answers(db: apsw.Connection) -> dict[int, list[JudgedAnswer]]:
    answers: dict[int, list[JudgedAnswer]] = {}
    for judgement, text, right in fetch(
        db, 'SELECT judgement, text, "right" FROM judged_answers ORDER BY id'
    ):
        answers.setdefault(judgement, []).append(JudgedAnswer(text, bool(right)))
    return answers


def put(db: apsw.Connection, judgement: Judgement) -> None:
    """Keep the judgement in place of what was known of its question; its time is now."""
    question = clean(judgement.question)
    db.execute(
        "INSERT INTO judgements (question, absent, changed_ms) VALUES (?1, ?2, ?3)"
        " ON CONFLICT (question) DO UPDATE SET absent = ?2, changed_ms = ?3",
        (question, judgement.absent, int(time.time() * 1000)),
    )
    row = int(fetch_sole(db, "SELECT id FROM judgements WHERE question = ?", (question,))[0])
    db.execute("DELETE FROM judged_places WHERE judgement = ?", (row,))
    db.execute("DELETE FROM judged_answers WHERE judgement = ?", (row,))
    db.executemany(
        'INSERT INTO judged_places (judgement, path, page, start, "end", quote, content)'
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT content_hash FROM documents WHERE path = ?2))",
        _place_rows(row, judgement.places),
    )
    db.executemany(
        'INSERT INTO judged_answers (judgement, text, "right") VALUES (?, ?, ?)',
        [(row, clean(answer.text), answer.right) for answer in judgement.answers],
    )


def _place_rows(row: int, places: Iterable[Place]) -> list[tuple[Any, ...]]:
    return [
        (row, store_path(one.file), one.page, *(one.span or (None, None)), clean(one.quote))
        for one in places
    ]


def remove(db: apsw.Connection, question: str) -> None:
    """Forget what was judged of the question; nothing happens where nothing was."""
    db.execute("DELETE FROM judgements WHERE question = ?", (clean(question),))
