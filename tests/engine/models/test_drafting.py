from __future__ import annotations

from strongroom_engine.models.drafting import Drafting

PROMPT = list(range(100, 140))


def test_what_stands_in_the_prompt_is_guessed_to_go_on() -> None:
    drafting = Drafting([*PROMPT, 1, 2, 3])
    drafting.note(PROMPT[4:9], [])
    assert drafting.guess() == []  # five words may stand anywhere
    drafting.note(PROMPT[9:10], [])
    assert drafting.guess() == PROMPT[10:13]


def test_a_right_guess_leads_to_a_long_one_and_a_wrong_one_to_none() -> None:
    drafting = Drafting([*PROMPT, 1, 2, 3])
    drafting.note(PROMPT[4:10], [])
    guessed = drafting.guess()
    drafting.note(PROMPT[10:14], guessed)
    assert drafting.guess() == PROMPT[14:29]
    drafting.note([7], drafting.guess())
    drafting.note(PROMPT[:6], [])
    assert drafting.guess() == []
    drafting.note([8, 9, *PROMPT[20:26]], [])
    assert drafting.guess() == PROMPT[26:29]


def test_an_answer_may_repeat_itself() -> None:
    drafting = Drafting([1, 2, 3])
    drafting.note([*PROMPT, *PROMPT[:6]], [])
    assert drafting.guess() == PROMPT[6:9]
