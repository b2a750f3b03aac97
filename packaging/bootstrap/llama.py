"""llama-cpp-python: built once from its pinned source for the best device there is, then kept.

The kept wheel is found again by version, platform, device and processor; it does not depend on
the version of Python (its libraries are called through ctypes).
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import locks, system
from .environment import Environment, gather, install_tools
from .machine import build_devices, cpu_key, has_amx, platform_key
from .pip import pip
from .says import Bar, Trouble, say

PORTABLE = "portable"
"""A build for any processor of the last ten years, for bundles that go to other computers."""

# Pictures are not read, and nothing may reach the network: neither part is built.
_ALWAYS = ("-DLLAVA_BUILD=OFF", "-DLLAMA_OPENSSL=OFF")
_DEVICE = {
    "cuda": ("-DGGML_CUDA=ON",),
    "vulkan": ("-DGGML_VULKAN=ON",),
    "metal": ("-DGGML_METAL=ON",),
    "cpu": (),
    PORTABLE: ("-DGGML_NATIVE=OFF",),
}
# Compilers drop the configuration of llama.cpp's tiles as unread, and the first product of matrices
# ends the process (its pull request 26954 is open).
_WITHOUT_AMX = ("-mno-amx-tile", "-mno-amx-int8", "-mno-amx-bf16")
# llama.cpp's helper library and headers are of no use to Python, and hold an HTTP client.
_LEFT_OUT = "bin/**;include/**;lib/**"
_STEP = re.compile(r"^\s*\[(\d+)/(\d+)\]")


def ensure(environment: Environment, wheelhouse: Path, *, offline: bool) -> str:
    """Install the kept build for the best device, building it first where there is none.

    A device whose build fails or does not load is said, and the next one is taken. The device.
    """
    for device in build_devices():
        if device not in _DEVICE:
            raise Trouble(f"There is no device {device!r}.", f"Devices: {', '.join(_DEVICE)}.")
        try:
            wheel = find(wheelhouse, device) or _make(environment, wheelhouse, device, offline)
            _install(environment, wheel)
            return device
        except Trouble as trouble:
            if device == "cpu":
                raise
            say(f"llama.cpp for {device} is not to be had here. {trouble}")
    raise AssertionError("'cpu' is always among the devices")


def build(environment: Environment, wheelhouse: Path, device: str) -> Path:
    """Build for `device` and keep the wheel; raises `Trouble` with the build's last lines."""
    system.ensure_compiler()
    gather(environment, ("build",), wheelhouse)
    entry = locks.built()
    bar = Bar(f"Building llama.cpp for {device} (once, some minutes)", 100)

    def count(line: str) -> None:
        if step := _STEP.match(line):
            bar.show(100 * int(step[1]) // int(step[2]))

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        install_tools(environment, "build", wheelhouse, work / "tools")
        (work / "requirements.txt").write_text(entry.text, "utf-8")
        # No cache: pip would hand out a wheel that it built for another device.
        options = ["--no-cache-dir", "--no-deps", "--require-hashes", "--no-build-isolation"]
        where: list[str | Path] = [
            "--wheel-dir",
            work / "wheels",
            "--requirement",
            work / "requirements.txt",
        ]
        pip(
            environment.python,
            ["wheel", "--verbose", "--progress-bar", "off", *options, *where],
            doing="Building llama.cpp",
            extra=_build_settings(device, work / "tools"),
            on_line=count,
        )
        (made,) = (work / "wheels").glob("*.whl")
        bar.close()
        return _keep(made, kept_folder(wheelhouse, device))


def _make(environment: Environment, wheelhouse: Path, device: str, offline: bool) -> Path:
    if not offline:
        return _build_unless_hopeless(environment, wheelhouse, device)
    portable = find(wheelhouse, PORTABLE)
    if device != "cpu" or portable is None:
        raise Trouble("The bundle holds no build of llama.cpp for it.")
    return portable


def _build_unless_hopeless(environment: Environment, wheelhouse: Path, device: str) -> Path:
    """A build for a GPU that failed once is not tried again at each set-up: it takes minutes."""
    note = kept_folder(wheelhouse, device) / "failed.txt"
    if note.exists():
        raise Trouble("Its build failed before.", f"To try it again, delete {note}.")
    try:
        return build(environment, wheelhouse, device)
    except Trouble as trouble:
        if device != "cpu":
            note.parent.mkdir(parents=True, exist_ok=True)
            note.write_text(str(trouble), "utf-8")
        raise


def _build_settings(device: str, tools: Path) -> dict[str, str]:
    given = os.environ.get("CMAKE_ARGS", "")
    return {
        "PYTHONPATH": str(tools),
        "CMAKE_ARGS": " ".join((*_ALWAYS, *_DEVICE[device], given)).strip(),
        "SKBUILD_WHEEL_EXCLUDE": _LEFT_OUT,
        "CMAKE_BUILD_PARALLEL_LEVEL": str(os.cpu_count() or 1),
        **(_without_amx() if device != PORTABLE and has_amx() else {}),
    }


def _without_amx() -> dict[str, str]:
    """What keeps the compilers from using AMX; nothing for those that do not know of it."""
    settings = {}
    for variable, flags, usual, language in (
        ("CC", "CFLAGS", "cc", "c"),
        ("CXX", "CXXFLAGS", "c++", "c++"),
    ):
        compiler = os.environ.get(variable, usual).split()
        asked = [*compiler, *_WITHOUT_AMX, "-x", language, "-E", os.devnull]
        try:
            knows = not subprocess.run(asked, capture_output=True, check=False).returncode
        except OSError:
            continue
        if knows:
            settings[flags] = " ".join((os.environ.get(flags, ""), *_WITHOUT_AMX)).strip()
    return settings


def kept_folder(wheelhouse: Path, device: str) -> Path:
    """Where the wheel of a device is kept. What the user gives CMake makes another build."""
    processor = "any" if device == PORTABLE else cpu_key()
    given = os.environ.get("CMAKE_ARGS", "")
    asked = "-" + hashlib.sha256(given.encode()).hexdigest()[:8] if given else ""
    tiles = "-without-amx" if device != PORTABLE and has_amx() else ""
    key = f"{platform_key()}-{device}-{processor}{tiles}{asked}"
    return wheelhouse / f"{locks.BUILT}-{locks.built().version}-{key}"


def find(wheelhouse: Path, device: str) -> Path | None:
    """The kept wheel for a device, whole as it was built; None where there is none."""
    for wheel in kept_folder(wheelhouse, device).glob("*.whl"):
        note = wheel.with_suffix(".sha256")
        if note.is_file() and note.read_text("ascii") == _sha256(wheel):
            return wheel
    return None


def _keep(made: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    kept = folder / made.name
    shutil.copyfile(made, kept)
    kept.with_suffix(".sha256").write_text(_sha256(kept), "ascii")
    return kept


def _install(environment: Environment, wheel: Path) -> None:
    options = ["--no-deps", "--no-index", "--force-reinstall"]
    pip(
        environment.python,
        ["install", *options, wheel],
        doing="Installing llama.cpp",
        offline=True,
    )
    command = [str(environment.python), "-P", "-c", "import llama_cpp"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise Trouble("It was built but does not load.", result.stderr[-500:])


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
