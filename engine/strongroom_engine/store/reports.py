"""How each document was read."""

from __future__ import annotations

import json
import time
from dataclasses import asdict

import apsw

from strongroom_engine.types import Document


def put(db: apsw.Connection, row: int, document: Document) -> None:
    """Keep how the document in row `row` was read now."""
    reading = {
        "parser": document.parser,
        "with_password": document.with_password,
        "left_out": [asdict(one) for one in document.left_out],
        "confidence": {
            page.number: page.confidence for page in document.pages if page.confidence is not None
        },
    }
    db.execute(
        "UPDATE documents SET read_ms = ?, reading = ?, checked = NULL WHERE id = ?",
        (int(time.time() * 1000), json.dumps(reading, ensure_ascii=False), row),
    )
