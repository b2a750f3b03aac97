"""An answer's Markdown with its citations and marks at their places."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strongroom_engine.conversations.blocks import Block, Line, Noted, Run, blocks_of
from strongroom_engine.types import Answer, Doubt, Sentence, Timings

IMAGE = "<img src=http://evil.example/x>"


def text_of(line: Line) -> str:
    """Words, and [n], (?) for a sentence without a source."""
    return "".join(
        each.text
        if isinstance(each, Run)
        else "".join(f"[{n}]" for n in each.numbers) + "(?)" * each.unsupported
        for each in line
    )


def outline(answer: Answer) -> list[tuple[str, str]]:
    return [
        (block.kind, f"{block.marker} {text_of(block.line)}".strip())
        for block in blocks_of(answer)
        if block.kind != "table"
    ]


def plain(text: str, *sentences: Sentence, doubts: tuple[Doubt, ...] = ()) -> Answer:
    return Answer("q", text, False, sentences, (), (), "m", Timings(), doubts=doubts)


def test_structure_and_citations_are_read_together(answer: Answer) -> None:
    assert outline(answer) == [
        ("heading", "The rent"),
        (
            "paragraph",
            f"The rent is 1,200 euros.[1] It rises by 42 percent {IMAGE}.(?)\nA second line.[2][3]",
        ),
        ("item", "• First point.[3]"),
        ("item", "• Second point.(?)"),
        ("item", "1. Inner one.[1]"),
        ("code", 'print("<b>")[3]'),
        ("quote", "Quoted words.(?)"),
    ]
    (table,) = (block for block in blocks_of(answer) if block.kind == "table")
    assert [[text_of(cell) for cell in row] for row in table.rows] == [
        ["Lease", "Rent"],
        ["Mill Yard", "310 euros.[2]"],
    ]


def test_marks_keep_bold_bold_and_lie_where_they_belong(answer: Answer) -> None:
    paragraph = blocks_of(answer)[1].line
    first = paragraph[0]
    assert first == Run("The rent is 1,200 euros.", bold=True)
    assert paragraph[1] == Noted((1,))
    doubted = [each for each in paragraph if isinstance(each, Run) and each.doubt]
    assert doubted == [Run("42", italic=True, gap=True, doubt=True)]
    assert Noted((), True, ("42",)) in paragraph
    marked = "".join(each.text for each in paragraph if isinstance(each, Run) and each.gap)
    assert marked == "It rises by 42 percent <img src=http://evil.example/x>."


def test_a_mark_over_several_blocks_ends_where_its_sentence_ends() -> None:
    text = "One\n\ntwo. Three."
    answer = plain(text, Sentence(0, 9, False), Sentence(10, 16, True, (4,)))
    assert blocks_of(answer) == (
        Block("paragraph", (Run("One", gap=True),)),
        Block(
            "paragraph",
            (Run("two.", gap=True), Noted((), True), Run(" Three."), Noted((4,))),
        ),
    )


def test_json_is_shown_as_it_is() -> None:
    answer = replace(plain('{"a_b": "*c*"}', Sentence(0, 14, True, (1,))), task="structured")
    assert outline(answer) == [("code", '{"a_b": "*c*"}[1]')]


@pytest.mark.parametrize(
    "text",
    [
        "[a](http://e)",
        "![a](http://e/i.png)",
        "<http://e>",
        "&lt;b&gt;",
        "<script>x</script>",
        r"\*",
    ],
)
def test_nothing_becomes_a_link_an_image_or_an_element(text: str) -> None:
    assert outline(plain(text)) == [("paragraph", text)]


def test_what_only_looks_like_a_mark_is_none() -> None:
    assert outline(plain("a\U000f0000b\U000f1000c\x00\u202ed")) == [
        ("paragraph", "a\ufffdb\ufffdc\ufffdd")
    ]


pieces = st.text(alphabet="ab .*_`#|->1\n\t~\u05d0\U000f1000", max_size=60)


@given(pieces, st.data())
def test_any_text_with_any_spans_is_read(text: str, data: st.DataObject) -> None:
    """Each number stands once at most, and no letter is lost."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    sentences = tuple(
        Sentence(start, end, data.draw(st.booleans()), (number,))
        for number, (start, end) in enumerate(pairwise(cuts), 1)
    )
    doubts = tuple(Doubt(each.start, each.end, "number") for each in sentences[:1])
    blocks = blocks_of(plain(text, *sentences, doubts=doubts))
    lines = [line for block in blocks for line in (block.line, *sum(block.rows, ()))]
    shown = "".join(each.text for line in lines for each in line if isinstance(each, Run))
    numbers = [
        n for line in lines for each in line if isinstance(each, Noted) for n in each.numbers
    ]
    assert len(set(numbers)) == len(numbers)
    assert sum(map(shown.count, "ab\u05d0")) <= sum(map(text.count, "ab\u05d0"))
    if not set(text) & set("|`~"):  # a fence's info and a table's rule are not shown
        assert sum(map(shown.count, "ab\u05d0")) == sum(map(text.count, "ab\u05d0"))
