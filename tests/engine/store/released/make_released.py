"""Makes a small library with the code of a released schema, for the tests of migrations.

    git archive COMMIT engine assets | tar -x -C OLD
    cd /tmp && PYTHONPATH=OLD/engine PYTHON make_released.py COMMIT TARGET

COMMIT is the last one that wrote that schema; TARGET/N.json and TARGET/N.db.xz are made of schema N.
The code of then adds real files, searches them, and keeps what it could keep of the user's; the
database is decrypted and compacted, so that it is small here, and encrypted again in the tests.
"""

from __future__ import annotations

import email.message
import importlib.util
import json
import lzma
import re
import shutil
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import apsw
import numpy as np
import openpyxl
import pymupdf

from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey, connection, schema

KEY = LibraryKey(bytes(range(32)), "key file")
PLACE = Path("/tmp/strongroom-released")
"""Where the documents were; the library goes on knowing them, and they are away."""
QUESTIONS = ("heron lease rent", "bicycle cellar key", "boiler inspection")
RENT = "How high is the rent?"


class Lengths:
    """Embeds a text as the lengths of its words."""

    model, dimensions, max_tokens = "word-lengths", 16, 256
    languages: tuple[str, ...] = ("en",)
    unrelated_cosine = 0.0

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([self.embed_query(text) for text in texts], np.float32)

    def embed_query(self, text: str) -> np.ndarray:
        lengths = [len(word) for word in text.split()][: self.dimensions]
        vector = np.array(lengths + [0] * (self.dimensions - len(lengths)), np.float32)
        vector[-1] += 1
        return vector / np.float32(np.linalg.norm(vector))

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]


def main(commit: str, target: Path) -> None:
    """Make the library and what it is to be compared with."""
    shutil.rmtree(PLACE, ignore_errors=True)
    version = schema.current_version()
    _write_documents(version)
    folder = PLACE / "library"
    with Library(folder, KEY, embedder=Lengths()) as library:
        library.add(str(PLACE / "leases"), "Leases")
        library.add(str(PLACE / "letters"), "Letters")
        _keep_things(library)
        holds = _told(library)
    made = {"commit": commit, "header": (folder / "library.json").read_text(), "holds": holds}
    (target / f"{version}.json").write_text(json.dumps(made, indent=1, sort_keys=True) + "\n")
    _write_plain(folder, target / f"{version}.db.xz")
    shutil.rmtree(PLACE)


def _write_plain(folder: Path, file: Path) -> None:
    db = connection.connect(folder, KEY.raw, write=True)
    db.pragma("journal_mode", "delete")
    db.pragma("rekey", "")
    db.execute("VACUUM")
    db.close()
    file.write_bytes(lzma.compress((folder / "library.db").read_bytes(), preset=9))


# --- documents ---------------------------------------------------------------------------------------


def _write_documents(version: int) -> None:
    leases, letters = PLACE / "leases", PLACE / "letters"
    for folder in (leases, letters):
        folder.mkdir(parents=True)
    paper = pymupdf.open()
    for text in (
        "The rent of Heron House is 1,200 euros, says the heron lease.",
        "The roof leaks.",
    ):
        paper.new_page().insert_text((72, 72), text)
    paper.save(leases / "Heron lease.pdf")
    (leases / "Cellar.md").write_text(
        "# Cellar\n\nThe key of the bicycle cellar hangs by the door.\n"
    )
    (letters / "Boiler.txt").write_text("The boiler inspection is due on 5 January 2024.\n")
    (letters / "Broken.pdf").write_bytes(b"%PDF-1.7 nothing of it is left")
    if version >= 12:
        _write_containers(letters)


def _write_containers(letters: Path) -> None:
    mail = email.message.EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ann@example.org", "bob@example.org", "Gutter"
    mail["Message-ID"], mail["Date"] = "<1@example.org>", "Fri, 05 Jan 2024 10:00:00 +0000"
    mail.set_content("The gutter is blocked by leaves.")
    mail.add_attachment("The gutter was cleaned in March.", filename="Cleaning.txt")
    (letters / "Gutter.eml").write_bytes(bytes(mail))
    book = openpyxl.Workbook()
    for row in (("Tenant", "Rent"), ("Ann", 310), ("Bob", 420)):
        book.active.append(row)
    book.save(letters / "Rents.xlsx")
    with zipfile.ZipFile(letters / "Old.zip", "w") as archive:
        archive.writestr("Chimney.txt", "The chimney was swept in October.")


# --- what the user made ------------------------------------------------------------------------------


def _keep_things(library: Any) -> None:
    """What that Strongroom could keep; each kind by what it was called then."""
    store = library._store
    lease = str(PLACE / "leases" / "Heron lease.pdf")
    if hasattr(store, "put_judgement"):
        _judge(store, lease)
    if hasattr(store, "put_review"):
        from strongroom_engine.types import Cell, Citation, Column, Review

        store.put_review(Review("Leases", (Column(RENT, "Rent"),), (lease,)))
        cited = Citation(1, lease, 1, 0, 8, "The rent")
        store.put_cell(Cell(lease, RENT, "1,200 euros", False, (cited,)), store.content_hash(lease))
    if hasattr(store, "conversations"):
        _talk(store, lease)
    if hasattr(store, "managing"):
        from strongroom_engine.types import Exclusion

        store.managing.exclude(Exclusion("", "*.tmp"))
        store.managing.exclude(Exclusion(str(PLACE / "letters"), str(PLACE / "letters" / "old")))
    if hasattr(store, "quality_runs"):
        from strongroom_engine.judging import Figure, QualityRun

        store.quality_runs.add(QualityRun(1.5, 1, 0, (Figure("found", 1, 1),)))
    if hasattr(store, "passwords"):
        store.passwords.give(lease, "heron")
    if hasattr(store, "recognised"):
        store.recognised.keep("0" * 64, 1, 0.9, b"\x90")


def _judge(store: Any, lease: str) -> None:
    apart = importlib.util.find_spec("strongroom_engine.judging")
    then: Any = importlib.import_module(f"strongroom_engine.{'judging' if apart else 'types'}")
    place = then.Place(lease, page=1, quote="1,200 euros")
    answer = then.JudgedAnswer("1,200 euros", True)
    store.put_judgement(then.Judgement(RENT, (place,), (answer,), changed=1.0))


def _talk(store: Any, lease: str) -> None:
    from strongroom_engine.types import Answer, Asked, Citation, Hit, Timings

    cited = (Citation(1, lease, 1, 0, 8, "The rent"),)
    hits = (Hit(1, lease, 1, 0, 8, "", 1.0, "The rent of Heron House"),)
    row = store.conversations.put_question("talk", Asked(RENT, documents=(lease,)), "The rent")
    answer = Answer(RENT, "It is 1,200 euros.", False, (), cited, hits, "m", Timings())
    store.conversations.put_answer(row, answer)
    store.conversations.put_question("talk", Asked("And the roof?"), "The rent")


def _told(library: Any) -> dict[str, Any]:
    """What the library holds by what that Strongroom says of it."""
    found = {question: library.search(question, 3).hits for question in QUESTIONS}
    return {
        "sources": {source.path: source.collection for source in library.sources()},
        "documents": {one.path: str(one.state) for one in library.documents()},
        "texts": {one.path: library._store.document_text(one.path) for one in library.documents()},
        "best": {question: hits[0].file for question, hits in found.items()},
    }


if __name__ == "__main__":
    assert apsw.Connection(":memory:").pragma("cipher")
    main(sys.argv[1], Path(sys.argv[2]))
