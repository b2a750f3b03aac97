"""Whether repacked weights pay on this processor: measured before a model is loaded.

llama.cpp can lay out weights anew for a processor's vector instructions. For which of them that is
quicker depends on the processor and on the kind of weights: with Q4_K on a server's two cores with
AVX-512 an answer's next token came after 36 ms instead of 43, and its prompt was read at 100 tokens
a second instead of 150. So one product of the model's size is reckoned both ways.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from strongroom_engine.models.ggml import POINTER, SIZE, TEXT, functions

_ROWS, _COLUMNS = 8_960, 1_536
"""Of a matrix of the default model, its largest kind."""
_COPIES = 6
"""Together larger than a processor's cache: as it writes, the weights come from memory."""
_PROMPT, _ANSWER = 4, 60
"""Parts of a prompt that are read to a usual answer, and the tokens that are written."""
_PART = 128
_TIMES = 4
_F32 = 0  # enum ggml_type
_KINDS = {
    "Q4_0": 2, "Q4_1": 3, "Q5_0": 6, "Q8_0": 8, "Q2_K": 10, "Q4_K": 12, "Q5_K": 13, "Q6_K": 14,
    "IQ4_NL": 20,
}  # fmt: skip
"""The same for what most weights of a file are, by its quantization without its size: 'Q4_K_M' has
Q4_K, and others beside it."""
_CPU = 0  # enum ggml_backend_dev_type
_TENSORS_BYTES = 1 << 20
"""Room for what ggml notes of them; what they hold lies elsewhere."""


@cache
def pays(quantization: str, threads: int) -> bool:
    """Whether a model of this kind ('Q4_K_M') answers sooner with repacked weights; as llama.cpp
    would have it where that cannot be told.

    Takes a fifth of a second, and 200 MB at most meanwhile.
    """
    try:
        with _processor(threads) as processor:
            return processor.pays(quantization)
    except (AttributeError, FileNotFoundError, MemoryError):
        return True  # ggml has changed, or the memory is full: the loading will tell


class _Room(ctypes.Structure):
    """ggml_init_params"""

    _fields_ = (("size", SIZE), ("buffer", POINTER), ("no_alloc", ctypes.c_bool))


