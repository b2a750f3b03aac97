"""The metrics, against figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from math import log2
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strongroom_engine.evaluation.metrics import (
    METRICS,
    first_rank,
    hit_is_right,
    in_wanted_files,
    ndcg,
    page_hit,
    passage_hit,
    ranked_files,
    recall,
    reciprocal_rank,
)
from strongroom_engine.evaluation.sets import Question, Relevant
from strongroom_engine.types import Hit, Version

ROOT = Path("/docs")
CLAUSE = "Either party may end this agreement with ninety days written notice to the other."


def hit(file: str, text: str = "words", page: int | None = None, offset: int = 0) -> Hit:
    return Hit(1, str(ROOT / file), page, 0, len(text), "", 1.0, text, offset=offset)


def test_ndcg_discounts_by_rank_and_divides_by_the_ideal() -> None:
    ranked = ["a", "x", "b", "y", "z"]
    expected = (1 + 1 / log2(4)) / (1 + 1 / log2(3) + 1 / log2(4))
    assert ndcg(ranked, {"a", "b", "c"}) == pytest.approx(expected)
    assert ndcg(ranked, {"a"}) == 1.0
    assert ndcg(ranked, {"nowhere"}) == 0.0
    assert ndcg(ranked, {"b"}, k=2) == 0.0


def test_a_hit_stands_for_the_copy_or_version_that_is_wanted() -> None:
    versions = (Version("/docs/v2.txt", 3, 40, 45),)
    found = replace(hit("v1.txt"), copies=("/docs/copy.txt",), versions=versions)
    for wanted, page, offset in (("v2.txt", 3, 40), ("copy.txt", None, 0), ("v1.txt", None, 0)):
        question = Question("?", (Relevant(wanted),))
        (one,) = in_wanted_files([found], question, ROOT)
        assert (one.file, one.page, one.offset) == (f"/docs/{wanted}", page, offset)
    assert in_wanted_files([found], Question("?", (Relevant("x.txt"),)), ROOT) == (found,)


def test_the_ideal_is_bounded_by_k() -> None:
    many = [f"{number}" for number in range(30)]
    assert ndcg(many, set(many), k=10) == pytest.approx(1.0)


def test_recall_is_a_share_of_the_right_documents() -> None:
    assert recall(["a", "b", "c", "d", "e", "f"], {"a", "e", "f", "g"}) == 0.5


@pytest.mark.parametrize(
    ("right", "expected"),
    [([True], 1.0), ([False, False, True, True], 1 / 3), ([False] * 10 + [True], 0.0), ([], 0.0)],
)
def test_reciprocal_rank_is_that_of_the_first_right_one(right: list[bool], expected: float) -> None:
    assert reciprocal_rank(right) == pytest.approx(expected)


def test_documents_rank_by_their_best_passage() -> None:
    hits = [hit("b.txt"), hit("sub/a.txt"), hit("b.txt"), hit("c.txt")]
    assert ranked_files(hits, ROOT) == ["b.txt", "sub/a.txt", "c.txt"]


def test_a_hit_is_right_when_it_shares_the_quoted_words() -> None:
    place = Relevant("a.pdf", page=2, quote=CLAUSE)
    longer = hit("a.pdf", f"12.1 Term. {CLAUSE} 12.2 Law. The law of Ohio applies.", page=2)
    half = hit("a.pdf", "12.2 The other party may object in writing within two weeks of it.", 2)
    assert hit_is_right(longer, [place], ROOT)
    assert hit_is_right(hit("a.pdf", CLAUSE.upper()), [place], ROOT)
    assert hit_is_right(hit("a.pdf", CLAUSE[:50]), [place], ROOT)  # a part of a long passage
    assert not hit_is_right(half, [place], ROOT)
    assert not hit_is_right(hit("b.pdf", CLAUSE), [place], ROOT)
    assert not hit_is_right(hit("a.pdf", "Notice"), [place], ROOT)  # a headline


def test_a_hit_is_right_when_it_overlaps_the_span() -> None:
    place = Relevant("a.txt", span=(100, 200))
    assert hit_is_right(hit("a.txt", "x" * 90, offset=60), [place], ROOT) is False  # 50 of 90
    assert hit_is_right(hit("a.txt", "x" * 90, offset=90), [place], ROOT)  # 80 of 90
    assert hit_is_right(hit("a.txt", "x" * 900), [place], ROOT)  # the span lies in the hit


def test_words_are_compared_in_one_spelling_in_every_script() -> None:
    place = Relevant("a.txt", quote="第33届超级碗的四分卫是约翰")
    assert hit_is_right(hit("a.txt", "过去,第33届超级碗的四分卫是约翰·埃尔维"), [place], ROOT)
    ligature = Relevant("a.txt", quote="the final offer was filed first by the firm")
    assert hit_is_right(
        hit("a.txt", "The \ufb01nal o\ufb00er was \ufb01led \ufb01rst by the \ufb01rm"),
        [ligature],
        ROOT,
    )


def test_page_hits_look_at_five_and_need_known_pages() -> None:
    relevant = [Relevant("a.pdf", page=3), Relevant("b.pdf", pages=(7, 8))]
    others = [hit("a.pdf", page=number) for number in (1, 2, 4, 5)]
    assert page_hit([*others, hit("b.pdf", page=8)], relevant, ROOT) == 1.0
    assert page_hit([*others, hit("a.pdf", page=9), hit("a.pdf", page=3)], relevant, ROOT) == 0.0
    assert page_hit(others, [Relevant("a.pdf")], ROOT) is None


def test_the_reciprocal_rank_is_of_passages_or_else_of_documents() -> None:
    hits = [hit("a.txt", "something else entirely here in this"), hit("a.txt", CLAUSE)]
    named = Question("q", (Relevant("a.txt", quote=CLAUSE),))
    unnamed = Question("q", (Relevant("a.txt"),))
    assert METRICS["mrr@10"](hits, named, ROOT) == 0.5
    assert METRICS["mrr@10"](hits, unnamed, ROOT) == 1.0


def test_passage_hits_look_at_five_and_need_known_passages() -> None:
    named = Question("q", (Relevant("a.txt", quote=CLAUSE),))
    other = [hit("a.txt", "something else entirely here in this")] * 4
    assert passage_hit([*other, hit("a.txt", CLAUSE)], named, ROOT) == 1.0
    assert passage_hit([*other, other[0], hit("a.txt", CLAUSE)], named, ROOT) == 0.0
    assert passage_hit([hit("a.txt", CLAUSE)], Question("q", (Relevant("a.txt"),)), ROOT) is None


rankings = st.lists(st.sampled_from("abcdefghijklmnop"), unique=True)
rights = st.sets(st.sampled_from("abcdefghijklmnop"), min_size=1)


@settings(deadline=None)
@given(rankings, rights)
def test_figures_of_a_ranking_lie_between_nothing_and_the_best(
    ranked: list[str], right: set[str]
) -> None:
    found = [
        ndcg(ranked, right),
        recall(ranked, right),
        reciprocal_rank(r in right for r in ranked),
    ]
    assert all(0 <= figure <= 1 + 1e-9 for figure in found)
    best = sorted(ranked, key=lambda file: file not in right)
    assert ndcg(best, right) >= ndcg(ranked, right)
    assert recall(best, right) >= recall(ranked, right)
    assert (found[2] == 0) == (not set(ranked[:10]) & right)


@settings(deadline=None)
@given(rankings, rights, st.integers(0, 20))
def test_moving_a_right_document_up_never_lowers_a_figure(
    ranked: list[str], right: set[str], at: int
) -> None:
    places = [index for index, file in enumerate(ranked) if file in right and index > 0]
    if not places:
        return
    index = places[at % len(places)]
    better = [*ranked]
    better[index - 1], better[index] = better[index], better[index - 1]
    assert ndcg(better, right) >= ndcg(ranked, right) - 1e-12
    assert recall(better, right) >= recall(ranked, right)


@settings(deadline=None)
@given(st.lists(st.booleans()))
def test_the_first_rank_and_the_reciprocal_rank_agree(right: list[bool]) -> None:
    rank = first_rank(right)
    assert reciprocal_rank(right, k=len(right)) == (1 / rank if rank else 0.0)
