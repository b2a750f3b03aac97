"""The system packages that Qt and the compiler need on Linux: named, or installed as root on Debian.

Only what is really missing is asked for: a library counts as there when the loader finds it.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

from .machine import gpu_node, nvidia_driver
from .says import Trouble, say


@dataclass(frozen=True)
class Need:
    """One thing that must be there, and the package that brings it, by package manager."""

    what: str
    """The name of a library that the loader must find, or of a command."""
    apt: str
    dnf: str
    pacman: str


QT = (
    Need("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Need("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Need("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Need(
        "libxcb-render-util.so.0",
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
    ),
    Need("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
)
VULKAN = (
    Need("glslc", "glslc", "glslc", "shaderc"),
    Need("vulkan/vulkan.h", "libvulkan-dev", "vulkan-loader-devel", "vulkan-headers"),
    Need("spirv/unified1/spirv.hpp", "spirv-headers", "spirv-headers-devel", "spirv-headers"),
)
COMPILER = Need("c++", "g++", "gcc-c++", "gcc")
VENV = Need("ensurepip", "python3-venv", "python3", "python")

_MANAGERS = (
    ("apt-get", "apt", "apt-get install --yes"),
    ("dnf", "dnf", "dnf install"),
    ("pacman", "pacman", "pacman -S"),
)


def ensure_qt(*, offline: bool) -> None:
    """Bring what the window needs, or name it and go on: the command line works without."""
    missing = _missing_libraries()
    if missing and (offline or not _install(missing)):
        say(f"The window needs system packages that are missing. Install them: {_advice(missing)}")


def ensure_venv(*, offline: bool) -> None:
    """Bring Python's own means of making a private environment, or stop."""
    if importlib.util.find_spec("ensurepip") is None and (offline or not _install((VENV,))):
        raise Trouble(
            "This Python cannot make a private environment.", f"Install it: {_advice((VENV,))}"
        )


def ensure_compiler() -> None:
    """Bring the compiler that llama.cpp is built with, or stop."""
    if _compiler() or (_install((COMPILER,)) and _compiler()):
        return
    if sys.platform == "darwin":
        remedy = "Install Apple's command line tools: xcode-select --install"
    elif sys.platform == "win32":
        remedy = "Install 'Build Tools for Visual Studio' with the C++ workload, and run again."
    else:
        remedy = f"Install one, and run again: {_advice((COMPILER,))}"
    raise Trouble("llama.cpp must be built once, and there is no C++ compiler.", remedy)


def name_what_a_gpu_needs(device: str) -> None:
    """Say how an idle GPU could be used; a computer without one hears nothing."""
    again = "then run: python3 packaging/run.py --setup-only"
    if device not in {"cuda", "metal"} and nvidia_driver():
        say(f"To use the NVIDIA GPU at its best, install NVIDIA's CUDA toolkit (nvcc), {again}")
    elif device == "cpu" and sys.platform == "linux" and gpu_node():
        say(f"To use the GPU for answers: {_advice(VULKAN)}, {again}")


def _compiler() -> bool:
    if sys.platform == "win32":  # found by CMake through Visual Studio's own registry
        return True
    return any(shutil.which(name) for name in ("c++", "g++", "clang++"))


def _missing_libraries() -> tuple[Need, ...]:
    if sys.platform != "linux":
        return ()
    return tuple(need for need in QT if not _found(need.what))


def _found(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install(needs: tuple[Need, ...]) -> bool:
    """Install them where that is possible without asking: root on Debian and its kin."""
    if sys.platform != "linux" or not _root() or not shutil.which("apt-get"):
        return False
    packages = sorted({need.apt for need in needs})
    say(f"Installing system packages: {' '.join(packages)}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    for command in (install, ["apt-get", "update"], install):  # lists may be old or absent
        result = subprocess.run(command, env=environment, capture_output=True, check=False)
        if command is install and result.returncode == 0:
            return True
    return False


def _root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _advice(needs: tuple[Need, ...]) -> str:
    for command, manager, install in _MANAGERS:
        if shutil.which(command):
            packages = " ".join(sorted({getattr(need, manager) for need in needs}))
            root = "" if _root() else "sudo "
            return f"{root}{install} {packages}"
    return ", ".join(need.what for need in needs)
