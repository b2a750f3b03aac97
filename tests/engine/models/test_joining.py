from __future__ import annotations

import time
from dataclasses import replace

import pytest

from strongroom_engine.models import joining
from strongroom_engine.models.context import Context

from .conftest import plan_for


@pytest.fixture(scope="module")
def context() -> Context:
    # Of several threads each would spin while it waits: in the worker that is forbidden.
    return Context(replace(plan_for("test", 2048), threads=1))


def test_joining_pays_where_reading_is_slow(context: Context) -> None:
    assert joining.pays(context)


def test_joining_does_not_pay_where_copying_is_slower(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore = context.restore

    def slowly(state: bytes, sequence: int) -> None:
        began = time.perf_counter()
        joining._read(context, context.tokens("word " * 600)[:600])
        context.forget(sequence)
        restore(state, sequence)
        assert time.perf_counter() > began

    monkeypatch.setattr(context, "restore", slowly)
    assert not joining.pays(context)
