"""Scenarios as data: each TOML file beside this one is a story, told to two faces.

A story has `[[file]]`s (what lies in the folder) and `[[step]]`s (what is done and what is expected
then). The same story runs through the `Library` in this process and through the command line in
processes of its own. A bug becomes five lines.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pymupdf
import pytest

from strongroom_engine.commands import output
from strongroom_engine.errors import StrongroomError
from strongroom_engine.library import Library
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.store import LibraryKey

HERE = Path(__file__).parent
STORIES = sorted(HERE.glob("*.toml"))


class Face(Protocol):
    def add(self, path: str) -> str: ...
    def remove(self, path: str) -> str: ...
    def search(self, question: str) -> dict[str, Any]: ...
    def status(self) -> dict[str, Any]: ...


class InProcess:
    """The story told to the facade; what it says is the sentence of the error, or ''."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def add(self, path: str) -> str:
        return self._said(lambda: self._library.add(path))

    def remove(self, path: str) -> str:
        return self._said(lambda: self._library.remove(path))

    def search(self, question: str) -> dict[str, Any]:
        try:
            return output.search_json(self._library.search(question))
        except StrongroomError as exc:
            return {"error": str(exc)}

    def status(self) -> dict[str, Any]:
        return output.status_json(self._library.status())

    @staticmethod
    def _said(work: Callable[[], object]) -> str:
        try:
            work()
        except StrongroomError as exc:
            return str(exc)
        return ""


class CommandLine:
    """The story told to `strongroom`, a process a step."""

    def __init__(self, folder: Path) -> None:
        self._start = [
            sys.executable,
            "-m",
            "strongroom_desktop",
            "--library",
            str(folder / "library"),
            "--key-file",
            str(folder / "key"),
        ]

    def add(self, path: str) -> str:
        return self._run("add", path).stderr

    def remove(self, path: str) -> str:
        return self._run("remove", path).stderr

    def search(self, question: str) -> dict[str, Any]:
        return self._json("search", question, "--json")

    def status(self) -> dict[str, Any]:
        return self._json("status", "--json")

    def _json(self, *arguments: str) -> dict[str, Any]:
        done = self._run(*arguments)
        if done.returncode:
            return {"error": done.stderr}
        value: dict[str, Any] = json.loads(done.stdout)
        return value

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "1000"}
        done = subprocess.run(
            [*self._start, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            check=False,
            timeout=300,
        )
        assert "Traceback" not in done.stderr
        return done


@pytest.fixture(params=["library", "command line"])
def face(
    request: pytest.FixtureRequest, tmp_path: Path, key: LibraryKey, embedder: OnnxEmbedder
) -> Iterator[Face]:
    if request.param == "command line":
        yield CommandLine(tmp_path)
        return
    with Library(tmp_path / "library", key, embedder=embedder) as library:
        yield InProcess(library)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_story(story: Path, face: Face, tmp_path: Path) -> None:
    told = tomllib.loads(story.read_text(encoding="utf-8"))
    folder = tmp_path / "documents"
    folder.mkdir()
    for file in told.get("file", []):
        write(folder, file)
    for number, step in enumerate(told["step"], 1):
        act(step, face, folder)
        expect(step, face, folder, f"step {number} of {story.name}")


def write(folder: Path, file: dict[str, Any]) -> None:
    path = folder / file["name"]
    path.parent.mkdir(parents=True, exist_ok=True)
    if "pages" in file:
        path.write_bytes(pdf(file["pages"], file.get("password", "")))
    elif "hex" in file:
        path.write_bytes(bytes.fromhex(file["hex"]))
    elif "size" in file:
        with path.open("wb") as sparse:
            sparse.write(file.get("text", "").encode())
            sparse.truncate(file["size"])
    else:
        path.write_text(file["text"], encoding=file.get("encoding", "utf-8"))


def pdf(pages: list[str], password: str) -> bytes:
    """A PDF with one page a text; a page without a text is a picture, as a scanner makes it."""
    made = pymupdf.open()
    box = pymupdf.Rect(72, 72, 523, 770)
    for text in pages:
        page = made.new_page()
        if text:
            page.insert_textbox(box, text, fontsize=11)
        else:
            page.insert_image(box, pixmap=pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 9, 9)))
    if password:
        locked: bytes = made.tobytes(
            encryption=pymupdf.mupdf.PDF_ENCRYPT_AES_256, owner_pw=password, user_pw=password
        )
        return locked
    plain: bytes = made.tobytes()
    return plain


def act(step: dict[str, Any], face: Face, folder: Path) -> None:
    for file in step.get("write", []):
        write(folder, file)
    for name in step.get("delete", []):
        (folder / name).unlink()
    for old, new in step.get("rename", []):
        (folder / new).parent.mkdir(parents=True, exist_ok=True)
        (folder / old).rename(folder / new)
    for verb in ("add", "remove"):
        if verb in step:
            said = getattr(face, verb)(str(folder / step[verb]))
            assert step.get("says", "") in said


def expect(step: dict[str, Any], face: Face, folder: Path, where: str) -> None:
    for wanted in step.get("search", []):
        found = face.search(wanted["question"])
        if "error" in wanted:
            assert wanted["error"] in found["error"], where
            continue
        hits = [
            hit for hit in found["hits"][: wanted.get("within", 3)] if fits(hit, wanted, folder)
        ]
        assert bool(hits) != wanted.get("absent", False), (where, wanted, found["hits"][:3])
    if "states" in step or "problems" in step:
        status = face.status()
        counts = {name: count for name, count in status["documents"].items() if count}
        assert counts == step.get("states", counts), (where, status)
        codes = {
            Path(problem["file"]).relative_to(folder).as_posix(): problem["code"]
            for problem in status["problems"]
        }
        assert codes == step.get("problems", codes), where
        assert all(problem["reason"] for problem in status["problems"]), where


def fits(hit: dict[str, Any], wanted: dict[str, Any], folder: Path) -> bool:
    return (
        ("file" not in wanted or Path(hit["file"]) == folder / wanted["file"])
        and ("page" not in wanted or hit["page"] == wanted["page"])
        and wanted.get("text", "") in " ".join(hit["text"].split())
    )
