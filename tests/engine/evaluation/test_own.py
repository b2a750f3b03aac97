"""The user's own set, in a real library."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.errors import EmptyQuestion, NothingJudged, NotJudged, PlaceUnknown
from strongroom_engine.evaluation.report import report
from strongroom_engine.evaluation.sets import load_questions
from strongroom_engine.judging import JudgedAnswer, Place
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey

LEASE = ("The rent is due on Monday.", "Repairs of the roof\nare paid by the landlord.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Papers"
    made.mkdir()
    with pymupdf.open() as lease:
        for text in LEASE:
            lease.new_page().insert_text((72, 72), text)
        lease.save(made / "lease.pdf")
    (made / "pets.txt").write_text("No dogs. No pets may be kept in the flat.", encoding="utf-8")
    return made


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey, folder: Path) -> Iterator[Library]:
    with Library(tmp_path / "library", key, embedder=WordLengths()) as opened:
        opened.add(str(folder))
        yield opened


def test_places_and_answers_gather_by_question(library: Library, folder: Path) -> None:
    lease = str(folder / "lease.pdf")
    library.own.judge("Who pays  for the roof? ", wrong_answer="The tenant.")
    library.own.judge("Who pays for the roof?", right=[Place(lease, 2)])
    judged = library.own.judge("Who pays for the roof?", right_answer="The landlord.")
    assert judged.question == "Who pays for the roof?"
    assert judged.places == (Place(lease, 2),)
    assert judged.answers == (
        JudgedAnswer("The tenant.", right=False),
        JudgedAnswer("The landlord.", right=True),
    )
    assert library.own.judgements() == (judged,)
    assert judged.changed > 1.7e9


def test_a_bare_name_is_the_one_document_that_is_called_so(library: Library, folder: Path) -> None:
    judged = library.own.judge("Who pays?", right=[Place("lease.pdf", 2)])
    assert judged.places == (Place(str(folder / "lease.pdf"), 2),)
    assert library.own.judge("Who pays?", wrong=[Place("lease.pdf")]).places == ()
    (folder / "old").mkdir()
    (folder / "old" / "pets.txt").write_text("No cats.", encoding="utf-8")
    library.add(str(folder))
    with pytest.raises(PlaceUnknown):
        library.own.judge("Pets?", right=[Place("pets.txt")])


def test_a_verdict_can_be_changed(library: Library, folder: Path) -> None:
    library.own.judge("q", right_answer="Yes.", right=[Place(str(folder / "pets.txt"))])
    assert library.own.judge("q", wrong_answer="Yes.").answers == (
        JudgedAnswer("Yes.", right=False),
    )
    absent = library.own.judge("q", absent=True)
    assert (absent.places, absent.absent) == ((), True)
    assert absent.answers == (JudgedAnswer("Yes.", right=False),)
    back = library.own.judge("q", right=[Place(str(folder / "pets.txt"))])
    assert not back.absent
    assert library.own.judge("q", wrong=[Place(str(folder / "pets.txt"))]).places == ()


def test_a_place_that_is_wrong_takes_away_what_it_covers(library: Library, folder: Path) -> None:
    lease = str(folder / "lease.pdf")
    first, second = Place(lease, 1), Place(lease, 2, quote="Repairs of the roof")
    library.own.judge("q", right=[first, second, Place(lease, 2)])
    assert library.own.judge("q", wrong=[second]).places == (first, Place(lease, 2))
    library.own.judge("q", right=[second])
    assert library.own.judge("q", wrong=[Place(lease, 2)]).places == (first,)
    assert library.own.judge("q", wrong=[Place(lease)]).places == ()


def test_a_quote_finds_its_page_and_its_span(library: Library, folder: Path) -> None:
    lease, pets = str(folder / "lease.pdf"), str(folder / "pets.txt")
    by_quote = library.own.judge("a", right=[Place(lease, quote="roof are PAID")])
    assert by_quote.places[0].page == 2
    (place,) = library.own.judge("b", right=[Place(pets, quote="no pets")]).places
    assert place.span == (9, 16)
    inside = library.own.judge("c", right=[Place(lease, 2, span=(1, 2))])
    assert inside.places[0].span is None  # a page says it


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (Place("nowhere.pdf"), "not in the library"),
        (Place("lease.pdf", 3), "it has 2 pages, and no page 3"),
        (Place("lease.pdf", 0), "no page 0"),
        (Place("pets.txt", 1), "it has 0 pages"),
        (Place("lease.pdf", 1, quote="roof"), "does not stand in page 1"),
        (Place("pets.txt", quote="parrots"), "does not stand in its text"),
        (Place("pets.txt", span=(30, 4000)), "it has 41 characters"),
    ],
)
def test_a_place_that_is_not_there_is_refused(
    library: Library, folder: Path, place: Place, why: str
) -> None:
    wrong = Place(str(folder / place.file), place.page, place.span, place.quote)
    with pytest.raises(PlaceUnknown, match=why):
        library.own.judge("q", right=[wrong])
    assert library.own.judgements() == ()


def test_the_set_follows_renames_and_outlives_its_documents(library: Library, folder: Path) -> None:
    pets = folder / "pets.txt"
    library.own.judge("Pets?", right=[Place(str(pets), quote="No pets")])
    renamed = pets.rename(folder / "animals.txt")
    library.rescan()
    (judged,) = library.own.judgements()
    assert (judged.places[0].file, judged.missing) == (str(renamed), ())

    renamed.write_text("Dogs are welcome. No pets otherwise.", encoding="utf-8")
    library.rescan()
    assert library.own.judgements()[0].places == judged.places

    renamed.unlink()
    library.rescan()
    (gone,) = library.own.judgements()
    assert (gone.places, gone.missing) == (judged.places, (str(renamed),))
    with pytest.raises(NothingJudged, match="1 judged"):
        library.evaluate(own=True)


def test_a_document_that_moved_while_nobody_looked_is_found_by_its_content(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.own.judge("Pets?", right=[Place(str(folder / "pets.txt"))])
    text = (folder / "pets.txt").read_bytes()
    (folder / "pets.txt").unlink()
    library.rescan()
    elsewhere = tmp_path / "Elsewhere"
    elsewhere.mkdir()
    (elsewhere / "house rules.txt").write_bytes(text)
    library.add(str(elsewhere))
    (judged,) = library.own.judgements()
    assert (judged.places[0].file, judged.missing) == (str(elsewhere / "house rules.txt"), ())


def test_it_is_measured_on_the_library_as_it_is(library: Library, folder: Path) -> None:
    before = library.status()
    library.own.judge(
        "Who pays for repairs of the roof?", right=[Place(str(folder / "lease.pdf"), 2)]
    )
    library.own.judge("Are pets kept in the flat?", right=[Place(str(folder / "pets.txt"))])
    library.own.judge("Who owns the sun?", absent=True)
    library.own.judge("Who built it?", wrong_answer="Nobody.")
    made = report(library.evaluate(own=True, methods=("lexical",)))
    assert (made["set"], made["questions"], made["left_out"]) == ("own", 3, 1)
    lexical = made["methods"]["lexical"]
    assert (lexical["n"], lexical["ndcg@10"], lexical["page_hit@5"]) == (2, 1.0, 1.0)
    assert library.status() == before


def test_it_is_exported_as_every_set_is_written(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.own.judge(
        "Who pays for repairs?",
        right=[Place(str(folder / "lease.pdf"), 2, quote="the landlord")],
        right_answer="The landlord.",
        wrong_answer="The tenant.",
    )
    library.own.judge("Who owns the sun?", absent=True)
    library.own.judge("Unfinished?", wrong_answer="No.")
    file = tmp_path / "own.jsonl"
    file.write_text(library.own.export(folder), encoding="utf-8")
    first, second = load_questions(file)
    assert (first.question, first.accepted, first.wrong_answers) == (
        "Who pays for repairs?",
        ("The landlord.",),
        ("The tenant.",),
    )
    (place,) = first.relevant
    assert (place.file, place.page, place.quote) == ("lease.pdf", 2, "the landlord")
    assert (second.question, second.relevant) == ("Who owns the sun?", ())
    whole = library.own.export()
    assert str(folder / "lease.pdf") in whole
    for root in (folder, folder.parent):  # a source of its own, and one around a source
        file.write_text(library.own.export(root), encoding="utf-8")
        measured = report(library.evaluate([file], root, methods=("lexical",)))
        assert measured["methods"]["lexical"]["passage_hit@5"] == 1.0


def test_a_set_over_a_part_of_a_source_is_measured_there(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    inner = folder / "Letters"
    inner.mkdir()
    (inner / "bank.txt").write_text("The bank asks for the deeds.", encoding="utf-8")
    file = tmp_path / "questions.jsonl"
    file.write_text('{"question": "deeds?", "relevant": [{"file": "bank.txt"}]}', encoding="utf-8")
    measured = report(library.evaluate([file], inner, methods=("lexical",)))
    assert measured["methods"]["lexical"]["ndcg@10"] == 1.0


def test_a_question_can_be_forgotten_and_an_empty_one_is_refused(library: Library) -> None:
    library.own.judge("Who owns the sun?", absent=True)
    library.own.forget(" Who owns the sun?")
    assert library.own.judgements() == ()
    with pytest.raises(NotJudged):
        library.own.forget("Who owns the sun?")
    with pytest.raises(EmptyQuestion):
        library.own.judge("  ", absent=True)


@pytest.mark.skipif(os.name != "posix", reason="paths are bytes there")
def test_it_is_kept_when_the_library_is_closed_and_nothing_of_it_in_the_clear(
    tmp_path: Path, key: LibraryKey
) -> None:
    place = tmp_path / "kept"
    with Library(place, key, embedder=WordLengths()) as library:
        library.own.judge("Who stole the crown jewels?", absent=True, wrong_answer="Moriarty")
    with Library(place, key, mode="read", embedder=WordLengths()) as library:
        (judged,) = library.own.judgements()
        assert judged.answers[0].text == "Moriarty"
    for file in place.iterdir():
        content = file.read_bytes()
        assert b"crown jewels" not in content
        assert b"Moriarty" not in content
