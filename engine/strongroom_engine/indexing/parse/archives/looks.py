"""What is an archive without a mark that says so, by how it begins."""

from __future__ import annotations

import tarfile

HEADER_BYTES = 512


def is_tar(head: bytes) -> bool:
    """Whether a file begins so that is one."""
    try:
        tarfile.TarInfo.frombuf(head[:HEADER_BYTES], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True
