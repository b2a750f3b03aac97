"""A text as a small sketch: two of them tell how alike the texts are, and whether they are versions
of one document or one form that was filled in for different people.

MinHash (Broder, 1997) of the runs of `RUN` words; characters are the words of scripts that are
written without spaces. Which words make no difference, so it holds for every language. Beside it
stands what names stand in which places: the lease of another tenant has other names in the same
places, and is no version, however alike the two are.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np
import numpy.typing as npt

from strongroom_engine.store.lexicon.words import UNSEGMENTED, WORD

VERSION = "1"
"""Raised when the same text gives another sketch; `signatures` then makes them all anew."""
WORDS_LEAST = 50
"""Shorter texts are alike by chance: they have no sketch."""
RUN = 3
HASHES = 128
"""The likeness of two texts is told to about .03."""
BANDS = 32
"""Two texts that have a band in common are looked at: as good as all versions have one."""
ALIKE = 0.75
"""Versions have so much of their text in common. Of 577 pairs from histories of policies, terms
and laws 92 of 100 have, of 480 pairs of different documents beside them 1."""
NAMES = 192
"""Names that are kept with their places; those of the parties stand at the beginning."""
NAME_WORDS = 6
AT_ONCE = 1_000_000
"""Characters whose words are looked for at once."""
RUNS_AT_ONCE = 1 << 16
"""Runs that are hashed at once: so many are near the processor."""
OTHER_NAMES = 2
"""So many places with another name in each make a form filled in twice."""

_U64 = npt.NDArray[np.uint64]
_U32 = npt.NDArray[np.uint32]
_SPACE = re.compile(r"\s")
_PLAIN = re.compile("[A-Za-z0-9]+")
"""`WORD` in plain letters."""
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def sketch(text: str, look: Callable[[], None] = lambda: None) -> bytes:
    """The sketch of a text; empty where it has too few words. `look` is called meanwhile, and may
    end it: of a long text it takes seconds."""
    written = _written(text, look)
    if len(written) < WORDS_LEAST:
        return b""
    folded = {word: word.casefold() for word in set(written)}
    words = [folded[word] for word in written]
    look()
    hashes = {word: _hash(word) for word in set(words)}
    look()
    least = _least(np.fromiter(map(hashes.__getitem__, words), np.uint64, len(words)), look)
    named = [(place, hashes[word]) for place, word in islice(_named(written, words), NAMES)]
    return least.astype("<u4").tobytes() + np.array(named, "<u4").tobytes()


def bands(made: bytes) -> list[int]:
    """The bands of a sketch, signed 64-bit numbers."""
    rows = _hashes(made).astype(np.uint64).reshape(BANDS, -1)
    joined = np.zeros(BANDS, np.uint64)
    for column in rows.T:
        joined = _mixed(joined ^ column)
    return [int(band) for band in joined.view(np.int64)]


def likenesses(sketches: Sequence[bytes]) -> npt.NDArray[np.float64]:
    """How much of each two texts is common to both, 0 to 1."""
    rows = np.stack([_hashes(one) for one in sketches])
    common = np.array([(rows == row).mean(axis=1) for row in rows])
    found: npt.NDArray[np.float64] = 2 * common / (1 + common)  # of all runs, not of different ones
    return found


@lru_cache(maxsize=2048)
def one_form(one: bytes, other: bytes) -> bool:
    """Whether the two have different names in the same places."""
    (ours, our_names), (theirs, their_names) = _names(one), _names(other)
    places = ours.keys() & theirs.keys()
    others = (not ours[at] <= their_names and not theirs[at] <= our_names for at in places)
    return sum(others) >= OTHER_NAMES


# --- words ------------------------------------------------------------------------------------------


def _written(text: str, look: Callable[[], None]) -> list[str]:
    """The words as they are written, but for addresses, which say little about a text. Each is kept
    once: of a long text they would take more memory than all else."""
    kept: dict[str, str] = {}
    written: list[str] = []
    for part in _parts(text):
        look()
        written += [kept.setdefault(word, word) for word in _words_of(part)]
    return written


def _parts(text: str) -> Iterator[str]:
    """Stretches of the text, cut where a space is."""
    start = 0
    while start < len(text):
        space = _SPACE.search(text, start + AT_ONCE)
        end = space.start() if space else len(text)
        yield text[start:end]
        start = end


def _words_of(text: str) -> list[str]:
    text = " ".join(word for word in text.split() if "/" not in word and "@" not in word)
    if text.isascii():
        return _PLAIN.findall(text)
    text = unicodedata.normalize("NFKC", text)
    return WORD.findall(UNSEGMENTED.sub(lambda run: f" {' '.join(run.group())} ", text))


def _hash(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "replace"))


# --- MinHash -----------------------------------------------------------------------------------------


def _least(words: _U64, look: Callable[[], None]) -> _U32:
    """The least hash of all runs of words, for each of `HASHES` ways to hash them."""
    seeds = _mixed(np.arange(1, HASHES + 1, dtype=np.uint64)) | np.uint64(1)
    least = np.full(HASHES, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(words) - RUN + 1, RUNS_AT_ONCE):
        look()
        some = words[start : start + RUNS_AT_ONCE + RUN - 1]
        runs = np.zeros(len(some) - RUN + 1, np.uint64)
        for at in range(RUN):
            runs = _mixed(runs ^ some[at : at + len(runs)])
        found = np.fromiter(((runs * seed).min() for seed in seeds), np.uint64, HASHES)
        least = np.minimum(least, found)
    return (least >> np.uint64(32)).astype(np.uint32)


def _mixed(values: _U64) -> _U64:
    """The numbers well mixed (SplitMix64), wrapping round at 64 bits."""
    values = (values + np.uint64(0x9E3779B97F4A7C15)).astype(np.uint64)
    for factor, shift in zip(_MIX, (30, 27), strict=True):
        values = (values ^ (values >> np.uint64(shift))) * factor
    mixed: _U64 = values ^ (values >> np.uint64(31))
    return mixed


def _hashes(made: bytes) -> _U32:
    return np.frombuffer(made, "<u4", HASHES)


# --- names -------------------------------------------------------------------------------------------


def _named(written: Sequence[str], words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(place, word) of the names in the text, in its order. A name is a run of words that are
    written large more often than small; its place is the two words on each side of it."""
    large = _large(written)
    end = 0
    for at, word in enumerate(written):
        if at < end or word not in large:
            continue
        end = at + 1
        while end < len(words) and written[end] in large:
            end += 1
        if end - at <= NAME_WORDS and not _is_month(words, at, end):
            place = _place(words, at, end)
            yield from ((place, part) for part in words[at:end])


