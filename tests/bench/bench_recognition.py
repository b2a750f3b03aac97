"""How surely and how fast text recognition reads a page: characters right, processor seconds a page.

    python tests/bench/bench_recognition.py FOLDERS_OR_FILES… [--pages N] [--worn]
                                            [--reference PYTHON]

Pages of PDFs with a text of their own are drawn by lot as a scanner would give them, read, and what
was read is compared with their text: letter for letter in order, and word for word without it, since
columns and tables may be told in more than one order. `--worn` turns, blurs and dirties the pages.
`--reference` names an interpreter that has RapidOCR with all that it needs: the same models with its
own steps around them read the same pages, on as many threads.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]

import numpy as np  # noqa: E402  # after the path above
import pymupdf  # noqa: E402
from PIL import Image, ImageFilter  # noqa: E402
from rapidfuzz.distance import Indel  # noqa: E402

from strongroom_engine.indexing.parse.clean import plain  # noqa: E402
from strongroom_engine.indexing.parse.pdf.text import extract  # noqa: E402
from strongroom_engine.indexing.parse.recognition import graphs  # noqa: E402
from strongroom_engine.indexing.parse.recognition.page import recognise  # noqa: E402

DPI = 200
LEAST_CHARACTERS = 400
SKEW_DEGREES = 1.5
RIGHT = 0.97
"""Words that have to be right for this to end well."""
_REFERENCE = """
import json, sys, time
from rapidocr import RapidOCR
threads, *pages = sys.argv[1:]
read = RapidOCR(params={
    "EngineConfig.onnxruntime.intra_op_num_threads": int(threads), "Global.log_level": "critical"
})
read(pages[0])
for page in pages:
    began = time.process_time()
    found = read(page)
    print(json.dumps([time.process_time() - began, chr(10).join(found.txts or ())]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A page as it was drawn, and what stands on it."""

    name: str
    picture: Image.Image
    truth: str


@dataclass(frozen=True, slots=True)
class Score:
    seconds: float
    letters: float
    words: float


def main() -> int:
    options = _options()
    dice = random.Random(options.seed)
    samples = list(_samples(options.paths, options.pages, dice, worn=options.worn))
    recognise(samples[0].picture, 1)  # the graphs are read from the disk
    scores = [_score(sample) for sample in samples]
    _tell(f"{graphs.name()}, {graphs.usual_threads()} threads", scores)
    if options.reference:
        reference = _reference(options.reference, samples)
        _tell("reference: RapidOCR's own pipeline", reference)
        times = [own.seconds / other.seconds for own, other in zip(scores, reference, strict=True)]
        print(f"{'ratio of time':<44} {median(times):.2f}")
    return 0 if _mean([score.words for score in scores]) >= RIGHT else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--worn", action="store_true")
    parser.add_argument("--reference", help="an interpreter that has RapidOCR")
    return parser.parse_args()


# --- pages ---------------------------------------------------------------------------------------


def _samples(
    paths: Sequence[Path], number: int, dice: random.Random, *, worn: bool
) -> Iterator[Sample]:
    files = [file for path in paths for file in (sorted(path.rglob("*.pdf")) or [path])]
    dice.shuffle(files)
    wanted = number
    for file in files * number:
        with pymupdf.open(file) as pdf:
            page = pdf[dice.randrange(pdf.page_count)]
            truth = plain(extract(page).text)
            if len(truth) >= LEAST_CHARACTERS:
                picture = _picture(page, dice if worn else None)
                yield Sample(f"{file.stem}, page {page.number + 1}", picture, truth)
                wanted -= 1
        if not wanted:
            return


def _picture(page: pymupdf.Page, dice: random.Random | None) -> Image.Image:
    drawn = page.get_pixmap(dpi=DPI, alpha=False)
    picture = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)
    return _worn(picture, dice) if dice else picture


def _worn(picture: Image.Image, dice: random.Random) -> Image.Image:
    """As a copy of a copy: askew, blurred, grey, with specks."""
    turned = picture.rotate(
        dice.uniform(-SKEW_DEGREES, SKEW_DEGREES), Image.Resampling.BICUBIC, fillcolor="white"
    ).filter(ImageFilter.GaussianBlur(0.8))
    grain = np.random.default_rng(dice.randrange(1 << 30)).normal(0, 14, turned.size[::-1])
    grey = np.asarray(turned.convert("L"), np.float32) * 0.85 + 20 + grain
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8)).convert("RGB")


# --- scores --------------------------------------------------------------------------------------


def _score(sample: Sample) -> Score:
    began = time.process_time()
    read = recognise(sample.picture, 1)
    score = _compared(time.process_time() - began, read.lines.text, sample.truth)
    print(
        f"{sample.name[:44]:<44} {score.seconds:5.1f} s  {score.letters:7.2%} of letters "
        f" {score.words:7.2%} of words  sure {read.confidence:.2f}",
        flush=True,
    )
    return score


def _compared(seconds: float, read: str, truth: str) -> Score:
    """Letters in order (white space aside), and words without order."""
    letters = Indel.normalized_similarity(_squeezed(read), _squeezed(truth))
    wanted, got = Counter(_words(truth)), Counter(_words(read))
    return Score(seconds, letters, (wanted & got).total() / max(wanted.total(), 1))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def _reference(python: str, samples: Sequence[Sample]) -> list[Score]:
    with tempfile.TemporaryDirectory() as folder:
        pages = [str(Path(folder) / f"{number:03}.png") for number in range(len(samples))]
        for page, sample in zip(pages, samples, strict=True):
            sample.picture.save(page, compress_level=1)
        command = [python, "-c", _REFERENCE, str(graphs.usual_threads()), *pages]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    told = [json.loads(line) for line in said.splitlines() if line.startswith("[")]
    pairs = zip(told, samples, strict=True)
    return [_compared(seconds, read, sample.truth) for (seconds, read), sample in pairs]


def _tell(name: str, scores: Sequence[Score]) -> None:
    print(
        f"{name[:44]:<44} {median(score.seconds for score in scores):5.1f} s "
        f" {_mean([score.letters for score in scores]):7.2%} of letters "
        f" {_mean([score.words for score in scores]):7.2%} of words  ({len(scores)} pages)"
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(len(values), 1)


if __name__ == "__main__":
    raise SystemExit(main())
