"""Whether the rectangles of a quote cover its words and nothing else, on the page as it is drawn.

    python tests/bench/bench_places.py [FOLDERS_OR_FILES…] [--quotes N] [--pictures FOLDER]

From each PDF quotes of one to twelve words are drawn by lot, over the ends of lines too. Each is
asked of the parser as a citation is, and judged by the ink of every letter (`tests/engine/ink.py`).
Some of the made ones are read by text recognition as well, from their picture alone; a quote in
which it misread a word cannot be judged, and is counted apart.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]

import pymupdf  # noqa: E402  # after the path above
from tests.engine.ink import PaintedPage, Verdict, squeezed  # noqa: E402
from tests.engine.made_pdfs import MADE, write  # noqa: E402

from strongroom_engine.errors import DocumentProblem  # noqa: E402
from strongroom_engine.indexing.parse.formats import detect  # noqa: E402
from strongroom_engine.indexing.parse.opening import OpenFile  # noqa: E402
from strongroom_engine.indexing.parse.pdf import document as pdf  # noqa: E402
from strongroom_engine.indexing.parse.pdf import scans  # noqa: E402
from strongroom_engine.indexing.parse.pdf.notes import BESIDE  # noqa: E402
from strongroom_engine.indexing.parse.pdf.text import extract  # noqa: E402
from strongroom_engine.indexing.parse.recognition.page import recognise  # noqa: E402
from strongroom_engine.reading.documents import rectangles  # noqa: E402
from strongroom_engine.types import Document  # noqa: E402

WIDTH_PX = 1400
MAX_WORDS = 12
MAX_PAGES = 6
SCANNED = frozenset(
    {
        "plain",
        "columns",
        "rotated 90",
        "rotated 180",
        "slanting 3",
        "small print",
        "table",
        "chinese",
    }
    | {"cramped", "kerned", "justified", "stretched"}
)
_WORD = re.compile(r"\S+")
_LINE = re.compile(r"[^\n\t]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A quote with what came of it."""

    file: Path
    page: int
    span: tuple[int, int]
    quote: str
    boxes: Sequence[tuple[float, float, float, float]]
    verdict: Verdict | None
    """None where a word was misread: nobody knows then what it should cover."""


def main() -> int:
    options = _options()
    dice = random.Random(options.seed)
    counts: dict[str, Counter[bool]] = {}
    misread: Counter[str] = Counter()
    failures: list[Asked] = []
    began = time.monotonic()
    with write(options.made) as made:
        kinds = [*_found(options.paths), *((f"made: {one.stem}", one) for one in made)]
        scanned = [(f"scan: {one.stem}", one) for one in made if one.stem in SCANNED]
        for kind, file in [*kinds, *scanned]:
            ask = _ask_scan if (kind, file) in scanned else _ask
            for asked in ask(file, options.quotes, dice):
                if asked.verdict is None:
                    misread[kind] += 1
                    continue
                counts.setdefault(kind, Counter())[asked.verdict.is_right] += 1
                if not asked.verdict.is_right:
                    failures.append(asked)
                    print(_said(asked), flush=True)
        _draw(failures, options.pictures)
    for kind, count in sorted(counts.items()):
        apart = f", {misread[kind]} misread" if misread[kind] else ""
        print(f"{kind:<24} {count[True]:>5} of {count.total():>5} right{apart}")
    right = sum(count[True] for count in counts.values())
    total = sum(count.total() for count in counts.values())
    print(f"{'all':<24} {right:>5} of {total:>5} right = {right / max(total, 1):.2%}")
    print(f"{time.monotonic() - began:.0f} s")
    return 0 if right >= 0.99 * total else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--quotes", type=int, default=20, help="of each file")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pictures", type=Path, help="where pictures of the failures go")
    parser.add_argument("--made", nargs="*", default=sorted(MADE), help="which of the made ones")
    return parser.parse_args()


