"""The probe: a child process that asks llama.cpp which processors it can use, and of what kind
GGUF files are.

Drivers and model files are the two things whose native code may die on bad input, so they are
touched here and not in the engine. One frame out, then the end.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import msgspec

from strongroom_engine.models.ggml import POINTER, SIZE, TEXT, functions
from strongroom_engine.processes import own_stdout, write_frame
from strongroom_engine.types import Device

REPORT_LIMIT_BYTES = 16 << 20
_UNKNOWN = "unknown model architecture"
"""What llama.cpp says of a file that is whole, and too new or too strange for it."""
_CPU, _GPU, _IGPU = 0, 1, 2  # enum ggml_backend_dev_type; 3 and up are no devices of their own
_FILE_TYPES = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K",
    11: "Q3_K_S", 12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S",
    17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS",
    23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S",
    29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0",
}  # fmt: skip  # enum llama_ftype


Fault = Literal["", "damaged", "unknown", "mute"]
"""Why a file is no answer model: cut off or damaged, of an unknown kind, or made for other work."""


_NO_POOLING = ("", "0")
"""Any other kind makes one vector of a text instead of writing on."""
_MOST_LANGUAGES = 200


class ModelFacts(msgspec.Struct, frozen=True):
    """What a GGUF file says about itself. `problem` is why it cannot be used, or ''."""

    file: str
    name: str = ""
    architecture: str = ""
    quantization: str = ""
    parameters: int = 0
    layers: int = 0
    kv_bytes_per_token: int = 0
    context: int = 0
    licence: str = ""
    languages: tuple[str, ...] = ()
    chat: bool = False
    """Whether it says how a conversation is put to it: base models do not."""
    problem: str = ""
    fault: Fault = ""


class Report(msgspec.Struct, frozen=True):
    devices: tuple[Device, ...] = ()
    models: tuple[ModelFacts, ...] = ()


decode_report = msgspec.msgpack.Decoder(Report).decode


def main(arguments: list[str]) -> int:
    """The arguments are GGUF files to look into."""
    pipe = own_stdout()
    report = Report(devices(), tuple(read_model(Path(name)) for name in arguments))
    write_frame(pipe, msgspec.msgpack.encode(report))
    return 0


def devices() -> tuple[Device, ...]:
    """Every processor that llama.cpp can use here, in its own order."""
    import llama_cpp

    # Initialises the backends, and with them the list of devices.
    llama_cpp.llama_backend_init()
    ggml = functions(_SIGNATURES)
    found = (_device(ggml, index) for index in range(ggml.backend_dev_count()))
    return tuple(device for device in found if device is not None)


def _device(ggml: Any, index: int) -> Device | None:
    handle = ggml.backend_dev_get(index)
    free, total = ctypes.c_size_t(), ctypes.c_size_t()
    ggml.backend_dev_memory(handle, ctypes.byref(free), ctypes.byref(total))
    name = ggml.backend_dev_name(handle).decode("utf-8", "replace")
    kind = _kind(ggml.backend_dev_type(handle), name)
    if kind is None:
        return None
    description = ggml.backend_dev_description(handle).decode("utf-8", "replace")
    return Device(name, description.strip(), kind, total.value, free.value)


def _kind(number: int, name: str) -> str | None:
    if number == _GPU and name.startswith(("Metal", "MTL")):
        return "igpu"  # Apple's GPUs share the computer's memory, though ggml calls them GPUs
    return {_CPU: "cpu", _GPU: "gpu", _IGPU: "igpu"}.get(number)


_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "backend_dev_count": (SIZE, []),
    "backend_dev_get": (POINTER, [SIZE]),
    "backend_dev_name": (TEXT, [POINTER]),
    "backend_dev_description": (TEXT, [POINTER]),
    "backend_dev_type": (ctypes.c_int, [POINTER]),
    "backend_dev_memory": (None, [POINTER, ctypes.POINTER(SIZE), ctypes.POINTER(SIZE)]),
}


def read_model(file: Path) -> ModelFacts:
    """What the file says about itself; only its metadata are read, not its weights."""
    import llama_cpp

    said: list[str] = []

    @llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]  # it has no types
    def listen(_level: int, text: bytes, _data: object) -> None:
        said.append(text.decode("utf-8", "replace"))

    parameters = llama_cpp.llama_model_default_params()
    parameters.vocab_only = True
    parameters.n_gpu_layers = 0
    llama_cpp.llama_log_set(listen, ctypes.c_void_p())
    model = llama_cpp.llama_model_load_from_file(str(file).encode("utf-8"), parameters)
    llama_cpp.llama_log_set(llama_cpp.llama_log_callback(), ctypes.c_void_p())
    if not model:
        fault: Fault = "unknown" if _UNKNOWN in "".join(said) else "damaged"
        return ModelFacts(str(file), problem="llama.cpp does not accept it", fault=fault)
    try:
        return _facts(file, lambda key: _metadata(model, key))
    finally:
        llama_cpp.llama_model_free(model)


def _metadata(model: Any, key: str) -> str:
    import llama_cpp

    buffer = ctypes.create_string_buffer(4096)
    used = llama_cpp.llama_model_meta_val_str(model, key.encode(), buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace") if used >= 0 else ""


def _facts(file: Path, value: Callable[[str], str]) -> ModelFacts:
    architecture = value("general.architecture")

    def number(key: str) -> int:
        return _largest(value(f"{architecture}.{key}"))

    layers, heads = number("block_count"), number("attention.head_count")
    embeds = value(f"{architecture}.attention.causal") == "false"
    if (
        not layers
        or not heads
        or embeds
        or value(f"{architecture}.pooling_type") not in _NO_POOLING
    ):
        why = "it is not a language model that answers"
        return ModelFacts(str(file), problem=why, fault="mute")
    width = number("embedding_length") // heads
    kv_width = (number("attention.key_length") or width) + (
        number("attention.value_length") or width
    )
    return ModelFacts(
        file=str(file),
        name=value("general.name") or file.stem,
        architecture=architecture,
        quantization=_FILE_TYPES.get(_largest(value("general.file_type")), ""),
        parameters=_parameters(value("general.size_label")),
        layers=layers,
        kv_bytes_per_token=layers * (number("attention.head_count_kv") or heads) * kv_width * 2,
        context=number("context_length"),
        licence=value("general.license"),
        languages=_codes(value("general.languages")),
        chat=bool(value("tokenizer.chat_template")),
    )


def _codes(text: str) -> tuple[str, ...]:
    """The language codes in '["en", "fr"]'."""
    return tuple(re.findall(r"[a-z]{2,3}", text))[:_MOST_LANGUAGES]


def _largest(text: str) -> int:
    """A number, or the largest of a list of one a layer; 0 where there is none."""
    digits = "".join(character if character.isdigit() else " " for character in text)
    return max((int(word) for word in digits.split()), default=0)


def _parameters(label: str) -> int:
    """'1.5B' as 1,500,000,000; 0 where the file does not say it in that form."""
    unit = {"M": 10**6, "B": 10**9, "T": 10**12}.get(label[-1:].upper(), 0)
    try:
        return round(float(label[:-1]) * unit)
    except ValueError:
        return 0
