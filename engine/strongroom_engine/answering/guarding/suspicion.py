"""Text in documents that is meant for a machine: found, shown marked, and kept from the model.

Whatever a document says is data. What cannot be seen in it (`StoredChunk.hidden`, found by the
parsers), orders to a machine, links that carry text away, imitations of a prompt's own marks and
unseen characters stay in the index, so that they can be searched for; they are reported as
`Suspicion`s wherever they are shown, and the model reads the passage without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from operator import itemgetter

import msgspec

from strongroom_engine.answering.guarding.disguise import Span, spelled, unseen, without_unseen
from strongroom_engine.answering.guarding.instructions import instructions
from strongroom_engine.answering.guarding.outgoing import FORGED, TOKENS, carrying, safe_output
from strongroom_engine.answering.text import trimmed
from strongroom_engine.answering.toml import decode_toml
from strongroom_engine.sentences import known as say
from strongroom_engine.settings import assets_folder
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Citation, Hit, Suspicion, locate

__all__ = ["neutral", "neutralised", "safe_output", "suspicions", "touching"]

HIDDEN = say.HIDDEN()
INSTRUCTION = say.INSTRUCTION()
LINK = say.LINK()
TOKEN = say.TOKEN()
UNSEEN = say.UNSEEN()
MAX_SHOWN = 400
"""Characters of a suspicion's text that are shown."""


class _Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in a prompt where something was left out."""

    instruction: str
    link: str


@cache
def _marks() -> _Marks:
    file = assets_folder() / "suspicion" / "marks.toml"
    return decode_toml(file.read_bytes(), type=_Marks)


def suspicions(passages: Iterable[StoredChunk]) -> tuple[Suspicion, ...]:
    """What in the passages is not to be trusted, in their order and each thing once."""
    found = (_suspicion(passage, span, why) for passage in passages for span, why in _all(passage))
    return tuple(dict.fromkeys(found))


def touching(place: Citation | Hit, suspected: Sequence[Suspicion]) -> tuple[Suspicion, ...]:
    """The suspicions that a citation or hit overlaps; it is to be shown marked where there are."""
    return tuple(
        one
        for one in suspected
        if (one.file, one.page) == (place.file, place.page)
        and one.start < place.end
        and place.start < one.end
    )


def neutral(passage: StoredChunk) -> StoredChunk:
    """The passage as a model may read it: text, title and headings neutralised.

    Its offsets are those of the original, which is what is cited and grounded in.
    """
    inside = [(start - passage.start, end - passage.start) for start, end in passage.hidden]
    return replace(
        passage,
        text=neutralised(passage.text, inside),
        title=neutralised(passage.title),
        heading=neutralised(passage.heading),
        hidden=(),
    )


def neutralised(text: str, hidden: Sequence[Span] = ()) -> str:
    """The text as a model may read it; `hidden` are spans of it that cannot be seen.

    Instructions and carrying links are replaced by a short mark, hidden text is left out, prompt
    marks are taken out of force and unseen characters off. Ordinary text stays as it is.
    """
    marks = _marks()
    left_out = [(span, " ") for span in hidden]
    left_out += [(span, marks.link) for span in carrying(text)]
    left_out += [(span, marks.instruction) for span in instructions(text)]
    left_out += [(match.span(), marks.instruction) for match in FORGED.finditer(text)]
    return TOKENS.sub("", without_unseen(_replaced(text, left_out)))


def _replaced(text: str, left_out: Iterable[tuple[Span, str]]) -> str:
    """The text with what stands for each span; of those that overlap or touch one mark is left."""
    parts: list[str] = []
    done = 0
    before = ""
    for (start, end), mark in sorted(left_out, key=itemgetter(0)):
        if end <= done:
            continue
        kept = text[done : max(start, done)]
        if kept.strip() or mark != before:
            parts += kept, mark
        done, before = end, mark
    return "".join([*parts, text[done:]]) if done else text


def _all(passage: StoredChunk) -> Iterator[tuple[Span, str]]:
    text = passage.text
    for start, end in passage.hidden:
        yield (start - passage.start, end - passage.start), HIDDEN
    kinds = (instructions(text), INSTRUCTION), (carrying(text), LINK), (unseen(text), UNSEEN)
    for spans, why in kinds:
        for span in spans:
            yield span, why
    forged = [match.span() for match in FORGED.finditer(text)]
    alone = (match.span() for match in TOKENS.finditer(text))
    for start, end in [
        *forged,
        *(a for a in alone if not any(f[0] <= a[0] < f[1] for f in forged)),
    ]:
        yield (start, end), TOKEN


def _suspicion(passage: StoredChunk, span: Span, why: str) -> Suspicion:
    start, end = trimmed(passage.text, *span)
    place = locate(passage.start + start, passage.start + end, passage.page_starts, passage.paged)
    shown = passage.text[start : start + place.end - place.start]
    if why == UNSEEN:
        shown = spelled(shown).text
    return Suspicion(passage.path, place.page, place.start, place.end, shown[:MAX_SHOWN], why)
