"""Everything that is installed to run Strongroom may be distributed under the AGPL-3.0-or-later."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

import pytest

from bootstrap import locks

ROOT = Path(__file__).resolve().parents[2]

COMPATIBLE = {
    "0BSD",
    "AGPL-3.0-only",
    "AGPL-3.0-or-later",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "ISC",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Unlicense",
    "Zlib",
}

# What packages say in other words than SPDX's.
WORDS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD, Public Domain": "BSD-2-Clause",
    "LGPL-2.1+": "LGPL-2.1-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "MIT, BSD": "MIT AND BSD-3-Clause",
    "MIT License, Apache License, Version 2.0": "MIT OR Apache-2.0",
    "Dual Licensed - GNU AFFERO GPL 3.0 or Artifex Commercial License": "AGPL-3.0-only",
}

# Metadata that names no licence one can look up, and what the package's own files say.
READ_BY_HAND = {
    # 'OSI Approved': APSW under 'any OSI approved licence', SQLite in the public domain,
    # SQLite3 Multiple Ciphers under the MIT licence.
    "apsw-sqlite3mc": "MIT",
}


def _stated(name: str) -> str:
    """The licence as an SPDX expression: from the expression, the free field, or a classifier."""
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    metadata = importlib.metadata.metadata(name)
    classifiers = metadata.get_all("Classifier") or []
    stated = [
        *(metadata.get_all("License-Expression") or []),
        *(metadata.get_all("License") or []),
        *(entry.rpartition(" :: ")[2] for entry in classifiers if entry.startswith("License ::")),
    ]
    words = next((entry for entry in stated if entry), "")
    return WORDS.get(words, words)


def _allowed(expression: str) -> bool:
    """Whether one may take it: every part of an AND, at least one of an OR."""
    parts = [part.strip(" ()") for part in re.split(r"\bAND\b", expression)]
    return all(
        any(choice.strip(" ()") in COMPATIBLE for choice in re.split(r"\bOR\b", part))
        for part in parts
    )


def _installed() -> list[str]:
    names = sorted({entry.name for entry in locks.read("cpu", "cuda", "setup")})
    present = {
        re.sub(r"[-_.]+", "-", found.name).lower() for found in importlib.metadata.distributions()
    }
    return [name for name in names if name in present]


def test_most_of_the_lock_is_installed() -> None:
    assert len(_installed()) > 30


@pytest.mark.parametrize("name", _installed())
def test_licence_goes_with_the_agpl(name: str) -> None:
    stated = _stated(name)
    assert _allowed(stated), f"{name}: {stated!r}"


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-2-Clause", True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True),
        ("BSD-3-Clause AND MIT", True),
        ("GPL-2.0-only", False),
        ("MIT AND LicenseRef-Proprietary", False),
        ("", False),
    ],
)
def test_expressions_are_judged(expression: str, allowed: bool) -> None:
    assert _allowed(expression) is allowed


def test_what_lies_in_assets_brings_its_licence() -> None:
    assets = ROOT / "assets"
    note = (assets / "licences" / "README.md").read_text("utf-8")
    for folder in (assets / "embedding").iterdir():
        assert (folder / "LICENSE").is_file()
        assert folder.name in note
    for kind, text in (("icons", "lucide.txt"), ("words", "opencc.txt"), ("words", "cldr.txt")):
        assert (assets / "licences" / text).is_file() or not any((assets / kind).iterdir())
        assert text in note
