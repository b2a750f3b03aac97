"""The facade on real files, with the real store and parsers."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from strongroom_engine.errors import (
    Cancelled,
    DiskFull,
    EmptyQuestion,
    NotASource,
    QuestionTooLong,
    SourceKnown,
    SourceMissing,
    SourceNameInvalid,
    StrongroomError,
)
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Progress, State

from .fakes import WordLengths


@pytest.fixture
def embedding() -> WordLengths:
    return WordLengths()


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey, embedding: WordLengths) -> Iterator[Library]:
    with Library(tmp_path / "library", key, embedder=embedding) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Contracts"
    (made / "old").mkdir(parents=True)
    (made / "rent.txt").write_text("The rent is due on Monday.", encoding="utf-8")
    (made / "old" / "pets.txt").write_text("No pets may be kept in the flat.", encoding="utf-8")
    return made


def files(library: Library, question: str) -> list[str]:
    """The files of the hits; one of several with the same bytes names the others."""
    hits = library.search(question, method="lexical").hits
    return [Path(file).name for hit in hits for file in (hit.file, *hit.copies)]


def test_a_folder_becomes_a_source_and_its_name_the_collection(
    library: Library, folder: Path
) -> None:
    source = library.add(str(folder))
    assert (source.path, source.collection) == (str(folder), "Contracts")
    assert source.counts[State.INDEXED] == 2
    status = library.status()
    assert status.chunks == status.embedded == 2
    assert status.problems == ()


def test_a_single_file_is_a_source_too(library: Library, folder: Path) -> None:
    source = library.add(str(folder / "rent.txt"))
    assert source.collection == "Contracts"
    assert files(library, "rent") == ["rent.txt"]


def test_the_same_text_is_embedded_once(
    library: Library, folder: Path, embedding: WordLengths
) -> None:
    """What is embedded has the document's title in front: the same text under the same title."""
    (folder / "lease.html").write_text(
        "<title>Lease of the mill</title><p>The rent is due on Monday.</p>", encoding="utf-8"
    )
    library.add(str(folder))
    before = len(embedding.embedded)
    shutil.copy(folder / "lease.html", folder / "copy.html")
    os.utime(folder / "old" / "pets.txt", ns=(1, 1))
    library.rescan()
    assert len(embedding.embedded) == before
    assert sorted(files(library, "rent")) == ["copy.html", "lease.html", "rent.txt"]


def test_a_copy_under_another_name_and_a_moved_file_are_not_embedded_again(
    library: Library, folder: Path, embedding: WordLengths
) -> None:
    """A text has no title but its file's name, which is part of what is embedded; its embedding
    is kept all the same."""
    library.add(str(folder))
    before = len(embedding.embedded)
    shutil.copy(folder / "rent.txt", folder / "arrears.txt")
    library.rescan()
    (folder / "rent.txt").rename(folder / "moved.txt")
    library.rescan()
    assert len(embedding.embedded) == before
    assert sorted(files(library, "rent")) == ["arrears.txt", "moved.txt"]


def test_words_of_an_older_strongroom_are_renewed_though_no_source_is_there(
    tmp_path: Path, key: LibraryKey, folder: Path
) -> None:
    with Library(tmp_path / "library", key, embedder=WordLengths()) as library:
        library.add(str(folder))
        with library._store._write() as db:
            db.execute("DELETE FROM meta WHERE key LIKE 'words version%'")
            db.execute("DELETE FROM words")
        assert files(library, "rent") == []
    folder.rename(tmp_path / "away")
    with Library(tmp_path / "library", key, embedder=WordLengths()) as library:
        assert files(library, "rent") == [], "searching alone writes nothing"
        library.rescan()
        assert files(library, "rent") == ["rent.txt"]


def test_a_changed_paragraph_embeds_only_itself(
    library: Library, tmp_path: Path, embedding: WordLengths
) -> None:
    paragraphs = [f"Paragraph {n}. " + f"word{n} " * 180 for n in range(30)]
    book = tmp_path / "book.txt"
    book.write_text("\n\n".join(paragraphs), encoding="utf-8")
    library.add(str(book))
    before = len(embedding.embedded)
    paragraphs[14] = "Paragraph 14 is new. " + "novelty " * 180
    book.write_text("\n\n".join(paragraphs), encoding="utf-8")
    library.rescan()
    assert 1 <= len(embedding.embedded) - before <= 3
    assert files(library, "novelty") == ["book.txt"]


def test_a_folder_inside_a_source_is_said_to_be_known(library: Library, folder: Path) -> None:
    library.add(str(folder))
    (folder / "old" / "late.txt").write_text("A late addition.", encoding="utf-8")
    with pytest.raises(SourceKnown, match="is already in the library"):
        library.add(str(folder / "old"))
    assert files(library, "late") == ["late.txt"]
    assert [source.path for source in library.sources()] == [str(folder)]


