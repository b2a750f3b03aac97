"""A JSON Schema -> llama.cpp's grammar, so that what is written under it always parses.

Only the answer worker imports this. The conversion is llama-cpp-python's; what it gets wrong is
put right here: it lets raw line breaks into strings, which JSON forbids, and loses backslashes of
constants; and for some schemas it recurses without end, makes grammars of any size, or gives up
with whatever it likes. Here every one of them is a `SchemaUnusable`.
"""

from __future__ import annotations

import json
from typing import Any

from llama_cpp.llama_grammar import SchemaConverter

from strongroom_engine.errors import SchemaUnusable
from strongroom_engine.sentences import reasons

SCHEMA_LIMIT_CHARACTERS = 20_000
GRAMMAR_LIMIT_CHARACTERS = 100_000
"""llama.cpp's parser takes it by recursion; it has been seen to hold ten times as much."""
DEPTH_LIMIT = 24
"""Levels of brackets in a schema."""
LENGTH_LIMIT = 256
"""The converter writes a counted repetition out; longer ones are taken for uncounted."""

_CHARACTER = r'[^"\\\x7F\x00-\x1F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4})'
"""JSON's (RFC 8259, 7), without the control characters that it forbids."""
_COUNTED = ("minLength", "maxLength", "minItems", "maxItems")


def grammar_of(schema: str) -> str:
    """The grammar (GBNF) of all JSON texts that the schema allows; `SchemaUnusable` otherwise."""
    if len(schema) > SCHEMA_LIMIT_CHARACTERS:
        raise SchemaUnusable(why=reasons.TOO_LONG(n=SCHEMA_LIMIT_CHARACTERS))
    try:
        grammar = _converted(_bounded(json.loads(schema), 0))
    except SchemaUnusable:
        raise
    except Exception as exc:  # assertions, missing keys, endless recursion: whatever it meets
        raise SchemaUnusable(why=_reason(exc)) from exc
    if len(grammar) > GRAMMAR_LIMIT_CHARACTERS:
        raise SchemaUnusable(why=reasons.TOO_MANY_ANSWERS())
    return "\n".join(map(_strict, grammar.split("\n")))


class _Converter(SchemaConverter):  # type: ignore[misc]  # llama_cpp is not typed
    """llama-cpp-python's, with every character of a constant escaped that a grammar needs so."""

    def _format_literal(self, literal: str) -> str:
        return json.dumps(literal, ensure_ascii=False)


def _converted(schema: Any) -> str:
    converter = _Converter(prop_order={}, allow_fetch=False, dotall=False, raw_pattern=False)
    converter.visit(converter.resolve_refs(schema, ""), "")
    grammar: str = converter.format_grammar()
    return grammar


def _bounded(part: Any, depth: int) -> Any:
    """The schema, without counts that would make its grammar long."""
    if depth > DEPTH_LIMIT:
        raise SchemaUnusable(why=reasons.TOO_DEEP(n=DEPTH_LIMIT))
    if isinstance(part, list):
        return [_bounded(each, depth + 1) for each in part]
    if not isinstance(part, dict):
        return part
    if str(part.get("$ref", "#/")).partition("/")[0] != "#":
        raise SchemaUnusable(why=reasons.REFERS_OUTSIDE())
    return {key: _bounded(each, depth + 1) for key, each in part.items() if _kept(key, each)}


def _kept(key: str, value: Any) -> bool:
    if key not in _COUNTED or isinstance(value, dict):  # a property may have such a name
        return True
    if not isinstance(value, int) or value < 0:
        raise SchemaUnusable(why=reasons.NOT_A_COUNT(name=key))
    if key.startswith("min") and value > LENGTH_LIMIT:
        raise SchemaUnusable(why=reasons.COUNT_TOO_LARGE(name=key, n=LENGTH_LIMIT))
    return value <= LENGTH_LIMIT


def _strict(rule: str) -> str:
    return f"char ::= {_CHARACTER}" if rule.startswith("char ::= ") else rule


def _reason(exc: Exception) -> str:
    if isinstance(exc, RecursionError):
        return reasons.ENDLESS()
    return " ".join(str(exc).split())[:200] or reasons.UNWRITABLE()
