"""Nothing leaves, and nothing lies about in the clear: the promise, kept by the real engine.

One session adds documents, searches, asks and shows a page. Every Python process of the engine
writes down each event of the interpreter's own audit that concerns sockets; where `strace` is
there, the system calls of native code are watched, too.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from strongroom_engine import protocol as wire
from strongroom_engine.models.embedding_models import embedding_model

from .conftest import HostProcess

SMALL = "qwen2.5-coder-0.5b"
SECRET = "zyzzyvaquil"
"""Begins a word that stands in the documents and in the questions, and nowhere else."""

LISTENER = """
import os, sys

def note(text):
    with open(os.environ["AUDIT_FILE"], "a", encoding="utf-8") as file:
        file.write(text + "\\n")

def hear(event, arguments):
    if event.startswith("socket."):
        note(f"{event} {' '.join(sys.orig_argv)}")

note("started " + " ".join(sys.orig_argv))
sys.addaudithook(hear)
"""


@dataclass(frozen=True)
class Session:
    """What a session of the engine left behind."""

    audit: tuple[str, ...]
    left: Path
    """A folder with everything that was written: library, logs, settings, temporary files."""


@pytest.fixture
def secrets_folder(tmp_path: Path, papers: Path) -> Path:
    (papers / "deed.txt").write_text(
        f"The {SECRET}lium deed was signed in Tromso. The {SECRET}lium fee is 1,200 crowns.",
        encoding="utf-8",
    )
    (papers / "deed.md").write_text(f"# {SECRET}lium\n\nSigned by two clerks.", encoding="utf-8")
    (papers / "broken.pdf").write_text(f"%PDF-1.7 {SECRET}lium and nothing more", encoding="utf-8")
    return papers


@pytest.fixture
def listening(tmp_path: Path) -> dict[str, str]:
    """Variables that make every Python process note its sockets, and keep its files together."""
    listener = tmp_path / "listener"
    listener.mkdir()
    (listener / "sitecustomize.py").write_text(LISTENER, encoding="utf-8")
    left = tmp_path / "left"
    (left / "tmp").mkdir(parents=True)
    return {
        "PYTHONPATH": str(listener),
        "AUDIT_FILE": str(tmp_path / "audit"),
        "STRONGROOM_HOME": str(left / "home"),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(left / "tmp")),
    }


@pytest.fixture
def session(tmp_path: Path, secrets_folder: Path, listening: dict[str, str]) -> Iterator[Session]:
    """A session whose engine still runs, so that its temporary files are there, too."""
    left = tmp_path / "left"
    host = HostProcess(
        *("--library", str(left / "library"), "--key-file", str(tmp_path / "key")), env=listening
    )
    try:
        host.ready()
        host.ask(wire.AddSource(path=str(secrets_folder)), wire.Done)
        host.ask(wire.Search(question=f"{SECRET}lium fee"), wire.Hits)
        asked = f"How high is the {SECRET}lium fee?"
        host.ask(wire.Ask(question=asked, model=SMALL), wire.Answered)
        host.ask(wire.ShowPage(file=str(secrets_folder / "lease.pdf"), page=1), wire.PageImage)
        host.ask(wire.ShowPage(file=str(secrets_folder / "deed.txt")), wire.PageText)
        host.ask(wire.GetDoctor(), wire.DoctorReport)
        audit = (tmp_path / "audit").read_text(encoding="utf-8").splitlines()
        yield Session(tuple(audit), left)
    finally:
        host.end()


def holding(folder: Path, text: str) -> list[Path]:
    """The files below a folder that hold the text, in UTF-8 or UTF-16, or in their name."""
    forms = [text.encode(), text.encode("utf-16-le")]
    return [
        path
        for path in folder.rglob("*")
        if text in path.name.lower()
        or (path.is_file() and any(form in path.read_bytes().lower() for form in forms))
    ]


def test_nothing_leaves_and_nothing_lies_in_the_clear(
    session: Session, secrets_folder: Path
) -> None:
    started = [line for line in session.audit if line.startswith("started")]
    for role in ("host", "parser", "answerer", "probe"):  # all of them were listened to
        assert any(f"strongroom_engine {role}" in line for line in started), role
    assert [line for line in session.audit if line not in started] == []

    assert len(holding(secrets_folder, SECRET)) == 3  # it would be found
    assert (session.left / "library" / "library.db").stat().st_size > 0
    assert (session.left / "home" / "log" / "engine.log").exists()
    assert holding(session.left, SECRET) == []
    assert holding(session.left, "quayside") == []  # of the PDF


@pytest.mark.skipif(not shutil.which("strace"), reason="strace watches native code")
def test_native_code_opens_no_socket_either(
    tmp_path: Path, secrets_folder: Path, listening: dict[str, str]
) -> None:
    calls = tmp_path / "calls"
    watched = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=%network,execve"]
    place = ["--library", str(tmp_path / "library"), "--key-file", str(tmp_path / "key")]

    def run(*arguments: str) -> None:
        command = [sys.executable, "-m", "strongroom_desktop", *place, *arguments]
        done = subprocess.run(
            [*watched, "-A", "-o", str(calls), *command],
            env={**os.environ, **listening},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        if "ptrace" in done.stderr and done.returncode:
            pytest.skip("strace may not watch here")
        assert done.returncode == 0, done.stderr

    run("add", str(secrets_folder))
    run("search", "fee")
    run("ask", "How high is the fee?", "--model", SMALL)
    seen = calls.read_text(encoding="utf-8", errors="replace")
    assert seen.count("execve(") >= 6  # three commands, a parser, a probe, an answer worker
    assert re.findall(r"^.*\b(?:socket|connect|bind|listen|sendto)\(.*$", seen, re.MULTILINE) == []


HOLDING = """
import sys, time
from pathlib import Path
from strongroom_engine.models.graphs import open_graph

graph = open_graph(Path(sys.argv[1]), 1, gpu=False)
time.sleep(12)
"""


@pytest.mark.skipif(not shutil.which("strace"), reason="strace watches native code")
def test_the_runtime_of_the_graphs_reports_to_nobody(tmp_path: Path) -> None:
    """ONNX Runtime would, some seconds after its import: longer than a short command lives."""
    (graph,) = embedding_model("all-MiniLM-L6-v2").folder.glob("*.onnx")
    calls = tmp_path / "calls"
    watched = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=%network", "-o", str(calls)]
    done = subprocess.run(
        [*watched, sys.executable, "-c", HOLDING, str(graph)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    if "ptrace" in done.stderr and done.returncode:
        pytest.skip("strace may not watch here")
    assert done.returncode == 0, done.stderr
    assert re.findall(r"\b(?:socket|connect)\(.*", calls.read_text(encoding="utf-8")) == []
