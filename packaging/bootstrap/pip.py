"""Running pip in the private environment, with its troubles said in sentences."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .says import Trouble

LAST_LINES = 15
"""How much of pip's output is shown where nothing better is known."""

_NO_NETWORK = (
    "NewConnectionError",
    "ConnectTimeoutError",
    "Temporary failure in name resolution",
    "getaddrinfo failed",
    "Network is unreachable",
    "Connection refused",
    "ReadTimeoutError",
    "Could not fetch URL",
    "ProxyError",
)


def pip(
    python: Path,
    arguments: Sequence[str | Path],
    *,
    doing: str,
    offline: bool = False,
    extra: Mapping[str, str] | None = None,
    on_line: Callable[[str], None] | None = None,
) -> None:
    """Run pip; raises `Trouble` with a sentence about what `doing` met.

    `offline` keeps pip from every index, also from those that the user's configuration names.
    """
    command = [str(python), "-m", "pip", *(str(argument) for argument in arguments)]
    lines: list[str] = []
    with subprocess.Popen(
        command,
        env=_environment(offline) | dict(extra or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if on_line:
                on_line(line)
    if process.returncode:
        raise _trouble(doing, lines)


def _environment(offline: bool) -> dict[str, str]:
    environment = dict(os.environ)
    environment.pop("PYTHONPATH", None)
    environment.pop("PIP_REQUIRE_VIRTUALENV", None)
    if offline:
        environment = {
            name: value for name, value in environment.items() if not name.startswith("PIP_")
        }
        environment |= {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    return environment | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def _trouble(doing: str, lines: Sequence[str]) -> Trouble:
    text = "".join(lines)
    if any(sign in text for sign in _NO_NETWORK):
        return Trouble(
            f"{doing} needs the network, and the package index cannot be reached.",
            "Connect and run the same command again: it goes on where it stopped. "
            "Without a network, use a bundle folder: --bundle DIR.",
        )
    if "No space left on device" in text or "[Errno 28]" in text:
        return Trouble(f"{doing} filled the disk.", "Make room and run the same command again.")
    if "DO NOT MATCH THE HASHES" in text:
        return Trouble(
            f"{doing} met a package that is not the one that was pinned, and left it out.",
            "Run the same command again; if it stays so, the index or the network is not to be "
            "trusted.",
        )
    tail = "".join(lines[-LAST_LINES:]).strip()
    return Trouble(f"{doing} failed.", f"The last lines were:\n{tail}")
