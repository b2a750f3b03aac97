"""Sizes in bytes, for whoever looks at files from outside or reads them."""

from __future__ import annotations

MEGABYTE = 1 << 20


def human_size(size: float) -> str:
    """Bytes as people say them."""
    for unit in ("bytes", "KB", "MB"):
        if size < 1024:
            return f"{size:.0f} {unit}"
        size /= 1024
    return f"{size:.1f} GB"
