"""Words are found however they are written, and told in the text's own positions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strongroom_engine.reading.finding import fold, places


def found(text: str, words: str) -> list[str]:
    return [text[start:end] for start, end in places(fold(text), words)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The Tenant and the tenants", "tenant", ["Tenant", "tenant"]),
        ("Résumé, RESUME, re\u0301sume\u0301", "resume", ["Résumé", "RESUME", "re\u0301sume\u0301"]),
        ("resume", "résumé", ["resume"]),
        ("an e\ufb03cient o\ufb00er, a \ufb01re", "efficient", ["e\ufb03cient"]),
        ("the \ufb01rst \ufb02oor", "first floor", ["\ufb01rst \ufb02oor"]),
        ("Stra\u00dfe und STRASSE", "strasse", ["Stra\u00dfe", "STRASSE"]),
        ("the termi-\nnation of a lease", "termination", ["termi-\nnation"]),
        ("the termi\u00ad\nnation", "termination", ["termi\u00ad\nnation"]),
        ("ter\u00admi\u00adnation", "termination", ["ter\u00admi\u00adnation"]),
        ("a well-\nknown fact", "well-known", ["well-\nknown"]),
        ("a well\u2011known fact", "well-known", ["well\u2011known"]),
        ("vacant\n  possession", " vacant possession ", ["vacant\n  possession"]),
        ("the landlord\u2019s \u201cnotice\u201d", "landlord's \"notice\"", ["landlord\u2019s \u201cnotice\u201d"]),
        ("12-\n13 and 1213", "1213", ["12-\n13", "1213"]),
        ("(a) [b] *", "[b] *", ["[b] *"]),
        ("anything", "   ", []),
        ("anything", "\u0301", []),
        ("契約書と契約", "契約", ["契約", "契約"]),
        ("İstanbul", "istanbul", ["İstanbul"]),
    ],
)  # fmt: skip
def test_what_is_found(text: str, words: str, expected: list[str]) -> None:
    assert found(text, words) == expected


def test_words_are_not_found_across_a_hyphen_that_is_no_line_end() -> None:
    assert found("re-sign", "resign") == []


def test_it_ends_when_it_is_not_wanted_any_more() -> None:
    count = iter(range(10))
    stopped = lambda: next(count) >= 3  # noqa: E731
    assert len(list(places(fold("word " * 100), "word", stopped))) == 3


@given(
    st.text(alphabet="abfiﬁﬃßÉé -\n\u0301\u00ad", max_size=40),
    st.integers(0, 39),
    st.integers(1, 10),
)
def test_what_stands_in_a_text_is_found_there(text: str, start: int, length: int) -> None:
    words = text[start : start + length]
    if not "".join(words.split()).strip("\u0301\u00ad-"):
        return
    spans = list(places(fold(text), words))
    assert all(0 <= a < b <= len(text) for a, b in spans)
    if words == " ".join(words.split()) and not set(words) & set("\u0301\u00ad-"):
        assert any(a <= start + length - 1 and start <= b for a, b in spans)
