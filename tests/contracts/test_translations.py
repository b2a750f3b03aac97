"""The translations: nothing is missing, nothing is stale, and what is filled in fits."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from string import Formatter

import pytest

import make_translations

FILES = sorted(make_translations.FOLDER.glob("*.ts"))
Message = tuple[str, list[str]]
"""A source text and its translation, in several forms where it counts something."""


@pytest.fixture(scope="module")
def said() -> make_translations.Said:
    return make_translations.collect()


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def file(request: pytest.FixtureRequest) -> Path:
    chosen: Path = request.param
    return chosen


@pytest.fixture(scope="module")
def messages(file: Path) -> list[Message]:
    return [
        (
            message.findtext("source", ""),
            [form.text or "" for form in message.iter("numerusform")]
            or [message.findtext("translation", "")],
        )
        for message in ET.parse(file).iter("message")
    ]


def places(text: str) -> set[str]:
    """The names in braces that are filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_all_that_is_said_is_in_the_file(
    said: make_translations.Said, messages: list[Message]
) -> None:
    sources = [source for source, _ in messages]
    assert sources == sorted(set(sources))
    assert sorted(said.keys() - set(sources)) == []
    assert sorted(set(sources) - said.keys()) == []  # nobody says it any more


def test_nothing_is_untranslated(said: make_translations.Said, file: Path) -> None:
    assert make_translations.unfinished(make_translations.merged(said, file)) == []


def test_what_counts_has_two_forms(said: make_translations.Said, messages: list[Message]) -> None:
    wrong = [source for source, forms in messages if len(forms) != 1 + bool(said.get(source))]
    assert wrong == []


def test_the_file_is_as_it_is_made_and_compiled(said: make_translations.Said, file: Path) -> None:
    assert make_translations.is_current(make_translations.merged(said, file), file)


def test_the_same_is_filled_in(said: make_translations.Said, messages: list[Message]) -> None:
    """In each form; the first may leave out what the English one leaves out, and the figure."""
    wrong = []
    for source, forms in messages:
        for index, form in enumerate(forms):
            spare = (places(source) - places(said.get(source, ""))) | {"n"}
            may_lack = spare if len(forms) > 1 and index == 0 else set()
            if form and not places(source) - may_lack <= places(form) <= places(source):
                wrong.append((source, form))
    assert wrong == []


def test_german_is_written_as_the_window_is(messages: list[Message], file: Path) -> None:
    if file.stem != "strongroom_de":
        pytest.skip("German alone")
    forms = [(source, form) for source, made in messages for form in made if form]
    assert [form for source, form in forms if "!" in form and "!" not in source] == []
    assert [form for _, form in forms if '"' in form] == []
    assert [form for _, form in forms if re.search(r"„[^“]*$|(?<!„)“[^„]*“", form)] == []
    assert [form for _, form in forms if re.search(r"“[^„]*”|\.\.\.| - ", form)] == []
    ends = [(s, f) for s, f in forms if (s.endswith("…")) != f.endswith("…")]
    assert ends == []
    assert [(s, f) for s, f in forms if s.endswith(".") and not f.endswith((".", ".“"))] == []
