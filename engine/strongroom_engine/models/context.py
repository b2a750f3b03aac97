"""A GGUF model and a context of it, by llama.cpp's own calls. Only the answer worker imports this.

llama-cpp-python's `Llama` knows one sequence; reading passages apart from each other takes several.

Four decisions, each measured with the 1.5B model on two cores without a GPU:

* Weights are laid out anew for the processor's vector instructions only where that pays
  (`packing`).
* The file is read, not mapped. Where llama.cpp lays out more than half of the weights anew, those
  that are mapped stay resident too (1.9 GB instead of 1.3 GB). Loading takes 0.9 s instead of 0.7 s.
* On the processor 128 tokens are computed at once instead of 512: as fast, with a working buffer
  of 76 MB instead of 306 MB.
* Flash attention, which passes over what other prompts have in the cache: with 4,096 tokens of theirs
  a prompt is read at 0.94 of the speed instead of 0.61. No quantized KV cache: that makes prompts a
  quarter slower.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import llama_cpp

from strongroom_engine.errors import Cancelled
from strongroom_engine.models import packing
from strongroom_engine.models.memory import BATCH_TOKENS, microbatch
from strongroom_engine.types import ModelPlan

SLOTS = 10
"""Prompts in the KV cache at once: those that are answered, and some that may be asked again."""
TOGETHER = 4
"""Passages that are read at once, each by itself."""
_EVERY_LAYER = -1
"""Also the output, which llama.cpp counts as one more layer."""
_ABORTED = 2
_ERROR = 4
"""llama.cpp's level of log lines about errors."""

Cancel = Callable[[], bool]
Entry = tuple[int, int, int, bool]
"""A token, its position, its sequence, and whether logits are wanted."""


