"""Schemas and lists of fields: what becomes of them, and which are refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strongroom_engine.answering.structuring.schemas import (
    LIMIT_DEPTH,
    LIMIT_FIELDS,
    MOST_ITEMS,
    problems,
    read_schema,
)
from strongroom_engine.errors import SchemaUnusable
from strongroom_engine.models.grammar import grammar_of


def test_fields_are_a_list_of_objects_whose_values_may_be_null() -> None:
    schema = read_schema(" author, year:integer ,amount : number\ncited:boolean")
    assert schema.collects
    assert schema.outline == (
        '[{"author": text or null, "year": integer or null, "amount": number or null, '
        '"cited": boolean or null}, …]'
    )
    row: dict[str, Any] = {"author": "Chen", "year": None, "amount": 1.5, "cited": True}
    assert not list(problems([row], schema.wanted))
    assert list(problems([{**row, "year": "1999"}], schema.wanted))
    assert list(problems([{**row, "more": 1}], schema.wanted))


def test_what_is_not_required_may_be_null_for_the_model_alone() -> None:
    part = {"properties": {"a": {"type": "string"}, "b": {"type": "integer"}}, "required": ["a"]}
    schema = read_schema(json.dumps(part))
    asked = json.loads(schema.asked)
    assert asked["required"] == ["a", "b"]
    assert asked["properties"]["a"]["type"] == "string"
    assert {"type": "null"} in asked["properties"]["b"]["anyOf"]
    assert list(problems({"a": "x", "b": None}, schema.wanted))
    assert not list(problems({"a": "x"}, schema.wanted))
    assert schema.outline == '{"a": text, "b": integer or null}'


def test_references_are_written_out_and_lists_end() -> None:
    text = """{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Parties",
        "type": "array", "items": {"$ref": "#/$defs/a~1b"},
        "$defs": {"a/b": {"type": "string", "description": "a party"}}}"""
    schema = read_schema(text)
    assert "$ref" not in json.dumps(schema.wanted)
    assert json.loads(schema.asked)["maxItems"] == MOST_ITEMS
    assert schema.outline == "[text (a party), …]"


def nested(levels: int) -> dict[str, Any]:
    part: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        part = {"type": "array", "items": part}
    return part


def doubling(times: int) -> dict[str, Any]:
    """References that double with each level."""
    parts: dict[str, Any] = {"p0": {"type": "string"}}
    for at in range(1, times):
        ref = {"$ref": f"#/$defs/p{at - 1}"}
        parts[f"p{at}"] = {"properties": {"a": ref, "b": ref}}
    return {"$defs": parts, "$ref": f"#/$defs/p{times - 1}"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no fields"),
        (" , ;", "no fields"),
        ("author, author", "twice"),
        ("author:colour", "is not one of"),
        ("a{b", "is not the name"),
        ("x" * 61, "is not the name"),
        (", ".join(f"f{n}" for n in range(LIMIT_FIELDS + 1)), "fields, not"),
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('"text"', "not a JSON object"),
        ("{}", "says nothing"),
        ('{"title": 3}', "not of type"),
        ('{"type": "colour"}', "colour"),
        ('{"type": "array", "items": false}', "allows nothing"),
        ('{"not": {"type": "string"}}', "“not” is not supported"),
        ('{"allOf": []}', "."),
        ('{"$ref": "https://example.org/s.json"}', "outside"),
        ('{"$ref": "#/$defs/none"}', "not in it"),
        ('{"$ref": "#"}', "refers to itself"),
        ('{"$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}, "$ref": "#/$defs/a"}', "itself"),
        (json.dumps(nested(LIMIT_DEPTH + 1)), "nested deeper"),
        ('{"items":' * 3000 + "{}" + "}" * 3000, "longer|nested"),
        (json.dumps(doubling(8)), "parts"),
        ('{"description": "' + "x" * 20_000 + '"}', "longer"),
    ],
)
def test_what_cannot_be_used_is_said(text: str, why: str) -> None:
    with pytest.raises(SchemaUnusable, match=why) as caught:
        read_schema(text)
    assert caught.value.advice
    assert len(caught.value.sentence) < 320


SCALAR = st.sampled_from(
    [
        {"type": "string"},
        {"type": "string", "maxLength": 20},
        {"type": "string", "format": "date"},
        {"type": "integer", "minimum": 0},
        {"type": ["number", "null"]},
        {"type": "boolean"},
        {"enum": ['a "b"', "c\\d", 3, None]},
        {"const": "é"},
        {},
    ]
)
NAMES = st.sampled_from(["name", "Straße", 'with "quotes"', "a/b", "char", "root", "x-y_z", "数"])
SCHEMAS = st.recursive(
    SCALAR,
    lambda inner: (
        st.builds(lambda items: {"type": "array", "items": items}, inner)
        | st.builds(lambda choices: {"anyOf": choices}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(
            lambda properties, few: {
                "type": "object",
                "properties": properties,
                "required": [name for name in properties if name in few],
            },
            st.dictionaries(NAMES, inner, min_size=1, max_size=4),
            st.sets(NAMES, max_size=2),
        )
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(SCHEMAS)
def test_every_schema_that_is_taken_becomes_a_grammar(schema: dict[str, Any]) -> None:
    try:
        read = read_schema(json.dumps(schema))
    except SchemaUnusable as exc:
        assert schema == {} or "nested" in exc.sentence  # noqa: PT017  # what is refused is said
        return
    assert "root ::= " in grammar_of(read.asked)
    assert read.outline
