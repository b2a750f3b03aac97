"""Archives, mailboxes and mails in the tree: documents that hold others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from strongroom_desktop.selection import Selection
from strongroom_desktop.sources import words
from strongroom_desktop.sources.model import SourcesModel
from strongroom_desktop.sources.nodes import Node, grow, records_beneath
from strongroom_engine.types import DocumentRecord, Source, State

PATIENCE_MS = 20_000


def record(path: str, source: str = "/a") -> DocumentRecord:
    return DocumentRecord(path, source, "A", State.INDEXED)


INSIDE = ("/a/Post.zip/2023/lease.pdf", "/a/Post.zip/note.txt", "/a/Post.zip")
MAIL = ("/a/x/Letter.eml", "/a/x/Letter.eml/plan.zip", "/a/x/Letter.eml/plan.zip/plan.pdf")


def grown(*paths: str, source: str = "/a") -> Node:
    top = Node("collection", "A", sources=(Source(source, "A", {}),))
    for _ in grow(top, [record(path, source) for path in paths]):
        pass
    return top


def outline(node: Node) -> list[str]:
    return [
        line
        for child in node.children
        for line in (f"{child.kind} {child.shown}", *(f"  {each}" for each in outline(child)))
    ]


def test_a_document_holds_those_inside_it_whatever_comes_first() -> None:
    wanted = [
        "document Post",
        "  folder 2023",
        "    document lease",
        "  document note",
    ]
    assert outline(grown(*INSIDE)) == wanted
    assert outline(grown(*reversed(INSIDE))) == wanted


def test_documents_lie_as_deep_as_they_lie() -> None:
    top = grown(*MAIL)
    assert outline(top) == [
        "folder x",
        "  document Letter",
        "    document plan",
        "      document plan",
    ]
    assert top.count == 3
    letter = top.children[0].children[0]
    assert words.figure(letter) == "2"
    assert "2 documents inside" in words.spoken(letter, in_scope=True)
    assert len(list(records_beneath(letter))) == 3
    assert [words.icon(node, open_=False) for node in (letter, letter.children[0])] == [
        "mail", "archive",
    ]  # fmt: skip


def test_a_source_may_be_an_archive_itself() -> None:
    top = grown("/a/Post.zip", "/a/Post.zip/note.txt", source="/a/Post.zip")
    assert outline(top) == ["document Post", "  document note"]


def test_an_archive_unfolds_when_what_is_inside_comes(qtbot: QtBot) -> None:
    model = SourcesModel(Selection())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tester.setParent(model)
    model.set_sources([Source("/a", "A", {"indexed": 3})])
    first = model.index(0, 0)
    model.fetchMore(first)
    model.set_documents("/a", (record("/a/Post.zip"),))
    qtbot.waitUntil(lambda: model.rowCount(first) == 1, timeout=PATIENCE_MS)
    post = model.index(0, 0, first)
    assert not model.hasChildren(post)
    assert model.flags(post) & Qt.ItemFlag.ItemNeverHasChildren
    model.set_documents("/a", tuple(record(path) for path in INSIDE))
    qtbot.waitUntil(lambda: model.rowCount(post) == 2, timeout=PATIENCE_MS)
    assert not model.flags(post) & Qt.ItemFlag.ItemNeverHasChildren
    assert model.index(1, 0, post).data() == "note"
    model.set_documents("/a", (record("/a/Post.zip"),))
    qtbot.waitUntil(lambda: model.rowCount(post) == 0, timeout=PATIENCE_MS)
