"""How much memory an answer model takes: what the planner reckons with and the worker asks for.

Checked against real loads (the worker's resident memory after a full prompt): see
tests/engine/models/test_memory.py.
"""

from __future__ import annotations

BATCH_TOKENS = 512
"""Tokens of a prompt handed to llama.cpp at once."""
_MICROBATCH_CPU, _MICROBATCH_GPU = 128, 512
"""Tokens computed at once; a GPU needs more of them to be busy."""
_PROCESS_BYTES = 100 << 20
"""Python, llama.cpp and the tokenizer, without a model."""
_LOGIT_BYTES = 160_000 * 4
"""Working memory a token: one float for each entry of a large vocabulary."""
_SCORE_BYTES = 16 * 4
"""Working memory a token and context position: one float for each attention head."""
_KV_MULTIPLE = 256
"""llama.cpp rounds the cells up to a multiple of this."""
_OTHERS_AT_ONCE, _TOKENS_OF_A_QUESTION = 3, 1_300
"""How many questions have room beside one that fills the context, and what each takes beyond what
all prompts begin with."""
_LEAST_BLOCK_TOKENS = 2_048
"""Of passages that are kept: with fewer, one is gone before it is asked for again."""
USEFUL_BLOCK_TOKENS = 8_192
"""Those of some 35 passages: a question, those that go on from it, and what is read ahead."""
_MOST_BLOCK_TOKENS = 32_768
"""Those of some 140: a session of 30 questions."""


def microbatch(gpu_layers: int) -> int:
    return _MICROBATCH_GPU if gpu_layers else _MICROBATCH_CPU


def cells_for_several(context: int) -> int:
    """Tokens that the KV cache holds where several questions are answered at once."""
    return _whole(context + _OTHERS_AT_ONCE * _TOKENS_OF_A_QUESTION)


def kv_bytes(cells: int, kv_bytes_per_token: int) -> int:
    return _whole(cells) * kv_bytes_per_token


def compute_bytes(cells: int, gpu_layers: int) -> int:
    """The buffer for intermediate results; the same on each device that takes part."""
    return microbatch(gpu_layers) * (_LOGIT_BYTES + cells * _SCORE_BYTES)


def model_bytes(weights: int, cells: int, kv_bytes_per_token: int) -> int:
    """Weights and KV cache: the part that is divided among devices, layer by layer."""
    return weights + kv_bytes(cells, kv_bytes_per_token)


def processor_bytes(weights: int, cells: int, kv_bytes_per_token: int) -> int:
    """All of it, where the processor does all the work."""
    return (
        model_bytes(weights, cells, kv_bytes_per_token)
        + compute_bytes(cells, gpu_layers=0)
        + _PROCESS_BYTES
    )


def host_bytes(cells: int) -> int:
    """What stays in the computer's memory where GPUs hold the model."""
    return compute_bytes(cells, gpu_layers=1) + _PROCESS_BYTES


def block_bytes(
    left: int, most: int, kv_bytes_per_token: int, tokens: int = _MOST_BLOCK_TOKENS
) -> int:
    """For passages that were read (`models.blocks`): at most half of what is `left` of the computer's
    memory, `most`, and what so many tokens take; 0 where that would keep too few."""
    found = min(left // 2, most, tokens * kv_bytes_per_token)
    return found if found >= _LEAST_BLOCK_TOKENS * kv_bytes_per_token else 0


def _whole(cells: int) -> int:
    return -(-cells // _KV_MULTIPLE) * _KV_MULTIPLE
