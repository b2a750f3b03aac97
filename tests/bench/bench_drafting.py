"""Tokens a second with drafts (prompt lookup decoding) and without, in one run.

    python tests/bench/bench_drafting.py FOLDER [--model default|small|test] [--texts N]

FOLDER holds texts (.txt or .md). A part of each is given with four things to do: quote, summarise, explain,
answer in few words. Both ways answer the same prompt in turn, with the model in this
process; what is printed is the writing alone, without the reading of the prompt.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections import deque
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault(
    "OMP_WAIT_POLICY", "passive"
)  # as in the worker; read when llama.cpp is loaded

from tests.bench.bench_first_token import plan

from strongroom_engine.models.drafting import Drafting
from strongroom_engine.models.llama import LlamaModel
from strongroom_engine.types import Message, Prompt

SYSTEM = Message("system", "Use only what the text says.")
TASKS = {
    "quote": "Quote the two most important sentences of the text above, word for word.",
    "summary": "Summarise the text above in three sentences.",
    "explain": "What are the facts in the text above? Answer in complete sentences.",
    "answer": "Which name stands first in the text above? Answer with the name alone.",
}
CHARACTERS, MOST_TOKENS = 1_500, 90
GUESS = Drafting.guess


class Row(NamedTuple):
    """Tokens a second, and whether both wrote the same: a batch rounds otherwise than a token alone."""

    plain: float
    drafted: float
    same: bool


def write(model: LlamaModel, prompt: Prompt, *, drafts: bool) -> tuple[list[int], float]:
    """The tokens that were written, and the seconds that took."""
    Drafting.guess = GUESS if drafts else lambda _self: []  # type: ignore[assignment,method-assign]
    pieces = model.pieces(prompt)
    slot = model.take(pieces, prompt.max_tokens)
    assert slot is not None
    deque(model.evaluate(slot, pieces, ""), maxlen=0)
    writing = model.begin(slot, prompt)
    began = time.perf_counter()
    model.first(writing)
    while not writing.done:
        model.go_on([writing])
    took = time.perf_counter() - began
    writing.close()
    model.give_back(slot)
    return writing.tokens, took


def measure(folder: Path, use: str, texts: int) -> None:
    model, dice = LlamaModel(plan(use)), random.Random(3)
    files = sorted(folder.rglob("*.txt")) or sorted(folder.rglob("*.md"))
    found: dict[str, list[Row]] = {}
    for file in dice.sample(files, min(texts, len(files))):
        text = file.read_text(encoding="utf-8", errors="replace")
        start = dice.randrange(max(len(text) - CHARACTERS, 1))
        for kind, task in TASKS.items():
            asked = Message("user", f"{text[start : start + CHARACTERS]}\n\n{task}")
            prompt = Prompt((SYSTEM, asked), 1, 0.0, MOST_TOKENS)
            written, plain = write(model, prompt, drafts=False)
            drafted, quick = write(model, prompt, drafts=True)
            row = Row(len(written) / plain, len(drafted) / quick, written == drafted)
            found.setdefault(kind, []).append(row)
    if not found:
        raise SystemExit(f"There are no texts in {folder}.")
    for kind, rows in found.items():
        plain, quick = (statistics.mean(row[index] for row in rows) for index in (0, 1))
        ratio = statistics.median(row.drafted / row.plain for row in rows)
        same = sum(row.same for row in rows)
        print(
            f"{kind:8} {plain:6.1f} tokens/s without  {quick:6.1f} with  x{quick / plain:.2f} "
            f"(median x{ratio:.2f})  the same to the last token: {same} of {len(rows)}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="default", choices=["default", "small", "test"])
    parser.add_argument("--texts", type=int, default=8)
    options = parser.parse_args()
    measure(options.folder, options.model, options.texts)
