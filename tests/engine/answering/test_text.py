from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strongroom_engine.answering.clauses import question_proper
from strongroom_engine.answering.text import forms, sentences, words


def split(text: str, *, lines: bool = False) -> list[str]:
    return [text[start:end] for start, end in sentences(text, lines=lines)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dr. J. Smith of Acme Inc. signed. It costs 3.5 million (see Sec. 4.2).",
            ["Dr. J. Smith of Acme Inc. signed.", "It costs 3.5 million (see Sec. 4.2)."],
        ),
        ("He lives in the U.S. The rest do not.", ["He lives in the U.S.", "The rest do not."]),
        ("Is it No. 5? The answer is no. All agree!", ["Is it No. 5?", "The answer is no.", "All agree!"]),
        ('He asked "Why?" She left.', ['He asked "Why?"', "She left."]),
        ("A term, e.g. rent, is due on Jan. 5. Then it ends.", ["A term, e.g. rent, is due on Jan. 5.", "Then it ends."]),
        ("2. Rent is due.\n3. Notice is given.", ["2. Rent is due.", "3. Notice is given."]),
        ("Wrapped lines\nare one sentence. And\nanother.", ["Wrapped lines\nare one sentence.", "And\nanother."]),
        ("First\n\nSecond", ["First", "Second"]),
        ("The parties:\n- Acme\n• Bolt\n(a) others", ["The parties:", "- Acme", "• Bolt", "(a) others"]),
        ("他是四分卫。他39岁！然后？", ["他是四分卫。", "他39岁！", "然后？"]),
        ("z.B. die Miete, d.h. der Zins. Das ist alles.", ["z.B. die Miete, d.h. der Zins.", "Das ist alles."]),
        ("", []),
        (" \n ", []),
        ("no end", ["no end"]),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_row_of_a_table_can_be_a_sentence_of_its_own() -> None:
    text = "Revenue was as\nfollows.\nDigital Media\t12,842\t11,520\nTotal\t17,606\t15,785\nIt grew\nagain."
    assert [text[start:end] for start, end in sentences(text, rows=True)] == [
        "Revenue was as\nfollows.",
        "Digital Media\t12,842\t11,520",
        "Total\t17,606\t15,785",
        "It grew\nagain.",
    ]
    assert len(sentences(text)) == 2


def test_lines_end_sentences_where_a_model_wrote_them() -> None:
    assert split("One\nTwo\n\nThree", lines=True) == ["One", "Two", "Three"]


@given(
    st.text(alphabet=st.sampled_from("aB1. \n?!…。,;:()\"'-•Dr\u3000"), max_size=80), st.booleans()
)
def test_sentences_cover_everything_but_space(text: str, lines: bool) -> None:
    spans = sentences(text, lines=lines)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    covered = "".join("".join(text[start:end].split()) for start, end in spans)
    assert covered == "".join(text.split())


def test_inflections_of_a_word_have_one_form() -> None:
    for group in (
        "party parties",
        "run running runs",
        "terminate terminated terminates",
        "Café cafe",
    ):
        assert len(set(forms(group))) == 1, group
    assert len(set(forms("is its this ring king bus business"))) == 7


def test_words_know_where_they_stand() -> None:
    text = "Naïve: 10-K, 超级碗!"
    assert [(text[w.start : w.end], w.form) for w in words(text)] == [
        ("Naïve", "naiv"),
        ("10", "10"),
        ("K", "k"),
        ("超级", "超级"),
        ("级碗", "级碗"),
    ]


@pytest.mark.parametrize(
    ("text", "proper"),
    [
        ("Consider the lease between A. Inc. and B; who pays for repairs?", "who pays for repairs?"),
        ("We signed in 2019. Who pays? Say so briefly.", "Who pays? Say so briefly."),
        ("In the lease: who pays?", "who pays?"),
        ("Who pays for repairs? If nobody does, say so.", ""),
        ("Who pays? And when?", ""),
        ("When did Y. pestis enter Europe?", ""),
        ("similarity laws; heated aircraft .", ""),
        ("关于租约；谁来支付？", "谁来支付？"),
    ],
)  # fmt: skip
def test_the_clause_that_asks(text: str, proper: str) -> None:
    assert question_proper(text) == proper
