"""The life of an engine that will be killed: it indexes documents of many kinds, which change, move
and go all the while, and says what is in the index.

`live` runs in a process of its own, forked from one that has no threads; see `tests/bench/bench_kill.py`.
"""

from __future__ import annotations

import hashlib
import io
import json
import mmap
import os
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Any

import docx
import pymupdf
import xlsxwriter
from PIL import Image, ImageDraw

from strongroom_engine.errors import StrongroomError
from strongroom_engine.library import Library
from strongroom_engine.models.embedder import Embedder, OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_model
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey
from tests.engine.fakes import WordLengths
from tests.engine.office_files import zipped

KEY = LibraryKey(bytes(range(32)), "key file")
WORDS = (Path(__file__).parents[1] / "bench" / "words.txt").read_text("utf-8").split()
SECRET = "Wolkenbruch"
"""Stands in every document: where it is found in the clear, text has leaked."""
TOLD_EVERY_S = 0.05
FEWEST, MOST = 24, 60
"""Documents that there are, about."""
SOURCES = ("Papers", "Letters")


# --- documents -----------------------------------------------------------------------------------


def prose(dice: random.Random, paragraphs: int = 6) -> str:
    """Paragraphs of made-up sentences, with a word of their own each."""
    return "\n\n".join(
        f"{SECRET} q{dice.randrange(10**9)}: "
        + " ".join(dice.choices(WORDS, k=60)).capitalize()
        + "."
        for _ in range(paragraphs)
    )


def _pdf(dice: random.Random) -> bytes:
    made = pymupdf.open()
    for _ in range(dice.randint(1, 4)):
        box = pymupdf.Rect(60, 60, 535, 780)
        made.new_page().insert_textbox(box, prose(dice, 3), fontsize=9)
    return bytes(made.tobytes())


def _docx(dice: random.Random) -> bytes:
    document = docx.Document()
    document.add_heading("Lease", 1)
    for paragraph in prose(dice).split("\n\n"):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _xlsx(dice: random.Random) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Rent")
        sheet.write_row(0, 0, ["Tenant", "Rent", "Place"])
        for row in range(1, dice.randint(5, 40)):
            sheet.write_row(row, 0, [f"{SECRET} {row}", dice.randint(1, 999), dice.choice(WORDS)])
    return out.getvalue()


def _mail(dice: random.Random) -> bytes:
    made = EmailMessage()
    made["From"], made["To"] = "ana@example.org", "bo@example.org"
    made["Subject"] = f"About {dice.choice(WORDS)}"
    made["Message-ID"] = f"<{dice.randrange(10**9)}@example.org>"
    made["Date"] = "Sat, 2 Mar 2024 12:00:00 +0000"
    made.set_content(prose(dice, 2))
    made.add_attachment(prose(dice, 2), filename="terms.txt")
    return made.as_bytes()


def _zip(dice: random.Random) -> bytes:
    inner = zipped({"deep.md": prose(dice, 2)})
    texts = {f"{number}.txt": prose(dice, 2) for number in range(dice.randint(1, 4))}
    return zipped({**texts, "mail.eml": _mail(dice), "inner.zip": inner})


def _scan(dice: random.Random) -> bytes:
    image = Image.new("RGB", (700, 120), "white")
    line = f"{SECRET} {' '.join(dice.choices(WORDS, k=3))}"
    ImageDraw.Draw(image).text((20, 30), line, fill="black", font_size=36)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _csv(dice: random.Random) -> bytes:
    rows = (f"{SECRET} {n};{dice.randint(1, 999)};{dice.choice(WORDS)}" for n in range(12))
    return "\n".join(("Tenant;Rent;Place", *rows)).encode()


MAKERS: dict[str, Callable[[random.Random], bytes]] = {
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "eml": _mail,
    "zip": _zip,
    "csv": _csv,
    "md": lambda dice: f"# Lease\n\n{prose(dice)}".encode(),
    "txt": lambda dice: prose(dice, dice.choice((2, 6, 60))).encode(),
    "png": _scan,
}
RARE = "png"
"""A scanned page takes seconds."""


