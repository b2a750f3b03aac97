"""Documents inside others, by their paths."""

from __future__ import annotations

from pathlib import Path

from strongroom_desktop.elsewhere import named, words
from strongroom_desktop.kin import (
    container_of,
    file_of,
    learn,
    name_in_container,
    nearest_container,
)
from strongroom_desktop.outside import words_to_open, words_to_show
from strongroom_engine.protocol import Documents, Hits
from strongroom_engine.types import DocumentRecord, Hit, Place, SearchResult, State, Version

INSIDE = "/papers/Post.zip/2023/Letter.eml/lease.pdf"


def test_the_container_is_found_in_the_path() -> None:
    assert container_of(INSIDE) == "/papers/Post.zip"
    assert nearest_container(INSIDE) == "/papers/Post.zip/2023/Letter.eml"
    assert name_in_container(INSIDE) == "lease.pdf in Letter.eml"
    assert container_of("/papers/Post/lease.pdf") == ""
    assert name_in_container("/papers/Post/lease.pdf") == "lease.pdf"


def test_the_file_that_holds_a_document_is_found_on_the_disk(tmp_path: Path) -> None:
    """Where a mailbox has no ending, only the disk says what it is."""
    mailbox = tmp_path / "Inbox"
    mailbox.write_text("From x")
    assert file_of(f"{mailbox}/Letter/lease.pdf") == str(mailbox)
    assert file_of(str(mailbox)) == str(mailbox)
    assert file_of(INSIDE) == "/papers/Post.zip"  # away
    assert file_of("/papers/gone.pdf") == "/papers/gone.pdf"


def test_the_engine_says_what_has_no_ending() -> None:
    inbox, letter = "/post/Inbox", "/post/Inbox/2024 Letter"
    assert name_in_container(letter) == "2024 Letter"
    record = DocumentRecord(letter, "/post", "Post", State.INDEXED, container=inbox)
    learn(Documents(documents=(record,)))
    assert name_in_container(letter) == "2024 Letter in Inbox"
    assert container_of(f"{letter}/a.txt") == inbox
    around = (Place(0, 1, "archive", "Sent"), Place(0, 1, "message", "Lease"))
    hit = Hit(1, "/post/Sent/Lease/a.pdf", 1, 0, 3, "", 1.0, "abc", places=around)
    learn(Hits(result=SearchResult("abc", (hit,), 1.0)))
    assert container_of(hit.file) == "/post/Sent"


def test_menus_say_which_file_is_opened() -> None:
    assert words_to_open(INSIDE) == "Open “Post.zip” in its own application"
    assert words_to_show(INSIDE) == "Show “Post.zip” in its folder"
    assert words_to_show("/papers/lease.pdf") == "Show in folder"


def test_where_else_it_stands() -> None:
    assert words(("a",)) == "also in 1 other place"
    assert words(("a", "b"), (Version("c"),)) == "also in 2 other places, and 1 version"
    assert words(()) == ""
    assert named("/a/papers/Post.zip/lease.pdf") == "lease.pdf in Post.zip – a › papers"
