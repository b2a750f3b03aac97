"""Passwords of really protected files, through the facade: what opens something is kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import py7zr
import pymupdf
import pytest
import pyzipper
from tests.engine.fakes import WordLengths
from tests.engine.office_files import encrypted

from strongroom_engine.errors import NotASource
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Unlocked


def pdf(text: str, password: str = "") -> bytes:
    with pymupdf.open() as file:
        file.new_page().insert_text((60, 80), text)
        if not password:
            return bytes(file.tobytes())
        cipher = pymupdf.mupdf.PDF_ENCRYPT_AES_256
        return bytes(file.tobytes(encryption=cipher, user_pw=password, owner_pw="owner"))


def word(text: str, password: str) -> bytes:
    content, document = io.BytesIO(), docx.Document()
    document.add_paragraph(text)
    document.save(content)
    return encrypted(content.getvalue(), password)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Papers of which two are locked with 'ash', two with 'beech' and one with 'cedar'."""
    made = tmp_path / "Papers"
    (made / "old").mkdir(parents=True)
    (made / "lease.pdf").write_bytes(pdf("The rent is due on Friday.", "ash"))
    (made / "letter.docx").write_bytes(word("The landlord answers.", "beech"))
    with pyzipper.AESZipFile(made / "post.zip", "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"ash")
        archive.writestr("bill.txt", "The plumber asks for 90 euros.")
    with py7zr.SevenZipFile(made / "old" / "box.7z", "w", password="beech") as archive:
        archive.writestr("The deposit was paid in May.", "deposit.txt")
    with zipfile.ZipFile(made / "open.zip", "w") as archive:
        archive.writestr("inner.pdf", pdf("The cellar is damp.", "cedar"))
        archive.writestr("plain.txt", "The attic is dry.")
    return made


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey, folder: Path) -> Iterator[Library]:
    with Library(tmp_path / "library", key, embedder=WordLengths()) as opened:
        opened.add(str(folder))
        yield opened


def names(paths: tuple[str, ...]) -> set[str]:
    return {Path(path).name for path in paths}


def found(library: Library, question: str) -> list[str]:
    return [Path(hit.file).name for hit in library.search(question, method="lexical").hits]


def test_documents_of_one_folder_may_have_different_passwords(
    library: Library, folder: Path
) -> None:
    first = library.indexing.give_password(str(folder), "ash")
    assert names(first.opened) == {"lease.pdf", "post.zip"}
    assert names(first.locked) == {"letter.docx", "box.7z", "inner.pdf"}
    second = library.indexing.give_password(str(folder), "beech")
    assert names(second.opened) == {"letter.docx", "box.7z"}
    assert names(second.locked) == {"inner.pdf"}
    # Both are kept: what the first one opened is read again when it changes.
    (folder / "lease.pdf").write_bytes(pdf("The rent is due on Tuesday.", "ash"))
    library.rescan()
    assert found(library, "Tuesday") == ["lease.pdf"]
    assert found(library, "plumber")[0] == "bill.txt"
    assert found(library, "deposit")[0] == "deposit.txt"
    assert library.indexing.passwords() == (str(folder),)


def test_a_wrong_password_harms_no_right_one(library: Library, folder: Path) -> None:
    library.indexing.give_password(str(folder), "ash")
    tried = library.indexing.give_password(str(folder), "willow")
    assert not tried.opened
    assert len(tried.locked) == 3
    (folder / "lease.pdf").write_bytes(pdf("The rent is due on Sunday.", "ash"))
    library.rescan()
    assert found(library, "Sunday") == ["lease.pdf"]
    library.indexing.give_password(str(folder / "old"), "willow")
    assert library.indexing.passwords() == (str(folder),)  # what opens nothing is not kept


def test_a_document_inside_an_archive_has_its_own(library: Library, folder: Path) -> None:
    inner = str(folder / "open.zip" / "inner.pdf")
    tried = library.indexing.give_password(inner, "cedar")
    assert (tried.opened, tried.locked) == ((inner,), ())
    assert found(library, "cellar") == ["inner.pdf"]
    library.indexing.forget_password(inner)
    assert library.indexing.passwords() == ()
    assert found(library, "cellar") == ["inner.pdf"]  # what was opened stays


def test_what_opens_but_holds_no_text_is_opened(library: Library, folder: Path) -> None:
    empty = folder / "empty.pdf"
    empty.write_bytes(pdf("", "elm"))
    library.rescan()
    tried = library.indexing.give_password(str(empty), "elm")
    assert tried == Unlocked(opened=(str(empty),))
    assert library.indexing.passwords() == (str(empty),)


def test_what_nothing_waits_for_is_not_kept(library: Library, folder: Path) -> None:
    tried = library.indexing.give_password(str(folder / "open.zip" / "plain.txt"), "ash")
    assert (tried.opened, tried.locked) == ((), ())
    assert library.indexing.passwords() == ()
    with pytest.raises(NotASource):
        library.indexing.give_password(str(folder.parent / "elsewhere"), "ash")


def test_while_indexing_rests_it_is_kept_and_tried_later(library: Library, folder: Path) -> None:
    library.indexing.pause()
    tried = library.indexing.give_password(str(folder / "lease.pdf"), "ash")
    assert tried == Unlocked(waiting=(str(folder / "lease.pdf"),))
    assert library.indexing.passwords() == (str(folder / "lease.pdf"),)
    library.indexing.pause(False)
    library.rescan()
    assert found(library, "Friday") == ["lease.pdf"]


def test_the_passwords_go_with_their_source(library: Library, folder: Path) -> None:
    library.indexing.give_password(str(folder), "ash")
    library.indexing.give_password(str(folder / "letter.docx"), "beech")
    library.remove(str(folder))
    assert library.indexing.passwords() == ()
