"""Functions of ggml, which llama-cpp-python ships and does not offer."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

POINTER, TEXT, SIZE = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
Signatures = Mapping[str, tuple[Any, Sequence[Any]]]
"""By a function's name: what it gives, and what it takes."""


def functions(signatures: Signatures) -> Any:
    """These functions as attributes, without 'ggml_'. Raises `AttributeError` where ggml lacks one,
    `FileNotFoundError` where a part of ggml is missing."""
    libraries = _libraries()
    found = SimpleNamespace()
    for name, (result, arguments) in signatures.items():
        function = _found(libraries, f"ggml_{name}")
        function.restype, function.argtypes = result, list(arguments)
        setattr(found, name, function)
    return found


def _libraries() -> list[Any]:
    from llama_cpp import _ggml
    from llama_cpp._ctypes_extensions import load_shared_library

    # Where a library also gives what those that it uses have, the second says nothing new.
    return [_ggml.libggml, load_shared_library("ggml-base", _ggml.libggml_base_path)]


def _found(libraries: Sequence[Any], name: str) -> Any:
    for library in libraries[:-1]:
        if hasattr(library, name):
            return getattr(library, name)
    return getattr(libraries[-1], name)
