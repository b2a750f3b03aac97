"""What one changed paragraph of a long document costs: how many of its passages are embedded anew.

    python -m tests.bench.bench_edit [--pages N] [--only pdf|docx|txt|justified|two columns …]

A document of 500 pages is indexed; then a paragraph is changed, put in or taken out, near the
beginning, in the middle, near the end, and the library looks again. In a PDF and a DOCX what stands
behind it moves on, over the ends of pages; PDFs are printed in several layouts
(`tests/engine/printed.py`). Counted are the passages that the library gave to
the model. Parser, chunks, tokens and library are the real ones; the vectors are made up, since
only their number matters.
"""

from __future__ import annotations

import argparse
import io
import random
import secrets
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import docx
import numpy as np
import pymupdf
import pytest
from tests.engine.printed import LAYOUTS

from strongroom_engine.library import Library
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_model
from strongroom_engine.store import LibraryKey

WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()
PAGES = 500
A_PAGE = 5
"""Paragraphs on a page."""
LINES_A_PAGE = 50
MOST = 3
"""So many passages may be embedded for one paragraph."""

Paragraphs = list[str]


class Counting(OnnxEmbedder):
    """The real model's tokens, and how many passages it was given."""

    given = 0

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.given += len(texts)
        vectors = np.random.default_rng(7).normal(size=(len(texts), self.dimensions))
        unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        made: np.ndarray = unit.astype(np.float32)
        return made


# --- documents -------------------------------------------------------------------------------------


def paragraph(dice: random.Random) -> str:
    sentences = (dice.choices(WORDS, k=dice.randint(8, 20)) for _ in range(dice.randint(3, 7)))
    return " ".join(" ".join(words).capitalize() + "." for words in sentences)


def paragraphs(pages: int) -> Paragraphs:
    dice = random.Random(11)
    return [paragraph(dice) for _ in range(A_PAGE * pages)]


def txt(texts: Paragraphs) -> bytes:
    return "\n\n".join(texts).encode()


def docx_file(texts: Paragraphs) -> bytes:
    made = docx.Document()
    for text in texts:
        if _begins_section(text):
            made.add_heading(" ".join(text.split()[:3]), 1 + len(text) % 2)
        made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _begins_section(text: str) -> bool:
    """About one of eight: by its own words, so that a section stays where its text is."""
    return sum(text[:40].encode()) % 8 == 0


def pdf(texts: Paragraphs) -> bytes:
    """Lines flow over the pages, each with its number at the foot. They are broken by counting
    characters, so the type is one in which all are as wide."""
    with pymupdf.open() as made:
        for number, lines in enumerate(_pages(texts), 1):
            page = made.new_page()
            page.insert_text((55, 60), lines, fontname="cour", fontsize=9, lineheight=1.4)
            page.insert_text((290, 815), str(number), fontsize=9)
        return bytes(made.tobytes())


def _pages(texts: Paragraphs) -> Iterator[list[str]]:
    lines: list[str] = []
    for text in texts:
        lines += [*textwrap.wrap(text, 90), ""]
    while lines:
        page = "\n".join(lines[:LINES_A_PAGE]).strip("\n")
        yield page.split("\n")
        lines = lines[LINES_A_PAGE:]
        while lines and not lines[0]:
            lines = lines[1:]


MAKERS: dict[str, Callable[[Paragraphs], bytes]] = {
    "txt": txt,
    "docx": docx_file,
    "pdf": pdf,
    **LAYOUTS,
}

# --- edits -----------------------------------------------------------------------------------------


def edits(texts: Paragraphs) -> Iterator[tuple[str, Paragraphs]]:
    """One after the other: each edits what the one before left."""
    dice = random.Random(23)
    for place, share in (("the beginning", 0.02), ("the middle", 0.5), ("the end", 0.98)):
        at = round(share * len(texts))
        texts = [*texts[:at], paragraph(dice), *texts[at + 1 :]]
        yield f"changed near {place}", texts
        texts = [*texts[:at], paragraph(dice), *texts[at:]]
        yield f"put in near {place}", texts
        texts = [*texts[:at], *texts[at + 1 :]]
        yield f"taken out near {place}", texts


def measure(kind: str, pages: int) -> list[int]:
    """How many passages each edit gave to the model."""
    found = []
    embedder = Counting(embedding_model("all-MiniLM-L6-v2").folder)
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "papers" / f"report.{'pdf' if kind in LAYOUTS else kind}"
        file.parent.mkdir()
        texts = paragraphs(pages)
        file.write_bytes(MAKERS[kind](texts))
        key = LibraryKey(secrets.token_bytes(32), "key file")
        with Library(Path(made) / "library", key, embedder=embedder) as library:
            library.add(str(file.parent))
            whole = library.status().chunks
            print(f"{kind}: {pages} pages, {whole} passages, {embedder.given} embedded at first")
            for what, edited in edits(texts):
                file.write_bytes(MAKERS[kind](edited))
                embedder.given, began = 0, time.perf_counter()
                library.rescan()
                seconds = time.perf_counter() - began
                found.append(embedder.given)
                print(f"  a paragraph {what:24} {embedder.given:3} embedded, in {seconds:.1f} s")
    return found


@pytest.mark.bench
@pytest.mark.parametrize("kind", MAKERS)
def test_a_changed_paragraph_embeds_hardly_anything(kind: str) -> None:
    assert max(measure(kind, PAGES)) <= MOST


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--only", nargs="*", choices=MAKERS, default=list(MAKERS))
    options = parser.parse_args(arguments)
    most = max(max(measure(kind, options.pages)) for kind in options.only)
    print(f"most for one paragraph: {most} (wanted: at most {MOST})")


if __name__ == "__main__":
    main(sys.argv[1:])
