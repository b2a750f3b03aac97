"""`strongroom ask --schema FILE` and `--fields 'author, year'`: data in a form, with its sources."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from strongroom_engine.commands import output
from strongroom_engine.commands.terminal import Options, text_argument
from strongroom_engine.errors import SchemaUnusable
from strongroom_engine.types import Answer

SCHEMA_LIMIT_BYTES = 1 << 20


def add_structuring(ask: argparse.ArgumentParser) -> None:
    """The options of `ask` that say in which form data is wanted."""
    forms = ask.add_mutually_exclusive_group()
    forms.add_argument(
        "--schema",
        type=Path,
        metavar="FILE",
        help="give data that satisfies this JSON Schema, with the source of each value, as JSON",
    )
    forms.add_argument(
        "--fields",
        type=text_argument,
        metavar="NAMES",
        help="likewise, a list of objects with these fields: 'author, year:integer'",
    )


def schema_of(options: Options) -> str:
    """The schema that was asked for, '' for none. Raises `SchemaUnusable`."""
    if (options.schema or options.fields) and options.task != "answer":
        options.usage(f"--task {options.task} gives no data in a form of yours")
    if options.schema is None:
        return options.fields or ""
    try:
        with options.schema.open("rb") as file:
            text = file.read(SCHEMA_LIMIT_BYTES + 1).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        why = getattr(exc, "strerror", None) or "it is not text in UTF-8"
        raise SchemaUnusable(why=f"{options.schema}: {why}") from exc
    return text if text.strip() else "{}"


def structured_json(answer: Answer) -> dict[str, Any]:
    """The data, the source of each value, and what else is to be known about them."""
    citations = {citation.n: citation for citation in answer.citations}
    return {
        "question": answer.question,
        "data": json.loads(answer.data or "null"),
        "values": [
            {
                "pointer": value.pointer,
                "text": value.text,
                "supported": value.supported,
                "sources": [output.citation_json(citations[n]) for n in value.citations],
            }
            for value in answer.values
        ],
        "abstained": answer.abstained,
        "stopped": answer.stopped,
        "confidence": round(answer.confidence, 4),
        "searched": answer.searched,
        "suspicions": answer.suspicions,
        "model": answer.model,
        "timings": answer.timings,
    }
