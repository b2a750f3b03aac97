"""The model hub, where the publishers' own files are."""

from __future__ import annotations

import http.client
import os
import urllib.error
import urllib.parse
import urllib.request

from bootstrap.says import Bar

from .part import COPY_BYTES, Part, Unreachable, WrongHash

HUB = "STRONGROOM_HUB"
"""Names another address that serves the hub's paths: a company's own mirror."""
DEFAULT_HUB = "https://huggingface.co"
TIMEOUT_S = 20.0


def fetch(part: Part) -> None:
    """Bring the whole file, beginning where the part file ends. Raises `Unreachable`."""
    if not part.file.hub:
        raise Unreachable("the hub does not have it")
    bar = Bar(f"Fetching {part.file.name}", part.file.bytes, size=True)
    try:
        _fetch(part, bar)
    except (OSError, http.client.HTTPException) as exc:
        raise Unreachable(str(exc)) from exc
    if part.size > part.file.bytes:
        part.path.unlink()
        raise WrongHash
    if part.size < part.file.bytes:
        raise Unreachable("the connection ended early")
    bar.close()


def _fetch(part: Part, bar: Bar) -> None:
    begin = part.size
    if begin == part.file.bytes:
        return
    request = urllib.request.Request(address(part))
    if begin:
        request.add_header("Range", f"bytes={begin}-")
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
        at = begin if answer.status == http.client.PARTIAL_CONTENT else 0
        with part.path.open("r+b" if part.path.exists() else "w+b") as file:
            file.truncate(at)
            file.seek(at)
            while at <= part.file.bytes and (block := answer.read(COPY_BYTES)):
                at += file.write(block)
                bar.show(at)


def address(part: Part) -> str:
    repository, _, revision = part.file.hub.partition("@")
    base = os.environ.get(HUB) or DEFAULT_HUB
    path = f"{repository}/resolve/{revision or 'main'}/{part.file.file}"
    return f"{base.rstrip('/')}/{urllib.parse.quote(path)}"
