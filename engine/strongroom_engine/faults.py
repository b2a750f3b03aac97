"""Where something went wrong, without a word of a document."""

from __future__ import annotations

import traceback
from pathlib import Path


def trace_without_text(exc: BaseException) -> str:
    """Type and places of an error; messages and values are left out, they may hold document text."""
    frames = traceback.extract_tb(exc.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return f"{type(exc).__name__} at " + " < ".join(reversed(places))
