from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strongroom_engine.models.text_stream import TextStream


def shown(stream: TextStream, pieces: list[bytes]) -> list[str]:
    texts = []
    for piece in pieces:
        texts.append(stream.add(piece))
        if stream.stopped:
            break
    return [*texts, stream.finish()]


def test_characters_come_whole() -> None:
    euro = "€".encode()
    assert shown(TextStream(()), [b"1 ", euro[:1], euro[1:2], euro[2:]]) == ["1 ", "", "", "€", ""]


def test_what_is_no_character_at_the_end_is_replaced() -> None:
    assert shown(TextStream(()), ["é".encode()[:1]]) == ["", "\ufffd"]


def test_a_stop_string_over_several_tokens_is_never_shown() -> None:
    stream = TextStream(("\n\nQuestion:",))
    assert shown(stream, [b"Yes.", b"\n", b"\nQues", b"tion: next"]) == ["Yes.", "", "", "", ""]
    assert stream.stopped


def test_the_beginning_of_a_stop_string_is_shown_once_it_is_none() -> None:
    stream = TextStream(("END",))
    assert shown(stream, [b"the E", b"N", b"emy", b" EN"]) == ["the ", "", "ENemy", " ", "EN"]
    assert not stream.stopped


def test_the_first_of_several_stop_strings_counts() -> None:
    assert "".join(shown(TextStream(("b", "a")), [b"xyab"])) == "xy"


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=4), max_size=3), st.data())
def test_any_division_gives_the_text_before_the_first_stop(
    text: str, stop: list[str], data: st.DataObject
) -> None:
    raw = text.encode("utf-8")
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=8)))
    pieces = [raw[a:b] for a, b in zip([0, *cuts], [*cuts, len(raw)], strict=True)]
    expected = text
    ends = [expected.find(word) for word in stop if word in expected]
    result = "".join(shown(TextStream(stop), pieces))
    if not ends:
        assert result == text
    else:
        # A division may complete a later, shorter stop string first; never is one shown.
        assert text.startswith(result)
        assert not any(word in result for word in stop)


@pytest.mark.parametrize("stop", [(), ("",)])
def test_no_stop_string_holds_nothing_back(stop: tuple[str, ...]) -> None:
    assert TextStream(stop).add(b"all of it") == "all of it"
