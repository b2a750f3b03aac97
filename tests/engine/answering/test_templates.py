"""Prompt templates: the shipped ones, and the user's copies that take their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from strongroom_engine.answering.tasks.condensing import SummaryTemplate
from strongroom_engine.answering.template import Template
from strongroom_engine.answering.templates import (
    copy_template,
    is_own,
    template,
    template_files,
    template_names,
)
from strongroom_engine.errors import PromptUnusable, PromptUnwritable, UnknownPrompt
from strongroom_engine.settings import assets_folder, config_folder


@pytest.mark.parametrize("name", ["answer", "draft", "explain"])
def test_shipped_templates_can_be_used(name: str) -> None:
    used: Template = template(name)
    said = "".join(message.content for message in used.stable)
    assert used.abstention in said
    assert "{" not in said


def test_a_task_may_have_forms_of_its_own() -> None:
    used = template("summary", SummaryTemplate)
    assert "{sources}" in used.together
    assert "{points}" in used.question


def test_every_template_is_listed_with_its_place() -> None:
    files = template_files()
    assert tuple(one.name for one in files) == template_names()
    assert {"answer", "draft", "explain", "summary"} <= set(template_names())
    by_name = {one.name: one for one in files}
    summary = by_name["summary"]
    assert (summary.title, summary.own, summary.problem) == ("Summary", False, "")
    assert summary.about
    assert Path(summary.path) == assets_folder() / "prompts" / "summary.toml"


def test_the_users_copy_is_used_and_an_edit_is_seen_at_once() -> None:
    file = copy_template("explain")
    assert file == config_folder() / "prompts" / "explain.toml"
    assert is_own("explain")
    shipped: Template = template("explain")
    file.write_text(
        file.read_text(encoding="utf-8").replace("max_tokens = 260", "max_tokens = 99"),
        encoding="utf-8",
    )
    edited: Template = template("explain")
    assert (shipped.max_tokens, edited.max_tokens) == (260, 99)
    assert next(one for one in template_files() if one.name == "explain").own
    file.unlink()
    assert template("explain") == shipped


def test_a_copy_that_was_edited_is_never_overwritten() -> None:
    file = copy_template("draft")
    file.write_text("mine", encoding="utf-8")
    assert copy_template("draft") == file
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("temperature = ", "Invalid value"),
        ("temperature = 0.0", "missing required field"),
        (b"\xff\xfe", "decode"),
    ],
)
def test_a_broken_copy_is_named_with_the_reason(broken: str | bytes, why: str) -> None:
    file = copy_template("draft")
    file.write_bytes(broken.encode() if isinstance(broken, str) else broken)
    with pytest.raises(PromptUnusable, match=why) as caught:
        template("draft")
    assert str(file) in caught.value.sentence


def test_a_form_without_what_it_needs_is_refused() -> None:
    file = copy_template("summary")
    text = file.read_text(encoding="utf-8").replace("{points}", "some")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PromptUnusable, match=r"question lacks \{points\}"):
        template("summary", SummaryTemplate)


def test_a_copy_that_is_no_toml_is_listed_as_broken_and_still_named() -> None:
    copy_template("draft").write_text("=", encoding="utf-8")
    listed = next(one for one in template_files() if one.name == "draft")
    assert (listed.title, listed.own) == ("Draft", True)
    assert "cannot be used" in listed.problem


def test_unknown_names_and_folders_that_cannot_be_written_are_said() -> None:
    with pytest.raises(UnknownPrompt, match="summary"):
        copy_template("../settings")
    config_folder().mkdir(parents=True)
    (config_folder() / "prompts").write_text("a file is in the way", encoding="utf-8")
    with pytest.raises(PromptUnwritable):
        copy_template("draft")