def _large(written: Sequence[str]) -> frozenset[str]:
    """The words that are names, as they are written."""
    counts = Counter(written)
    large: Counter[str] = Counter()
    for word, count in counts.items():
        if word[0].isupper() and word[1:]:
            large[word.casefold()] += count
    return frozenset(
        word
        for word in counts
        if word[0].isupper() and large[word.casefold()] > counts[word.casefold()]
    )


def _is_month(words: Sequence[str], at: int, end: int) -> bool:
    """Whether it may be one: one word beside a number. A later version has another date."""
    beside = (*words[max(at - 1, 0) : at], *words[end : end + 1])
    return end - at == 1 and any(word.isdigit() for word in beside)


def _place(words: Sequence[str], at: int, end: int) -> int:
    """The words around, numbers alike."""
    around = (*words[max(at - 2, 0) : at], "", *words[end : end + 2])
    plain = " ".join("0" if word.isdigit() else word for word in around)
    return _hash(plain)


@lru_cache(maxsize=128)
def _names(made: bytes) -> tuple[dict[int, set[int]], set[int]]:
    """The names of a sketch by their places, and all of them."""
    found: dict[int, set[int]] = {}
    kept = np.frombuffer(made, "<u4", offset=4 * HASHES).reshape(-1, 2).tolist()
    for place, word in kept:
        found.setdefault(place, set()).add(word)
    return found, {word for _, word in kept}
