"""The user's folders, where the platform keeps them.

The same as platformdirs' for the application 'strongroom' without an author (what the engine's
settings use; a test compares them), but known before anything is installed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "strongroom"
HOME = "STRONGROOM_HOME"
"""Names one folder for everything that belongs to the user."""
MODELS = "STRONGROOM_MODELS"
"""Names the folder of the answer models alone."""
CACHE = "STRONGROOM_CACHE"
"""Names the folder of what can be fetched or built again."""

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""


def data_folder(platform: str = sys.platform) -> Path:
    if home := _named(HOME):
        return home / "data"
    if platform == "win32":
        return _local_app_data() / NAME
    default = "~/Library/Application Support" if platform == "darwin" else "~/.local/share"
    return _base("XDG_DATA_HOME", default) / NAME


def cache_folder(platform: str = sys.platform) -> Path:
    if named := _named(CACHE):
        return named
    if platform == "win32":
        return _local_app_data() / NAME / "Cache"
    return (
        _base("XDG_CACHE_HOME", "~/Library/Caches" if platform == "darwin" else "~/.cache") / NAME
    )


def models_folder() -> Path:
    return _named(MODELS) or data_folder() / "models"


def wheelhouse() -> Path:
    """Every wheel that the set-up fetched or built, so that the next checkout needs no network."""
    return cache_folder() / "wheels"


def _named(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value).expanduser().absolute() if value else None


def _base(variable: str, default: str) -> Path:
    value = os.environ.get(variable, "")
    return Path(value) if Path(value).is_absolute() else Path(default).expanduser()


def _local_app_data() -> Path:
    value = os.environ.get("LOCALAPPDATA")
    return Path(value) if value else Path("~/AppData/Local").expanduser()
