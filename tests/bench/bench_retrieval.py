"""Retrieval on a folder of question sets: every method, each language pair, each ranking step.

    python tests/bench/bench_retrieval.py FOLDER [--keep DIR] [--embedding NAME] [--sets A,B]
        [--parts sets,together,cross,steps] [--questions N] [--html FILE] [--save RUN.json]

FOLDER (or STRONGROOM_EVAL) holds sets, each a folder with `docs/` and `questions*.jsonl` in the
format of `strongroom eval`. A set with `questions.LANG.jsonl` and `docs/LANG/` for several
languages is taken apart: each language is a set of its own, searched among its own documents.
What is printed:

* sets: each figure of each method on each set with its 95 % interval, and the means over the sets;
  then what `hybrid` changes against each other method, and whether that is real.
* together: the languages of such a set once more, all of its documents in one scope.
* cross: questions in one language, passages in another, every pair (questions with the same id
  but for the language are the same question, and the documents bear the same names).
* steps: what each step of the ranking gives (hybrid against hybrid without it) and costs (the
  median difference of the time for the same question, ten hits, the model's time included).

With --keep the indexed libraries are used again, so that a second run only searches; after a
change of what is indexed (parsing, chunks, words) say --fresh. Libraries of different embedding
models are kept side by side. --questions takes so many of each set, evenly spread, for a quick
look; --html writes the report of `strongroom eval`, --save the run for `strongroom eval
--compare`. Figures are means over questions, MRR@10 of passages where the set names them.

The intervals are over questions. Where passages are cut is by the hash of words, so any change of
what is indexed cuts elsewhere, too, and that alone moves figures: with four other hashes and all
else alike, dense passage_hit@5 of cuad was .376 to .444 (MRR@10 .197 to .202). A smaller difference
between two ways of cutting is none; take the mean over several hashes, or MRR.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import permutations
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

import strongroom_engine
from strongroom_engine.answering.search import STEPS, Searcher
from strongroom_engine.evaluation.compare import ALL, Difference, compare_methods
from strongroom_engine.evaluation.estimates import Estimate, estimate
from strongroom_engine.evaluation.files import write_report
from strongroom_engine.evaluation.html import run_page
from strongroom_engine.evaluation.metrics import METRICS
from strongroom_engine.evaluation.run import DEPTH, METHODS, measured_search, new_run, set_run
from strongroom_engine.evaluation.runs import Run, SetRun, save_run
from strongroom_engine.evaluation.sets import Question, QuestionSet, Relevant, load_questions
from strongroom_engine.library import Library
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_model
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Method

PARTS = ("sets", "together", "cross", "steps")
TIMED = 40
"""Questions of each set whose searches are timed."""
HITS = 10
"""Hits of a timed search: what the window asks for."""

out = Console(width=max(Console().width, 150) if sys.stdout.isatty() else 170, highlight=False)


class CachedQueries(OnnxEmbedder):
    """The real model, which embeds a question once, although every method asks for it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, 0)
        self._cached = lru_cache(maxsize=20_000)(super().embed_query)

        self._asks_model = super().embed_query
        self._caching = True

    def embed_query(self, text: str) -> np.ndarray:
        return self._cached(text) if self._caching else self._asks_model(text)

    @contextmanager
    def uncached(self) -> Iterator[None]:
        """For timing."""
        self._caching = False
        yield
        self._caching = True


# --- the sets ------------------------------------------------------------------------------------


@dataclass
class Folder:
    """A folder of the sets: documents (one source for each language) and questions over them."""

    name: str
    docs: Path
    sets: list[QuestionSet] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    """More than one where the questions are the same in several languages."""

    @property
    def sources(self) -> dict[str, Path]:
        """Collection -> documents."""
        return {name: self.docs / name for name in self.languages} or {"docs": self.docs}


def find_folders(root: Path, wanted: Sequence[str], questions: int) -> list[Folder]:
    """The sets there are; those without any answerable question say nothing of retrieval."""
    found = []
    for docs in sorted(root.glob("*/docs")):
        files = sorted(docs.parent.glob("questions*.jsonl"))
        name = docs.parent.name
        if not files or (wanted and name not in wanted):
            continue
        found.append(_folder(Folder(name, docs), files, questions))
    if not found:
        sys.exit(f"no sets in {root}: expected NAME/docs and NAME/questions*.jsonl")
    return found


