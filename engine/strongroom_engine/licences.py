"""What Strongroom is made of, under which licences, and their texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from strongroom_engine import __version__
from strongroom_engine.settings import assets_folder
from strongroom_engine.types import Licence

OWN = "Strongroom"
_ONE_OF = ("onnxruntime", "onnxruntime-gpu")
"""Extras, of which one is installed."""
_NAME = re.compile(r"^[\w.-]+")
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_CLASSIFIER = "License :: "
_ASSETS = {
    "Lucide icons": ("ISC", "licences/lucide.txt"),
    "OpenCC, tables of Chinese characters": ("Apache-2.0", "licences/opencc.txt"),
    "all-MiniLM-L6-v2": ("Apache-2.0", "embedding/all-MiniLM-L6-v2/LICENSE"),
    "multilingual-e5-small": ("MIT", "embedding/multilingual-e5-small/LICENSE"),
}
"""What lies in `assets/`, see `licences/README.md` there."""


def licences() -> tuple[Licence, ...]:
    """Strongroom itself, what lies in its assets, and the packages it runs on, by name."""
    own = Licence(OWN, __version__, "AGPL-3.0-or-later")
    assets = [Licence(name, "", licence) for name, (licence, _) in _ASSETS.items()]
    packages = [
        Licence(found.metadata["Name"], found.version, _licence(found))
        for found in _packages().values()
    ]
    return (own, *sorted([*assets, *packages], key=lambda one: one.name.casefold()))


def licence_text(name: str) -> str:
    """The text of a part's licence; '' where there is none, or no such part."""
    if name in _ASSETS:
        return _read(assets_folder() / _ASSETS[name][1])
    found = _packages().get(_normal("strongroom" if name == OWN else name)) or (
        _found("strongroom") if name == OWN else None
    )
    if found is None:
        return ""
    files = [file for file in found.files or () if _LICENCE_FILE.search(file.name)]
    texts = [
        _read(Path(str(file.locate()))) for file in files if file.suffix not in (".py", ".pyc")
    ]
    return "\n\n".join(text for text in texts if text) or (
        _read(assets_folder().parent / "LICENSE") if name == OWN else ""
    )


def _packages() -> dict[str, Distribution]:
    """The installed packages that Strongroom needs, and those that they need."""
    reached: dict[str, Distribution] = {}
    left = ["strongroom", *_ONE_OF]
    while left:
        name = _normal(left.pop())
        found = None if name in reached else _found(name)
        if found is not None:
            reached[name] = found
            left += _needs(found)
    reached.pop("strongroom", None)
    return reached


def _found(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:  # of another platform, or the other one of two
        return None


def _needs(found: Distribution) -> Iterator[str]:
    for requirement in found.requires or ():
        named = _NAME.match(requirement)
        if named and "extra ==" not in requirement:
            yield named[0]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(found: Distribution) -> str:
    """What the package says of itself in a few words."""
    facts = found.metadata
    said = next(iter(facts.get_all("License-Expression") or ()), "")
    if not said:
        classes = [one for one in facts.get_all("Classifier") or () if one.startswith(_CLASSIFIER)]
        said = ", ".join(one.rpartition(" :: ")[2] for one in classes)
    lines = (said or next(iter(facts.get_all("License") or ()), "")).strip().splitlines()
    return lines[0][:80] if lines else ""


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
