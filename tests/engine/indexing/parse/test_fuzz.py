"""Files of every format, broken in many ways: each is read or refused with a reason, and no worker
dies, hangs, or meets what nobody foresaw.

`tests/bench/bench_fuzz.py` does the same at length, with real files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.engine.fuzzing import ESCAPES, fates
from tests.engine.mutating import mutant
from tests.engine.parsing import in_memory
from tests.engine.samples import SAMPLES

from strongroom_engine.indexing.parse import formats
from strongroom_engine.indexing.parse.formats import Format
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.settings import Settings

MUTANTS = 12


@pytest.fixture(scope="module")
def pool() -> Iterator[ParserPool]:
    """One worker, which gets more time than any of these needs, whatever else the machine does."""
    with ParserPool(1, Settings(parse_timeout_s=60, parse_memory_mb=1024)) as pool:
        yield pool


@pytest.mark.parametrize("name", SAMPLES)
def test_broken_files_are_read_or_refused(pool: ParserPool, tmp_path: Path, name: str) -> None:
    whole = SAMPLES[name]()
    path = tmp_path / name
    escaped = []
    for seed in range(MUTANTS):
        path.write_bytes(mutant(name, whole, seed) or b"x")
        escaped += [(seed, fate) for fate in fates(pool, path) if fate.what in ESCAPES]
    assert not escaped, f"of mutant({name!r}, SAMPLES[{name!r}](), seed)"


def test_a_mutant_is_made_again_by_its_seed() -> None:
    whole = SAMPLES["text.odt"]()
    made = [mutant("text.odt", whole, seed) for seed in range(20)]
    assert [mutant("text.odt", whole, seed) for seed in range(20)] == made
    assert len(set(made)) > 15


def test_every_parser_has_a_sample() -> None:
    """So that a format which is added is broken, too."""
    found = {formats.detect(name, in_memory(name, make()).file).parser for name, make in SAMPLES.items()}  # fmt: skip
    known = {one.parser for one in _formats(list(vars(formats).values())) if one.parser}
    assert known == found


def _formats(value: Any) -> Iterator[Format]:
    """The formats in a table of any kind."""
    if isinstance(value, Format):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _formats(one)
