"""The engine process from outside: its messages, its locks, its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from strongroom_engine import protocol as wire
from strongroom_engine.library import Library
from strongroom_engine.store import obtain_key
from tests.engine.fakes import WordLengths

from .conftest import WAIT_S, HostProcess

Start = Callable[..., HostProcess]
SMALL = "qwen2.5-coder-0.5b"


def test_a_folder_is_indexed_searched_and_shown(start_host: Start, papers: Path) -> None:
    host = start_host().ready()
    hello = host.events[0]
    assert isinstance(hello, wire.Hello)
    assert (hello.version, hello.locked) == (wire.VERSION, "")

    host.ask(wire.AddSource(path=str(papers)), wire.Done)
    assert any(isinstance(event, wire.Progress) for event in host.events)
    status = host.ask(wire.GetStatus(), wire.Status).status
    assert status is not None
    assert (status.documents["indexed"], status.documents["skipped"]) == (3, 1)
    assert status.chunks == status.embedded
    (source,) = host.ask(wire.ListSources(), wire.Sources).sources
    assert (source.path, source.collection) == (str(papers), "papers")
    assert len(host.ask(wire.ListDocuments(source=str(papers)), wire.Documents).documents) == 4

    result = host.ask(wire.Search(question="yearly rent"), wire.Hits).result
    assert result is not None
    hit = result.hits[0]
    assert (Path(hit.file).name, hit.page) == ("lease.pdf", 2)
    at = hit.text.index("42,500")
    span = (hit.start + at, hit.start + at + 6)
    image = host.ask(
        wire.ShowPage(file=hit.file, page=2, width_px=600, spans=(span,)), wire.PageImage
    )
    assert image.png.startswith(b"\x89PNG")
    assert (image.pages, image.width_px) == (3, 600)
    ((x0, y0, x1, y1),) = image.rectangles[0]
    assert 0 < x0 < x1 < 1
    assert 0 < y0 < y1 < 0.2

    note = host.ask(wire.ShowPage(file=str(papers / "note.txt"), spans=((4, 10),)), wire.PageText)
    assert note.text[note.spans[0][0] : note.spans[0][1]] == "boiler"
    assert host.end() == 0


def test_an_answer_streams_and_cites_its_page(start_host: Start, papers: Path) -> None:
    host = start_host().ready()
    host.ask(wire.AddSource(path=str(papers)), wire.Done)
    question = "How high is the yearly rent?"
    answer = host.ask(wire.Ask(question=question, model=SMALL), wire.Answered).answer
    assert answer is not None
    stages = [event.name for event in host.events if isinstance(event, wire.Stage)]
    assert stages[0] == "searching"
    assert any(isinstance(event, wire.Token) for event in host.events)
    assert "42,500" in answer.text
    citation = answer.citations[0]
    assert (Path(citation.file).name, citation.page) == ("lease.pdf", 2)
    assert "42,500" in citation.quote
    assert host.end() == 0


def test_a_running_answer_can_be_stopped(start_host: Start, papers: Path) -> None:
    host = start_host().ready()
    host.ask(wire.AddSource(path=str(papers)), wire.Done)
    number = host.send(wire.Ask(question="Tell everything about the lease.", model=SMALL))
    host.wait_for(lambda event: isinstance(event, wire.Stage) and event.name == "reading")
    host.send(wire.Cancel(target=number))
    closing = host.wait_for(
        lambda event: event.id == number and isinstance(event, wire.Answered | wire.Failed)
    )
    assert isinstance(closing, wire.Answered)
    assert closing.answer is not None
    assert closing.answer.stopped
    # And the next question is answered as if nothing had been.
    host.ask(wire.Ask(question="Who chairs the board?", model=SMALL), wire.Answered)


def test_files_that_change_are_indexed_by_themselves(start_host: Start, papers: Path) -> None:
    host = start_host().ready()
    host.ask(wire.AddSource(path=str(papers)), wire.Done)
    (papers / "new.txt").write_text("The walrus moved to the north pool.", encoding="utf-8")
    (papers / "note.txt").rename(papers / "renamed.txt")
    (papers / "minutes.md").unlink()

    def found(question: str) -> list[str]:
        result = host.ask(wire.Search(question=question, k=1), wire.Hits).result
        assert result is not None
        return [Path(hit.file).name for hit in result.hits]

    deadline = time.monotonic() + WAIT_S
    wanted = ["new.txt", "renamed.txt"]
    while [*found('"walrus"'), *found('"boiler"')] != wanted or found('"Solberg"'):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    status = host.ask(wire.GetStatus(), wire.Status).status
    assert status is not None
    assert sum(status.documents.values()) == 4


def test_broken_and_unknown_requests_are_refused_with_a_sentence(start_host: Start) -> None:
    host = start_host().ready()
    for line in (b"{not json\n", b'{"type":"Explode"}\n', b'{"type":"Search","k":"ten"}\n'):
        host.send_raw(line)
        refused = host.wait_for(lambda event: isinstance(event, wire.Failed))
        assert isinstance(refused, wire.Failed)
        assert refused.code == "protocol"
        assert "could not be understood" in refused.error.sentence
    failed = host.ask(wire.Search(question="  "), wire.Failed)
    assert failed.code == "empty-question"
    assert host.ask(wire.AddSource(path="/nowhere/at all"), wire.Failed).code == "source-missing"
    assert host.end() == 0


def test_a_second_writer_is_refused_and_a_reader_is_not(
    start_host: Start, papers: Path, tmp_path: Path
) -> None:
    host = start_host().ready()
    host.ask(wire.AddSource(path=str(papers)), wire.Done)
    place = ["--library", str(tmp_path / "library"), "--key-file", str(tmp_path / "key")]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        start = [sys.executable, "-m", "strongroom_desktop", *place, *arguments]
        return subprocess.run(start, capture_output=True, text=True, check=False, timeout=120)

    refused = run("add", str(papers))
    assert refused.returncode == 1
    assert "Another Strongroom is writing" in " ".join(refused.stderr.split())
    reading = run("search", "boiler", "--json")
    assert reading.returncode == 0
    assert "note.txt" in reading.stdout


def test_a_host_that_could_not_open_says_why_to_every_request(start_host: Start) -> None:
    start_host().ready()
    second = start_host()
    opening = second.wait_for(lambda event: isinstance(event, wire.Failed))
    assert isinstance(opening, wire.Failed)
    assert opening.code == "library-busy"
    assert second.ask(wire.Search(question="rent"), wire.Failed).code == "library-busy"


def test_what_is_asked_while_the_library_opens_is_answered(start_host: Start, papers: Path) -> None:
    host = start_host()
    number = host.send(wire.AddSource(path=str(papers)))  # before the host has said a word
    closing = host.wait_for(
        lambda event: event.id == number and not isinstance(event, wire.Progress)
    )
    assert isinstance(closing, wire.Done)


def test_a_library_that_is_busy_opens_when_it_is_free(start_host: Start) -> None:
    first = start_host().ready()
    second = start_host()
    refused = second.wait_for(lambda event: isinstance(event, wire.Failed))
    assert isinstance(refused, wire.Failed)
    assert refused.code == "library-busy"
    assert first.end() == 0
    second.ready()
    assert second.ask(wire.GetStatus(), wire.Status).status is not None


def test_a_passphrase_opens_the_library_and_a_wrong_one_changes_nothing(
    start_host: Start, papers: Path, tmp_path: Path
) -> None:
    arguments = ("--library", str(tmp_path / "library"))
    host = start_host(*arguments)
    hello = host.wait_for(lambda event: isinstance(event, wire.Hello))
    assert isinstance(hello, wire.Hello)
    assert hello.locked == "new-passphrase"
    host.ask(wire.Unlock(passphrase="correct horse", create=True), wire.Done)
    host.ask(wire.AddSource(path=str(papers)), wire.Done)
    assert host.end() == 0

    again = start_host(*arguments)
    hello = again.wait_for(lambda event: isinstance(event, wire.Hello))
    assert isinstance(hello, wire.Hello)
    assert hello.locked == "passphrase"
    assert again.ask(wire.Search(question="rent"), wire.Failed).code == "no-key"
    assert again.ask(wire.Unlock(passphrase="wrong"), wire.Failed).code == "wrong-key"
    again.ask(wire.Unlock(passphrase="correct horse"), wire.Done)
    result = again.ask(wire.Search(question="rent"), wire.Hits).result
    assert result is not None
    assert result.hits


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_killed_host_loses_nothing_and_leaves_nobody(start_host: Start, papers: Path) -> None:
    for number in range(150):
        text = f"Item {number}. " + f"The crate number {number} holds lamps. " * 60
        (papers / f"crate {number}.txt").write_text(text, encoding="utf-8")
    host = start_host().ready()
    host.send(wire.AddSource(path=str(papers)))
    host.wait_for(lambda event: isinstance(event, wire.Progress))
    time.sleep(1.5)
    children = psutil.Process(host.process.pid).children(recursive=True)
    host.process.send_signal(signal.SIGKILL)
    host.end()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive

    again = start_host().ready()
    again.ask(wire.Rescan(), wire.Done)
    status = again.ask(wire.GetStatus(), wire.Status).status
    assert status is not None
    assert {name: n for name, n in status.documents.items() if n} == {"indexed": 153, "skipped": 1}
    assert status.chunks == status.embedded


def test_another_embedding_model_is_chosen(start_host: Start, papers: Path, tmp_path: Path) -> None:
    """The library comes from a computer with a model that this one does not have."""
    key = obtain_key(tmp_path / "library", key_file=tmp_path / "key", create=True)
    with Library(tmp_path / "library", key, embedder=WordLengths()) as library:
        library.add(str(papers))
    host = start_host().ready()
    status = host.ask(wire.GetEmbedding(), wire.Embedding).status
    assert status is not None
    assert (status.model, status.here, status.next_model) == ("word-lengths", False, "")
    hits = host.ask(wire.Search(question="boiler"), wire.Hits).result
    assert hits is not None
    assert Path(hits.hits[0].file).name == "note.txt"

    (missing,) = [event for event in host.events if isinstance(event, wire.Failed)]
    assert (missing.id, missing.code) == (0, "library-model-missing")
    assert isinstance(host.events[1], wire.Ready)  # it is no reason not to open

    host.ask(wire.ChooseEmbedding(name="no-such-model"), wire.Failed)
    host.ask(wire.ChooseEmbedding(name=status.choices[0].name), wire.Done)
    host.wait_for(lambda event: isinstance(event, wire.Changed))
    while (now := host.ask(wire.GetStatus(), wire.Status).status) and now.next_embedding_model:
        time.sleep(0.2)
    assert now is not None
    assert now.embedding_model == status.choices[0].name
    assert now.chunks == now.embedded
    assert host.end() == 0


def test_indexing_is_paused_asked_meanwhile_and_resumed_after_a_restart(
    start_host: Start, papers: Path
) -> None:
    for number in range(60):
        text = f"Item {number}. " + f"The crate number {number} holds lamps. " * 30
        (papers / f"crate {number}.txt").write_text(text, encoding="utf-8")
    host = start_host().ready()
    adding = host.send(wire.AddSource(path=str(papers)))
    host.wait_for(lambda event: isinstance(event, wire.Progress))
    host.send(wire.PauseIndexing())
    told = host.wait_for(lambda event: isinstance(event, wire.Indexing))
    assert told == wire.Indexing(id=0, paused=True, why="user")
    host.wait_for(lambda event: event.id == adding and isinstance(event, wire.Done))
    status = host.ask(wire.GetStatus(), wire.Status).status
    assert status is not None
    waiting = status.documents["pending"]
    assert 0 < waiting < 64
    answer = host.ask(wire.Ask(question="What do the crates hold?", task="quotes"), wire.Answered)
    assert answer.answer is not None
    later = host.ask(wire.GetStatus(), wire.Status).status
    assert later is not None
    assert later.documents["pending"] == waiting
    assert host.end() == 0

    again = start_host().ready()
    assert again.ask(wire.GetIndexing(), wire.Indexing).why == "user"
    (papers / "late.txt").write_text("The walrus came late.", encoding="utf-8")
    resting = again.wait_for(
        lambda event: isinstance(event, wire.Progress) and event.progress is not None
    )
    assert isinstance(resting, wire.Progress)
    assert resting.progress is not None
    assert resting.progress.paused == "user"
    again.ask(wire.PauseIndexing(paused=False), wire.Done)
    while (now := again.ask(wire.GetStatus(), wire.Status).status) and (
        now.documents["indexed"] < 64 or now.chunks > now.embedded
    ):
        time.sleep(0.2)
    assert now is not None
    assert (now.documents["pending"], now.documents["skipped"]) == (0, 1)
    assert again.end() == 0
