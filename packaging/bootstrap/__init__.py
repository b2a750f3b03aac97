"""The set-up: from a checkout and a Python to a running Strongroom, with the standard library only."""

from __future__ import annotations

VERSION = "1"
"""Raised when what the set-up does changes, so that an environment made before is made again."""
