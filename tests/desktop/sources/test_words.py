"""What the tree says of a document that differs from 'in the index'."""

from __future__ import annotations

from strongroom_desktop.sources import words
from strongroom_desktop.sources.nodes import Node
from strongroom_engine.types import DocumentRecord, State


def node(state: State, waiting: int) -> Node:
    record = DocumentRecord("/papers/scan.pdf", "/papers", "Papers", state, waiting=waiting)
    return Node("document", "scan.pdf", record.path, record=record)


def test_pages_that_wait_for_text_recognition_have_their_sign() -> None:
    assert words.glyph(node(State.INDEXED, 0)) == ("", "")
    assert words.glyph(node(State.INDEXED, 3)) == ("scan-text", "text_2")
    assert words.glyph(node(State.READABLE, 1)) == ("scan-text", "text_2")
    assert words.glyph(node(State.PENDING, 3))[0] == "circle-dashed"
    assert "3 pages wait for text recognition." in words.tooltip(node(State.INDEXED, 3))
    assert words.spoken(node(State.INDEXED, 1), in_scope=True).endswith(
        "1 page waits for text recognition."
    )
