"""What stands in the columns of a table, counted when it is put in: asking needs no look at the rows
to know which values there are."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from strongroom_engine.types import CellValue, ColumnProfile

MAX_TEXTS = 20_000
"""Different texts of a column that are known by name."""
MAX_DECIMALS = 8
LEAST_SUMMED = 5
"""Numbers of a column of which the last may be the sum, at least."""
CLOSE = 1e-9
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")


def profiles(rows: Iterable[Sequence[CellValue]], width: int) -> tuple[ColumnProfile, ...]:
    """Of each column."""
    columns: list[list[CellValue]] = [[] for _ in range(width)]
    for row in rows:
        for column, cell in zip(columns, row, strict=False):
            column.append(cell)
    return tuple(map(profile, columns))


def profile(cells: Sequence[CellValue]) -> ColumnProfile:
    filled = [cell for cell in cells if cell is not None and cell != ""]
    counted = Counter(filled)  # True and 1 are one
    numbers = [cell for cell in filled if isinstance(cell, int | float)]
    texts = [value for value in counted if isinstance(value, str)]
    days = bool(texts) and all(map(_DAY.match, texts))
    return ColumnProfile(
        filled=len(filled),
        numbers=len(numbers),
        different=len(counted),
        texts=tuple(texts[:MAX_TEXTS]),
        more_texts=len(texts) > MAX_TEXTS,
        days=days,
        months=tuple(sorted({text[:7] for text in texts})) if days else (),
        decimals=max(map(decimals, set(numbers)), default=0),
        low=float(min(numbers, default=0)),
        high=float(max(numbers, default=0)),
        rising=len(numbers) == len(cells) > 1 and _rises(numbers),
        last_sums=_last_sums(cells, numbers),
        checksum=hashlib.blake2b(
            json.dumps(cells, ensure_ascii=False).encode("utf-8", "replace"), digest_size=8
        ).hexdigest(),
    )


def _rises(numbers: Sequence[float]) -> bool:
    return all(one < other and other == int(other) for one, other in pairwise(numbers))


def _last_sums(cells: Sequence[CellValue], numbers: Sequence[float]) -> int:
    if len(numbers) < LEAST_SUMMED or not cells or cells[-1] is not numbers[-1]:
        return 0
    last, others = numbers[-1], math.fsum(numbers[:-1])
    near = abs(last) * CLOSE
    if last == 0 or max(map(abs, numbers[:-1])) >= abs(last):
        return 0
    return 1 if abs(others - last) <= near else 2 if abs(others - 2 * last) <= 2 * near else 0


def decimals(number: float) -> int:
    """Digits after the point that the number has."""
    if isinstance(number, int) or number.is_integer():
        return 0
    text = f"{number:.{MAX_DECIMALS}f}".rstrip("0")
    return len(text.partition(".")[2])


def packed(made: tuple[ColumnProfile, ...]) -> bytes:
    return msgspec.msgpack.encode(made)


def unpacked(kept: bytes) -> tuple[ColumnProfile, ...]:
    return msgspec.msgpack.decode(kept, type=tuple[ColumnProfile, ...])