def _folder(folder: Folder, files: Sequence[Path], questions: int) -> Folder:
    languages = {file: file.name.split(".")[1] for file in files if file.name.count(".") > 1}
    if len(languages) == len(files) > 1 and all(
        (folder.docs / name).is_dir() for name in languages.values()
    ):
        folder.languages = list(languages.values())
    for file in files:
        asked = [question for question in load_questions(file) if question.relevant]
        if not asked:
            continue
        language = languages.get(file, "") if folder.languages else ""
        name = f"{folder.name} {language}".strip()
        if not folder.languages and len(files) > 1 and file.stem != "questions":
            name = f"{folder.name} {file.stem.removeprefix('questions').strip('._-')}"
        scope = (language or "docs",)
        folder.sets.append(QuestionSet(name, _spread(asked, questions), folder.docs, scope))
    return folder


def _spread(questions: Sequence[Question], number: int) -> tuple[Question, ...]:
    if not number or number >= len(questions):
        return tuple(questions)
    return tuple(questions[at * len(questions) // number] for at in range(number))


def crossed(folder: Folder) -> Iterator[QuestionSet]:
    """Questions in one language with the places in another, every ordered pair."""
    sets = dict(zip(folder.languages, folder.sets, strict=True))
    for asked, searched in permutations(folder.languages, 2):
        places = {_same(q, searched): q.relevant for q in sets[searched].questions}
        pairs = [(q, places.get(_same(q, asked), ())) for q in sets[asked].questions]
        questions = tuple(
            replace_places(question, relevant)
            for question, relevant in pairs
            if relevant and _same_files(question.relevant, relevant)
        )
        if questions:
            yield QuestionSet(f"{asked} in {searched}", questions, folder.docs, (searched,))


def replace_places(question: Question, places: tuple[Relevant, ...]) -> Question:
    return Question(question.question, places, question.id)


def _same(question: Question, language: str) -> str:
    """The id without the language."""
    return question.id.replace(f"-{language}-", "-", 1)


def _same_files(one: Iterable[Relevant], other: Iterable[Relevant]) -> bool:
    return {Path(p.file).name for p in one} == {Path(p.file).name for p in other}


# --- libraries -----------------------------------------------------------------------------------


def indexed_by() -> str:
    """What is indexed depends on this code; its hash."""
    package = Path(strongroom_engine.__file__).parent
    files = [*(package / "indexing").rglob("*.py"), package / "store" / "words.py"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()


def indexed(folder: Folder, place: Path, embedder: CachedQueries, fresh: bool) -> Library:
    """The library of the folder's documents, made unless it is there, open for reading."""
    done = place / "done.json"
    if fresh and done.exists():
        done.unlink()
    if not done.exists():
        _index(folder, place, embedder)
        done.write_text(json.dumps(indexed_by()), encoding="utf-8")
    elif json.loads(done.read_text(encoding="utf-8")) != indexed_by():
        out.print(f"{folder.name}: indexed by other code than today's; --fresh indexes anew")
    return Library(place / "library", _key(place), mode="read", embedder=embedder)


def _index(folder: Folder, place: Path, embedder: CachedQueries) -> None:
    for old in sorted((place / "library").glob("*")):
        old.unlink()
    begin = time.perf_counter()
    with Library(place / "library", _key(place), embedder=embedder) as library:
        for collection, docs in folder.sources.items():
            library.add(str(docs), collection)
        status = library.status()
    seconds = time.perf_counter() - begin
    left_out = f", {len(status.problems)} files left out" if status.problems else ""
    out.print(f"{folder.name}: {status.chunks:,} passages indexed in {seconds:.0f} s{left_out}")


def _key(place: Path) -> LibraryKey:
    file = place / "key"
    if not file.exists():
        place.mkdir(parents=True, exist_ok=True)
        file.write_bytes(secrets.token_bytes(32))
    return LibraryKey(file.read_bytes(), "key file")


def embedding_folder(name: str) -> Path:
    """The folder of an embedding model, by its own path or its name."""
    if Path(name).is_dir():
        return Path(name)
    return embedding_model(name).folder


# --- measuring -----------------------------------------------------------------------------------


@dataclass
class Bench:
    """One pass over the folders: what was asked for, and what was found."""

    parts: Sequence[str]
    methods: Sequence[Method]
    runs: dict[str, list[SetRun]] = field(default_factory=lambda: {part: [] for part in PARTS})
    costs: dict[str, list[float]] = field(default_factory=dict)
    """Step -> how many milliseconds longer the same search took with it."""
    times: dict[str, dict[str, float]] = field(default_factory=dict)
    """Set -> method -> median ms of a search for ten hits."""

    def measure(self, folder: Folder, library: Library, embedder: CachedQueries) -> None:
        searcher = self.searcher(library, embedder)
        if "sets" in self.parts or "steps" in self.parts:
            for asked in folder.sets:
                self._set(asked, library, embedder)
                with embedder.uncached():
                    self._time(asked, library, embedder)
        if len(folder.languages) > 1:
            scope = tuple(folder.languages)
            together = [replace(asked, collections=scope) for asked in folder.sets]
            self._searched("together", together, searcher)
            self._searched("cross", list(crossed(folder)), searcher)

    @staticmethod
    def searcher(library: Library, embedder: OnnxEmbedder, without: Iterable[str] = ()) -> Searcher:
        return Searcher(library._store, embedder, 100_000, frozenset(without))

    def _set(self, asked: QuestionSet, library: Library, embedder: CachedQueries) -> None:
        variants: dict[str, tuple[Searcher, Method]] = {}
        if "sets" in self.parts:
            searcher = self.searcher(library, embedder)
            variants |= {method: (searcher, method) for method in self.methods}
        if "steps" in self.parts:
            variants["hybrid"] = self.searcher(library, embedder), "hybrid"
            for step in STEPS:
                without = self.searcher(library, embedder, [step])
                variants[f"without {step}"] = without, "hybrid"
        self.runs["sets"].append(_measured(asked, variants))

    def _time(self, asked: QuestionSet, library: Library, embedder: CachedQueries) -> None:
        whole = self.searcher(library, embedder)
        self.times[asked.name] = _times(whole, asked, self.methods)
        for step in STEPS if "steps" in self.parts else ():
            without = self.searcher(library, embedder, [step])
            self.costs.setdefault(step, []).extend(_cost([whole, without], asked))

    def _searched(self, part: str, sets: Sequence[QuestionSet], searcher: Searcher) -> None:
        if part in self.parts:
            variants: dict[str, tuple[Searcher, Method]] = {
                method: (searcher, method) for method in self.methods
            }
            self.runs[part] += [_measured(asked, variants) for asked in sets]


def _measured(asked: QuestionSet, variants: dict[str, tuple[Searcher, Method]]) -> SetRun:
    found = {}
    for name, (searcher, method) in variants.items():
        say(f"{asked.name}: {name}")
        results = [
            searcher.search(question.question, DEPTH, asked.collections, method)
            for question in asked.questions
        ]
        found[name] = measured_search(asked, results)
    return set_run(asked, found)


def _times(searcher: Searcher, asked: QuestionSet, methods: Sequence[Method]) -> dict[str, float]:
    """Median milliseconds of a search for ten hits, the model's time included."""
    questions = _spread(asked.questions, TIMED)
    searcher.search(questions[0].question, HITS, asked.collections)
    return {
        method: statistics.median(
            searcher.search(question.question, HITS, asked.collections, method).ms
            for question in questions
        )
        for method in methods
    }


def _cost(searchers: Sequence[Searcher], asked: QuestionSet) -> list[float]:
    """How much longer the first takes than the second, question by question."""
    questions = _spread(asked.questions, TIMED)
    for searcher in searchers:
        searcher.search(questions[0].question, HITS, asked.collections)
    took = [
        [searcher.search(question.question, HITS, asked.collections).ms for searcher in searchers]
        for question in questions
    ]
    return [with_it - without for with_it, without in took]


def say(what: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{what}", end="", file=sys.stderr, flush=True)


# --- tables --------------------------------------------------------------------------------------


def show(bench: Bench, run: Run) -> None:
    if "sets" in bench.parts:
        for metric in METRICS:
            _show_metric(run.sets, bench.methods, metric, metric)
        _show_times(bench)
        for method in bench.methods:
            if method != "hybrid" and "hybrid" in bench.methods:
                _show_differences(compare_methods(run, method, "hybrid"), f"hybrid - {method}")
        _show_losses(run, bench.methods)
    if bench.runs["together"]:
        _show_metric(bench.runs["together"], bench.methods, "mrr@10", "mrr@10, languages together")
    if bench.runs["cross"]:
        _show_metric(bench.runs["cross"], bench.methods, "mrr@10", "mrr@10, question in passages")
    if "steps" in bench.parts:
        _show_steps(bench, run)


def _show_metric(sets: Sequence[SetRun], methods: Sequence[str], metric: str, title: str) -> None:
    rows: dict[str, list[SetRun]] = {part.name: [part] for part in sets}
    if len(sets) > 1:
        rows[ALL] = list(sets)
    table = _table(title, ["n", *methods])
    for name, parts in rows.items():
        found = [
            estimate([part.methods[method].of(metric) for part in parts]) for method in methods
        ]
        if any(found):
            n = next(each.n for each in found if each)
            table.add_row(name, f"{n:,}", *map(_shown, found))
    if table.row_count:
        out.print(table, "")


def _shown(found: Estimate | None) -> str:
    return f"{found.mean:.3f} [dim]({found.low:.3f}-{found.high:.3f})[/]" if found else "-"


def _show_times(bench: Bench) -> None:
    table = _table(f"median ms of a search for {HITS} hits", bench.methods)
    for name, times in bench.times.items():
        table.add_row(name, *(f"{times[method]:.1f}" for method in bench.methods))
    out.print(table, "")


def _show_differences(differences: Sequence[Difference], title: str) -> None:
    metrics = [name for name in METRICS if any(each.metric == name for each in differences)]
    table = _table(title, metrics)
    for name in dict.fromkeys(each.set for each in differences):
        of_set = {each.metric: each for each in differences if each.set == name}
        table.add_row(name, *(_difference(of_set.get(metric)) for metric in metrics))
    out.print(table, "")


def _difference(found: Difference | None) -> str:
    if found is None:
        return "-"
    style = {"better": "green", "worse": "red"}.get(found.verdict, "dim")
    word = {"better": "better", "worse": "WORSE"}.get(found.verdict, "~")
    return f"{found.difference:+.3f} ({found.low:+.3f} {found.high:+.3f}) [{style}]{word}[/]"


def _show_losses(run: Run, methods: Sequence[str]) -> None:
    """Where another method has the larger figure, real or not."""
    for part in run.sets:
        for metric in METRICS:
            figures = {
                name: found.mean
                for name in methods
                if (found := estimate([part.methods[name].of(metric)]))
            }
            ours = figures.pop("hybrid", None)
            above = {name: value for name, value in figures.items() if ours and value > ours}
            if above:
                others = ", ".join(f"{name} {value:.3f}" for name, value in above.items())
                out.print(f"below on {part.name} {metric}: hybrid {ours:.3f}, {others}")
    out.print()


def _show_steps(bench: Bench, run: Run) -> None:
    metrics = ("ndcg@10", "mrr@10", "page_hit@5", "passage_hit@5")
    table = _table("what each step gives: hybrid - hybrid without it", [*metrics, "median ms"])
    for step in STEPS:
        differences = compare_methods(run, f"without {step}", "hybrid")
        cost = f"{statistics.median(bench.costs[step]):+.1f}"
        for name in dict.fromkeys(each.set for each in differences):
            of_set = {each.metric: each for each in differences if each.set == name}
            cells = [_difference(of_set.get(metric)) for metric in metrics]
            only = name == ALL or len(run.sets) == 1
            table.add_row(f"{step}: {name}", *cells, cost if only else "")
        table.add_section()
    out.print(table, "")


def _table(title: str, columns: Sequence[str]) -> Table:
    table = Table(box=None, title=title, title_justify="left", title_style="bold", pad_edge=False)
    table.add_column("")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


# --- running -------------------------------------------------------------------------------------


@contextmanager
def kept(folder: Path | None) -> Iterator[Path]:
    """Where libraries are kept; a folder that is gone afterwards where none is named."""
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="strongroom-bench-") as made:
        yield Path(made)


def run(options: argparse.Namespace) -> Run:
    embedder = CachedQueries(embedding_folder(options.embedding))
    bench = Bench(options.parts, options.methods)
    with kept(options.keep) as keep:
        for folder in find_folders(options.folder, options.sets, options.questions):
            place = keep / embedder.model.replace("/", "-") / folder.name
            with indexed(folder, place, embedder, options.fresh) as library:
                bench.measure(folder, library, embedder)
    say("")
    made = new_run(bench.runs["sets"], {"Embedding model": embedder.model})
    show(bench, made)
    return made


def parser() -> argparse.ArgumentParser:
    def names(text: str) -> list[str]:
        return [name.strip() for name in text.split(",") if name.strip()]

    made = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    folder = os.environ.get("STRONGROOM_EVAL")
    made.add_argument("folder", nargs="?", type=Path, default=folder and Path(folder))
    made.add_argument("--keep", type=Path, help="keep the indexed libraries here")
    made.add_argument("--fresh", action="store_true", help="index again what is kept")
    made.add_argument(
        "--embedding", default="multilingual-e5-small", help="name or folder of a model"
    )
    made.add_argument("--sets", type=names, default=[], help="only these, with commas")
    made.add_argument("--parts", type=names, default=list(PARTS), help=",".join(PARTS))
    made.add_argument("--methods", type=names, default=list(METHODS), help=",".join(METHODS))
    made.add_argument("--questions", type=int, default=0, help="so many of each set")
    made.add_argument("--save", type=Path, help="keep the run for 'strongroom eval --compare'")
    made.add_argument("--html", type=Path, help="the report with plots")
    return made


def main() -> None:
    options = parser().parse_args()
    if options.folder is None:
        sys.exit("name a folder of question sets, or set STRONGROOM_EVAL")
    made = run(options)
    if options.save:
        save_run(made, options.save)
    if options.html:
        write_report(options.html, run_page(made))


if __name__ == "__main__":
    main()
