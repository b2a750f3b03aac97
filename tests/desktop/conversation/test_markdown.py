from __future__ import annotations

import pytest

from strongroom_desktop.conversation.markdown import LINE_BREAK, Kind, Style, parse


def shown(text: str) -> list[str]:
    return ["".join(run.text for run in block.runs) for block in parse(text)]


def test_every_run_knows_where_it_stood() -> None:
    text = "**Yes, once.** The tenant\n\n- all `rent` paid\n  and more\n- done\n\n# Head\nrest\r\n"
    for block in parse(text):
        for run in block.runs:
            assert text[run.start : run.end].replace("\n", LINE_BREAK) == run.text


def test_bold_lists_and_code() -> None:
    blocks = parse("**Yes.** Then:\n\n- one\n- two `x`\n3. three\n```py\na = 1\n\nb\n```\nend")
    assert [block.kind for block in blocks] == [
        Kind.PARAGRAPH,
        Kind.ITEM,
        Kind.ITEM,
        Kind.ITEM,
        Kind.CODE,
        Kind.PARAGRAPH,
    ]
    assert [block.marker for block in blocks[1:4]] == ["\u2022", "\u2022", "3."]
    assert blocks[0].runs[0].style is Style.BOLD
    assert blocks[2].runs[1].style is Style.CODE
    assert blocks[4].runs[0].text.split(LINE_BREAK) == ["a = 1", "", "b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script> <b>x</b>", ["<script>alert(1)</script> <b>x</b>"]),
        ("[a](javascript:alert(1)) ![i](x.png)", ["[a](javascript:alert(1)) ![i](x.png)"]),
        (
            "[a](file:///etc/passwd) [b](data:text/html,x)",
            ["[a](file:///etc/passwd) [b](data:text/html,x)"],
        ),
        ("a\u2067b\u2069c", ["abc"]),
        ("2 * 3 * 4 and 2**3", ["2 * 3 * 4 and 2**3"]),
        ("snake_case__name__x", ["snake_case__name__x"]),
        ("a\u202eb\x00c\ufffcd", ["abcd"]),
        ("", []),
        ("\n\n---\n", []),
        ("> quoted\n> twice", ["quoted" + LINE_BREAK + "twice"]),
    ],
)
def test_what_is_not_understood_stays_text(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_bold_that_is_still_being_written_is_bold_already() -> None:
    (block,) = parse("So **yes, on")
    assert [(run.text, run.style) for run in block.runs] == [
        ("So ", Style.PLAIN),
        ("yes, on", Style.BOLD),
    ]


def test_appending_never_changes_the_blocks_before() -> None:
    text = "One **two**.\n\n- three\n- four\n\nFive `six` seven."
    final = parse(text)
    for end in range(len(text)):
        head = parse(text[:end])[:-1]
        assert head == final[: len(head)]


def test_links_to_the_web_and_to_mail_are_links() -> None:
    text = "See [the **register**](https://a.test/x?n=1), https://b.test/y. [m](mailto:a@b.test)"
    (block,) = parse(text)
    links = [(run.text, run.href) for run in block.runs if run.href]
    assert links == [
        ("the ", "https://a.test/x?n=1"),
        ("register", "https://a.test/x?n=1"),
        ("https://b.test/y", "https://b.test/y"),
        ("m", "mailto:a@b.test"),
    ]
    for run in block.runs:
        assert text[run.start : run.end] == run.text


def test_a_table_is_a_table() -> None:
    text = "Before\n| A | B |\n|---|:-:|\n| one | two \\| **three** |\n| four |\n\nafter"
    before, table, after = parse(text)
    assert (before.kind, after.kind) == (Kind.PARAGRAPH, Kind.PARAGRAPH)
    assert table.kind is Kind.TABLE
    assert table.headed
    cells = [["".join(run.text for run in cell) for cell in row] for row in table.rows]
    assert cells == [["A", "B"], ["one", "two | three"], ["four"]]
    for run in table.runs:
        assert text[run.start : run.end] == run.text
    assert any(run.style is Style.BOLD for run in table.runs)
    (only,) = parse("| 1 | 2 |\n| 3 | 4 |")
    assert not only.headed
