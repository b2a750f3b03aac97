from __future__ import annotations

from collections.abc import Iterator

import pytest

from strongroom_engine.models import ggml, packing

FAST, SLOW = 0.001, 0.002


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    packing.pays.cache_clear()
    yield
    packing.pays.cache_clear()


def test_the_quicker_way_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    with packing._processor(1) as processor:
        plain, repacking = processor._plain, list(processor._repacking())
        kind = packing._KINDS["Q4_0"]
        if not any(_possible(processor, kind, place) for place in repacking):
            pytest.skip("this processor's llama.cpp repacks nothing")
        taken = {plain: SLOW}
        monkeypatch.setattr(
            processor, "_seconds", lambda _kind, place, _copies, _tokens: taken.get(place, FAST)
        )
        assert processor.pays("Q4_0")
        taken |= {plain: FAST, **dict.fromkeys(repacking, SLOW)}
        assert not processor.pays("Q4_0")


def _possible(processor: packing._Processor, kind: int, place: int) -> bool:
    with processor._product(kind, place, 1, 1) as graph:
        return graph is not None


def test_both_ways_are_really_reckoned() -> None:
    with packing._processor(1) as processor:
        kind = packing._KINDS["Q4_K"]
        places = [p for p in processor._repacking() if _possible(processor, kind, p)]
        for place in (processor._plain, *places):
            few = processor._seconds(kind, place, 1, 1)
            many = processor._seconds(kind, place, 1, 128)
            assert 0 < few < many


@pytest.mark.parametrize("quantization", ["?", "", "MXFP4"])
def test_what_is_not_known_is_left_to_llama_cpp(quantization: str) -> None:
    assert packing.pays(quantization, 1)


def test_a_ggml_that_has_changed_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {"backend_renamed": (None, []), **packing._SIGNATURES}
    monkeypatch.setattr(packing, "_SIGNATURES", changed)
    assert packing.pays("Q4_K_M", 1)


def test_full_memory_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(signatures: ggml.Signatures) -> object:
        found = ggml.functions(signatures)
        found.backend_alloc_ctx_tensors_from_buft = lambda _tensors, _place: None
        return found

    monkeypatch.setattr(packing, "functions", full)
    assert packing.pays("Q4_K_M", 1)