def test_a_folder_around_a_source_leaves_it_its_documents(library: Library, folder: Path) -> None:
    library.add(str(folder / "old"), "Pets")
    library.add(str(folder))
    counts = {source.collection: sum(source.counts.values()) for source in library.sources()}
    assert counts == {"Pets": 1, "Contracts": 1}
    assert [hit.file for hit in library.search("pets", collections=["Contracts"]).hits] == [
        str(folder / "rent.txt")
    ] or not files(library, "in:Contracts pets")
    assert files(library, "in:Pets pets") == ["pets.txt"]


def test_what_lies_in_two_sources_belongs_to_the_inner_one(library: Library, folder: Path) -> None:
    inner = folder / "old"
    library.add(str(inner), "Pets")
    library.add(str(folder))
    (inner / "sub").mkdir()
    (inner / "sub" / "cats.txt").write_text("Cats are no pets.", encoding="utf-8")
    with pytest.raises(SourceKnown, match="old"):
        library.add(str(inner / "sub"))
    assert files(library, "in:Pets cats") == ["cats.txt"]
    library.add(str(inner))  # a source itself, so not only a part of another one

    library.remove(str(inner))
    assert sorted(files(library, "in:Contracts pets")) == ["cats.txt", "pets.txt"]


def test_a_name_that_is_no_text_is_refused_for_a_source(library: Library, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff")
    try:
        os.mkdir(path)  # noqa: PTH102 - Path is not made for such names
    except OSError:
        pytest.skip("this system has no such names")
    with pytest.raises(SourceNameInvalid, match="not valid text"):
        library.add(path)
    assert library.sources() == ()


def test_trouble_while_watching_is_told(
    tmp_path: Path, key: LibraryKey, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[StrongroomError] = []
    embedding = WordLengths()
    with Library(tmp_path / "library", key, embedder=embedding, on_trouble=told.append) as library:
        library.add(str(folder))
        library.watch()

        def fail(_texts: object) -> None:
            raise DiskFull(library=library.folder)

        embedding.embed = fail  # type: ignore[method-assign,assignment]  # a fault, injected
        (folder / "new.txt").write_text("Something new.", encoding="utf-8")
        deadline = time.monotonic() + 20
        while not told:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert isinstance(told[0], DiskFull)
    assert "embedding stopped: DiskFull" in caplog.text
    caplog.clear()


def test_what_is_missing_or_unknown_is_said(library: Library, tmp_path: Path) -> None:
    for path in (str(tmp_path / "nowhere"), "", "   "):
        with pytest.raises(SourceMissing):
            library.add(path)
    with pytest.raises(NotASource):
        library.remove(str(tmp_path))
    with pytest.raises(NotASource):
        library.rescan(str(tmp_path))


def test_questions_that_cannot_be_searched_are_refused(library: Library) -> None:
    with pytest.raises(EmptyQuestion):
        library.search(" \n")
    with pytest.raises(QuestionTooLong, match="100000"):
        library.search("x" * 100_000)


def test_a_removed_source_leaves_nothing(library: Library, folder: Path) -> None:
    library.add(str(folder))
    library.remove(str(folder))
    assert library.sources() == ()
    assert library.status().chunks == 0
    assert files(library, "rent") == []
    assert (folder / "rent.txt").exists()


def test_a_source_that_is_away_keeps_its_documents(library: Library, folder: Path) -> None:
    library.add(str(folder))
    folder.rename(folder.with_name("unplugged"))
    library.rescan()
    assert files(library, "rent") == ["rent.txt"]
    assert [source.present for source in library.sources()] == [False]


def test_cancelled_indexing_is_taken_up_again(
    tmp_path: Path, key: LibraryKey, embedding: WordLengths
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text(f"Document number {number}.", encoding="utf-8")
    seen = threading.Event()
    library = Library(
        tmp_path / "library",
        key,
        embedder=embedding,
        on_progress=lambda progress: seen.set() if progress else None,
    )
    with library:
        with pytest.raises(Cancelled):
            library.add(str(folder), cancelled=seen.is_set)
        library.rescan()
        assert library.status().documents[State.INDEXED] == 60


def test_progress_ends_with_rest(
    tmp_path: Path, key: LibraryKey, embedding: WordLengths, folder: Path
) -> None:
    heard: list[Progress | None] = []
    changes: list[bool] = []
    with Library(
        tmp_path / "library",
        key,
        embedder=embedding,
        on_progress=heard.append,
        on_change=lambda: changes.append(True),
    ) as library:
        library.add(str(folder))
    assert heard[-1] is None
    assert all(one.done <= one.total for one in heard if one)
    assert changes


def test_an_excerpt_is_cut_around_its_place(library: Library, tmp_path: Path) -> None:
    text = "\n\n".join(f"Line {number} of many." for number in range(10_000))
    long = tmp_path / "long.txt"
    long.write_text(text, encoding="utf-8")
    library.add(str(long))
    at = text.index("Line 7777")
    part = library.reading.excerpt(str(long), [(at, at + 9)])
    ((start, end),) = part.spans
    assert part.text[start:end] == "Line 7777"
    assert library.reading.excerpt(str(long), [(at, at + 9), (0, 4)]).spans == part.spans
    assert part.total == len(text)
    assert part.text == text[part.offset : part.offset + len(part.text)]
    assert len(part.text) < len(text)
