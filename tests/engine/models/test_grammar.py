"""Schemas, odd and hostile ones too, become a grammar or an error that says why."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strongroom_engine.errors import SchemaUnusable
from strongroom_engine.models.grammar import (
    DEPTH_LIMIT,
    GRAMMAR_LIMIT_CHARACTERS,
    LENGTH_LIMIT,
    grammar_of,
)


def test_strings_hold_no_control_characters() -> None:
    grammar = grammar_of('{"type": "string"}')
    assert grammar.count("char ::= ") == 1
    assert r"\x00-\x1F" in grammar


def test_long_counts_are_taken_for_uncounted() -> None:
    assert grammar_of('{"type": "string", "maxLength": 1000000}') == grammar_of(
        '{"type": "string"}'
    )
    assert len(grammar_of('{"type": "array", "items": {"type": "null"}, "maxItems": 9999}')) < 1000


def test_a_property_may_be_named_like_a_count() -> None:
    schema = {"type": "object", "properties": {"maxLength": {"type": "integer"}}}
    assert "maxLength" in grammar_of(json.dumps(schema))


def nested(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "array", "items": schema}
    return schema


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        ("", "Expecting value"),
        ("{", "Expecting property name"),
        ("[]", "."),
        ("7", "."),
        ("null", "."),
        ('{"type": "whatever"}', "Unrecognized"),
        ('{"$ref": "https://example.org/schema.json"}', "outside itself"),
        ('{"$ref": "file:///etc/passwd"}', "outside itself"),
        ('{"properties": {"a": {"$ref": "#/nowhere"}}}', "nowhere"),
        ('{"$ref": "#"}', "."),
        ('{"type": "string", "pattern": "("}', "."),
        ('{"type": "string", "pattern": "^[$"}', "."),
        ('{"type": "string", "pattern": "^(?=a)$"}', "."),
        ('{"type": "string", "pattern": "^a{100000}$"}', "too many"),
        ('{"type": "string", "minLength": -1}', "minLength"),
        ('{"type": "string", "maxLength": "5"}', "maxLength"),
        ('{"type": "array", "items": {}, "minItems": 100000}', "minItems is more than"),
        (json.dumps(nested(DEPTH_LIMIT)), "nested deeper"),
        ("[" * 15_000, "without end|nested|Expecting|recursion"),
        (json.dumps({"enum": ["x" * 50] * 1000}), "longer than"),
        (json.dumps({"type": "string", "pattern": f"^{'(a|b){200}' * 200}$"}), "too many"),
    ],
)
def test_what_cannot_be_used_is_said(schema: str, why: str) -> None:
    with pytest.raises(SchemaUnusable, match="The schema cannot be used") as caught:
        grammar_of(schema)
    assert re.search(why, caught.value.sentence)
    assert len(caught.value.sentence) < 300


KEYS = st.sampled_from(
    ("type", "properties", "items", "enum", "const", "anyOf", "allOf", "required", "$ref")
)
COUNTS = st.sampled_from(("minLength", "maxItems", "pattern"))
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, LENGTH_LIMIT)
    | st.sampled_from(["object", "array", "string", "null", "#/properties", "^a+$", "\x00"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | COUNTS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(ANYTHING)
def test_any_json_is_a_grammar_or_an_error(schema: object) -> None:
    try:
        grammar = grammar_of(json.dumps(schema))
    except SchemaUnusable:
        return
    assert 0 < len(grammar) <= GRAMMAR_LIMIT_CHARACTERS
