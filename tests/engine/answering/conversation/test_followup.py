"""Follow-ups are made whole; questions that stand alone stay as they are."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from strongroom_engine.answering.conversation.followup import conversation, standalone
from strongroom_engine.types import Turn

HERE = Path(__file__).parent
FOLLOWUPS: list[dict[str, Any]] = tomllib.loads(
    (HERE / "followups.toml").read_text(encoding="utf-8")
)["followup"]
ALONE = tomllib.loads((HERE / "standing_alone.toml").read_text(encoding="utf-8"))
BEFORE = [Turn(turn["question"], turn["answer"]) for turn in ALONE["before"]]


def test_there_are_enough_cases() -> None:
    assert len(FOLLOWUPS) >= 60
    assert len(ALONE["questions"]) >= 60


@pytest.mark.parametrize("case", FOLLOWUPS, ids=lambda case: f"{case['before']} {case['asked']}")
def test_a_follow_up_names_its_subject(case: dict[str, Any]) -> None:
    found = standalone(case["asked"], [Turn(case["before"], case.get("answer", ""))])

    assert found.changed
    assert found.kind == "follow-up"
    assert found.why
    assert found.text == case.get("is", found.text)
    assert [word for word in case.get("has", ()) if word not in found.text] == []
    assert [word for word in case.get("not", ()) if word in found.text] == []


@pytest.mark.parametrize("before", BEFORE, ids=lambda turn: turn.question)
@pytest.mark.parametrize("question", ALONE["questions"])
def test_a_question_that_stands_alone_stays(question: str, before: Turn) -> None:
    found = standalone(question, [before])

    assert found.text == question
    assert (found.changed, found.kind, found.why) == (False, "alone", "")


@pytest.mark.parametrize("question", [case["asked"] for case in FOLLOWUPS])
def test_the_first_question_of_a_conversation_stays(question: str) -> None:
    assert standalone(question, []).text == question


def test_the_subject_is_kept_over_several_turns() -> None:
    turns = conversation(
        ["What is the rent in the Keller lease?", "When does it end?", "And the deposit?"]
    )

    assert turns[1].standalone == "When does the Keller lease end?"
    assert "Keller lease" in turns[2].standalone
    assert standalone("Who signed it?", turns[:2]).text == "Who signed the Keller lease?"


def test_what_is_understood_is_told_in_a_sentence() -> None:
    found = standalone("Who founded it?", [Turn("When was the Hartmann mill built?")])

    assert found.why == "‘it’ was taken to mean the Hartmann mill."


# --- about the answer before ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "shorter please",
        "Make it shorter.",
        "Can you make that a bit shorter?",
        "as a list",
        "As a bulleted list, please",
        "Translate that to German",
        "translate it into French please",
        "in German",
        "Summarise that in two sentences",
        "Explain that more simply",
        "in simple terms",
        "in one sentence",
        "more details",
        "Say it again in plain English",
        "rephrase",
        "kürzer bitte",
        "Mach es kürzer",
        "als Liste",
        "Übersetze das ins Englische",
        "auf Deutsch bitte",
        "Fass das in zwei Sätzen zusammen",
        "Kannst du das einfacher erklären?",
        "mehr Details",
    ],
)
def test_an_instruction_is_about_the_answer_before(question: str) -> None:
    found = standalone(question, [Turn("How large is Kenya?", "It has 580,367 km².")])

    assert (found.kind, found.text, found.changed) == ("previous", question, False)


@pytest.mark.parametrize(
    "question",
    [
        "Translate the lease into German",
        "Summarise the annual report in two sentences",
        "Make a list of all invoices",
        "How is shorter defined in the manual?",
        "Was kostet das Haus in Bern?",
        "Erkläre die Photosynthese",
        "List the employees of Boeing",
    ],
)
def test_what_has_an_object_of_its_own_is_no_instruction(question: str) -> None:
    found = standalone(question, [Turn("How large is Kenya?", "It has 580,367 km².")])

    assert found.kind != "previous"


def test_an_instruction_is_not_the_question_before() -> None:
    turns = [Turn("How large is Kenya?", "Large."), Turn("shorter please", "Big.")]

    assert standalone("What is its capital?", turns).text == "What is Kenya's capital?"


# --- robustness ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question", ["", "?", "…", "\ud800", "and", "And?", "it", "he he he", "12", "what about", "📄?"]
)
def test_any_text_is_taken(question: str) -> None:
    for before in [Turn(""), Turn("?"), *BEFORE]:
        assert isinstance(standalone(question, [before]).text, str)


def test_a_question_is_understood_at_once() -> None:
    turns = [Turn("When was the Hartmann mill built? " * 20)]
    standalone("Who founded it?", turns)
    began = time.thread_time()
    for _ in range(20):
        standalone("Who founded it?", turns)

    assert (time.thread_time() - began) / 20 < 0.1
