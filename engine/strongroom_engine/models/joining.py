"""Whether joining blocks pays on this device: measured when the model is loaded.

A processor reads 100 to 200 tokens a second, and puts a thousand into place in a hundredth of one.
A GPU reads so quickly, and copies from the computer's memory so slowly at times, that it may be the
other way round.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from strongroom_engine.models.context import Context

_TOKENS = 256
"""As many as a passage has."""
_SEQUENCE = 0
_BEFORE = 1_024
"""How far a block is moved."""


def pays(context: Context) -> bool:
    """Whether a passage is put into place sooner than it is read; the cache has to be empty."""
    passage = (context.tokens("The tenant keeps the roof in repair. ") * _TOKENS)[:_TOKENS]
    read = joined = 0.0
    for _ in range(2):  # the first time a device gets ready for work of this size
        read = _time(partial(_read, context, passage))
        block = context.state(_SEQUENCE)
        context.forget(_SEQUENCE)
        joined = _time(partial(_join, context, block, passage))
        context.forget(_SEQUENCE)
    return joined < read


def _read(context: Context, passage: Sequence[int]) -> None:
    for at in range(0, len(passage), context.unit):
        part = passage[at : at + context.unit]
        entries = [(token, at + index, _SEQUENCE, False) for index, token in enumerate(part)]
        context.decode([*entries[:-1], (*entries[-1][:3], True)])
    context.wait()


def _join(context: Context, block: bytes, passage: Sequence[int]) -> None:
    context.restore(block, _SEQUENCE)
    context.shift(_SEQUENCE, _BEFORE)
    # Which moves it, and reads one token: the reading has its last one in it, too.
    context.decode([(passage[0], _BEFORE + len(passage), _SEQUENCE, True)])
    context.wait()


def _time(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
