"""What this computer is, as far as the set-up must know it before anything is installed."""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

SMALL_MEMORY_BYTES = 6_000_000_000
"""Below this only the small answer model is fetched."""
PROBE_TIMEOUT_S = 20
DEVICE = "STRONGROOM_DEVICE"
"""Names the device that llama.cpp is built for, instead of the best that is found."""
ONNXRUNTIME_GPU = {("linux", "x86_64"), ("win32", "amd64")}
"""Where onnxruntime-gpu is published."""


def memory_bytes() -> int:
    """The computer's memory; 0 where it cannot be read."""
    if sys.platform == "win32":
        return _windows_memory_bytes()
    with suppress(ValueError, OSError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return 0


def small_memory() -> bool:
    return 0 < memory_bytes() < SMALL_MEMORY_BYTES


def nvidia_driver() -> bool:
    """Whether an NVIDIA GPU with its driver is there (a toolkit alone does not make one)."""
    if sys.platform == "darwin":
        return False
    if command := shutil.which("nvidia-smi"):
        with suppress(OSError, subprocess.SubprocessError):
            result = subprocess.run(
                [command, "-L"], capture_output=True, timeout=PROBE_TIMEOUT_S, check=False
            )
            return result.returncode == 0
    return _loads("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")


def lock_variant() -> str:
    """Which of the two locks fits: 'cuda' (onnxruntime-gpu) or 'cpu'."""
    here = (sys.platform, platform.machine().lower())
    return "cuda" if here in ONNXRUNTIME_GPU and nvidia_driver() else "cpu"


def build_devices() -> tuple[str, ...]:
    """The devices that llama.cpp can be built for and used on here, the best first, 'cpu' last."""
    if named := os.environ.get(DEVICE):
        return tuple(dict.fromkeys((named, "cpu")))
    if sys.platform == "darwin":
        return ("metal", "cpu")
    devices = []
    nvidia = nvidia_driver()
    if nvidia and shutil.which("nvcc"):
        devices.append("cuda")
    if (nvidia or gpu_node()) and shutil.which("glslc") and _vulkan_headers():
        devices.append("vulkan")
    return (*devices, "cpu")


def gpu_node() -> bool:
    """Whether a GPU of any vendor shows itself; Windows does not say it this way."""
    return sys.platform == "win32" or any(Path("/dev/dri").glob("renderD*"))


def cpu_key() -> str:
    """Eight characters that differ where a build for this very processor may not run."""
    facts = [platform.machine(), platform.processor(), *_cpu_flags()]
    return hashlib.sha256(" ".join(facts).encode()).hexdigest()[:8]


def has_amx() -> bool:
    """Whether the processor multiplies matrices in tiles (Intel's AMX)."""
    return "amx_tile" in _cpu_flags()


def platform_key() -> str:
    return f"{sys.platform}-{platform.machine().lower()}"


def python_key() -> str:
    return f"py{sys.version_info.major}{sys.version_info.minor}"


def _cpu_flags() -> list[str]:
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8", "replace")
    except OSError:
        return [os.environ.get("PROCESSOR_IDENTIFIER", "")]
    lines = (line for line in text.splitlines() if line.startswith(("flags", "Features")))
    return sorted(next(lines, "").partition(":")[2].split())


def _vulkan_headers() -> bool:
    sdk = os.environ.get("VULKAN_SDK")
    bases = [Path(sdk)] if sdk else [Path("/usr"), Path("/usr/local")]
    includes = [base / folder for base in bases for folder in ("include", "Include")]
    return all(
        any((include / header).is_file() for include in includes)
        for header in ("vulkan/vulkan.h", "spirv/unified1/spirv.hpp")
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _windows_memory_bytes() -> int:
    class Status(ctypes.Structure):  # MEMORYSTATUSEX
        _fields_ = [
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "free", "a", "b", "c", "d", "e")),
        ]

    status = Status()
    status.length = ctypes.sizeof(Status)
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only
    kernel.GlobalMemoryStatusEx(ctypes.byref(status))
    return int(status.total)
