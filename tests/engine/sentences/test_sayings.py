"""Sentences made from sayings, and found again in them."""

from __future__ import annotations

import pytest

from strongroom_engine.answering.grammar import grammars
from strongroom_engine.errors import AnswerWorkerDied, sentences
from strongroom_engine.errors.speaking import REASONS
from strongroom_engine.sentences import Part, Saying, known, reasons, retold, take_apart, templates
from strongroom_engine.sentences.saying import ALWAYS_PHRASES, COUNTS, PHRASES

ODD = (
    "x",
    "{n} and {0} or {",
    "“quoted” ‘twice’; (so) 100 %: a/b\\c",
    "two\nlines\tand  spaces",
    "/Searched only in mails from 3 documents",
    "سعر \u200fالعقد",
)
FILLED = {"day": "2023-01-01", "last_day": "2023-12-31", "type": "PDF"}
FILLED |= {"read": known.PAGES_READ(done=3, n=12), "chosen": known.QUOTED(n=5)}
FILLED |= {"condensed": known.CONDENSED(n=7), "quoted": known.QUOTED(n=8)}


def fillings(saying: Saying, odd: str) -> list[dict[str, str]]:
    """What may fill its places: for each of its forms the same odd word in all that hold names."""
    found = []
    for form in saying.forms:
        values = {}
        for place in form.places:
            if form.is_figure(place):
                values[place] = "1" if form.count == 1 else "1,204"
            elif place == "file":
                values[place] = f"{odd}.pdf"
            else:
                values[place] = FILLED.get(place, odd) if saying.figures else odd
        found.append(values)
    return found


def filled(saying: Saying, number: int, values: dict[str, str]) -> str:
    return (saying.one if saying.forms[number].count == 1 else saying.text).format(**values)


@pytest.mark.parametrize("saying", templates(), ids=lambda saying: saying.text)
def test_each_is_found_again_in_what_was_made_from_it(saying: Saying) -> None:
    for odd in ODD:
        for number, values in enumerate(fillings(saying, odd)):
            text = filled(saying, number, values)
            for place in saying.within or {""}:
                (part,) = take_apart(text, place)
                assert part.saying == saying
                assert filled(saying, number, part.values) == text
                # Names with the sentence's own punctuation may share it out otherwise.
                assert part.values == values or odd != "x"


@pytest.mark.parametrize("text", [text for text in sentences() if text not in REASONS])
def test_so_is_each_sentence_of_an_error(text: str) -> None:
    error = Saying(text, figures=False)
    for odd in ODD:
        (values,) = fillings(error, odd)
        made = text.format(**values)
        (part,) = take_apart(made)
        assert part.saying == error
        assert text.format(**part.values) == made
        assert part.values == values or odd != "x"


@pytest.mark.parametrize("saying", templates(), ids=lambda saying: saying.text)
def test_its_english_is_what_was_said(saying: Saying) -> None:
    for number, values in enumerate(fillings(saying, "“A” {b}")):
        text = filled(saying, number, values)
        if not saying.within:
            assert in_english(text) == text


def in_english(text: str) -> str:
    def say(saying: Saying, count: int | None) -> str:
        return saying.one if count == 1 and saying.one else saying.text

    return retold(text, say, lambda value, digits: f"{value:,.{digits}f}")


def test_a_saying_with_a_form_for_one_goes_by_the_number() -> None:
    assert known.SEARCHED(n=1) == "Searched 1 document."
    assert known.SEARCHED(n=1_311) == "Searched 1,311 documents."
    assert [
        part.count for part in take_apart("Searched 1 document. Searched 1,311 documents.")
    ] == [
        1,
        1_311,
    ]


def test_several_sentences_are_taken_apart_one_by_one() -> None:
    text = (
        "Counted by the index itself: mails from “Keller” dated from 2023-01-01 to 2023-12-31;"
        " in Letters and Mails (20 files). Mails are what is saved as one, and what begins with the"
        " head of one. 2 files without text could not be looked into."
    )
    first, second, third = take_apart(text)
    assert first.saying == known.COUNTED
    assert first.values["n"] == "20"
    assert [p.saying for p in take_apart(first.values["what"], "what")] == [
        known.MAILS,
        known.CLAUSES["sender"],
        known.CLAUSES["dated"],
    ]
    assert (second.saying, third.saying) == (known.WHAT_MAILS_ARE, known.WITHOUT_TEXT)
    assert in_english(text) == text


def test_what_nobody_made_is_left_alone() -> None:
    for text in ("", "Something else", "Searched no documents.", "x " * 3_000):
        assert take_apart(text) == ()
        assert in_english(text) == ""


def test_the_name_of_a_file_is_not_cut_at_an_and() -> None:
    names = "Terms and Conditions.pdf"
    (alone,) = take_apart(known.READ_NAMED(names=names))
    assert alone.values["names"] == names
    assert take_apart(names, "names") == ()
    (both,) = take_apart(f"a.pdf and {names}", "names")
    assert both == Part(known.FILES, {"file": "a.pdf", "names": names}, None)


def test_other_words_come_with_the_values_in_their_places() -> None:
    german = {
        known.ONLY_IN: "Nur gesucht in {place}.",
        known.MAILS_FROM: "Mails von {name}",
        known.NOT_EXPLAINED: "Nichts wird erklärt: {why}",
        known.READ_NOTHING: "Nichts gelesen.",
        known.KILLED: "das System hat den Prozess beendet",
        known.SEARCHED_ALL: "{n} Dokumente aus allen Sammlungen durchsucht.",
        Saying(AnswerWorkerDied.what, figures=False): "Schluss: {why} {unknown}.",
    }

    def say(saying: Saying, _count: int | None) -> str:
        return german.get(saying, saying.text)

    def said(text: str) -> str:
        return retold(text, say, lambda value, _digits: f"{value:,.0f}".replace(",", "."))

    assert said("Searched only in mails from {name}.") == "Nur gesucht in Mails von {name}."
    assert said("Searched 1,311 documents in all collections.") == (
        "1.311 Dokumente aus allen Sammlungen durchsucht."
    )
    died = AnswerWorkerDied(why=known.KILLED()).sentence
    line = reasons.IN_LINE(line="3", why="Nothing was found to read")
    assert said(known.NOT_EXPLAINED(why=line)) == "Nichts wird erklärt: line 3: Nichts gelesen"
    assert said(known.NOT_EXPLAINED(why=died)) == (
        "Nichts wird erklärt: Schluss: das System hat den Prozess beendet (unknown)."
    )


def test_each_kind_of_document_that_can_be_asked_for_has_its_word() -> None:
    (english,) = (each for each in grammars() if each.language == "en")
    told = {genre: plurals[0] for genre, plurals in english.exact.genres.items()}
    assert {genre: saying(n=2) for genre, saying in known.GENRES.items()} == told
    assert {genre: saying(n=1) for genre, saying in known.GENRES.items()} == {
        genre: genre for genre in told
    }


def test_every_place_that_holds_a_saying_is_known_as_such() -> None:
    """What has a form of its own for a place must be looked for there."""
    places = {place for saying in templates() for place in saying.within}
    assert places <= PHRASES
    assert ALWAYS_PHRASES <= PHRASES
    assert not COUNTS & PHRASES
