"""Passages that the real answer model has read for one question cost the next one nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from tests.engine.models.conftest import plan_for

from strongroom_engine.answering.passages import answer_template
from strongroom_engine.answering.prompt import Source, build_prompt
from strongroom_engine.answering.reading_ahead import best
from strongroom_engine.models.generator import WorkerGenerator
from strongroom_engine.types import Generation

RENT = Source(
    "Lease > Rent", "The Tenant pays a rent of 1,200 euros on the first of each month. " * 3
)
ROOF = Source("Lease > Repairs", "The Landlord keeps the roof and the outer walls in repair. " * 3)
DOGS = Source("Lease > Pets", "Dogs may not be kept in the house; small animals may. " * 3)


@pytest.fixture(scope="module")
def small() -> Iterator[WorkerGenerator]:
    """The 0.5B, which answers simple questions."""
    generator = WorkerGenerator(replace(plan_for("small", 2048), block_bytes=64 << 20))
    generator.load(answer_template().stable)
    yield generator
    generator.close()


def asked(generator: WorkerGenerator, question: str, sources: Sequence[Source]) -> Generation:
    form = answer_template()
    prompt, count = build_prompt(form, question, sources, generator.count_tokens, 2048)
    assert (count, len(prompt.passages)) == (len(sources), len(sources))
    return generator.generate(prompt, lambda _text: None, lambda: False)


def test_the_order_of_passages_and_the_question_may_change(small: WorkerGenerator) -> None:
    first = asked(small, "How much is the rent?", [RENT, ROOF, DOGS])
    second = asked(small, "Who repairs the roof?", [ROOF, DOGS, RENT])
    assert "1,200" in first.text
    assert "Landlord" in second.text
    new = small.count_tokens("Question: Who repairs the roof?")
    assert second.prompt_tokens - second.reused_tokens < new + 12  # and what ends the message


def test_the_same_passage_twice_in_a_prompt_is_one_passage_for_the_next(
    small: WorkerGenerator,
) -> None:
    mill = Source("Lease > Term", "The lease of the mill ends on 31 March 2027. " * 3)
    first = asked(small, "When does the lease end?", [mill, mill, RENT])
    second = asked(small, "How much is the rent?", [RENT, mill])
    assert "2027" in first.text
    new = small.count_tokens("Question: How much is the rent?")
    assert second.prompt_tokens - second.reused_tokens < new + 12


def test_of_a_prompt_the_best_can_be_read_alone(small: WorkerGenerator) -> None:
    form = answer_template()
    sources = [replace(source, heading="Annex") for source in (RENT, ROOF, DOGS)]
    prompt, _ = build_prompt(form, "How much?", sources, small.count_tokens, 2048)
    assert small.known(prompt) == (False, False, False)
    assert small.read(best(prompt, 1)) == 1
    assert small.known(prompt) == (False, False, True)
    assert small.read(prompt) == 3
    assert small.known(prompt) == (True, True, True)
