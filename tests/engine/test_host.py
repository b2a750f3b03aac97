"""The host's answers, without a process around it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from strongroom_engine import protocol as wire
from strongroom_engine.host import DOCUMENTS_A_PART, Host
from strongroom_engine.library import Library
from strongroom_engine.types import DocumentRecord, State


class Listed(Library):
    """A library that only lists so many documents."""

    def __init__(self, count: int) -> None:
        self._count = count

    def documents(self, source: str = "") -> tuple[DocumentRecord, ...]:
        return tuple(
            DocumentRecord(f"{source}/{number}.pdf", source, "A", State.INDEXED)
            for number in range(self._count)
        )


@pytest.mark.parametrize("extra", [0, 1, -1])
@pytest.mark.parametrize("parts", [0, 1, 3])
def test_a_long_list_comes_in_parts(tmp_path: Path, parts: int, extra: int) -> None:
    count = max(parts * DOCUMENTS_A_PART + extra, 0)
    sent = io.BytesIO()
    host = Host(tmp_path, None, io.BytesIO(), sent)
    host.send(host._list(Listed(count), wire.ListDocuments(id=7, source="/a")))
    events = [wire.decode_event(line) for line in sent.getvalue().splitlines()]
    lists = [event for event in events if isinstance(event, wire.Documents)]
    assert len(lists) == len(events) == max(-(-count // DOCUMENTS_A_PART), 1)
    assert [event.more for event in lists] == [True] * (len(lists) - 1) + [False]
    assert {(event.id, event.source) for event in lists} == {(7, "/a")}
    paths = [record.path for event in lists for record in event.documents]
    assert paths == [f"/a/{number}.pdf" for number in range(count)]
