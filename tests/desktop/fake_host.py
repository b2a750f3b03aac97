"""An engine host with made-up content: the window's tests start it through the front door.

    python fake_host.py [--empty] [--locked passphrase|new-passphrase] [--version N] [--die-at-once] [--busy]

It speaks the protocol on stdin and stdout as the real host does. A search for one of these words
injects a fault: 'die', 'garbage', 'flood', 'hang', 'partial', 'slow'.
"""

from __future__ import annotations

import argparse
import os
import queue
import struct
import sys
import threading
import time
import zlib
from dataclasses import replace

import made  # type: ignore[import-not-found]  # it lies beside this script, in no package

from strongroom_engine import protocol as p
from strongroom_engine.errors import (
    BadFilter,
    DamagedDocument,
    LibraryBusy,
    ModelMissing,
    SourceMissing,
    StrongroomError,
    WrongKey,
)
from strongroom_engine.types import Exclusion, Progress, Source, State

PASSPHRASE = "correct horse"
FLOOD = 5_000
PART = 500
"""Documents in one event."""


class Host:
    def __init__(self, arguments: argparse.Namespace) -> None:
        self.sources: dict[str, Source] = {}
        if not (arguments.empty or arguments.locked):
            for path in (made.HOLT, made.PRECEDENTS, made.LITIGATION):
                self.sources[path] = made.source(path)
        self.cancelled: set[int] = set()
        self.resting = p.Indexing()
        self.exclusions: list[Exclusion] = []
        self.retried: list[str] = []
        self.delay_s = arguments.delay_ms / 1000

    def say(self, event: p.Message) -> None:
        raw(p.encode(event))

    def answer(self, request: p.Request) -> None:
        handler = getattr(self, "on_" + type(request).__name__.lower())
        try:
            handler(request)
        except StrongroomError as exc:
            self.say(p.failed(request.id, exc))

    def on_unlock(self, request: p.Unlock) -> None:
        if not request.create and request.passphrase != PASSPHRASE:
            raise WrongKey(kind="passphrase", library="/library")
        self.say(p.Done(id=request.id))
        self.say(p.Ready(plan=made.PLAN, embedding_model="all-MiniLM-L6-v2"))

    def on_addsource(self, request: p.AddSource) -> None:
        if "missing" in request.path:
            raise SourceMissing(path=request.path)
        empty = {state.value: 0 for state in State}
        name = request.collection or request.path.rstrip("/").rpartition("/")[2]
        self.sources[request.path] = Source(request.path, name, empty | {"pending": 10})
        self.say(p.Changed(sources=True))
        for done in range(0, 11, 2):
            what = f"Document {done}.pdf"
            self.say(p.Progress(progress=Progress(done, 10, what, 3.1, 240.0 - done, 20)))
            counts = empty | {"pending": 10 - done, "indexed": done}
            self.sources[request.path] = Source(request.path, name, counts)
            self.say(p.Changed(sources=True))
            time.sleep(self.delay_s)
        self.say(p.Progress())
        self.say(p.Changed(sources=True, documents=True))
        self.say(p.Done(id=request.id))

    def on_removesource(self, request: p.RemoveSource) -> None:
        self.sources.pop(request.path, None)
        self.say(p.Changed(sources=True, documents=True))
        self.say(p.Done(id=request.id))

    def on_renamecollection(self, request: p.RenameCollection) -> None:
        for path, source in self.sources.items():
            if source.collection == request.name:
                self.sources[path] = replace(source, collection=request.new_name)
        self.say(p.Changed(sources=True, documents=True))
        self.say(p.Done(id=request.id))

    def on_movesource(self, request: p.MoveSource) -> None:
        moved = replace(self.sources[request.path], collection=request.collection)
        self.sources[request.path] = moved
        self.say(p.Changed(sources=True, documents=True))
        self.say(p.Done(id=request.id))

    def on_pauseindexing(self, request: p.PauseIndexing) -> None:
        self.resting = p.Indexing(paused=request.paused, why="user" if request.paused else "")
        self.say(self.resting)
        self.say(p.Done(id=request.id))

    def on_getindexing(self, request: p.GetIndexing) -> None:
        self.say(p.Indexing(id=request.id, paused=self.resting.paused, why=self.resting.why))

    def on_exclude(self, request: p.Exclude) -> None:
        self.exclusions.append(Exclusion(request.source, request.pattern))
        self.say(p.Changed(sources=True, documents=True))
        self.say(p.Done(id=request.id))

    def on_include(self, request: p.Include) -> None:
        self.exclusions.remove(Exclusion(request.source, request.pattern))
        self.say(p.Changed(sources=True, documents=True))
        self.say(p.Done(id=request.id))

    def on_listexclusions(self, request: p.ListExclusions) -> None:
        self.say(p.Exclusions(id=request.id, exclusions=tuple(self.exclusions)))

    def on_retrydocuments(self, request: p.RetryDocuments) -> None:
        self.retried.extend(request.paths)
        self.say(p.Changed(documents=True))
        self.say(p.Done(id=request.id))

    def on_rescan(self, request: p.Rescan) -> None:
        self.say(p.Done(id=request.id))

    def on_listsources(self, request: p.ListSources) -> None:
        self.say(p.Sources(id=request.id, sources=tuple(self.sources.values())))

    def on_listdocuments(self, request: p.ListDocuments) -> None:
        paths = [request.source] if request.source else list(self.sources)
        records = tuple(record for path in paths for record in made.documents(path))
        while len(records) > PART:
            part, records = records[:PART], records[PART:]
            said = p.Documents(id=request.id, source=request.source, documents=part, more=True)
            self.say(said)
        self.say(p.Documents(id=request.id, source=request.source, documents=records))

    def on_getstatus(self, request: p.GetStatus) -> None:
        self.say(p.Status(id=request.id, status=made.status(list(self.sources))))

    def on_getembedding(self, request: p.GetEmbedding) -> None:
        self.say(p.Embedding(id=request.id, status=made.EMBEDDING))

    def on_search(self, request: p.Search) -> None:
        match request.question.strip():
            case "die":
                os._exit(3)
            case "garbage":
                raw(b'this is no message\n{"type":"Nothing"}\n\xff\xfe\n')
            case "flood":
                for done in range(FLOOD):
                    value = Progress(done, FLOOD, f"Document {done}.pdf", 3.0, 9.0, FLOOD - done)
                    self.say(p.Progress(progress=value))
            case "hang":
                return
            case "filter":
                raise BadFilter(filter="after:yesterday")
            case "partial":
                line = p.encode(p.Hits(id=request.id, result=made.result(request.question)))
                for start in range(0, len(line), 100):
                    raw(line[start : start + 100])
                    time.sleep(0.001)
                return
            case "slow":
                time.sleep(0.3)
        result = made.result(request.question, everywhere=request.everywhere)
        self.say(p.Hits(id=request.id, result=result))

    def on_ask(self, request: p.Ask) -> None:
        """Questions that hold 'fail', 'die' or 'hostile' inject what they say."""
        if "fail" in request.question and request.task != "quotes":
            raise ModelMissing(model="qwen2.5-coder-1.5b")
        answer = made.answer(
            request.question,
            everywhere=request.everywhere,
            task=request.task,
            turns=request.turns,
        )
        for name, passages in (("searching", 0), ("reading", 4), ("writing", 4)):
            self.say(p.Stage(id=request.id, name=name, passages=passages))
            time.sleep(self.delay_s)
        words = [word + " " for word in answer.text.split(" ")]
        for count, word in enumerate(words):
            if request.id in self.cancelled:
                self.say(p.Answered(id=request.id, answer=made.stopped(answer, words[:count])))
                return
            if "die" in request.question and count == 10:
                os._exit(3)
            self.say(p.Token(id=request.id, text=word))
            time.sleep(self.delay_s / 10)
        self.say(p.Answered(id=request.id, answer=answer))

    def on_showpage(self, request: p.ShowPage) -> None:
        if "damaged" in request.file:
            raise DamagedDocument(why="it ends too early")
        if request.page is None:
            text = "Notes on the break right.\n\n" + made.BREAK
            total = 120_000 if "long" in request.file else len(text)
            self.say(
                p.PageText(
                    id=request.id, file=request.file, media_type="text/plain", total=total,
                    text=text, spans=request.spans,
                )
            )  # fmt: skip
            return
        width, height = request.width_px, round(request.width_px * 1.414)
        rectangles = tuple(
            ((0.15, 0.2 + 0.1 * row, 0.85, 0.23 + 0.1 * row),) for row in range(len(request.spans))
        )
        self.say(
            p.PageImage(
                id=request.id, file=request.file, page=request.page, pages=46, width_px=width,
                height_px=height, png=page_png(width, height), rectangles=rectangles,
            )
        )  # fmt: skip

    def on_cancel(self, request: p.Cancel) -> None:
        self.cancelled.add(request.target)  # not answered: the one that is stopped is

    def on_getdoctor(self, request: p.GetDoctor) -> None:
        self.say(p.DoctorReport(id=request.id, doctor=made.DOCTOR))


