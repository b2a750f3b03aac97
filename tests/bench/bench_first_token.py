"""Time to the first word: Strongroom's answer worker against llama.cpp alone, on the same prompt.

    python tests/bench/bench_first_token.py [--model default|small|test] [--rounds N]

Both sides are processes of their own with the model loaded and the shared first messages
evaluated; each round gives both the same new prompt, in turn, and takes the ratio, so a machine
whose speed drifts does not matter. llama.cpp alone is `llama_cpp.Llama` as its documentation
uses it, with the same threads, which do not spin on either side (on a busy machine llama.cpp
with its own setting would be several times slower than both). A second question on the same sources follows on our side.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

import pytest

from strongroom_engine.models.catalogue import load_catalogue
from strongroom_engine.models.generator import Generator, WorkerGenerator
from strongroom_engine.models.hardware import cores
from strongroom_engine.settings import assets_folder, models_folder
from strongroom_engine.types import Generation, Message, ModelPlan, Prompt

CONTEXT = 4096
STABLE = (
    Message(
        "system", "Answer from the sources alone, and say so when they do not hold the answer."
    ),
)
WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()
ALONE = """
import json, sys, time
from llama_cpp import Llama
file, context, threads, stable = json.loads(sys.argv[1])
llama = Llama(file, n_ctx=context, n_threads=threads, n_threads_batch=threads, verbose=False)
def first(messages):
    begun = time.perf_counter()
    for part in llama.create_chat_completion(messages, temperature=0, max_tokens=8, stream=True):
        if part["choices"][0]["delta"].get("content"):
            break
    return (time.perf_counter() - begun) * 1000
first(stable + [{"role": "user", "content": "Hello"}])
print("ready", flush=True)
for line in sys.stdin:
    print(first(json.loads(line)), flush=True)
"""


def unread(generator: Generator, documents: Sequence[str], stable: Sequence[Message]) -> None:
    """The model knows nothing of the documents any more. What prompts begin with, which it forgets
    with them, is read again."""
    generator.forget(documents)
    instructions = Prompt((*stable, Message("user", "Hello")), len(stable), 0.0, 1)
    generator.generate(instructions, lambda _text: None, lambda: False)


def plan(use: str) -> ModelPlan:
    catalogue = load_catalogue(assets_folder() / "catalogue" / "models.toml")
    model = next(model for model in catalogue.model if getattr(model, use))
    file = str(models_folder() / model.file[0].file)
    return ModelPlan(
        model=model.id,
        name=model.name,
        quantization=model.file[0].quantization,
        file=file,
        context=CONTEXT,
        gpu_layers=0,
        layers=model.layers,
        device="CPU",
        memory_needed=0,
        threads=cores(),
        why="",
    )


def wire(messages: Sequence[Message]) -> list[dict[str, str]]:
    return [{"role": message.role, "content": message.content} for message in messages]


class Alone:
    """llama.cpp in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        assert process.stdout
        self._in: IO[str] = process.stdin
        self._out: IO[str] = process.stdout
        assert self._out.readline() == "ready\n"

    def first_ms(self, messages: Sequence[Message]) -> float:
        self._in.write(json.dumps(wire(messages)) + "\n")
        self._in.flush()
        return float(self._out.readline())


@contextmanager
def alone(chosen: ModelPlan, stable: Sequence[Message] = STABLE) -> Iterator[Alone]:
    arguments = json.dumps([chosen.file, chosen.context, chosen.threads, wire(stable)])
    process = subprocess.Popen(
        [sys.executable, "-c", ALONE, arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"OMP_WAIT_POLICY": "passive"},
    )
    try:
        yield Alone(process)
    finally:
        process.kill()
        process.communicate()


def sources(dice: random.Random) -> str:
    """Four passages of about 250 tokens."""
    parts = (" ".join(dice.choices(WORDS, k=200)) for _ in range(4))
    return "\n\n".join(f"[{n}] {text}." for n, text in enumerate(parts, 1))


def ask(generator: WorkerGenerator, text: str) -> Generation:
    prompt = Prompt((*STABLE, Message("user", text)), 1, 0.0, 8)
    return generator.generate(prompt, lambda _text: None, lambda: False)


class Round(NamedTuple):
    tokens: int
    ours_ms: float
    alone_ms: float
    second_ms: float


def one_round(generator: WorkerGenerator, reference: Alone, text: str, ours_first: bool) -> Round:
    question = f"{text}\n\nQuestion: what does the tenant pay?"
    messages = (*STABLE, Message("user", question))
    alone_ms = 0.0 if ours_first else reference.first_ms(messages)
    first = ask(generator, question)
    if ours_first:
        alone_ms = reference.first_ms(messages)
    second = ask(generator, f"{text}\n\nQuestion: when does the lease end?")
    assert first.first_token_ms is not None
    assert second.first_token_ms is not None
    return Round(first.prompt_tokens, first.first_token_ms, alone_ms, second.first_token_ms)


def measure(use: str, rounds: int) -> dict[str, float]:
    chosen, dice = plan(use), random.Random(5)
    generator = WorkerGenerator(chosen)
    try:
        with alone(chosen) as reference:
            generator.load(STABLE)
            found = [
                one_round(generator, reference, sources(dice), bool(number % 2))
                for number in range(rounds)
            ]
    finally:
        generator.close()
    return {
        "prompt_tokens": found[-1].tokens,
        "first_token_ms": statistics.median(r.ours_ms for r in found),
        "over_llama_cpp_alone": statistics.median(r.ours_ms / r.alone_ms for r in found),
        "second_over_first": statistics.median(r.second_ms / r.ours_ms for r in found),
    }


@pytest.mark.bench
def test_first_token_is_within_a_fifth_of_llama_cpp_alone() -> None:
    found = measure("small", rounds=3)
    print(found)
    assert found["over_llama_cpp_alone"] <= 1.2
    assert found["second_over_first"] < 0.5


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="default", choices=["default", "small", "test"])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for name, value in measure(options.model, options.rounds).items():
        print(f"{name:22}{value:10.2f}")
