"""Grounding, on the real embedding model: what supports a sentence, word for word."""

from __future__ import annotations

import pytest

from strongroom_engine.answering.cleaning import Mark
from strongroom_engine.answering.excerpt import (
    BEST_CHARACTERS,
    NEAR,
    excerpts,
    nearest,
    unwrapped,
)
from strongroom_engine.answering.grounding.evidence import evidence, names
from strongroom_engine.answering.grounding.ground import Grounded, ground
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.store import StoredChunk

LEASE = (
    "The Tenant pays a rent of 1,200 euros on the first day of each month. A payment that is more "
    "than ten days late bears interest of 5 % a year.\nMs Okafor signed for the Landlord. "
    "The Landlord keeps the roof and the outer walls in repair."
)
MINUTES = (
    "The board approved the budget of 2.4 million euros. Mr Lindqvist was elected chairman and "
    "takes office on 3 May 2021. The meeting ended at noon."
)


def passage(
    text: str, file: str = "/lease.pdf", start: int = 0, page_starts: tuple[int, ...] = (0,)
) -> StoredChunk:
    end = start + len(text)
    paged = len(page_starts) > 1
    return StoredChunk(
        1, file, "Lease", "Papers", "", paged, page_starts, start, end, "Terms", text, "/"
    )


PASSAGES = (passage(MINUTES, "/minutes.pdf"), passage(LEASE))


def grounded(
    embedder: OnnxEmbedder, answer: str, question: str = "What is said?", *marks: Mark
) -> Grounded:
    return ground(answer, question, PASSAGES, embedder, marks)


@pytest.mark.parametrize(
    ("question", "answer", "quote"),
    [
        (
            "How much is the rent?",
            "The rent is 1,200 euros a month.",
            "The Tenant pays a rent of 1,200 euros on the first day of each month.",
        ),
        (
            "When does the chairman take office?",
            "3 May 2021",
            "Mr Lindqvist was elected chairman and takes office on 3 May 2021.",
        ),
        (
            "Who repairs the roof?",
            "The Landlord repairs the roof.",
            "The Landlord keeps the roof and the outer walls in repair.",
        ),
        (
            "How large is the budget?",
            "The board agreed to spend 2.4 million euros.",
            "The board approved the budget of 2.4 million euros.",
        ),
    ],
)
def test_a_sentence_rests_on_the_source_sentence_that_says_it(
    embedder: OnnxEmbedder, question: str, answer: str, quote: str
) -> None:
    result = grounded(embedder, answer, question)
    assert result.supported
    assert [citation.quote for citation in result.citations] == [quote]
    assert result.sentences[0].citations == (1,)


@pytest.mark.parametrize(
    "answer",
    [
        "The rent is 1,300 euros a month.",  # another number
        "The chairman takes office on 4 May 2021.",
        "Afterwards Ms Weber signed for the Landlord.",  # another name
        "Penguins live in the southern hemisphere.",  # about something else
        "The gardener waters the tulips.",
    ],
)
def test_what_no_source_says_is_marked(embedder: OnnxEmbedder, answer: str) -> None:
    result = grounded(embedder, answer, "What do the papers say about it?")
    assert not result.supported
    assert result.citations == ()
    assert [sentence.supported for sentence in result.sentences] == [False]


def test_each_sentence_is_judged_alone_and_quotes_are_numbered_once(
    embedder: OnnxEmbedder,
) -> None:
    answer = (
        "Mr Lindqvist was elected chairman. Wolves hunt elk in Yellowstone. "
        "The Landlord keeps the roof in repair. Mr Lindqvist takes office on 3 May 2021."
    )
    result = grounded(embedder, answer)
    spans = [answer[sentence.start : sentence.end] for sentence in result.sentences]
    assert spans[1] == "Wolves hunt elk in Yellowstone."
    assert [sentence.citations for sentence in result.sentences] == [(1,), (), (2,), (1,)]
    assert [(c.n, c.file) for c in result.citations] == [(1, "/minutes.pdf"), (2, "/lease.pdf")]


def test_a_sentence_may_rest_on_two_sources(embedder: OnnxEmbedder) -> None:
    result = grounded(
        embedder, "Ms Okafor signed for the Landlord, and Mr Lindqvist was elected chairman."
    )
    assert {citation.file for citation in result.citations} == {"/minutes.pdf", "/lease.pdf"}
    assert result.sentences[0].citations == (1, 2)


def test_quotes_stand_at_their_place_on_their_page(embedder: OnnxEmbedder) -> None:
    first, second = "Nothing of note.\nThe key to the cellar", "hangs behind the oak door. The end."
    document = f"{first}\n{second}"
    starts = (0, len(first) + 1)
    chunk = passage(document[8:], start=8, page_starts=starts)
    result = ground("The key hangs behind the oak door.", "Where is it?", [chunk], embedder)
    for citation in result.citations:
        page = (first, second)[(citation.page or 0) - 1]
        assert page[citation.start : citation.end] == citation.quote == citation.quote.strip()
    assert [(c.page, c.quote) for c in result.citations] == [(2, "hangs behind the oak door.")]


