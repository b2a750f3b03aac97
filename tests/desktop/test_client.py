"""The client against a host that dies, stutters, talks nonsense or talks too much."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QElapsedTimer, QTimer
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import RESTART_DELAYS_MS, SLICE_MS, Engine
from strongroom_desktop.latest import Latest
from strongroom_desktop.lines import Lines
from strongroom_engine.protocol import (
    AddSource,
    Documents,
    Done,
    Embedding,
    Failed,
    GetEmbedding,
    Hits,
    ListDocuments,
    ListSources,
    Message,
    Progress,
    Search,
    Sources,
)

PATIENCE_MS = 20_000
StartEngine = Callable[..., Engine]


def collect(engine: Engine) -> list[Message]:
    events: list[Message] = []
    engine.received.connect(events.append)
    return events


def closed(engine: Engine, number: int) -> Callable[[], bool]:
    return lambda: not engine.is_open(number)


def test_a_request_is_answered_under_its_id(engine: Engine, qtbot: QtBot) -> None:
    events = collect(engine)
    first, second = engine.send(ListSources()), engine.send(Search(question="break notice"))
    qtbot.waitUntil(closed(engine, second), timeout=PATIENCE_MS)
    (sources,) = [event for event in events if isinstance(event, Sources)]
    (hits,) = [event for event in events if isinstance(event, Hits)]
    assert (sources.id, hits.id) == (first, second)
    assert hits.result is not None
    assert hits.result.question == "break notice"
    assert [source.collection for source in sources.sources] == [
        "Holt, 14 Harbour Street",
        "Property precedents",
        "Quayside litigation 2022",
    ]


def test_the_state_of_the_embedding_closes_its_request(engine: Engine, qtbot: QtBot) -> None:
    events = collect(engine)
    number = engine.send(GetEmbedding())
    qtbot.waitUntil(closed(engine, number), timeout=PATIENCE_MS)
    (told,) = [event for event in events if isinstance(event, Embedding)]
    assert told.status is not None
    assert told.status.model == "multilingual-e5-small"


def test_ready_is_remembered(engine: Engine, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: engine.ready is not None, timeout=PATIENCE_MS)
    assert engine.ready is not None
    assert engine.ready.plan is not None
    assert engine.ready.plan.name == "Qwen2.5 Coder 1.5B"


def test_a_death_closes_what_was_open_and_restarts_without_sending_again(
    engine: Engine, qtbot: QtBot
) -> None:
    events = collect(engine)
    with qtbot.waitSignal(engine.died, timeout=PATIENCE_MS):
        number = engine.send(Search(question="die"))
    failures = [event for event in events if isinstance(event, Failed)]
    assert [(event.id, event.code) for event in failures] == [(number, "engine-died")]
    assert not engine.is_open(number)
    with qtbot.waitSignal(engine.started, timeout=PATIENCE_MS):
        assert engine.restart_in_ms <= RESTART_DELAYS_MS[0]
    again = engine.send(ListSources())
    qtbot.waitUntil(closed(engine, again), timeout=PATIENCE_MS)
    assert not [event for event in events if isinstance(event, Hits)]


def test_each_early_death_lengthens_the_wait(start_engine: StartEngine, qtbot: QtBot) -> None:
    engine = start_engine("--die-at-once", wait=False)
    waits = []
    for _ in range(2):
        with qtbot.waitSignal(engine.died, timeout=PATIENCE_MS):
            pass
        waits.append(engine.restart_in_ms)
    assert waits[0] <= RESTART_DELAYS_MS[0] < waits[1] <= RESTART_DELAYS_MS[1]


def test_a_request_without_a_host_is_closed_soon(start_engine: StartEngine, qtbot: QtBot) -> None:
    engine = start_engine("--die-at-once", wait=False)
    events = collect(engine)
    with qtbot.waitSignal(engine.died, timeout=PATIENCE_MS):
        pass
    number = engine.send(ListSources())
    assert engine.is_open(number)
    qtbot.waitUntil(closed(engine, number), timeout=PATIENCE_MS)
    assert [event.id for event in events if isinstance(event, Failed)] == [number]


def test_garbage_is_a_sentence_and_the_next_line_counts(engine: Engine, qtbot: QtBot) -> None:
    sentences: list[str] = []
    engine.trouble.connect(sentences.append)
    number = engine.send(Search(question="garbage"))
    qtbot.waitUntil(closed(engine, number), timeout=PATIENCE_MS)
    assert len(sentences) == 3
    assert all(text.startswith("A message could not be understood") for text in sentences)
    assert engine.running


def test_a_line_in_pieces_is_one_event(engine: Engine, qtbot: QtBot) -> None:
    events = collect(engine)
    number = engine.send(Search(question="partial"))
    qtbot.waitUntil(closed(engine, number), timeout=PATIENCE_MS)
    assert [type(event) for event in events if event.id == number] == [Hits]


def test_another_version_is_refused_with_a_sentence(
    start_engine: StartEngine, qtbot: QtBot
) -> None:
    engine = start_engine("--version", "99", wait=False)
    with (
        qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS),
        qtbot.waitSignal(engine.trouble, timeout=PATIENCE_MS) as said,
    ):
        pass
    assert said.args is not None
    assert "version 99" in said.args[0]
    assert engine.gone


def test_a_host_that_cannot_be_started_is_a_sentence(qtbot: QtBot) -> None:
    engine = Engine(["/no/such/program"])
    with qtbot.waitSignal(engine.trouble, timeout=PATIENCE_MS) as said:
        engine.start()
    assert said.args == ["The engine cannot be started. Install Strongroom again."]
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS):
        engine.stop()


def test_only_the_newest_request_is_wanted(engine: Engine, qtbot: QtBot) -> None:
    latest = Latest(engine)
    wanted: list[Message] = []
    engine.received.connect(lambda event: wanted.append(event) if latest.wants(event) else None)
    for question in ("slow", "lease", "break"):
        number = latest.send(Search(question=question))
    qtbot.waitUntil(closed(engine, number), timeout=PATIENCE_MS)
    assert [type(event) for event in wanted] == [Hits]
    hits = wanted[0]
    assert isinstance(hits, Hits)
    assert hits.result is not None
    assert hits.result.question == "break"


def test_a_flood_leaves_the_window_its_turns(engine: Engine, qtbot: QtBot) -> None:
    """A timer of the window runs between the events of a flood, again and again."""
    seen: list[int] = []
    progress: list[Progress] = []
    engine.received.connect(
        lambda event: progress.append(event) if isinstance(event, Progress) else None
    )
    turns = QTimer()
    turns.setInterval(0)
    turns.timeout.connect(lambda: seen.append(len(progress)))
    turns.start()
    number = engine.send(Search(question="flood"))
    qtbot.waitUntil(closed(engine, number), timeout=PATIENCE_MS)
    turns.stop()
    assert len(progress) == 5_000
    assert len({count for count in seen if 0 < count < 5_000}) > 2


def test_a_slice_ends_when_its_time_is_up(engine: Engine) -> None:
    """However much has come in, one turn of the loop hands out only a slice of it."""
    line = b'{"type":"Progress"}\n'
    engine._lines.feed(line * 1_000)
    clock = QElapsedTimer()

    def busy(_event: object) -> None:
        clock.start()
        while clock.elapsed() < SLICE_MS / 4:
            pass

    events = collect(engine)
    engine.received.connect(busy)
    engine._hand_out()
    assert 0 < len(events) <= 5
    engine.received.disconnect(busy)


def test_lines_over_the_limit_are_dropped_without_being_kept() -> None:
    lines = Lines(limit_bytes=10)
    for piece in (b"12345", b"67890", b"overflowing", b"\nshort\n", b"\n  \n"):
        lines.feed(piece)
    assert [lines.next() for _ in range(2)] == [None, b"short"]
    assert not lines


def test_failures_arrive_as_errors_with_two_sentences(engine: Engine, qtbot: QtBot) -> None:
    events = collect(engine)
    number = engine.send(AddSource(path="/missing"))
    qtbot.waitUntil(closed(engine, number), timeout=PATIENCE_MS)
    (failure,) = [event for event in events if isinstance(event, Failed)]
    assert failure.error.sentence == "/missing does not exist or cannot be read."
    assert failure.error.advice == "Check the path and its permissions."


def test_documents_of_one_source(engine: Engine, qtbot: QtBot) -> None:
    number = engine.send(ListDocuments(source="/papers/Holt"))
    qtbot.waitUntil(closed(engine, number), timeout=PATIENCE_MS)


def test_closing_ends_the_host(engine: Engine, qtbot: QtBot) -> None:
    pid = engine._process.processId()
    assert pid > 0
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS):
        engine.stop()
    assert engine.gone
    assert engine._process.processId() == 0


def test_a_host_that_will_not_end_is_ended(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("strongroom_desktop.client.SHUTDOWN_MS", 50)
    monkeypatch.setattr("strongroom_desktop.client.TERMINATE_MS", 50)
    stubborn = (
        "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        'print(\'{"type":"Hello"}\', flush=True); time.sleep(60)'
    )
    engine = Engine([sys.executable, "-c", stubborn])
    with qtbot.waitSignal(engine.started, timeout=PATIENCE_MS):
        engine.start()
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS):
        engine.stop()
    assert engine.gone


def test_add_is_closed_by_done(engine: Engine, qtbot: QtBot) -> None:
    events = collect(engine)
    number = engine.send(AddSource(path="/papers/New"))
    qtbot.waitUntil(closed(engine, number), timeout=PATIENCE_MS)
    assert isinstance(events[-1], Done)
    assert events[-1].id == number


def test_a_long_list_is_open_until_its_last_part(engine: Engine, qtbot: QtBot) -> None:
    events = collect(engine)
    number = engine.send(ListDocuments(source="/papers/Litigation"))
    still_open: list[bool] = []
    engine.received.connect(lambda _event: still_open.append(engine.is_open(number)))
    qtbot.waitUntil(closed(engine, number), timeout=PATIENCE_MS)
    parts = [event for event in events if isinstance(event, Documents)]
    assert [len(part.documents) for part in parts] == [500, 500, 204]
    assert [part.more for part in parts] == [True, True, False]
    assert still_open[-3:] == [True, True, False]
