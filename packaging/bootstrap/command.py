"""The two commands: what they take for themselves, what they pass on, and how they end."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from . import testing
from .environment import Environment
from .folders import ROOT
from .says import Trouble, say
from .steps import Wishes, set_up

OWN_HELP = """\
Options of the set-up, before everything else:
  --model-file FILE  use this GGUF model, already on this computer; fetch none
  --bundle DIR       set up from an air-gapped folder; the network is not touched
  --setup-only       set up, looking at the machine afresh, and start nothing
Everything after them goes to Strongroom; without anything the window opens.
"""


def run(arguments: Sequence[str]) -> int:
    """Set up and start Strongroom: the window, or the command line with the arguments."""
    return guarded(lambda: _run(list(arguments)))


def test(arguments: Sequence[str]) -> int:
    """Set up and run all checks, then pytest with the arguments."""
    return guarded(lambda: _test(list(arguments)))


def split(arguments: list[str]) -> tuple[Wishes, bool, list[str]]:
    """The set-up's own leading options, whether to end after it, and what is passed on."""
    wishes = Wishes()
    setup_only = False
    rest = list(arguments)
    while rest:
        name, equals, value = rest[0].partition("=")
        if name not in {"--model-file", "--bundle", "--setup-only"}:
            break
        rest.pop(0)
        if name == "--setup-only":
            setup_only = True
            wishes = replace(wishes, afresh=True)
            continue
        if not equals:
            value = rest.pop(0) if rest else ""
        wishes = _with_path(wishes, name, value)
    return wishes, setup_only, rest


def _with_path(wishes: Wishes, name: str, value: str) -> Wishes:
    path = Path(value).expanduser().absolute()
    if not value or not path.exists():
        raise Trouble(f"{name} must name something that exists, not {value or 'nothing'!r}.")
    if name == "--bundle":
        return replace(wishes, bundle=path)
    return replace(wishes, model_file=path)


def _run(arguments: list[str]) -> int:
    wishes, setup_only, rest = split(arguments)
    if rest[:1] in (["-h"], ["--help"]):
        say(OWN_HELP)
    environment = set_up(wishes)
    return 0 if setup_only else _start(environment, rest)


def _start(environment: Environment, arguments: list[str]) -> int:
    # -P: what lies in the current folder, someone's documents, must not be imported.
    command = [str(environment.python), "-P", "-m", "strongroom_desktop", *arguments]
    if sys.platform == "win32":
        return subprocess.call(command)
    return _become(command)


def _become(command: list[str]) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], command)


def _test(arguments: list[str]) -> int:
    wishes, setup_only, rest = split(arguments)
    environment = set_up(replace(wishes, tests=True))
    if setup_only:
        return 0
    python = str(environment.python)
    checks = subprocess.call([python, str(ROOT / "packaging" / "check.py")], cwd=ROOT)
    return testing.run(python, rest) or checks


def guarded(work: Callable[[], int]) -> int:
    """Say troubles in sentences; whatever was finished before stays, so that one can go on."""
    try:
        return work()
    except Trouble as trouble:
        say(f"strongroom: {trouble.what}\n{trouble.remedy}".rstrip())
    except KeyboardInterrupt:
        say("\nStopped. The same command goes on from here.")
        return 130
    except OSError as exc:
        say(f"strongroom: {_what_happened(exc)}\nThe same command goes on from here.")
    return 1


def _what_happened(exc: OSError) -> str:
    if exc.errno == errno.ENOSPC:
        return "The disk is full. Make room first."
    return f"{exc.strerror or exc}: {exc.filename or 'the set-up'}."