class _Processor:
    """ggml's processor, with so many threads."""

    def __init__(self, ggml: Any, device: int, backend: int) -> None:
        self._ggml, self._device, self._backend = ggml, device, backend
        self._plain: int = ggml.backend_dev_buffer_type(device)

    def pays(self, quantization: str) -> bool:
        kind = _KINDS.get(quantization.removesuffix("_S").removesuffix("_M").removesuffix("_L"))
        if kind is None:
            return True
        for place in self._repacking():
            with self._product(kind, place, 1, 1) as possible:
                if possible is not None:
                    return self._answer_s(kind, place) < self._answer_s(kind, self._plain)
        return True  # nothing would be repacked

    def _repacking(self) -> Iterator[int]:
        """Kinds of memory in which weights are laid out anew, those first that llama.cpp prefers."""
        registered = self._ggml.backend_dev_backend_reg(self._device)
        found = self._ggml.backend_reg_get_proc_address(
            registered, b"ggml_backend_dev_get_extra_bufts"
        )
        if not found:
            return
        kinds = ctypes.CFUNCTYPE(ctypes.POINTER(POINTER), POINTER)(found)(self._device)
        index = 0
        while kinds and kinds[index]:
            yield kinds[index]
            index += 1

    def _answer_s(self, kind: int, place: int) -> float:
        """Seconds that the matrix takes in a usual answer."""
        reading = self._seconds(kind, place, 1, _PART)
        writing = self._seconds(kind, place, _COPIES, 1) / _COPIES
        return _PROMPT * reading + _ANSWER * writing

    def _seconds(self, kind: int, place: int, copies: int, tokens: int) -> float:
        """The least of some times: others may be at work here, too."""
        with self._product(kind, place, copies, tokens) as graph:
            if graph is None:
                raise MemoryError
            return min(self._time(graph) for _ in range(_TIMES))

    def _time(self, graph: int) -> float:
        began = time.perf_counter()
        self._ggml.backend_graph_compute(self._backend, graph)
        return time.perf_counter() - began

    @contextmanager
    def _product(self, kind: int, place: int, copies: int, tokens: int) -> Iterator[int | None]:
        """What multiplies each of so many matrices with the vectors of so many tokens; None where
        that cannot be done in this kind of memory."""
        ggml = self._ggml
        with self._tensors() as weights, self._tensors() as others:
            matrices = [ggml.new_tensor_2d(weights, kind, _COLUMNS, _ROWS) for _ in range(copies)]
            with self._held(weights, place):
                vectors = ggml.new_tensor_2d(others, _F32, _COLUMNS, tokens)
                graph = ggml.new_graph(others)
                products = [ggml.mul_mat(others, matrix, vectors) for matrix in matrices]
                for product in products:
                    ggml.build_forward_expand(graph, product)
                if not ggml.backend_dev_supports_op(self._device, products[0]):
                    yield None
                    return
                with self._held(others, self._plain):
                    self._fill(matrices)
                    yield graph

    @contextmanager
    def _tensors(self) -> Iterator[int]:
        context = self._ggml.init(_Room(_TENSORS_BYTES, None, True))
        try:
            yield context
        finally:
            self._ggml.free(context)

    @contextmanager
    def _held(self, tensors: int, place: int) -> Iterator[None]:
        """What these tensors hold has room in this kind of memory meanwhile."""
        buffer = self._ggml.backend_alloc_ctx_tensors_from_buft(tensors, place)
        if not buffer:
            raise MemoryError
        try:
            yield
        finally:
            self._ggml.backend_buffer_free(buffer)

    def _fill(self, matrices: Sequence[int]) -> None:
        """Their kind of memory repacks them on the way."""
        size = self._ggml.nbytes(matrices[0])
        weights = bytes(size)
        for matrix in matrices:
            self._ggml.backend_tensor_set(matrix, weights, 0, size)


@contextmanager
def _processor(threads: int) -> Iterator[_Processor]:
    ggml = functions(_SIGNATURES)
    device = ggml.backend_dev_by_type(_CPU)
    backend = ggml.backend_dev_init(device, None)
    try:
        registered = ggml.backend_dev_backend_reg(device)
        found = ggml.backend_reg_get_proc_address(registered, b"ggml_backend_set_n_threads")
        ctypes.CFUNCTYPE(None, POINTER, ctypes.c_int)(found)(backend, threads)
        yield _Processor(ggml, device, backend)
    finally:
        ggml.backend_free(backend)


_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "init": (POINTER, [_Room]),
    "free": (None, [POINTER]),
    "nbytes": (SIZE, [POINTER]),
    "new_tensor_2d": (POINTER, [POINTER, ctypes.c_int, ctypes.c_int64, ctypes.c_int64]),
    "mul_mat": (POINTER, [POINTER, POINTER, POINTER]),
    "new_graph": (POINTER, [POINTER]),
    "build_forward_expand": (None, [POINTER, POINTER]),
    "backend_dev_by_type": (POINTER, [ctypes.c_int]),
    "backend_dev_init": (POINTER, [POINTER, TEXT]),
    "backend_dev_backend_reg": (POINTER, [POINTER]),
    "backend_dev_buffer_type": (POINTER, [POINTER]),
    "backend_dev_supports_op": (ctypes.c_bool, [POINTER, POINTER]),
    "backend_reg_get_proc_address": (POINTER, [POINTER, TEXT]),
    "backend_alloc_ctx_tensors_from_buft": (POINTER, [POINTER, POINTER]),
    "backend_buffer_free": (None, [POINTER]),
    "backend_tensor_set": (None, [POINTER, TEXT, SIZE, SIZE]),
    "backend_graph_compute": (ctypes.c_int, [POINTER, POINTER]),
    "backend_free": (None, [POINTER]),
}
