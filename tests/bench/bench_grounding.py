"""Altered statements: how many are marked, and how many true ones wrongly.

    python tests/bench/bench_grounding.py FOLDER [--sets A,B] [--sentences N] [--embedding NAME]
        [--show N] [--seed N]

FOLDER (or STRONGROOM_EVAL) holds sets, each a folder with `docs/`. From their documents sentences
are drawn. As they stand, and lightly paraphrased (what introduces the sentence moved to its end,
asides and adverbs dropped, one clause of it alone), they are true; altered in a number, a date, a
name or a negation they are not. Each is given to `ground` as an answer, with the passage it comes
from and three others of the document, and is marked when its sentence is not supported or a doubt
stands in it. A number or name is replaced by another one of the same passages (harder: it stands
in the sources) or by one that is foreign to them. Nothing here uses the engine's own reading of
numbers, dates and names. Printed: per set and kind the share that is marked, with 95 % intervals.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table
from tests.engine.parsing import on_disk

from strongroom_engine.answering.grounding.ground import Grounded, ground
from strongroom_engine.answering.text import sentences
from strongroom_engine.evaluation.estimates import estimate
from strongroom_engine.indexing.chunk import chunk
from strongroom_engine.indexing.parse.pdf import document as pdf
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_model
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Document, Page

SETS = ("squad", "cuad", "financebench", "xquad/de")
QUESTIONS = {"xquad/de": "Was steht darüber in den Dokumenten?"}
QUESTION = "What do the documents say about it?"
TOKENS = 180
"""Aim of a chunk."""
OTHERS = 3
"""Passages of the same document beside the right one."""

out = Console(width=130, highlight=False)

Alter = Callable[["Case", random.Random], str | None]


@dataclass
class Case:
    """A true sentence with the passages that would be read (the best last)."""

    set: str
    text: str
    passages: list[StoredChunk]
    foreign: str = ""
    """Text of another document of the set."""

    @property
    def read(self) -> str:
        return " ".join(passage.text for passage in self.passages)


@dataclass
class Tally:
    marked: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, case: Case, kind: str, text: str, is_marked: bool) -> None:
        self.marked.setdefault((case.set, kind), []).append(float(is_marked))
        if is_marked == kind.startswith("true"):
            self.examples.setdefault(kind, []).append(f"[{case.set}] {text}\n     of: {case.text}")


# --- documents -----------------------------------------------------------------------------------


def documents(docs: Path, limit: int, dice: random.Random) -> list[list[StoredChunk]]:
    """The chunks of some documents of a set."""
    files = sorted(file for file in docs.rglob("*") if file.suffix in (".pdf", ".md", ".txt"))
    dice.shuffle(files)
    return [chunks(file) for file in files[:limit]]


def chunks(file: Path) -> list[StoredChunk]:
    document = pdf.parse(on_disk(file)) if file.suffix == ".pdf" else _plain(file)
    starts, length = [], 0
    for page in document.pages:
        starts.append(length)
        length += len(page.text) + 1
    return [
        StoredChunk(
            at, str(file), document.title, "", "", document.paged, tuple(starts),
            made.start, made.end, made.heading, made.text, "",
        )
        for at, made in enumerate(chunk(document, _words, TOKENS))
    ]  # fmt: skip


def _plain(file: Path) -> Document:
    text = file.read_text(encoding="utf-8")
    return Document(file.stem, "text/plain", (Page(1, text),), paged=False)


def _words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\w{1,6}|[^\w\s]", text)]


def cases(name: str, folder: Path, number: int, seed: int) -> list[Case]:
    dice = random.Random(f"{seed} {name}")
    made = documents(
        folder / name.split("/", maxsplit=1)[0] / "docs" / "/".join(name.split("/")[1:]), 25, dice
    )
    found = []
    for document in made:
        elsewhere = dice.choice([each for each in made if each is not document] or [document])
        foreign = " ".join(part.text for part in elsewhere[:40])
        for at, part in enumerate(document):
            texts = [part.text[slice(*span)] for span in sentences(part.text, rows=True)]
            of_part = [
                _case(name, document, at, text, dice) for text in texts if _is_statement(text)
            ]
            found += [replace(case, foreign=foreign) for case in of_part]
    dice.shuffle(found)
    return found[:number]


def _is_statement(text: str) -> bool:
    """A whole sentence of prose, short enough for an answer."""
    words = text.split()
    lower = sum(word[0].islower() for word in words)
    return (
        7 <= len(words) <= 45
        and len(text) < 320
        and text[0].isupper()
        and text[-1] == "."
        and lower > len(words) * 0.4
        and "\t" not in text
        and "\n\n" not in text
    )


def _case(
    name: str, document: Sequence[StoredChunk], at: int, text: str, dice: random.Random
) -> Case:
    """The right passage is the best of two in three, and otherwise anywhere."""
    others = [part for part in document if part.id != at]
    passages = dice.sample(others, min(OTHERS, len(others)))
    place = len(passages) if dice.random() < 0.67 else dice.randint(0, len(passages))
    passages.insert(place, document[at])
    return Case(name, " ".join(text.split()), passages)


# --- true sentences ------------------------------------------------------------------------------

_DROPPED = re.compile(
    r"\s*\([^()]*\)|,? (?:also|however|furthermore|thus|then|often|usually|generally|very|"
    r"approximately|especially|auch|jedoch|sehr|oft|meist|außerdem)\b(?=[ ,])",
)
_OPENING = re.compile(
    r"^((?:In|On|At|By|During|After|Under|For|Since|From|With)\b[^,]{3,60}), (\w.*)\.$"
)
_CLAUSE = re.compile(r"[,;:] ")


def true_forms(text: str) -> Iterator[tuple[str, str]]:
    yield "true: verbatim", text
    if match := _OPENING.match(text):
        moved = f"{match[2]} {match[1][0].lower()}{match[1][1:]}."
        yield "true: reordered", moved[0].upper() + moved[1:]
    dropped = _DROPPED.sub("", text)
    if dropped != text:
        yield "true: shortened", dropped
    longest = max(_CLAUSE.split(text), key=len).rstrip(".")
    if len(longest.split()) >= 3 and len(longest) < len(text) * 0.8:
        yield "true: one clause", f"{longest}."


# --- altered ones --------------------------------------------------------------------------------

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Januar",
    "Februar",
    "März",
    "Mai",
    "Juni",
    "Juli",
    "Oktober",
    "Dezember",
]
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}\.? )?(?:{'|'.join(_MONTHS)})\b(?: \d{{1,2}}\b)?(?:,? \d{{4}})?|\b(?:1[5-9]|20)\d\d\b"
)
_NUMBER = re.compile(r"(?<![\w.,/-])\d[\d,]*(?:\.\d+)?(?![\w/-]|[.,]\d)")
_NUMBER_WORDS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "twelve",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
]
_COUNTED = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b")
_NAME = re.compile(r"(?<![.!?:] )(?<!^)\b[A-Z][a-zé]{2,}(?: [A-Z][a-zé]{2,})*\b")
_NO_NAMES = frozenset(
    ["The", "This", "These", "Such", "That", "Any", "All", "Der", "Die", "Das", "Ein", "Eine"]
)
_TWO_NAMES = re.compile(r"(?<![.!?:] )(?<!^)\b[A-Z][a-zé]{2,}(?: [A-Z][a-zé]{2,})+\b")


def _replace(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _pick(pattern: re.Pattern[str], text: str, dice: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return dice.choice(found) if found else None


def _numbers(text: str) -> list[re.Match[str]]:
    dates = [match.span() for match in _DATE.finditer(text)]
    return [
        match
        for match in [*_NUMBER.finditer(text), *_COUNTED.finditer(text)]
        if not any(start <= match.start() < end for start, end in dates)
    ]


def other_number(case: Case, dice: random.Random) -> str | None:
    """One digit, or the word, is another."""
    found = _numbers(case.text)
    if not found:
        return None
    match = dice.choice(found)
    if match.group() in _NUMBER_WORDS:
        half = _NUMBER_WORDS[:10] if match.group() in _NUMBER_WORDS[:10] else _NUMBER_WORDS[10:]
        return _replace(case.text, match, dice.choice([w for w in half if w != match.group()]))
    return _replace(case.text, match, _redigited(match.group(), dice))


def _redigited(written: str, dice: random.Random) -> str:
    at = dice.choice([i for i, char in enumerate(written) if char.isdigit()])
    digits = [digit for digit in "123456789" if digit != written[at]]
    return written[:at] + dice.choice(digits) + written[at + 1 :]


def same_number(case: Case, dice: random.Random) -> str | None:
    """A number that stands elsewhere in the passages."""
    found = [match for match in _numbers(case.text) if match.group()[0].isdigit()]
    here = set(_NUMBER.findall(case.text))
    there = sorted({m.group() for m in _numbers(case.read) if m.group()[0].isdigit()} - here)
    return _replace(case.text, dice.choice(found), dice.choice(there)) if found and there else None


def other_date(case: Case, dice: random.Random) -> str | None:
    """Another year, day or month."""
    match = _pick(_DATE, case.text, dice)
    if match is None or match.group() == "May":
        return None
    written = match.group()
    years = list(re.finditer(r"\d{4}$", written))
    if years and dice.random() < 0.6:
        year = int(years[0].group()) + dice.choice([-11, -3, -2, -1, 1, 2, 4])
        return _replace(case.text, match, written[:-4] + str(year))
    month = next((name for name in _MONTHS if name in written), None)
    if month is None:
        return _replace(case.text, match, str(int(written) + dice.choice([-7, -1, 1, 5])))
    months = _MONTHS[12:] if case.set.endswith("/de") else _MONTHS[:12]
    new = dice.choice([name for name in months if name != month])
    return _replace(case.text, match, written.replace(month, new))


def _name_pattern(case: Case) -> re.Pattern[str]:
    """In German every noun has a capital letter: names are two such words there."""
    return _TWO_NAMES if case.set.endswith("/de") else _NAME


def _other_name(case: Case, source: str, dice: random.Random) -> str | None:
    pattern = _name_pattern(case)
    match = _pick(pattern, case.text, dice)
    if match is None or match.group() in _MONTHS:
        return None
    words = set(re.findall(r"\w+", case.text))
    lower = set(re.findall(r"\b[a-zäöü]\w*", f"{source} {case.read}"))
    names = sorted(
        name
        for name in set(pattern.findall(source)) - set(_MONTHS)
        if not words & set(name.split())
        and not any(word.lower() in lower or word in _NO_NAMES for word in name.split())
    )
    return _replace(case.text, match, dice.choice(names)) if names else None


def same_name(case: Case, dice: random.Random) -> str | None:
    return _other_name(case, case.read, dice)


def foreign_name(case: Case, dice: random.Random) -> str | None:
    altered = _other_name(case, case.foreign, dice)
    if altered is None:
        return None
    new = set(re.findall(r"\w+", altered)) - set(re.findall(r"\w+", case.read))
    return altered if new else None


_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|had|have|can|could|may|shall|must|will|would|should|did|does|"
    r"ist|sind|war|waren|hat|hatte|kann|wird|wurde|wurden)\b(?! not| no | nicht| kein)"
)
_NEGATED = re.compile(r"\b(?:not|never|nicht|nie) (?!only|nur)|\bn't\b")
_TURNED = {
    "increased": "decreased", "increase": "decrease", "decreased": "increased", "more": "less",
    "higher": "lower", "before": "after", "after": "before", "largest": "smallest",
    "with": "without", "without": "with", "above": "below", "first": "last", "rose": "fell",
}  # fmt: skip
_OPPOSED = re.compile(rf"\b(?:{'|'.join(_TURNED)})\b")


def negation_added(case: Case, dice: random.Random) -> str | None:
    match = _pick(_AUXILIARY, case.text, dice)
    if match is None or _NEGATED.search(case.text):
        return None
    word = "nicht" if case.set.endswith("/de") else "not"
    return _replace(case.text, match, f"{match.group()} {word}")


def negation_dropped(case: Case, dice: random.Random) -> str | None:
    match = _pick(_NEGATED, case.text, dice)
    return _replace(case.text, match, "") if match else None


def opposite(case: Case, dice: random.Random) -> str | None:
    if case.set.endswith("/de"):
        return None
    match = _pick(_OPPOSED, case.text, dice)
    return _replace(case.text, match, _TURNED[match.group()]) if match else None


ALTERATIONS: dict[str, Alter] = {
    "number: other": other_number,
    "number: of the same passages": same_number,
    "date": other_date,
    "name: of the same passages": same_name,
    "name: foreign": foreign_name,
    "negation: added": negation_added,
    "negation: dropped": negation_dropped,
    "opposite word": opposite,
}


# --- measuring -----------------------------------------------------------------------------------


def is_marked(grounded: Grounded) -> bool:
    return bool(grounded.doubts) or not all(each.supported for each in grounded.sentences)


def measure(name: str, found: Sequence[Case], embedder: OnnxEmbedder, tally: Tally) -> None:
    question = QUESTIONS.get(name, QUESTION)
    for case in found:
        dice = random.Random(zlib.crc32(case.text.encode()))
        altered = ((kind, alter(case, dice)) for kind, alter in ALTERATIONS.items())
        for kind, text in [*true_forms(case.text), *altered]:
            if text and (kind.startswith("true") or text != case.text):
                grounded = ground(text, question, case.passages, embedder)
                tally.add(case, kind, text, is_marked(grounded))


def show(tally: Tally, names: Sequence[str], examples: int) -> None:
    kinds = list(dict.fromkeys(kind for _, kind in tally.marked))
    kinds.sort(key=lambda kind: (not kind.startswith("true"), kind))
    table = Table(box=None, title="share that is marked", title_justify="left", pad_edge=False)
    for column in ("", *names, "all", "n"):
        table.add_column(column, justify="right" if column else "left", no_wrap=True)
    groups = dict.fromkeys(kind.split(":")[0] for kind in kinds)
    for group in groups:
        members = [kind for kind in kinds if kind.split(":")[0] == group]
        for kind in members if len(members) > 1 else []:
            table.add_row(kind, *_cells(tally, names, [kind]))
        table.add_row(f"[bold]{group}[/]", *_cells(tally, names, members))
        table.add_section()
    out.print(table)
    for kind in kinds:
        for text in tally.examples.get(kind, [])[:examples]:
            wrong = "wrongly marked" if kind.startswith("true") else "not marked"
            out.print(f"{kind}, {wrong}: {text}", markup=False)


def _cells(tally: Tally, names: Sequence[str], kinds: Sequence[str]) -> list[str]:
    each = [
        [value for kind in kinds for value in tally.marked.get((name, kind), [])] for name in names
    ]
    every = [value for values in each for value in values]
    return [*map(_share, each), _share(every), str(len(every))]


def _share(values: Sequence[float]) -> str:
    found = estimate([values])
    return f"{found.mean:.3f} ({found.low:.2f}-{found.high:.2f})" if found else "-"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    folder = os.environ.get("STRONGROOM_EVAL")
    made.add_argument("folder", nargs="?", type=Path, default=folder and Path(folder))
    made.add_argument("--sets", default=",".join(SETS), help="only these, with commas")
    made.add_argument("--sentences", type=int, default=150, help="so many of each set")
    made.add_argument("--embedding", default="multilingual-e5-small", help="name of a model")
    made.add_argument("--show", type=int, default=0, help="so many failures of each kind")
    made.add_argument("--seed", type=int, default=1, help="for another draw")
    return made


def main() -> None:
    options = parser().parse_args()
    if options.folder is None:
        sys.exit("name a folder of sets, or set STRONGROOM_EVAL")
    embedder = OnnxEmbedder(embedding_model(options.embedding).folder, 0)
    tally = Tally()
    names = [name for name in options.sets.split(",") if name]
    for name in names:
        found = cases(name, options.folder, options.sentences, options.seed)
        measure(name, found, embedder, tally)
    show(tally, names, options.show)


if __name__ == "__main__":
    main()
