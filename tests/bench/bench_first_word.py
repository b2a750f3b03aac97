"""The wait for the first word after Enter, with what was read before the question was asked.

    python tests/bench/bench_first_word.py FOLDER [--each 50] [--keep DIR] [--model default|small]
        [--sets squad,cuad]

FOLDER holds the sets `squad` and `cuad` (`question_sets.py`). Every question is asked four times:

* plain: llama.cpp alone, in a process of its own, gets the whole prompt; the reference;
* cold: through the library, which has read none of the passages before;
* typed: likewise, but the question is typed first, a key every 200 ms. As the window does, a search
  is made 120 ms after each key, and after each word the passages are read that the text would be
  answered from; 200 ms after the last key it is asked;
* second: another question about the same passages, once the rest of them has been read, as the window
  has it done while one reads the answer. Where the set has one of the same
  paragraph, with the same hits, it is asked through the library; else its words stand in place of
  the first question's in the prompt.

Times are from Enter to the first word that is shown (or to the answer, where it is a refusal), with
search and all. Left out are questions that no model is asked. At the end it is told how long the
searches took while one typed, and how long the same ones take at rest.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import msgspec
import numpy as np
from tests.bench.bench_first_token import Alone, alone, plan, unread
from tests.bench.question_sets import library_of, plans

from strongroom_engine.answering.asking import Job, Request
from strongroom_engine.answering.passages import answer_template
from strongroom_engine.answering.pipeline import foreseen
from strongroom_engine.errors import Cancelled
from strongroom_engine.evaluation.sets import Question
from strongroom_engine.host import AHEAD
from strongroom_engine.library import Library
from strongroom_engine.models.generator import Generator
from strongroom_engine.types import Prompt

ARMS = ("plain", "cold", "typed", "second")
KEY_S, DEBOUNCE_S = 0.2, 0.12
REST_STEP = 4
"""Every so many keys it is searched again at rest."""
HITS = 30
"""As many the window asks for."""


@dataclass
class Found:
    """Seconds by arm, in the order of the questions; those of the searches while one typed, and at
    rest. `left_out` are questions that no model is asked."""

    arms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    typing: list[float] = field(default_factory=list)
    resting: list[float] = field(default_factory=list)
    left_out: int = 0
    same_hits: int = 0


# --- one question --------------------------------------------------------------------------------


def prompt_of(library: Library, question: str) -> tuple[Prompt, Generator] | None:
    """What it would be answered from, and by whom."""
    found = foreseen(Job(Request(question), library.answers.parts()))
    return None if found is None else (found.prompt, found.generator)


def ask_s(library: Library, question: str) -> float:
    """Until the first word; the answer is stopped then."""
    began, first = time.perf_counter(), threading.Event()
    at: list[float] = []

    def note(_text: str) -> None:
        at.append(time.perf_counter())
        first.set()

    library.answers.ask(question, on_token=note, cancelled=first.is_set)
    return (at[0] if at else time.perf_counter()) - began


def unlearn(library: Library, prompt: Prompt, generator: Generator) -> None:
    """Nothing is known of the passages any more, neither to the model nor to the library."""
    unread(generator, tuple(dict.fromkeys(prompt.documents)), prompt.messages[: prompt.stable])
    library.answers._remembering = None
    assert generator.read(prompt, lambda: True) == 0


class Typing:
    """A question typed into the window, as far as the library notices."""

    def __init__(self, library: Library, searches: list[float]) -> None:
        self._library, self._searches = library, searches
        self._newest = ""
        self._looking = ThreadPoolExecutor(2)
        self._ahead = ThreadPoolExecutor(AHEAD)

    def type(self, question: str) -> None:
        """Returns when Enter is pressed."""
        began = time.perf_counter()
        for count in range(1, len(question) + 1):
            _until(began + count * KEY_S + DEBOUNCE_S)
            self._newest = question[:count].strip()
            if self._newest:
                is_word = not question[count - 1].isalnum()
                self._looking.submit(self._look, self._newest, is_word)
        _until(began + (len(question) + 1) * KEY_S)

    def end(self) -> None:
        self._looking.shutdown()
        self._ahead.shutdown()

    def _look(self, text: str, is_word: bool) -> None:
        began = time.perf_counter()
        with suppress(Cancelled):
            self._library.search(
                text, HITS, typing=True, cancelled=lambda: text is not self._newest
            )
            self._searches.append(time.perf_counter() - began)
            if text is self._newest and is_word:
                self._ahead.submit(self._library.answers.read_ahead, text)


def _until(moment: float) -> None:
    time.sleep(max(moment - time.perf_counter(), 0.0))


def second_s(
    library: Library, first: Question, other: Question, prompt: Prompt, generator: Generator
) -> tuple[float, bool]:
    """Another question on the same passages; whether the library finds the same for it."""
    made = prompt_of(library, other.question)
    if made is not None and set(made[0].passages) == set(prompt.passages):
        return ask_s(library, other.question), True
    text = prompt.messages[-1].content.replace(first.question, other.question)
    asked = replace(prompt.messages[-1], content=text)
    put = replace(prompt, messages=(*prompt.messages[:-1], asked))
    began, first_word = time.perf_counter(), threading.Event()
    generator.weigh(put)
    generator.generate(put, lambda _text: first_word.set(), first_word.is_set)
    return time.perf_counter() - began, False


def measure_one(
    found: Found, library: Library, reference: Alone, question: Question, other: Question
) -> None:
    made = prompt_of(library, question.question)
    if made is None:
        found.left_out += 1
        return
    prompt, generator = made
    found.arms["plain"].append(reference.first_ms(prompt.messages) / 1000)
    unlearn(library, prompt, generator)
    found.arms["cold"].append(ask_s(library, question.question))
    unlearn(library, prompt, generator)
    typing = Typing(library, found.typing)
    typing.type(question.question)
    found.arms["typed"].append(ask_s(library, question.question))
    typing.end()
    library.answers.read_ahead(question.question)
    took, same = second_s(library, question, other, prompt, generator)
    found.arms["second"].append(took)
    found.same_hits += same
    found.resting += at_rest(library, question.question)


def at_rest(library: Library, question: str) -> Iterator[float]:
    """How long the searches of a text that grows take where nothing else is done."""
    for count in range(1, len(question) + 1, REST_STEP):
        if text := question[:count].strip():
            began = time.perf_counter()
            library.search(text, HITS, typing=True)
            yield time.perf_counter() - began


# --- all of them ---------------------------------------------------------------------------------


def another(question: Question, questions: Sequence[Question]) -> Question:
    """One about the same paragraph, if there is one; else one about the same document, or any."""
    where = [(each.file, each.span) for each in question.relevant]
    near: tuple[Callable[[Question], bool], ...] = (
        lambda one: [(each.file, each.span) for each in one.relevant] == where,
        lambda one: {each.file for each in one.relevant} == {file for file, _ in where},
        lambda _one: True,
    )
    others = [one for one in questions if one.question != question.question]
    return next(one for is_near in near for one in others if is_near(one))


def measure(folder: Path, each: int, keep: Path, use: str, sets: str) -> dict[str, Found]:
    chosen = plan(use)
    asked = {one.docs: one.questions for one in plans(folder, each, 11, sets)}
    every = {one.docs: one.questions for one in plans(folder, 10**6, 11, sets)}
    found = {name: Found() for name in asked}
    with ExitStack() as stack:
        reference = stack.enter_context(alone(chosen, answer_template().stable))
        for name, questions in asked.items():
            library = stack.enter_context(library_of(keep / name, folder / name / "docs"))
            settings = library.answers.settings
            library.answers.use_settings(
                msgspec.structs.replace(settings, answer_model=chosen.model)
            )
            library.answers.warm()
            for question in questions:
                other = another(question, every[name])
                measure_one(found[name], library, reference, question, other)
                told = {arm: round(times[-1], 2) for arm, times in found[name].arms.items()}
                print(f"# {name} {told} {question.question[:60]}", flush=True)
            library.answers.let_go()
    return found


def report(found: dict[str, Found]) -> None:
    rows = {name: one.arms for name, one in found.items()}
    rows["both"] = {arm: [s for one in found.values() for s in one.arms[arm]] for arm in ARMS}
    print("\n| set | arm | n | median s | 95th percentile s | median of the ratio to plain |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, arms in rows.items():
        for arm in ARMS:
            times, plain = np.array(arms[arm]), np.array(arms["plain"])
            if len(times):
                high, ratio = np.percentile(times, 95), np.median(times / plain)
                told = f"{np.median(times):.2f} | {high:.2f} | {ratio:.3f}"
                print(f"| {name} | {arm} | {len(times)} | {told} |")
    for name, one in found.items():
        print(f"\n{name}: {one.left_out} questions that no model is asked were left out;", end=" ")
        print(f"for {one.same_hits} second questions the library finds the same passages.", end=" ")
        if one.typing and one.resting:
            typing, resting = map(statistics.median, (one.typing, one.resting))
            print(f"A search took {typing * 1000:.0f} ms while one typed,", end=" ")
            print(f"{resting * 1000:.0f} ms at rest: {typing / resting:.2f} times as long.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=50, help="questions of each set")
    parser.add_argument("--keep", type=Path, help="where the libraries are kept")
    parser.add_argument("--model", default="default", choices=["default", "small"])
    parser.add_argument("--sets", default="squad,cuad")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        keep = options.keep or Path(made)
        report(measure(options.folder, options.each, keep, options.model, options.sets))


if __name__ == "__main__":
    main()