def _found(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Each PDF with its kind: the folder it was found by."""
    for path in paths:
        files = sorted(path.rglob("*.pdf")) if path.is_dir() else [path]
        yield from ((path.name if path.is_dir() else path.parent.name, file) for file in files)


def _ask(path: Path, number: int, dice: random.Random) -> Iterator[Asked]:
    with path.open("rb") as file:
        source = OpenFile(str(path), file)
        try:
            if detect(source.path, file).parser != "pdf.document":
                return
            document = pdf.parse(source)
        except DocumentProblem:
            return
        for page, spans in _quotes(document, number, dice).items():
            yield from _judged(source, document, page, spans)


def _quotes(
    document: Document, number: int, dice: random.Random
) -> dict[int, list[tuple[int, int]]]:
    """Spans of words, by the number of their page."""
    unseen = [range(*span) for span in document.hidden]
    pages = [
        (page, origin)
        for page, origin in zip(document.pages, document.page_starts, strict=True)
        if page.text.strip()
    ]
    found: dict[int, list[tuple[int, int]]] = {}
    for page, origin in dice.sample(pages, min(len(pages), MAX_PAGES)):
        words = list(_WORD.finditer(page.text))
        for _ in range(-(-number // min(len(pages), MAX_PAGES))):
            first = dice.randrange(len(words))
            last = min(first + dice.randrange(MAX_WORDS), len(words) - 1)
            start, end = words[first].start(), words[last].end()
            if not any(span.start < origin + end and origin + start < span.stop for span in unseen):
                found.setdefault(page.number, []).append((start, end))
    return found


def _judged(
    source: OpenFile, document: Document, page: int, spans: Sequence[tuple[int, int]]
) -> Iterator[Asked]:
    text = document.pages[page - 1].text
    with pymupdf.open(source.path) as file:
        painted = PaintedPage(file[page - 1], WIDTH_PX)
        # Fields and comments: nothing paints them in the words they are told in.
        beside = [line for line in extract(file[page - 1]).lines if BESIDE in line.raw]
    spans = [
        (start, end)
        for start, end in spans
        if not any(line.start < end and start < line.end for line in beside)
    ]
    drawn = pdf.render(source, page, WIDTH_PX, tuple(spans))
    for span, boxes in zip(spans, drawn.rectangles, strict=True):
        quote = text[slice(*span)]
        verdict = painted.judge(_LINE.findall(quote), boxes)
        yield Asked(Path(source.path), page, span, quote, boxes, verdict)


def _ask_scan(path: Path, number: int, dice: random.Random) -> Iterator[Asked]:
    """The same of a page of which only the picture is read."""
    with pymupdf.open(path) as file:
        read = recognise(scans.picture(file[0]), 1).lines
        painted = PaintedPage(file[0], WIDTH_PX)
    written = squeezed("".join(glyph.text for glyph in painted.glyphs))
    words = list(_WORD.finditer(read.text))
    for _ in range(number):
        first = dice.randrange(len(words))
        last = min(first + dice.randrange(MAX_WORDS), len(words) - 1)
        span = words[first].start(), words[last].end()
        pieces = _LINE.findall(read.text[slice(*span)])
        boxes = rectangles(read, *span)
        legible = all(squeezed(piece) in written for piece in pieces)
        verdict = painted.judge(pieces, boxes) if legible else None
        yield Asked(path, 1, span, read.text[slice(*span)], boxes, verdict)


def _said(asked: Asked) -> str:
    verdict = asked.verdict
    assert verdict is not None
    return (
        f"{asked.file.name}, page {asked.page}, {asked.span}: {asked.quote!r}\n"
        f"    missed {verdict.missed!r}, wrong {verdict.wrong!r}, found {verdict.found}, "
        f"loose {verdict.loose}"
    )


def _draw(failures: Sequence[Asked], folder: Path | None) -> None:
    """Pictures of what is wrong, with the rectangles in red."""
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for number, asked in enumerate(failures):
        with pymupdf.open(asked.file) as file:
            page = file[asked.page - 1]
            rect, picture = page.rect, page.get_pixmap(dpi=110)
        size = picture.width / rect.width
        for box in asked.boxes:
            _outline(picture, [side * size * along for side, along in zip(
                box, (rect.width, rect.height) * 2, strict=True)])  # fmt: skip
        picture.save(folder / f"{number:03}-{asked.file.stem}-{asked.page}.png")


def _outline(picture: pymupdf.Pixmap, box: Sequence[float]) -> None:
    x0, y0, x1, y1 = map(round, box)
    for edge in (
        (x0, y0, x1, y0 + 1),
        (x0, y1 - 1, x1, y1),
        (x0, y0, x0 + 1, y1),
        (x1 - 1, y0, x1, y1),
    ):
        picture.set_rect(pymupdf.IRect(*edge), (255, 0, 0))


if __name__ == "__main__":
    raise SystemExit(main())
