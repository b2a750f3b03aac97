"""ONNX graphs of this machine: how a session is opened, and how rows of tokens become its input.

Threads that spin while they wait bring no throughput and cost 1.6 times the processor time
(models/embedder.py), so they do not spin.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

CUDA, _CPU = "CUDAExecutionProvider", "CPUExecutionProvider"
_ERRORS_ONLY = 3


def runtime() -> Any:
    """ONNX Runtime, which must be imported here alone: since 1.32 it reports what it does to its
    makers, also on Linux, from its import on (`disable_telemetry_events` comes too late)."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    return onnxruntime


def has_cuda() -> bool:
    """Whether this ONNX Runtime can use an NVIDIA GPU (which may still not be there)."""
    return CUDA in runtime().get_available_providers()


def open_graph(file: Path, threads: int, *, gpu: bool, arena: bool = True) -> Any:
    """A session; with `gpu` on an NVIDIA GPU where there is one. Raises what ONNX Runtime raises.

    Without `arena` it gives memory back after each run: what is large once is not kept.
    """
    onnxruntime = runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # every batch has another shape: plans are kept in vain
    options.enable_cpu_mem_arena = arena
    options.log_severity_level = _ERRORS_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    providers = [CUDA, _CPU] if gpu and has_cuda() else [_CPU]
    return onnxruntime.InferenceSession(file, options, providers)


def padded(rows: Sequence[Sequence[int]], filler: int = 0) -> np.ndarray:
    """The rows as one array (rows, longest), int64; shorter ones end in `filler`."""
    array = np.full((len(rows), max(len(row) for row in rows)), filler, np.int64)
    for index, row in enumerate(rows):
        array[index, : len(row)] = row
    return array
