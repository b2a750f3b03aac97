"""The HTML report: well formed, self-contained, and deaf to what documents say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec import structs
from tests.engine.evaluation.made import run, set_run

from strongroom_engine.evaluation.compare import compare_runs, shared_questions
from strongroom_engine.evaluation.html import comparison_page, run_page
from strongroom_engine.evaluation.markup import tag, text
from strongroom_engine.evaluation.runs import Measured, SetRun, Shown

EVIL = "</style><script>alert('x')</script><img src=http://evil/ onerror=\"x\">\u202e&amp;"


def parsed(page: str) -> etree._Element:
    """As XML, which every bracket must fit; but for the void elements of HTML."""
    closed = re.sub(r"(<meta[^>]*)>", r"\1/>", page.removeprefix("<!doctype html>\n"))
    return etree.fromstring(closed)


def evil_set() -> SetRun:
    part = set_run([0.0, 0.5, 1.0] * 4, EVIL)
    asked = tuple(
        structs.replace(each, question=EVIL, wanted=Shown(EVIL, 1, EVIL)) for each in part.questions
    )
    found = tuple(Shown(EVIL, 2, EVIL) for _ in asked)
    method = structs.replace(part.methods["hybrid"], found=found)
    return SetRun(EVIL, asked, {EVIL: method})


def test_nothing_from_documents_becomes_part_of_the_page() -> None:
    before = run(evil_set(), model=EVIL)
    comparison = compare_runs(before, before, (EVIL, EVIL))
    pairs = shared_questions(before, before)
    for page in (run_page(before, comparison, pairs), comparison_page(comparison, pairs)):
        tree = parsed(page)
        names = {element.tag for element in tree.iter()}
        assert not names & {"script", "img", "link", "iframe", "object", "base", "a", "form"}
        attributes = {name for element in tree.iter() for name in element.attrib}
        assert not any(name.startswith("on") for name in attributes)
        assert not attributes & {"src", "href", "style", "srcset", "action"}
        assert "\u202e" not in page
        assert EVIL.replace("\u202e", "") in "".join(tree.itertext())


def test_the_page_loads_nothing_from_anywhere() -> None:
    page = run_page(run(set_run([1.0, 0.5])))
    assert "default-src 'none'" in page.replace("&#x27;", "'")
    assert not re.search(r"url\(|@import|https?:", page)
    assert "prefers-color-scheme: dark" in page


def test_figures_plots_and_the_worst_questions_are_there() -> None:
    values = [1.0] * 6 + [0.5, 0.0]
    tree = parsed(
        run_page(run(set_run(values, "contracts"), set_run([1.0], "mails"), model="small"))
    )
    said = "".join(tree.itertext())
    for wanted in ("Over all sets", "contracts", "mails", "model: small", "0.812", "n = 8"):
        assert wanted in said
    labels = [svg.get("aria-label") or "" for svg in tree.iter("svg")]
    assert any("hybrid 0.812" in label for label in labels)
    assert any("rank 1: 6" in label and "rank none: 1" in label for label in labels)
    worst = [each for each in tree.iter("div") if each.get("class") == "question"]
    assert ["".join(each.itertext())[:11] for each in worst] == ["question 7?", "question 6?"]
    assert "not found" in "".join(worst[0].itertext())
    assert "found7.pdf, p. 3" in "".join(worst[0].itertext())


def test_a_comparison_says_what_is_real_and_shows_each_question() -> None:
    before, after = run(set_run([0.5] * 12)), run(set_run([1.0] * 11 + [0.25]))
    comparison = compare_runs(before, after, ("a.json", "b.json"))
    tree = parsed(comparison_page(comparison, shared_questions(before, after)))
    said = "".join(tree.itertext())
    assert "b.json against a.json" in said
    assert "better" in said
    assert "before at rank 2, after at rank 1" in said
    labels = [svg.get("aria-label") or "" for svg in tree.iter("svg")]
    assert "1 questions lost, 11 gained, 0 are the same" in labels


def test_answers_have_a_table_of_their_own() -> None:
    answers = Measured({"answer_f1": (0.5, 1.0), "seconds": (2.0, 4.0)})
    part = structs.replace(set_run([1.0, 0.5]), answers=answers)
    said = "".join(parsed(run_page(run(part))).itertext())
    assert "answer f1" in said
    assert "0.750" in said
    assert "3.0" in said


@pytest.mark.parametrize("values", [[], [None], [0.0]])
def test_odd_sets_have_a_page_too(values: list[float | None]) -> None:
    parsed(run_page(run(set_run(values))))


@settings(deadline=None)
@given(st.text())
def test_any_text_stays_text(said: str) -> None:
    shown = "".join(etree.fromstring(tag("p", said, title=said)).itertext())
    assert text(shown) == text(said).replace("\r", "\n") or "\r" in said