class Context:
    """A loaded model. Not thread-safe. Raises `ValueError` where llama.cpp does not take the file."""

    def __init__(self, plan: ModelPlan) -> None:
        llama_cpp.llama_log_set(_LOG, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        self.file = plan.file
        self.model: Any = llama_cpp.llama_model_load_from_file(plan.file.encode(), _of_model(plan))
        if not self.model:
            raise ValueError(plan.file)
        self.ctx: Any = llama_cpp.llama_init_from_model(self.model, _of_context(plan))
        if not self.ctx:
            llama_cpp.llama_model_free(self.model)
            raise ValueError(plan.file)
        self.cells = int(llama_cpp.llama_n_ctx(self.ctx))
        """How many tokens the KV cache has room for."""
        self.unit = microbatch(plan.gpu_layers)
        """So many tokens are computed at once."""
        self.vocabulary: Any = llama_cpp.llama_model_get_vocab(self.model)
        self.memory: Any = llama_cpp.llama_get_memory(self.ctx)
        self._batch = llama_cpp.llama_batch_init(2 * BATCH_TOKENS, 0, 1)

    def tokens(self, text: str, *, special: bool = False) -> list[int]:
        """The tokens of a text; control tokens in it stay plain text unless `special`."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        tokens = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(
            self.vocabulary, data, len(data), tokens, room, False, special
        )
        return list(tokens[:count])

    def piece(self, token: int) -> bytes:
        """What a token writes; nothing for a control token."""
        size = 32
        while True:
            buffer = ctypes.create_string_buffer(size)
            used: int = llama_cpp.llama_token_to_piece(
                self.vocabulary, token, buffer, size, 0, False
            )
            if used >= 0:
                return buffer.raw[:used]
            size = -used

    def metadata(self, key: str) -> str | None:
        """What the file says of itself under this key."""
        size = 1024
        while True:
            buffer = ctypes.create_string_buffer(size)
            used: int = llama_cpp.llama_model_meta_val_str(self.model, key.encode(), buffer, size)
            if used < size:
                return None if used < 0 else buffer.raw[:used].decode("utf-8", "replace")
            size = used + 1

    def decode(self, entries: Sequence[Entry]) -> None:
        """Evaluate tokens, of one sequence or of several; of those that want them there are logits
        then, by their place among the entries.

        Raises `Cancelled` when it was aborted: then nothing of them is in the cache.
        """
        batch = self._batch
        batch.n_tokens = len(entries)
        for index, (token, position, sequence, logits) in enumerate(entries):
            batch.token[index], batch.pos[index] = token, position
            batch.n_seq_id[index], batch.seq_id[index][0] = 1, sequence
            batch.logits[index] = logits
        code = llama_cpp.llama_decode(self.ctx, batch)
        if not code:
            return
        for _, position, sequence, _ in entries:
            self.forget(sequence, position)
        if code == _ABORTED:
            raise Cancelled
        raise RuntimeError(f"llama_decode returned {code}")

    def wait(self) -> None:
        """Until all that was evaluated has been computed: a GPU goes on by itself."""
        llama_cpp.llama_synchronize(self.ctx)

    # --- sequences -------------------------------------------------------------------------------

    def copy(self, sequence: int, to: int, end: int = -1) -> None:
        """Let another sequence have what this one holds, up to a position."""
        llama_cpp.llama_memory_seq_cp(self.memory, sequence, to, -1, end)

    def forget(self, sequence: int, start: int = -1, end: int = -1) -> None:
        """Take from a sequence what stands between two positions; -1 is its beginning, its end."""
        llama_cpp.llama_memory_seq_rm(self.memory, sequence, start, end)

    def shift(self, sequence: int, by: int) -> None:
        """Move all that a sequence holds by so many positions."""
        llama_cpp.llama_memory_seq_add(self.memory, sequence, -1, -1, by)

    def state(self, sequence: int) -> bytes:
        """What a sequence holds, and where."""
        size = llama_cpp.llama_state_seq_get_size(self.ctx, sequence)
        held = (ctypes.c_uint8 * size)()
        written = llama_cpp.llama_state_seq_get_data(self.ctx, held, size, sequence)
        return bytes(memoryview(held)[:written])

    def restore(self, state: bytes, sequence: int) -> None:
        """Put such a state into a sequence, in place of what it holds."""
        held = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        if not llama_cpp.llama_state_seq_set_data(self.ctx, held, len(state), sequence):
            raise RuntimeError("llama.cpp had no room for what was read before")

    @contextmanager
    def abortable(self, cancelled: Cancel) -> Iterator[None]:
        """Meanwhile llama.cpp asks between operations whether to go on."""
        asked = llama_cpp.ggml_abort_callback(lambda _: cancelled())
        llama_cpp.llama_set_abort_callback(self.ctx, asked, None)
        try:
            yield
        finally:
            nothing = llama_cpp.ggml_abort_callback(0)
            llama_cpp.llama_set_abort_callback(self.ctx, nothing, None)

    @cached_property
    def copies(self) -> bool:
        """Whether a sequence can be cut back, and its beginning be given to another. The state of a
        recurrent model cannot."""
        found = llama_cpp.llama_model_is_recurrent(self.model)
        return not (found or llama_cpp.llama_model_is_hybrid(self.model))

    @cached_property
    def shifts(self) -> bool:
        """Whether what was read at one position can be moved to another. A sliding window forgets
        what that would need."""
        able = llama_cpp.llama_memory_can_shift(self.memory)
        return bool(able) and self.copies and not llama_cpp.llama_model_n_swa(self.model)


def _of_model(plan: ModelPlan) -> Any:
    found = llama_cpp.llama_model_default_params()
    found.n_gpu_layers = _EVERY_LAYER if plan.gpu_layers == plan.layers else plan.gpu_layers
    found.split_mode = llama_cpp.LLAMA_SPLIT_MODE_NONE
    found.main_gpu = _device_index(plan.device) if plan.gpu_layers else -1
    found.load_mode = llama_cpp.LLAMA_LOAD_MODE_NONE
    found.use_extra_bufts = plan.gpu_layers == plan.layers or packing.pays(
        plan.quantization, plan.threads
    )
    return found


def _of_context(plan: ModelPlan) -> Any:
    found = llama_cpp.llama_context_default_params()
    found.n_ctx = plan.cells or plan.context
    found.n_batch = 2 * BATCH_TOKENS  # a part of a prompt, and what is evaluated along with it
    found.n_ubatch = microbatch(plan.gpu_layers)
    found.n_threads = found.n_threads_batch = plan.threads
    # Also one to read a passage ahead, one to put a block in its place.
    found.n_seq_max = SLOTS + 2 + TOGETHER
    found.kv_unified = True
    found.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_AUTO
    return found


def _device_index(name: str) -> int:
    """Where a GPU stands among those that llama.cpp would use; 0 for the processor."""
    from strongroom_engine.models.probe import devices

    gpus = [device.name for device in devices() if device.kind != "cpu"]
    return gpus.index(name) if name in gpus else 0


def _log(level: int, text: bytes, _: ctypes.c_void_p) -> None:
    if level == _ERROR:
        sys.stderr.write(text.decode("utf-8", "replace"))


_LOG = llama_cpp.llama_log_callback(_log)
"""llama.cpp holds it: it must outlive every context."""
