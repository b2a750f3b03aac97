from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.engine.fakes import Scripted

from strongroom_engine.models.speeds import FILE, KEPT, Company, Speeds, Timed
from strongroom_engine.types import Generation, Message, ModelSpeed, Prompt

PROMPT = Prompt((Message("user", "Say it."),), stable=0, temperature=0.0, max_tokens=50)


def written(tokens: int, first_ms: float | None, total_ms: float) -> Generation:
    return Generation("text", 100, 0, tokens, first_ms, total_ms)


def test_the_median_of_the_latest_is_told_and_kept(tmp_path: Path) -> None:
    speeds = Speeds(tmp_path)
    assert speeds.of("a.gguf") == ModelSpeed()
    for seconds in (30.0, 2.0, 2.2, 1.8):
        speeds.note_first_word("a.gguf", seconds)
    speeds.note_writing("a.gguf", written(41, 500.0, 2_500.0))
    speeds.note_first_word("b.gguf", 9.0)
    assert Speeds(tmp_path).of("a.gguf") == ModelSpeed(2.1, 20.0)
    assert Speeds(tmp_path).of("b.gguf") == ModelSpeed(9.0, 0.0)
    for _ in range(KEPT):
        speeds.note_first_word("a.gguf", 5.0)
    assert speeds.of("a.gguf").first_word_s == 5.0


def test_too_little_writing_says_nothing(tmp_path: Path) -> None:
    speeds = Speeds(tmp_path)
    for one in (written(3, 500.0, 600.0), written(40, None, 600.0), written(40, 600.0, 600.0)):
        speeds.note_writing("a.gguf", one)
    assert not (tmp_path / FILE).exists()


def test_a_broken_file_costs_the_figures_only(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    speeds = Speeds(tmp_path)
    assert speeds.of("a.gguf") == ModelSpeed()
    speeds.note_first_word("a.gguf", 4.0)
    assert speeds.of("a.gguf").first_word_s == 4.0


def test_what_a_generator_writes_is_noted(tmp_path: Path) -> None:
    speeds = Speeds(tmp_path)
    timed = Timed(Scripted("one two three four five six seven eight nine ten"), speeds)
    heard: list[str] = []
    made = timed.generate(PROMPT, heard.append, lambda: False)
    assert made.text == "".join(heard)
    # Ten tokens in 2 ms, the first after 1 ms.
    assert speeds.of("scripted.gguf") == ModelSpeed(0.0, 9000.0)
    assert timed.state == "idle"
    assert timed.count_tokens("two words") == 2


def test_what_is_written_beside_another_is_not_noted(tmp_path: Path) -> None:
    both_there = threading.Barrier(2)
    speeds = Speeds(tmp_path)
    text = "one two three four five six seven eight nine ten"
    timed = Timed(Scripted(text, text, text), speeds)

    def write(_number: int) -> Generation:
        met: list[str] = []

        def heard(text: str) -> None:
            if not met:
                both_there.wait(10)
            met.append(text)

        return timed.generate(PROMPT, heard, lambda: False)

    with ThreadPoolExecutor(2) as pool:
        assert len(list(pool.map(write, range(2)))) == 2
    assert not (tmp_path / FILE).exists()
    timed.generate(PROMPT, lambda _text: None, lambda: False)
    assert (tmp_path / FILE).exists()


def test_company_is_known_whoever_comes_or_goes_first() -> None:
    company = Company()
    with company.joined() as first:
        assert first()
        with company.joined() as second:
            assert not second()
    assert not first()
    with company.joined() as third:
        pass
    assert third()