def test_a_table_is_cited_by_its_lines(embedder: OnnxEmbedder) -> None:
    rows = [f"Item {number} costs {number * 11} dollars in total" for number in range(1, 60)]
    chunk = passage("\n".join(rows))
    result = ground("Item 40 costs 440 dollars.", "How much is item 40?", [chunk], embedder)
    (citation,) = result.citations
    assert "Item 40 costs 440 dollars in total" in citation.quote
    assert len(citation.quote) <= 400
    assert chunk.text[citation.start : citation.end] == citation.quote


def test_the_models_own_mark_decides_between_equals(embedder: OnnxEmbedder) -> None:
    twice = [passage(MINUTES, "/one.pdf"), passage(MINUTES, "/two.pdf")]
    answer = "The meeting ended at noon."
    for number, file in ((1, "/one.pdf"), (2, "/two.pdf")):
        result = ground(answer, "When?", twice, embedder, [Mark(len(answer), number)])
        assert [citation.file for citation in result.citations] == [file]


def test_without_an_embedding_model_words_alone_decide() -> None:
    result = ground("The rent is 1,200 euros on the first day.", "How much?", PASSAGES, None)
    assert result.citations[0].quote.startswith("The Tenant pays a rent")


def test_nothing_to_attribute_or_nothing_to_attribute_to(embedder: OnnxEmbedder) -> None:
    assert ground("", "Why?", PASSAGES, embedder) == Grounded()
    result = ground("It rains.", "Why?", [], embedder)
    assert (result.supported, result.citations) == (False, ())


def test_chinese_is_attributed_by_pairs_of_characters(embedder: OnnxEmbedder) -> None:
    chunk = passage(
        "培顿·曼宁以 39 岁高龄参加超级碗。约翰·埃尔维在 38 岁时带领野马队赢得第 33 届超级碗。"
    )
    result = ground("约翰·埃尔维在38岁时赢得超级碗。", "谁在38岁赢得？", [chunk], embedder)
    assert [c.quote[:4] for c in result.citations] == ["约翰·埃"]


def test_evidence_is_telling_words_and_plain_numbers() -> None:
    assert evidence("The three parties owe 1,500.00 and 0.50 to FY2023") == {
        "3", "party", "owe", "1500", "0.5", "fy2023"
    }  # fmt: skip
    assert names("Then Ms Weber met The Hague's mayor. Rain fell.") == {"ms", "weber", "hagu"}


# --- excerpts ------------------------------------------------------------------------------------


def test_the_best_passage_is_read_whole_and_of_others_what_is_near(
    embedder: OnnxEmbedder,
) -> None:
    long = passage(
        "The ferry leaves at dawn. Bread is baked at night. Rent is paid to the Landlord by bank. "
        "The mill was closed. A late payment of rent bears interest."
    )
    best, other = excerpts("When is rent paid?", [PASSAGES[1], long], embedder)
    assert best == LEASE
    assert other == (
        "Rent is paid to the Landlord by bank. … A late payment of rent bears interest."
    )
    assert excerpts("When is rent paid?", [PASSAGES[1], long], None)[1] == other


FERRY = "The ferry leaves at dawn. Bread is baked at night. The mill was closed."


def test_an_answer_is_written_from_what_is_near(embedder: OnnxEmbedder) -> None:
    rents = passage("The mill was closed. The rent is paid on Mondays. Bread is baked at night.")
    asked = "When is rent paid?"
    best, none, other = nearest(asked, [PASSAGES[1], passage(FERRY), rents], embedder)
    assert best == LEASE
    assert none == ""
    assert other == "The rent is paid on Mondays."
    known = [False, True, False]
    assert nearest(asked, [PASSAGES[1], passage(FERRY), rents], embedder, known)[1] == FERRY
    assert nearest(asked, [PASSAGES[1], passage(FERRY), rents], None)[2] == other


def test_no_more_than_a_few_sentences_are_near(embedder: OnnxEmbedder) -> None:
    text = "Rent is paid on Monday. Rent is paid on Tuesday. Rent is paid on Friday."
    read = nearest("When is rent paid?", [PASSAGES[1], passage(text), passage(text)], embedder)
    assert sum(part.count("Rent is paid") for part in read[1:]) == NEAR
    long = passage(f"Rent is paid {'as the parties agree ' * 30}. " * 2)
    read = nearest("When is rent paid?", [PASSAGES[1], long], embedder)
    assert read[1].count("Rent is paid") == 1


