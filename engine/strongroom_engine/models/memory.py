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
"""llama.cpp rounds the context up to a multiple of this."""


def microbatch(gpu_layers: int) -> int:
    return _MICROBATCH_GPU if gpu_layers else _MICROBATCH_CPU


def kv_bytes(context: int, kv_bytes_per_token: int) -> int:
    return -(-context // _KV_MULTIPLE) * _KV_MULTIPLE * kv_bytes_per_token


def compute_bytes(context: int, gpu_layers: int) -> int:
    """The buffer for intermediate results; the same on each device that takes part."""
    return microbatch(gpu_layers) * (_LOGIT_BYTES + context * _SCORE_BYTES)


def model_bytes(weights: int, context: int, kv_bytes_per_token: int) -> int:
    """Weights and KV cache: the part that is divided among devices, layer by layer."""
    return weights + kv_bytes(context, kv_bytes_per_token)


def processor_bytes(weights: int, context: int, kv_bytes_per_token: int) -> int:
    """All of it, where the processor does all the work."""
    return (
        model_bytes(weights, context, kv_bytes_per_token)
        + compute_bytes(context, gpu_layers=0)
        + _PROCESS_BYTES
    )


def host_bytes(context: int) -> int:
    """What stays in the computer's memory where GPUs hold the model."""
    return compute_bytes(context, gpu_layers=1) + _PROCESS_BYTES
