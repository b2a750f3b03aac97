"""Where the window finds its data and keeps its own: the engine's decision, asked in one place."""

from __future__ import annotations

from strongroom_engine.settings import (
    assets_folder,
    config_folder,
    default_library,
    log_folder,
)

__all__ = ["assets_folder", "config_folder", "default_library", "log_folder"]
