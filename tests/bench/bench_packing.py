"""Reading and writing with repacked weights and without, in one run, and what would be chosen here.

    python tests/bench/bench_packing.py [--model default|small|test]

The same tokens with the model in this process, loaded both ways in turn; one ratio each, above 1 where
what was chosen is the quicker.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from typing import NamedTuple

os.environ.setdefault(
    "OMP_WAIT_POLICY", "passive"
)  # as in the worker; read when llama.cpp is loaded

from tests.bench.bench_first_token import plan

from strongroom_engine.models import packing
from strongroom_engine.models.context import Context
from strongroom_engine.types import ModelPlan

READ, WRITTEN, ROUNDS = 512, 24, 3


class Speeds(NamedTuple):
    read: float
    written: float


def measured(chosen: ModelPlan, *, repacked: bool) -> Speeds:
    """Tokens a second: of a prompt, and of an answer after it."""
    pays, packing.pays = packing.pays, lambda *_: repacked  # type: ignore[assignment]
    try:
        context = Context(chosen)
    finally:
        packing.pays = pays
    tokens = (context.tokens("The tenant keeps the roof in repair. ") * READ)[:READ]
    rates = [_once(context, tokens) for _ in range(ROUNDS)]
    return Speeds(*(statistics.median(column) for column in zip(*rates, strict=True)))


def _once(context: Context, tokens: list[int]) -> Speeds:
    context.forget(0)
    began = time.perf_counter()
    context.decode([(token, at, 0, at == READ - 1) for at, token in enumerate(tokens)])
    read = time.perf_counter()
    for at in range(READ, READ + WRITTEN):
        context.decode([(tokens[at % READ], at, 0, True)])
    return Speeds(READ / (read - began), WRITTEN / (time.perf_counter() - read))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--model", choices=("default", "small", "test"), default="default")
    chosen = plan(options.parse_args().model)
    plain, repacked = (measured(chosen, repacked=way) for way in (False, True))
    for name, one in (("as they are", plain), ("repacked", repacked)):
        print(f"{name:12} {one.read:6.0f} tokens/s read, {one.written:5.1f} written")
    pays = packing.pays(chosen.quantization, chosen.threads)
    best, other = (repacked, plain) if pays else (plain, repacked)
    print(
        f"chosen: {'repacked' if pays else 'as they are'}; over the other way"
        f" {best.read / other.read:.2f} read, {best.written / other.written:.2f} written"
    )


if __name__ == "__main__":
    main()
