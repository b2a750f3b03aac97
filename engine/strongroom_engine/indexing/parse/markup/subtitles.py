"""Subtitles (SRT, WebVTT, SSA): what is said, found again by its time."""

from __future__ import annotations

import pysubs2

from strongroom_engine.errors import DamagedDocument, NoText
from strongroom_engine.indexing.parse.clean import TextBuilder, has_words, one_line
from strongroom_engine.indexing.parse.markup.text import read_text
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.types import Document, Page, Place

MEDIA_TYPE = "text/vtt"
PAUSE_MS = 4_000
"""After so long a silence a new paragraph begins."""


def parse(file: OpenFile) -> Document:
    """Raises `DamagedDocument` where they are none, and `NoText`."""
    try:
        cues = pysubs2.SSAFile.from_string(read_text(file.file))
    except (pysubs2.exceptions.Pysubs2Error, ValueError, KeyError, IndexError) as exc:
        raise DamagedDocument(why="it does not have the structure of subtitles") from exc
    builder = TextBuilder()
    places: list[Place] = []
    before = 0
    for cue in sorted(cues, key=lambda cue: cue.start):
        said = " ".join(cue.plaintext.split())
        if cue.is_comment or not has_words(said):
            continue
        gap = "\n\n" if cue.start - before > PAUSE_MS else "\n"
        start = builder.next_start(gap)
        builder.add(said, gap=gap)
        places.append(Place(start, 1, "time", number=max(int(cue.start), 0)))
        before = cue.end
    if not has_words(builder.text):
        raise NoText
    return Document(
        title=one_line(file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, builder.text),),
        paged=False,
        places=tuple(places),
        parser=f"pysubs2 {pysubs2.VERSION}",
    )
