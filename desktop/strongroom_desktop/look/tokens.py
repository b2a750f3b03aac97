"""The design's values, read from `assets/design/tokens.json`: the only source of any of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from strongroom_desktop.paths import assets_folder

Scheme = Literal["light", "dark"]


class TypeRole(msgspec.Struct, frozen=True):
    """Size and line height in device-independent pixels, weight as CSS has it."""

    size: int
    line: int
    weight: int


class Tokens(msgspec.Struct, frozen=True):
    color: dict[Scheme, dict[str, str]]
    font: dict[str, dict[str, str | list[str]]]
    type: dict[str, TypeRole]
    measure: dict[str, int | list[int]]
    space: dict[str, int]
    radius: dict[str, int]
    icon: dict[str, float]
    control: dict[str, int]
    pane: dict[str, int | list[int]]
    focus: dict[str, int]
    motion: dict[str, int | str]

    def families(self, kind: str) -> Sequence[str]:
        """The families named for this platform, best first; 'the desktop's own' is left out."""
        platform = {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")
        named = self.font[kind][platform]
        families = [named] if isinstance(named, str) else named
        return [family for family in families if not family.startswith("the desktop's")]


@lru_cache(maxsize=1)
def tokens() -> Tokens:
    file = assets_folder() / "design" / "tokens.json"
    return msgspec.json.decode(file.read_bytes(), type=Tokens)
