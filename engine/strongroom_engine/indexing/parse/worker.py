"""The parser worker: a process that reads hostile files, and may die of one without harm.

It reads only, and has given up writing files, the network and other programs; it replies with text,
pictures and problems, never with a file's bytes. Each request has a deadline, and so much time of
the processor, which hold even if the engine that asked is gone.
"""

from __future__ import annotations

import faulthandler
import gc
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import msgspec

from strongroom_engine import processes, sandbox
from strongroom_engine.errors import (
    DocumentProblem,
    ParserDied,
    ParserOutOfMemory,
    UnsupportedFormat,
)
from strongroom_engine.indexing.parse import cutting, files, messages
from strongroom_engine.indexing.parse.messages import (
    PageLines,
    Parse,
    Parsed,
    ReadLines,
    Recognise,
    Recognised,
    RenderedPage,
    Reply,
    Request,
)
from strongroom_engine.indexing.parse.opening import OpenFile, opened, parser
from strongroom_engine.indexing.parse.overseeing import STRETCH
from strongroom_engine.indexing.sizes import MEGABYTE, human_size
from strongroom_engine.sandbox import limits
from strongroom_engine.settings import Settings
from strongroom_engine.types import Document, Page

if TYPE_CHECKING:
    from PIL import Image

    from strongroom_engine.indexing.parse.formats import Format

MAX_REQUEST_BYTES = 64 << 20
"""What was recognised of a scanned book goes back to its parser."""
ORPHAN_MARGIN_S = 5.0
"""So much later than the pool, which kills first, a worker ends itself: when nobody is left."""
NICENESS = 10
ADDRESS_SPACE = 3
"""The address space that a worker may take is so many times the memory that it may have: threads set
some aside that they never use. The pool sees to the memory; this ends at once what asks for too much."""
NEW_OBJECTS = 50_000
"""So many objects are made before garbage is looked for among them: of the millions of cells of a
large sheet hardly any is, and looking took a quarter of the time."""


def main(arguments: list[str]) -> int:
    """Serve requests from stdin until it is closed. `arguments` holds the settings as JSON."""
    settings = msgspec.json.decode(arguments[0], type=Settings) if arguments else Settings()
    replies = processes.own_stdout()
    processes.lower_priority(NICENESS)
    gc.set_threshold(NEW_OBJECTS)
    sandbox.confine(ADDRESS_SPACE * settings.parse_memory_mb * MEGABYTE)
    processes.end_with_parent()  # by a thread, which is confined as well
    serve(sys.stdin.buffer, replies, lambda request: answer(request, settings), settings)
    return 0


def serve(
    requests: IO[bytes],
    replies: IO[bytes],
    handle: Callable[[Request], Reply],
    settings: Settings,
) -> None:
    """One reply for each request, in their order."""
    while (frame := processes.read_frame(requests, MAX_REQUEST_BYTES)) is not None:
        faulthandler.dump_traceback_later(
            STRETCH * settings.parse_timeout_s + ORPHAN_MARGIN_S, exit=True
        )
        limits.give_processor_time(settings.parse_timeout_s + ORPHAN_MARGIN_S)
        reply = handle(messages.decode_request(frame))
        processes.write_frame(replies, messages.encode(reply))
        faulthandler.cancel_dump_traceback_later()


def answer(request: Request, settings: Settings) -> Reply:
    """What became of a request; every failure is a `Problem`."""
    try:
        return _reply(request, settings)
    except DocumentProblem as exc:
        if isinstance(exc, ParserOutOfMemory):
            return messages.problem(_out_of_memory(settings))
        return messages.problem(exc)
    except MemoryError:
        return messages.problem(_out_of_memory(settings))
    except Exception as exc:
        return messages.problem(ParserDied(why=_where(exc)))


def _reply(request: Request, settings: Settings) -> Reply:
    with opened(request.path, settings, request.passwords, request.within) as file:
        if isinstance(request, Parse):
            return _parse(request, file)
        module = parser(_detect(file).parser)
        if not hasattr(module, "render"):
            raise UnsupportedFormat(kind="a document without pages")
        if isinstance(request, Recognise):
            return _recognise(module.picture(file, request.page), request.page)
        if isinstance(request, ReadLines):
            return cast(PageLines, module.lines(file, request.page))
        drawn = module.render(file, request.page, request.width_px, request.spans)
        return cast(RenderedPage, drawn)


def _parse(request: Parse, file: OpenFile) -> Parsed:
    # The hash before the text: if the file changes now, its hash is the old one, and it is read again.
    found = _detect(file)
    module = parser(found.parser)
    content_hash = files.sha256(file.file)
    file.file.seek(0)
    recognised = {one.lines.page: one.lines for one in request.recognised}
    began = time.monotonic()
    file = replace(file, recognised=recognised)
    document = cutting.parsed(file, module.parse) if found.is_text else module.parse(file)
    took_ms = round((time.monotonic() - began) * 1000)
    document = replace(
        document,
        took_ms=took_ms,
        pages=_with_confidence(document, request),
        parser=_parser(document, request),
    )
    return Parsed(document, content_hash, document.scanned)


def _parser(document: Document, request: Parse) -> str:
    """What read the document, and its scanned pages."""
    if not any(one.lines.text for one in request.recognised):
        return document.parser
    from strongroom_engine.indexing.parse.recognition import graphs

    return f"{document.parser}, {graphs.name()}"


def _with_confidence(document: Document, request: Parse) -> tuple[Page, ...]:
    """The document's pages; those that were recognised say how surely."""
    sure = {one.lines.page: one.confidence for one in request.recognised if one.lines.text}
    return tuple(
        replace(page, confidence=sure[page.number])
        if page.number in sure and page.confidence is None
        else page
        for page in document.pages
    )


def _recognise(picture: Image.Image, number: int) -> Recognised:
    from strongroom_engine.indexing.parse.recognition.page import recognise

    return recognise(picture, number)


def _detect(file: OpenFile) -> Format:
    """What it is; the file is at its beginning again."""
    from strongroom_engine.indexing.parse.formats import detect

    found = detect(file.path, file.file)
    file.file.seek(0)
    return found


def _out_of_memory(settings: Settings) -> ParserOutOfMemory:
    return ParserOutOfMemory(limit=human_size(settings.parse_memory_mb * MEGABYTE))


def _where(exc: Exception) -> str:
    """Type and place of an unforeseen error; its message may hold words of the document."""
    frames = traceback.extract_tb(exc.__traceback__)
    place = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}"
    return type(exc).__name__ + (place if frames else "")
