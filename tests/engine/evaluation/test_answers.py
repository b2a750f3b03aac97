"""The figures of answers, against those worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strongroom_engine.evaluation.answers import (
    answer_f1,
    citation_is_right,
    citation_precision,
    citation_recall,
    contains_answer,
    exact_match,
    unsupported,
)
from strongroom_engine.evaluation.sets import Question, Relevant
from strongroom_engine.types import Answer, Citation, Sentence, Timings

ROOT = Path("/docs")
CLAUSE = "Either party may end this agreement with ninety days written notice to the other."


def citation(file: str, page: int | None = None, quote: str = "q", start: int = 0) -> Citation:
    return Citation(1, str(ROOT / file), page, start, start + len(quote), quote)


def answered(text: str, *citations: Citation, supported: tuple[bool, ...] = ()) -> Answer:
    sentences = tuple(Sentence(n, n + 1, each) for n, each in enumerate(supported))
    return Answer("q", text, not text, sentences, citations, (), "m", Timings())


def test_f1_is_that_of_squad() -> None:
    # Without the article: 'cat sat' against 'cat sat down': 2 * 2 / (2 + 3).
    assert answer_f1("The cat sat.", ["a cat sat down"]) == pytest.approx(0.8)
    assert answer_f1("dog", ["cat", "The dog!"]) == 1.0
    assert answer_f1("dog", ["cat"]) == 0.0
    assert answer_f1("anything", []) == 0.0
    assert answer_f1("约翰埃尔维", ["约翰·埃尔维"]) == 1.0


def test_an_answer_is_contained_word_for_word() -> None:
    assert contains_answer("It was signed on May 5, 2020.", ["the May 5 2020"])
    assert contains_answer("A twenty-year lease", ["twenty year"])
    assert not contains_answer("It was 1066.", ["66"])
    assert not contains_answer("It was 1066.", [])


def test_a_citation_is_right_by_page_span_or_quote() -> None:
    assert citation_is_right(citation("a.pdf", 3), [Relevant("a.pdf", page=3)], ROOT)
    assert not citation_is_right(citation("a.pdf", 2), [Relevant("a.pdf", page=3)], ROOT)
    assert not citation_is_right(citation("b.pdf", 3), [Relevant("a.pdf", page=3)], ROOT)
    span = [Relevant("a.txt", span=(10, 20))]
    assert citation_is_right(citation("a.txt", None, "x" * 5, start=19), span, ROOT)
    assert not citation_is_right(citation("a.txt", None, "x" * 5, start=20), span, ROOT)
    quote = [Relevant("a.txt", quote=CLAUSE)]
    assert citation_is_right(citation("a.txt", None, "ninety days written notice"), quote, ROOT)
    assert not citation_is_right(citation("a.txt", None, "the law of Ohio applies"), quote, ROOT)


def test_an_exact_match_is_the_answer_and_nothing_else() -> None:
    assert exact_match("the Eiffel-Tower!", ["London", "Eiffel Tower"])
    assert not exact_match("It is the Eiffel Tower.", ["Eiffel Tower"])
    assert not exact_match("", [""])
    assert not exact_match("the", ["a"])


def test_citations_are_counted_against_the_right_pages() -> None:
    question = Question("q", (Relevant("a.pdf", pages=(3, 4)), Relevant("b.pdf", page=1)))
    given_answer = answered("x", citation("a.pdf", 3), citation("a.pdf", 3), citation("a.pdf", 9))
    assert citation_precision(given_answer, question, ROOT) == pytest.approx(2 / 3)
    assert citation_recall(given_answer, question, ROOT) == pytest.approx(1 / 3)
    nothing_cited = answered("x")
    assert citation_precision(nothing_cited, question, ROOT) is None
    assert citation_recall(nothing_cited, question, ROOT) == 0.0
    for figure in (citation_precision, citation_recall):
        assert figure(answered(""), question, ROOT) is None
        assert figure(given_answer, Question("absent", ()), ROOT) is None


def test_recall_counts_a_page_once_that_the_set_names_twice() -> None:
    places = (Relevant("a.pdf", page=3, quote="one"), Relevant("a.pdf", page=3, quote="two"))
    cited = answered("x", citation("a.pdf", 3))
    assert citation_recall(cited, Question("q", places), ROOT) == 1.0


def test_unsupported_sentences_are_a_share_of_the_answer() -> None:
    assert unsupported(answered("x", supported=(True, False, True, True))) == 0.25
    assert unsupported(answered("x")) is None
    assert unsupported(answered("", supported=(False,))) is None


@settings(deadline=None)
@given(st.text(), st.lists(st.text(), max_size=3))
def test_a_match_is_a_full_score_and_a_full_score_contains_the_answer(
    text: str, accepted: list[str]
) -> None:
    f1 = answer_f1(text, accepted)
    assert 0 <= f1 <= 1
    if exact_match(text, accepted):
        assert f1 == 1
        assert contains_answer(text, accepted)
