"""What a model wrote, whole or cut off, becomes a value that satisfies the schema."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strongroom_engine.answering.structuring.fitting import (
    distinct,
    fitted,
    leaves,
    merged,
    satisfying,
    whole,
)
from strongroom_engine.answering.structuring.schemas import problems, read_schema
from strongroom_engine.errors import AnswerUnfit

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=4), st.integers(0, 200))
def test_of_what_is_cut_off_a_beginning_is_kept(value: list[Any], length: int) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert next(whole(text)) == value
    cut = text[: min(length, len(text) - 1)]
    for found in whole(cut):
        assert isinstance(found, list)
        assert len(found) <= len(value)
    if cut:
        assert list(whole(cut))[-1] == []


def test_numbers_without_end_are_none() -> None:
    assert next(whole("[1e999, 2.5]")) == [None, 2.5]


def test_whole_items_of_a_cut_list_are_kept() -> None:
    schema = read_schema("author, year:integer")
    text = '[{"author": "Chen", "year": 2017}, {"author": "A \\"B, C}", "year": 19'
    values = (satisfying(fitted(value, schema.wanted), schema.wanted) for value in whole(text))
    assert next(values) == [{"author": "Chen", "year": 2017}]


WANTED = {
    "type": "object",
    "properties": {
        "a": {"type": "string", "description": "the name"},
        "b": {"type": ["string", "null"]},
        "c": {"enum": ["none", "some"]},
        "d": {"type": "integer", "minimum": 0},
        "e": {"type": "array", "items": {"type": "integer", "minimum": 0}, "maxItems": 2},
    },
    "required": ["b", "c"],
}


def test_nothing_is_null_where_it_may_be_and_left_out_otherwise() -> None:
    for nothing in (None, "", "null", "N/A", "Not specified."):
        found = fitted({"a": nothing, "b": nothing, "c": "none"}, WANTED)
        assert found == {"b": None, "c": "none"}
    assert "a" not in fitted({"a": "The name"}, WANTED)


def test_what_is_called_a_date_is_one() -> None:
    part = {"properties": {"agreement_date": {"type": "string"}, "update": {"type": "string"}}}
    for date in ("April 8, 2020", "2013", "3 May"):
        assert fitted({"agreement_date": date}, part) == {"agreement_date": date}
    assert fitted({"agreement_date": "14. Construction", "update": "no"}, part) == {"update": "no"}


def test_what_does_not_satisfy_is_taken_out() -> None:
    value = {"a": "x", "b": None, "c": "some", "d": -1, "e": [1, -2, 3, 4]}
    assert satisfying(value, WANTED) == {"a": "x", "b": None, "c": "some", "e": [1, 3]}
    assert value["d"] == -1


def test_what_is_required_cannot_be_taken_out() -> None:
    with pytest.raises(AnswerUnfit, match="is not one of"):
        satisfying({"b": None, "c": "other"}, WANTED)


@given(JSON)
def test_any_value_satisfies_or_is_refused(value: Any) -> None:
    try:
        found = satisfying(fitted(value, WANTED), WANTED)
    except AnswerUnfit:
        return
    assert not list(problems(found, WANTED))


def test_items_that_say_nothing_new_are_one() -> None:
    chen = {"author": "Chen", "year": 2017}
    items = [{"author": "chen", "year": None}, chen, {"author": None, "year": None}, dict(chen)]
    assert distinct(items) == [chen]
    assert distinct(["b", "a", "B"]) == ["b", "a"]
    # The same values in other fields are another item.
    assert len(distinct([{"a": "x", "b": "y"}, {"a": "y", "b": "x"}])) == 2


def test_two_answers_complete_each_other() -> None:
    first = {"date": None, "parties": ["A"], "law": "Utah"}
    second = {"date": "2013", "parties": ["a", "B"], "law": "Ohio"}
    assert merged(first, second) == {"date": "2013", "parties": ["A", "B"], "law": "Utah"}
    assert merged(None, first) == first


def test_pointers_are_escaped() -> None:
    assert list(leaves({"a/b": [{"~": 1}]})) == [("/a~1b/0/~0", 1)]
