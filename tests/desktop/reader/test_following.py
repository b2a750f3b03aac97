"""The open document follows what becomes of its file, without a click."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.reader.reader import Reader
from strongroom_desktop.selection import Place, Selection, Trail
from strongroom_engine.errors import DocumentMoved, NotInLibrary
from strongroom_engine.protocol import Changed, DocumentTold, Failed, PageText
from strongroom_engine.types import DocumentRecord, State

NOTES = "/papers/Holt/Notes on the break right.md"
PATIENCE_MS = 10_000


def test_it_is_read_anew_when_its_file_was_and_not_before(
    qtbot: QtBot, engine: Engine, selection: Selection, reader: Reader
) -> None:
    read: list[PageText] = []

    def note(event: object) -> None:
        if isinstance(event, PageText):
            read.append(event)

    engine.received.connect(note)
    selection.open(Place(NOTES))
    qtbot.waitUntil(lambda: bool(read) and reader.knowing.facts is not None, timeout=PATIENCE_MS)
    facts = reader.knowing.facts
    assert facts is not None

    def tell(record: DocumentRecord) -> None:
        number = reader.knowing._facts.wanted
        engine.received.emit(Changed(documents=True))
        anew = replace(facts, document=record)
        engine.received.emit(DocumentTold(id=number, file=NOTES, facts=anew))

    tell(replace(facts.document, state=State.READABLE))
    tell(replace(facts.document, state=State.PENDING, mtime_ns=7))
    assert not reader.showing.under_way
    tell(replace(facts.document, mtime_ns=7))
    qtbot.waitUntil(lambda: len(read) == 2, timeout=PATIENCE_MS)


def test_it_asks_once_more_when_its_document_is_gone_and_when_it_is_back(
    qtbot: QtBot, engine: Engine, selection: Selection, reader: Reader
) -> None:
    differs: list[bool] = []
    reader.knowing.differs.connect(lambda: differs.append(True))
    selection.open(Place(NOTES))
    qtbot.waitUntil(lambda: reader.knowing.facts is not None, timeout=PATIENCE_MS)
    facts = reader.knowing.facts
    number = reader.knowing._facts.wanted
    engine.received.emit(Failed(id=number, code=NotInLibrary.code, details={"path": NOTES}))
    assert len(differs) == 1
    engine.received.emit(DocumentTold(id=number, file=NOTES, facts=facts))
    assert len(differs) == 2


def test_it_follows_its_document_to_where_it_was_moved(
    qtbot: QtBot, engine: Engine, selection: Selection, reader: Reader
) -> None:
    other, now = Place("/papers/Holt/Lease.pdf", 2), f"{NOTES} now"
    selection.open_trail(Trail("citation", (other, Place(NOTES, number=2), Place(NOTES)), 1))
    qtbot.waitUntil(lambda: reader.knowing.facts is not None, timeout=PATIENCE_MS)
    number = reader.knowing._facts.wanted
    previews: list[bool] = []
    selection.opened.connect(lambda _trail, preview: previews.append(preview))
    engine.received.emit(
        Failed(id=number, code=DocumentMoved.code, details={"path": NOTES, "to": now})
    )
    assert selection.trail == Trail("citation", (other, Place(now, number=2), Place(now)), 1)
    assert reader.knowing.file == now
    assert previews == [True], "nobody asked for it: it takes no focus"