def test_of_a_long_best_passage_the_nearest_sentences_are_read(embedder: OnnxEmbedder) -> None:
    others = [f"The miller of house {n} has kept bees, hens and a goat there." for n in range(20)]
    others[3], others[12] = "Rent is paid on Mondays.", "A late rent bears interest."
    long = passage(" ".join(others))
    (cut,) = nearest("When is rent paid?", [long], embedder)
    assert "Rent is paid on Mondays. … " in cut
    assert " … A late rent bears interest." in cut
    assert len(cut.replace(" … ", " ")) <= BEST_CHARACTERS + 20
    assert nearest("When is rent paid?", [long], embedder, [True]) == [long.text]
    short = passage(" ".join(others[:8]))
    assert len(short.text) < BEST_CHARACTERS
    assert nearest("When is rent paid?", [short], embedder) == [short.text]


def test_of_a_best_passage_without_sentences_all_is_read(embedder: OnnxEmbedder) -> None:
    signs = "--- " * 300
    assert nearest("When is rent paid?", [passage(signs)], embedder) == [unwrapped(signs)]


def test_excerpts_have_no_layout(embedder: OnnxEmbedder) -> None:
    (text,) = excerpts("Why?", [passage("  A   term\n\n\n   is  due. ")], embedder)
    assert text == "A term\nis due."


# --- what is marked, and what is cited for short answers -----------------------------------------


def marked(result: Grounded, answer: str) -> list[str]:
    return [answer[doubt.start : doubt.end] for doubt in result.doubts]


def test_a_value_of_another_thing_is_doubted_though_the_passage_has_it(
    embedder: OnnxEmbedder,
) -> None:
    answer = "A payment that is more than ten days late bears interest of 1,200 % a year."
    assert marked(grounded(embedder, answer), answer) == ["1,200 %"]
    right = answer.replace("1,200 %", "5 percent").replace("ten", "10")
    result = grounded(embedder, right)
    assert (result.supported, result.doubts) == (True, ())


def test_an_opposite_is_not_supported(embedder: OnnxEmbedder) -> None:
    result = grounded(embedder, "The Landlord does not keep the roof in repair.")
    assert [sentence.supported for sentence in result.sentences] == [False]
    assert result.citations == ()


@pytest.mark.parametrize("answer", ["Mr Lindqvist", "The answer is Mr Lindqvist.", "Lindqvist."])
def test_a_short_answer_is_cited_where_it_fits_the_question(
    embedder: OnnxEmbedder, answer: str
) -> None:
    result = grounded(embedder, answer, "Who was elected chairman?")
    assert [citation.quote[:12] for citation in result.citations] == ["Mr Lindqvist"]
    assert result.doubts == ()
    assert result.score > 0.7


def test_yes_is_cited_by_what_is_asked_and_not_by_what_names_the_document(
    embedder: OnnxEmbedder,
) -> None:
    question = "Consider the Lease signed by Ms Okafor; does the Landlord repair the roof?"
    result = grounded(embedder, "Yes.", question)
    assert [citation.quote[:18] for citation in result.citations] == ["The Landlord keeps"]
    assert (result.doubts, result.invented) == ((), False)


def test_between_equals_the_passage_that_search_placed_best_is_cited(
    embedder: OnnxEmbedder,
) -> None:
    twice = [passage(MINUTES, "/worse.pdf"), passage(MINUTES, "/best.pdf")]
    result = ground("The meeting ended at noon.", "When?", twice, embedder)
    assert [citation.file for citation in result.citations] == ["/best.pdf"]


def test_dates_agree_however_they_are_written(embedder: OnnxEmbedder) -> None:
    result = grounded(embedder, "Mr Lindqvist takes office on 2021-05-03.", "When?")
    assert (result.supported, result.doubts) == (True, ())


def test_the_score_is_that_of_the_sentence_that_answers(embedder: OnnxEmbedder) -> None:
    good = grounded(embedder, "The board approved the budget of 2.4 million euros.", "Budget?")
    bad = grounded(embedder, "Wolves hunt elk in Yellowstone.", "Budget?")
    assert 0.8 < good.score <= 1
    assert 0 <= bad.score < 0.45
    assert (good.invented, bad.invented) == (False, True)


def test_german_dates_do_not_end_a_sentence(embedder: OnnxEmbedder) -> None:
    chunk = passage("Der Vertrag endet am 28. Mai 2031. Das Dach ist neu.")
    result = ground("28.05.2031", "Wann endet der Vertrag?", [chunk], embedder)
    assert [c.quote for c in result.citations] == ["Der Vertrag endet am 28. Mai 2031."]


def test_values_in_the_parts_of_a_sentence_too_long_to_be_cited_whole_are_not_doubted(
    embedder: OnnxEmbedder,
) -> None:
    items = "; ".join(f"the lessee keeps item {number} in good repair" for number in range(20, 40))
    clause = f"For 7 years from the first day {items}."
    result = ground(clause, "What is kept?", [passage(clause)], embedder)
    assert all(len(citation.quote) <= 400 < len(clause) for citation in result.citations)
    assert result.doubts == ()