def make_folders(root: Path, dice: random.Random) -> None:
    """The sources with a document of each kind and some more."""
    for source in SOURCES:
        for folder in ("a", "b"):
            (root / source / folder).mkdir(parents=True)
    for number, kind in enumerate([*MAKERS, *MAKERS]):
        if kind != RARE:
            source, folder = SOURCES[number % 2], "ab"[number // 2 % 2]
            (root / source / folder / f"{number}.{kind}").write_bytes(MAKERS[kind](dice))


# --- what goes on just now -----------------------------------------------------------------------

KINDS = {
    "put_document": "storing text",
    "put_problem": "storing a problem",
    "note_pending": "noting what waits",
    "put_embeddings": "storing vectors",
    "move_document": "moving",
    "remove_document": "deleting",
    "remove_source": "removing a source",
    "managing.forget": "deleting",
    "managing.leave_out": "excluding",
    "managing.exclude": "excluding",
    "managing.include": "including",
    "managing.move_source": "changing a collection",
    "reports.mend": "looking what came apart",
    "recognised.keep": "storing a recognised page",
    "upkeep.compact": "compacting",
    "close": "closing",
}
STAGES = (
    *dict.fromkeys(KINDS.values()),
    "embedding",
    "parsing",
    "recognising",
    "opening",
    "at rest",
)


class Now:
    """Which stages are going on in a process, told to another one that outlives it."""

    def __init__(self) -> None:
        self._counts = mmap.mmap(-1, len(STAGES))
        self._guard = threading.Lock()
        self.on_begin: Callable[[str], None] = lambda _stage: None

    @contextmanager
    def doing(self, stage: str) -> Iterator[None]:
        at = STAGES.index(stage)
        self._add(at, 1)
        self.on_begin(stage)
        try:
            yield
        finally:
            self._add(at, -1)

    def _add(self, at: int, number: int) -> None:
        with self._guard:
            self._counts[at] += number

    def read(self) -> str:
        """The rarest stage that goes on; forgotten then."""
        found = [stage for at, stage in enumerate(STAGES) if self._counts[at]]
        self._counts[:] = bytes(len(STAGES))
        return found[0] if found else "at rest"


def observe(now: Now, library: Library) -> None:
    """Let `now` know of what this library does."""
    for name, stage in KINDS.items():
        part, _, method = name.rpartition(".")
        owner: Any = getattr(library._store, part) if part else library._store
        setattr(owner, method, _observed(now, stage, getattr(owner, method)))
    pool: Any = library.indexing.pool
    pool.parse = _observed(now, "parsing", pool.parse)
    pool.recognise = _observed(now, "recognising", pool.recognise)


def _observed(now: Now, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def observed(*arguments: Any, **named: Any) -> Any:
        with now.doing(stage):
            return work(*arguments, **named)

    return observed


# --- a life --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """How one process shall live and when it kills itself: in the `nth` `stage`, so many seconds
    after it began; `stage` is '' when somebody else does it."""

    root: Path
    seed: int
    real_model: bool = True
    stage: str = ""
    nth: int = 1
    after_s: float = 0.0


def model(real: bool) -> Embedder:
    if not real:
        return WordLengths()
    return OnnxEmbedder(embedding_model("all-MiniLM-L6-v2").folder, threads=1)


SETTINGS = Settings(parser_workers=1, embed_threads=1, settle_s=0.2, chunk_tokens=64)


def open_library(plan: Plan, now: Now | None = None) -> Library:
    embedder = model(plan.real_model)
    if now is not None:
        embed: Any = _observed(now, "embedding", embedder.embed)
        embedder.embed = embed  # type: ignore[method-assign]
    return Library(plan.root / "library", KEY, settings=SETTINGS, embedder=embedder)


def live(plan: Plan, now: Now, told: int) -> None:
    """Live for ever; lines of JSON go to the descriptor `told`: what is about to happen, and what
    is in the index."""
    _die_as_planned(plan, now)
    with now.doing("opening"):
        library = open_library(plan, now)
    observe(now, library)
    with library:
        library.watch()
        Life(library, plan, now, told).go_on()


def _die_as_planned(plan: Plan, now: Now) -> None:
    left = plan.nth

    def begin(stage: str) -> None:
        nonlocal left
        left -= stage == plan.stage
        if left == 0 and stage == plan.stage:
            threading.Timer(plan.after_s, os.kill, (os.getpid(), signal.SIGKILL)).start()

    now.on_begin = begin


@dataclass(slots=True)
class Life:
    """One thing after the other happens to the documents, until it is killed."""

    library: Library
    plan: Plan
    now: Now
    told: int
    known: dict[str, str] = field(default_factory=dict)
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.plan.seed)

    def go_on(self) -> None:
        for source in SOURCES:
            self._tell(begins="add", touches=[])
            self._meanwhile(partial(self.library.add, str(self.plan.root / source)), 2.0)
        while True:
            self._something()

    def _something(self) -> None:
        deeds = {
            self._write: 10,
            self._change: 8,
            self._move: 3,
            self._delete: 2,
            self._exclude: 1,
            self._include: 3,
            self._remove_source: 1,
            self._change_collection: 1,
            self._compact: 1,
            self._close: 1,
        }
        (deed,) = self.dice.choices(list(deeds), list(deeds.values()))
        with suppress(StrongroomError):  # what there is no longer, or not yet
            deed()
        if self.dice.random() < 0.7:
            self._meanwhile(self.library.rescan, 2.0)
        else:
            self._meanwhile(lambda: time.sleep(0.6))  # whoever watches sees it

    # --- telling ---------------------------------------------------------------------------------

    def _tell(self, **facts: object) -> None:
        os.write(self.told, (json.dumps(facts) + "\n").encode())

    def _meanwhile(self, work: Callable[[], object], at_most_s: float = 60.0) -> None:
        """Do it, and say again and again what is in the index; it may go on beside what follows."""
        until = time.monotonic() + at_most_s
        worker = threading.Thread(target=_quietly, args=(work,), daemon=True)
        worker.start()
        while worker.is_alive() and time.monotonic() < until:
            worker.join(TOLD_EVERY_S)
            self._tell_kept()

    def _tell_kept(self) -> None:
        with self.library._store._read() as db:
            rows = db.execute(
                "SELECT CAST(path AS TEXT), content_hash FROM documents"
                " WHERE state = 'indexed' AND content_hash IS NOT NULL"
            )
            kept = {str(path): str(content) for path, content in rows}
        new = {path: content for path, content in kept.items() if self.known.get(path) != content}
        self.known = kept
        if new:
            self._tell(kept=new)

    # --- deeds -----------------------------------------------------------------------------------

    def _files(self) -> list[Path]:
        return sorted(file for file in self.plan.root.glob("*/?*/*") if self._is_ours(file))

    def _is_ours(self, file: Path) -> bool:
        return file.is_file() and file.parts[len(self.plan.root.parts)] in SOURCES

    def _folder(self) -> Path:
        return self.plan.root / self.dice.choice(SOURCES) / self.dice.choice("abc")

    def _write(self) -> None:
        if len(self._files()) > MOST:
            return self._delete()
        kind = self.dice.choice(
            [kind for kind in MAKERS if kind != RARE or self.dice.random() < 0.1]
        )
        file = self._folder() / f"new {self.dice.randrange(99)}.{kind}"
        return self._replace(file, MAKERS[kind](self.dice))

    def _change(self) -> None:
        file = self.dice.choice(self._files())
        kind = file.suffix[1:]
        if kind in ("txt", "md"):
            text = file.read_text("utf-8").split("\n\n")
            text[self.dice.randrange(len(text))] = prose(self.dice, 1)
            self._replace(file, "\n\n".join(text).encode())
        elif kind != RARE or self.dice.random() < 0.2:
            self._replace(file, MAKERS[kind](self.dice))

    def _replace(self, file: Path, content: bytes) -> None:
        self._tell(begins="write", touches=[], wrote=hashlib.sha256(content).hexdigest())
        file.parent.mkdir(exist_ok=True)
        beside = file.with_name(f".{file.name}.part")
        beside.write_bytes(content)
        beside.replace(file)

    def _move(self) -> None:
        self._tell(begins="move", touches=[])
        if self.dice.random() < 0.3:
            folder, other = self._folder(), self._folder()
            if folder.exists() and not other.exists():
                folder.rename(other)
            return
        file = self.dice.choice(self._files())
        to = self._folder() / file.name
        to.parent.mkdir(exist_ok=True)
        file.rename(to)

    def _delete(self) -> None:
        self._tell(begins="delete", touches=[])
        files = self._files()
        if len(files) > FEWEST:
            if self.dice.random() < 0.1:
                shutil.rmtree(files[0].parent)
            else:
                self.dice.choice(files).unlink()

    def _exclude(self) -> None:
        file = str(self.dice.choice(self._files()))
        self._tell(begins="exclude", touches=[file])
        self._meanwhile(lambda: self.library.indexing.exclude(file))

    def _include(self) -> None:
        for exclusion in self.library.indexing.exclusions():
            self._tell(begins="include", touches=[exclusion.pattern])
            self._meanwhile(partial(self.library.indexing.include, exclusion.pattern))

    def _remove_source(self) -> None:
        source = str(self.plan.root / self.dice.choice(SOURCES))
        self._tell(begins="remove", touches=[source])
        self._meanwhile(lambda: self.library.remove(source))
        self._tell(begins="add", touches=[])
        self._meanwhile(lambda: self.library.add(source))

    def _change_collection(self) -> None:
        source = str(self.plan.root / self.dice.choice(SOURCES))
        name = self.dice.choice(("One", "Two"))
        self._tell(begins="collection", touches=[])
        self._meanwhile(lambda: self.library.indexing.move(source, name))

    def _compact(self) -> None:
        self._tell(begins="compact", touches=[])
        self._meanwhile(self.library.keeping.compact)

    def _close(self) -> None:
        self._tell(begins="close", touches=[])
        self.library.close()
        self.library = open_library(self.plan, self.now)
        observe(self.now, self.library)
        self.library.watch()
        self._meanwhile(self.library.rescan, 2.0)


def _quietly(work: Callable[[], object]) -> None:
    with suppress(StrongroomError):
        work()
