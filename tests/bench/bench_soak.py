"""A library that is lived with for a while, compared with one that is freshly made of the same folders.

    python -m tests.bench.bench_soak [--minutes 5] [--seed N] [--every 60] [FOLDER]

A user and programs work in two sources with documents of many kinds and copies of what lies in
FOLDER, under a library with watcher, parser processes and embedding model, as an application has
it. What is done is drawn: edits, the ways in which programs save, renames, moves of files and
folders, also between the sources, copies, archives that are unpacked or replaced, files that take
the place of folders, touched and restored files, links, lines of what is left out, hidden files, a
source removed and added, a pause, and the end of the application with changes before its next
start. Often one thing is done alone: measured is how long after its last write what it says is found
where it lies now, and nowhere else. Every `--every` seconds all comes to rest and is compared:
documents with states and passages, vectors, what is found. The exit status is 1 if anything differs
or was not found within half a minute.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from tests.engine.comparing import differences, held
from tests.engine.indexing.test_saving import SAVES
from tests.engine.killing import KEY, MAKERS, RARE, SECRET, prose
from tests.engine.office_files import zipped

from strongroom_engine.indexing.looking.excluding import IGNORE_FILE, Rules
from strongroom_engine.indexing.looking.scan import scan
from strongroom_engine.library import Library
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_model
from strongroom_engine.settings import Settings

SOURCES = ("Papers", "Letters")
INNER = "Papers/Projects"
"""A folder of a source that is a source of its own at times."""
FEWEST, MOST = 100, 220
WITHIN_S = 30.0
REST_S = 3.0
LOOK_S = 0.03
NAMES = ("Rent", "Über uns", "Zürich 2024", "notes", "田中", "a.b.c", "Report (1)", "x & y", "é")
QUESTIONS = ("Who pays the rent?", SECRET, "terms of the lease", "the keeper of the lighthouse")

Where = dict[str, frozenset[str]]
"""For each marker, a word that stands in one version of one document, the paths that hold it."""


class Remembering(OnnxEmbedder):
    """The real model; a passage that was embedded before need not be for the comparison."""

    known: dict[str, Any]

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.known = getattr(self, "known", {})
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        if new:
            self.known.update(zip(new, super().embed(new), strict=True))
        return np.array([self.known[text] for text in texts])


class Documents:
    """Makes documents with a marker, and knows which it has made by their content."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._markers: dict[str, dict[str, str]] = {}

    def made(self, kind: str) -> bytes:
        inside: dict[str, str] = {}
        if kind == "zip":
            parts = {name: self._text(inside, name) for name in ("one.txt", "inner/two.md")}
            content = zipped(parts)
            for name, text in parts.items():
                self._markers[_hash(text)] = {"": inside[name]}
        elif kind in ("txt", "md", "csv", "html"):
            content = self._text(inside, "", kind)
        else:
            content = MAKERS[kind](self._dice)
        self._markers[_hash(content)] = inside
        return content

    def edited(self, content: bytes) -> bytes:
        """The same text with another paragraph and marker."""
        inside: dict[str, str] = {}
        old = content.decode("utf-8", "replace").partition("\n\n")[2]
        made = self._text(inside, "").partition(b"\n\n")[0] + b"\n\n" + old.encode()
        self._markers[_hash(made)] = inside
        return made

    def longer(self, content: bytes) -> bytes:
        """What is to be written behind it."""
        more = prose(self._dice, 1).encode()
        inside = self._markers.get(_hash(content), {})
        self._markers[_hash(content + more)] = inside
        return more

    def _text(self, inside: dict[str, str], name: str, kind: str = "") -> bytes:
        inside[name] = marker = f"zq{self._dice.randrange(10**9):09}x"
        if kind == "csv":
            return f"Tenant;Rent\n{marker};{self._dice.randrange(999)}\nBo;7\n".encode()
        text = f"{marker} stands here. {prose(self._dice, self._dice.choice((1, 1, 3, 12)))}"
        if kind == "html":
            return f"<html><body><h1>Lease</h1><p>{text}</p></body></html>".encode()
        return text.encode()

    def in_file(self, path: str) -> Iterator[tuple[str, str]]:
        """(marker, path of what holds it), unless its name says that it is something else."""
        if Path(path).suffix.lower() not in (".txt", ".md", ".csv", ".html", ".zip"):
            return
        try:
            content = Path(path).read_bytes()
        except OSError:
            return
        for inner, marker in self._markers.get(_hash(content), {}).items():
            yield marker, f"{path}/{inner}" if inner else path


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Life:
    """One library, its sources, and what is done to them."""

    def __init__(self, root: Path, options: argparse.Namespace) -> None:
        self._root, self._options = root, options
        self.dice = random.Random(options.seed)
        self.documents = Documents(self.dice)
        self.embedder = Remembering(embedding_model("all-MiniLM-L6-v2").folder, threads=1)
        self.hidden = self.paused = False
        self.troubles: list[str] = []
        self.times: list[tuple[float, str]] = []
        self.done: list[str] = []
        self.comparisons = 0
        self._make_folders()
        self.library = self._opened("library")
        for source in SOURCES:
            self.library.add(str(root / source))
        self.library.watch()

    def _opened(self, name: str) -> Library:
        settings = Settings(index_hidden=self.hidden, embed_threads=1)
        return Library(self._root / name, KEY, settings=settings, embedder=self.embedder)

    def _make_folders(self) -> None:
        for source in SOURCES:
            for name in ("a", "b/deep", "Projects"):
                (self._root / source / name).mkdir(parents=True)
        for _ in range(FEWEST // 2):
            self.new()
        if self._options.folder:
            shutil.copytree(self._options.folder, self._root / SOURCES[0] / "real")

    # --- what there is ---------------------------------------------------------------------------

    def _all(self, *, folders: bool) -> list[Path]:
        every = (path for source in SOURCES for path in (self._root / source).rglob("*"))
        found = [path for path in every if path.is_dir() == folders and not path.is_symlink()]
        return sorted(path for path in found if path.name != IGNORE_FILE)

    def file(self, *kinds: str) -> Path:
        files = self._all(folders=False)
        wanted = [file for file in files if file.suffix[1:] in kinds] if kinds else files
        return self.dice.choice(wanted or files)

    def folder(self) -> Path:
        tops = [self._root / source for source in SOURCES]
        return self.dice.choice([*tops, *self._all(folders=True)])

    def fresh(self, ending: str = "", *, inside: Path | None = None) -> Path:
        """A path where nothing is."""
        folder = inside or self.folder()
        return folder / f"{self.dice.choice(NAMES)}{self.dice.randrange(10**6)}{ending}"

    def where(self) -> Where:
        """Where each marker stands on the disk, of what is to be indexed."""
        found: dict[str, set[str]] = defaultdict(set)
        paths = [source.path for source in self.library.sources()]
        for source in paths:
            others = [other for other in paths if other.startswith(f"{source}/")]
            exclusions = self.library.indexing.exclusions()
            rules = Rules(source, exclusions, hidden=self.hidden)
            with suppress(Exception):
                for facts, _ in scan(source, (), rules, others=others):
                    for marker, path in self.documents.in_file(facts.path):
                        found[marker].add(path)
        return {marker: frozenset(paths) for marker, paths in found.items()}

    def found(self, marker: str) -> list[str]:
        hits = self.library.search(marker, method="lexical").hits
        return sorted(path for hit in hits for path in (hit.file, *hit.copies))

    # --- living ----------------------------------------------------------------------------------

    def go_on(self) -> None:
        ends = time.monotonic() + self._options.minutes * 60
        while time.monotonic() < ends:
            until = min(time.monotonic() + self._options.every, ends)
            while time.monotonic() < until:
                if self.dice.random() < 0.8:
                    self._alone()
                else:
                    self._burst()
            self.compare()

    def _act(self) -> str:
        count = len(self._all(folders=False))
        acts = ACTS if count < MOST else [act for act in ACTS if act.__name__.startswith("delete")]
        act = self.dice.choice(acts if count > FEWEST else [Life.new, Life.copy_tree])
        with suppress(FileNotFoundError, FileExistsError, NotADirectoryError):
            act(self)
        name = act.__name__
        self.done.append(name)
        if self._options.verbose:
            print(f"  {name}", flush=True)
        return name

    def _burst(self) -> None:
        """Much at once; it is not measured."""
        for _ in range(self.dice.randint(3, 12)):
            self._act()
            time.sleep(self.dice.choice((0, 0, 0.01, 0.2, 1.5)))
        self.settle()

    def _alone(self) -> None:
        """One thing, and how long until it is true of the index."""
        before = self.where()
        kind = self._act()
        ended = time.monotonic()
        after = self.where()
        changed = [one for one in {*before, *after} if before.get(one) != after.get(one)]
        changed = self.dice.sample(sorted(changed), min(len(changed), 8))
        if self.paused or kind in UNMEASURED:
            self.resume()
            return
        for marker in changed:
            wanted = sorted(after.get(marker, ()))
            while (found := self.found(marker)) != wanted:
                if time.monotonic() > ended + WITHIN_S:
                    self._trouble(f"after {kind}: {marker} is found in {found} and not {wanted}")
                    return
                time.sleep(LOOK_S)
        if changed:
            self.times.append((time.monotonic() - ended, kind))
            if self._options.verbose:
                print(f"  {kind}: {self.times[-1][0]:.2f} s", flush=True)

    def _trouble(self, text: str) -> None:
        self.troubles.append(text)
        print(text, f"  [{', '.join(self.done[-14:])}]", flush=True)

    def settle(self) -> None:
        """Until nothing has changed in the library for a while, and nothing waits."""
        self.resume()
        rested, before = time.monotonic(), None
        gives_up = rested + 240
        while time.monotonic() < min(rested + REST_S, gives_up):
            status = self.library.status()
            now = (status.documents, status.chunks, status.embedded)
            waits = status.documents["pending"] or status.documents["readable"]
            if now != before or waits:
                rested, before = time.monotonic(), now
            time.sleep(0.1)

    def compare(self) -> None:
        """What it holds now, and what one that is made now does."""
        self.settle()
        self.comparisons += 1
        ours = held(self.library, QUESTIONS, ["lexical"])
        with self._opened("fresh") as fresh:
            for source in self.library.sources():
                fresh._store.add_source(source.path, source.collection)
            fresh.rescan()
            theirs = held(fresh, QUESTIONS, ["lexical"])
        shutil.rmtree(self._root / "fresh")
        found = list(differences(ours, theirs))
        if not found:
            print(f"equal: {len(theirs['documents'])} documents, {theirs['embedded']}", flush=True)
            return
        for trouble in found:
            self._trouble(trouble)
        self.library.rescan()
        left = len(list(differences(held(self.library, QUESTIONS, ["lexical"]), theirs)))
        print(f"{len(found)} differences, {left} of them after another look", flush=True)

    # --- what is done ----------------------------------------------------------------------------

    def new(self) -> None:
        kind = self.dice.choice([kind for kind in (*MAKERS, "txt", "html") if kind != RARE])
        self.fresh(f".{kind}").write_bytes(self.documents.made(kind))

    def edit(self) -> None:
        file = self.file("txt", "md")
        file.write_bytes(self.documents.edited(file.read_bytes()))

    def append(self) -> None:
        file = self.file("txt", "md", "csv")
        with file.open("ab") as end:
            end.write(self.documents.longer(file.read_bytes()))

    def save(self) -> None:
        file = self.file("txt", "md", "csv", "html", "docx", "pdf", "xlsx", "zip")
        if (kind := file.suffix[1:]) in (*MAKERS, "html"):
            how = self.dice.choice(list(SAVES.values()))
            how(file, self.documents.made(kind))

    def replace(self) -> None:
        file = self.file("txt", "md", "csv", "html", "zip", "docx")
        if file.suffix[1:] not in (*MAKERS, "html"):
            return
        beside = file.with_name(f"{file.name}.part")
        beside.write_bytes(self.documents.made(file.suffix[1:]))
        beside.replace(file)

    def swap(self) -> None:
        """Two files change places."""
        one, other = self.file(), self.file()
        if one != other:
            beside = one.with_name(f".{one.name}.part")
            one.rename(beside)
            other.rename(one)
            beside.rename(other)

    def take_place(self) -> None:
        """A file is moved over another one."""
        self.file().replace(self.file())

    def rename(self) -> None:
        file = self.file()
        file.rename(self.fresh(file.suffix, inside=file.parent))

    def rename_ending(self) -> None:
        file = self.file()
        file.rename(self.fresh(self.dice.choice((".txt", ".bak", ".pdf", "", ".part"))))

    def rename_case(self) -> None:
        file = self.file()
        if not file.with_name(file.name.swapcase()).exists():
            file.rename(file.with_name(file.name.swapcase()))

    def move(self) -> None:
        file = self.file()
        file.rename(self.fresh(file.suffix))

    def move_folder(self) -> None:
        folders = self._all(folders=True)
        folder, to = self.dice.choice(folders), self.folder()
        if not to.is_relative_to(folder) and folder != self._root / INNER:
            folder.rename(self.fresh(inside=to))

    def delete(self) -> None:
        self.file().unlink()

    def delete_folder(self) -> None:
        small = (one for one in self._all(folders=True) if len(list(one.rglob("*"))) < 12)
        folders = [one for one in small if one != self._root / INNER]
        if folders:
            shutil.rmtree(self.dice.choice(folders))

    def delete_and_make_again(self) -> None:
        file = self.file()
        content = file.read_bytes()
        file.unlink()
        time.sleep(self.dice.choice((0, 0.5, 1.5)))
        file.write_bytes(content)

    def copy(self) -> None:
        file = self.file()
        shutil.copy2(file, self.fresh(file.suffix))

    def copy_tree(self) -> None:
        folders = [one for one in self._all(folders=True) if 1 < len(list(one.rglob("*"))) < 30]
        if not folders:
            return
        folder, to = self.dice.choice(folders), self.fresh()
        if not to.is_relative_to(folder):
            shutil.copytree(folder, to, symlinks=True)

    def unzip(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.documents.made("zip"))) as archive:
            archive.extractall(self.fresh())

    def unzip_here(self) -> None:
        file = self.file("zip")
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(file) as archive:
            archive.extractall(self.fresh(inside=file.parent))

    def file_for_folder(self) -> None:
        small = (one for one in self._all(folders=True) if len(list(one.rglob("*"))) < 5)
        folders = [one for one in small if one != self._root / INNER]
        if folders:
            folder = self.dice.choice(folders)
            shutil.rmtree(folder)
            folder.write_bytes(self.documents.made("txt"))

    def folder_for_file(self) -> None:
        file = self.file("txt", "zip", "md")
        file.unlink()
        file.mkdir()
        (file / "inside.txt").write_bytes(self.documents.made("txt"))

    def touch(self) -> None:
        self.file().touch()

    def restore(self) -> None:
        """A backup brings another version with an older time."""
        file = self.file("txt", "md", "csv", "html")
        file.write_bytes(self.documents.made(file.suffix[1:]))
        old = time.time() - 1e7 * self.dice.random()
        os.utime(file, (old, old))

    def keep_time(self) -> None:
        """Another file, mostly of the same size, with the time and in the place of the first."""
        file = self.file("csv")
        before, content = file.stat(), self.documents.made("csv")
        beside = file.with_name(f"{file.name}.part")
        beside.write_bytes(content)
        os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
        beside.replace(file)

    def hide(self) -> None:
        file = self.file()
        name = file.name.lstrip(".") if file.name.startswith(".") else f".{file.name}"
        if not file.with_name(name).exists():
            file.rename(file.with_name(name))

    def forbid(self) -> None:
        file = self.file("txt", "md")
        file.chmod(0 if file.stat().st_mode & 0o400 else 0o644)

    def damage(self) -> None:
        file = self.file("docx", "pdf", "xlsx", "zip")
        content = file.read_bytes()
        file.write_bytes(content[: len(content) // 2])

    def empty(self) -> None:
        self.file().write_bytes(b"")

    def link(self) -> None:
        target = self.dice.choice([self.file(), self.folder(), self._root / "nowhere"])
        self.fresh(target.suffix).symlink_to(target)

    def unlink(self) -> None:
        every = (path for source in SOURCES for path in (self._root / source).rglob("*"))
        links = sorted(path for path in every if path.is_symlink())
        if links:
            self.dice.choice(links).unlink()

    def hard_link(self) -> None:
        file = self.file()
        os.link(file, self.fresh(file.suffix))

    def rules(self) -> None:
        file = self.folder() / IGNORE_FILE
        lines = [f"{self.dice.choice(NAMES)}*", "*.csv", "deep/", "!*1.csv", "/a/", "*.zip"]
        if file.exists() and self.dice.random() < 0.7:
            file.unlink()
        else:
            file.write_text("\n".join(self.dice.sample(lines, 2)))

    def hide_or_not(self) -> None:
        self.hidden = not self.hidden
        self.library.indexing.use_settings(Settings(index_hidden=self.hidden, embed_threads=1))

    def inner_source(self) -> None:
        """A folder becomes a source of its own, before the one around it, or belongs to that one."""
        inner, outer = (str(self._root / one) for one in (INNER, SOURCES[0]))
        if inner in {source.path for source in self.library.sources()}:
            self.library.remove(inner)
            return
        Path(inner).mkdir(exist_ok=True)
        self.library.remove(outer)
        self.library.add(inner)
        self.library.add(outer)

    def source(self) -> None:
        place = self._root / self.dice.choice(SOURCES)
        self.library.remove(str(place))
        self._act_on_files()
        self.library.add(str(place))

    def pause(self) -> None:
        self.library.indexing.pause()
        self.paused = True

    def resume(self) -> None:
        if self.paused:
            self.library.indexing.pause(False)
            self.paused = False

    def close(self) -> None:
        self.resume()
        self.library.close()
        self._act_on_files()
        self.library = self._opened("library")
        self.library.watch()
        self.library.rescan()

    def _act_on_files(self) -> None:
        for act in self.dice.choices(ON_FILES, k=6):
            with suppress(FileNotFoundError, FileExistsError, NotADirectoryError):
                act(self)
            self.done.append(f"({act.__name__})")


ON_FILES: list[Callable[[Life], None]] = [
    *(Life.new, Life.edit, Life.append, Life.save, Life.replace, Life.swap, Life.take_place),
    *(Life.rename, Life.rename_ending, Life.rename_case, Life.move, Life.move_folder),
    *(Life.delete, Life.delete_folder, Life.delete_and_make_again, Life.copy, Life.copy_tree),
    *(Life.unzip, Life.unzip_here, Life.file_for_folder, Life.folder_for_file, Life.touch),
    *(Life.restore, Life.keep_time, Life.hide, Life.forbid, Life.damage, Life.empty),
    *(Life.link, Life.unlink, Life.hard_link, Life.rules),
]
OFTEN = [Life.new, Life.edit, Life.edit, Life.save, Life.save, Life.rename, Life.move, Life.delete]
ACTS = [
    *(*ON_FILES, *ON_FILES, *OFTEN, *OFTEN),
    *(Life.hide_or_not, Life.inner_source, Life.source, Life.pause, Life.close),
]
UNMEASURED = {act.__name__ for act in (Life.pause, Life.close, Life.source, Life.inner_source)}


def report(life: Life, took_s: float) -> None:
    times = sorted(life.times)
    if times:
        seconds = [one for one, _ in times]
        print(
            f"{len(times)} single changes: median {statistics.median(seconds):.2f} s,"
            f" 95th percentile {seconds[int(0.95 * (len(seconds) - 1))]:.2f} s, worst:",
            ", ".join(f"{kind} {one:.2f} s" for one, kind in times[:-6:-1]),
        )
    print(
        f"{len(life.done)} acts in {took_s:.0f} s, {life.comparisons} comparisons with a fresh"
        f" library; troubles: {len(life.troubles)}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--every", type=float, default=60, help="seconds between comparisons")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a new folder for documents and library")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as scratch:
        root = options.keep or Path(scratch)
        root.mkdir(exist_ok=True)
        life = Life(root.resolve(), options)
        try:
            life.go_on()
        finally:
            life.library.close()
    report(life, time.monotonic() - began)
    return 1 if life.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