_writing = threading.Lock()


def raw(data: bytes) -> None:
    with _writing:
        _write(data)


def _write(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def page_png(width: int, height: int) -> bytes:
    """A white page with grey bars where lines of text would be."""
    lines = []
    for y in range(height):
        text = 0.1 < y / height < 0.8 and int(y / height * 100) % 2 == 0
        row = bytearray(b"\xff" * width)
        if text:
            row[round(width * 0.15) : round(width * 0.85)] = b"\xcc" * (
                round(width * 0.85) - round(width * 0.15)
            )
        lines.append(b"\x00" + bytes(row))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(lines), 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def read(host: Host, requests: queue.SimpleQueue[p.Request | None]) -> None:
    """Take requests in while others are answered, so that one can be cancelled."""
    for line in sys.stdin.buffer:
        request = p.decode_request(line)
        if isinstance(request, p.Cancel):
            host.on_cancel(request)
        elif isinstance(request, p.Shutdown):
            break
        else:
            requests.put(request)
    requests.put(None)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--locked", default="")
    parser.add_argument("--version", type=int, default=p.VERSION)
    parser.add_argument("--die-at-once", action="store_true")
    parser.add_argument("--busy", action="store_true")
    parser.add_argument("--delay-ms", type=float, default=0)
    arguments = parser.parse_args()
    if arguments.die_at_once:
        return 3
    host = Host(arguments)
    host.say(p.Hello(version=arguments.version, library="/library", locked=arguments.locked))
    if arguments.busy:
        host.say(p.failed(0, LibraryBusy(library="/library")))
    elif not arguments.locked:
        host.say(p.Ready(embedding_model="all-MiniLM-L6-v2"))
        host.say(p.Ready(plan=made.PLAN, embedding_model="all-MiniLM-L6-v2"))
    requests: queue.SimpleQueue[p.Request | None] = queue.SimpleQueue()
    threading.Thread(target=read, args=(host, requests), daemon=True).start()
    while (request := requests.get()) is not None:
        if isinstance(request, p.AddSource):
            threading.Thread(target=host.answer, args=(request,), daemon=True).start()
        else:
            host.answer(request)
    return 0


if __name__ == "__main__":
    sys.exit(main())
