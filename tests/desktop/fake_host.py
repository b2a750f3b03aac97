"""An engine host with made-up content: the window's tests start it through the front door.

    python fake_host.py [--empty] [--locked passphrase|new-passphrase] [--version N] [--die-at-once] [--busy]

It speaks the protocol on stdin and stdout as the real host does. A search for one of these words
injects a fault: 'die', 'garbage', 'flood', 'hang', 'partial', 'slow'.
"""

from __future__ import annotations

import argparse
import itertools
import os
import queue
import re
import struct
import sys
import threading
import time
import zlib
from dataclasses import replace

import made  # type: ignore[import-not-found]  # it lies beside this script, in no package
import made_models  # type: ignore[import-not-found]
import made_places  # type: ignore[import-not-found]
import made_tasks  # type: ignore[import-not-found]
from fake_conversations import Conversing  # type: ignore[import-not-found]
from fake_reports import Reporting  # type: ignore[import-not-found]
from fake_reviews import Reviewing  # type: ignore[import-not-found]
from fake_settings import Setting  # type: ignore[import-not-found]

from strongroom_engine import protocol as p
from strongroom_engine.errors import (
    BadFilter,
    Cancelled,
    DamagedDocument,
    FileMoved,
    LibraryBusy,
    ModelMissing,
    NotAModelFile,
    NothingJudged,
    ReportUnwritable,
    SourceMissing,
    StrongroomError,
    WrongKey,
)
from strongroom_engine.types import (
    DocumentFacts,
    DocumentRecord,
    Exclusion,
    PageLine,
    PageSpan,
    Progress,
    Source,
    State,
)

PASSPHRASE = "correct horse"
FLOOD = 5_000
PART = 500
"""Documents in one event."""


class Host(Reviewing, Conversing, Setting, Reporting):  # type: ignore[misc]
    def __init__(self, arguments: argparse.Namespace) -> None:
        self.begin_settings()
        self.start_reporting()
        self.sources: dict[str, Source] = {}
        if not (arguments.empty or arguments.locked):
            for path in (made.HOLT, made.PRECEDENTS, made.LITIGATION):
                self.sources[path] = made.source(path)
        self.cancelled: set[int] = set()
        self.models = replace(made_models.REPORT, measured=time.time() - 130)
        self.embedding = made_models.EMBEDDING
        self.judgements = () if arguments.empty else made_models.JUDGEMENTS
        self.runs = () if arguments.empty else made_models.RUNS
        self.resting = p.Indexing()
        self.exclusions: list[Exclusion] = []
        self.retried: list[str] = []
        self.delay_s = arguments.delay_ms / 1000
        if arguments.reports:
            self.sources[made.REPORTS] = made.source(made.REPORTS)
        self.start_reviewing(with_one=arguments.reports)
        self.start_conversing(arguments.conversations)

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
        status = made.status(list(self.sources))
        left = tuple(record for record in status.problems if not self.is_open(record))
        self.say(p.Status(id=request.id, status=replace(status, problems=left)))

    def on_getembedding(self, request: p.GetEmbedding) -> None:
        self.say(p.Embedding(id=request.id, status=self.embedding))

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
        result = made_places.elsewhere(result)
        self.say(p.Hits(id=request.id, result=result))

    def on_readahead(self, request: p.ReadAhead) -> None:
        """Of a question that holds 'half' only some passages are read, of 'nothing' there are none."""
        if "nothing" not in request.question:
            for count in range(4 if "half" in request.question else 5):
                self.say(p.PassagesRead(id=request.id, passages=count, of=4))
        self.say(p.Done(id=request.id))

    def on_ask(self, request: p.Ask) -> None:
        """Questions that hold 'fail', 'die' or 'hostile' inject what they say."""
        self.keep_question(request)
        if "fail" in request.question and request.task != "quotes":
            raise ModelMissing(model="qwen2.5-coder-1.5b")
        sheets = made_places.sheet_answer(request.question) if "sum" in request.question else None
        answer = (
            sheets
            or made_tasks.answer(request)
            or made.answer(
                request.question,
                everywhere=request.everywhere,
                task=request.task,
                turns=request.turns,
            )
        )
        if request.task not in ("answer", "quotes"):
            progress = Progress(39, 312, made.LEASE)
            self.say(p.Working(id=request.id, progress=progress))
            time.sleep(self.delay_s)
        if answer.standalone:
            self.say(p.Taken(id=request.id, standalone=answer.standalone))
        for name, passages in (("searching", 0), ("reading", 4), ("writing", 4)):
            self.say(p.Stage(id=request.id, name=name, passages=passages))
            time.sleep(self.delay_s)
        words = [word + " " for word in answer.text.split(" ")]
        for count, word in enumerate(words):
            if request.id in self.cancelled:
                answer = made.stopped(answer, words[:count])
                break
            if "die" in request.question and count == 10:
                os._exit(3)
            self.say(p.Token(id=request.id, text=word))
            time.sleep(self.delay_s / 10)
        self.keep_answer(request, answer)
        self.say(p.Answered(id=request.id, answer=answer))

    def on_showpage(self, request: p.ShowPage) -> None:
        if "damaged" in request.file and not request.as_text:
            raise DamagedDocument(why="it ends too early")
        if "moved" in request.file and not request.as_text:
            raise FileMoved(path=request.file, to=made.LEASE)
        if request.page is None or request.as_text:
            self.say(text_part(request))
            return
        width, height = request.width_px, round(request.width_px * 1.414)
        label = ROMAN[request.page - 1] if "labelled" in request.file and request.page < 4 else ""
        self.say(
            p.PageImage(
                id=request.id, file=request.file, page=request.page, pages=46, width_px=width,
                height_px=height, png=page_png(width, height), label=label,
                rectangles=tuple(rectangles(*span) for span in request.spans),
            )
        )  # fmt: skip

    def on_getpagelines(self, request: p.GetPageLines) -> None:
        edges = [round((LEFT + WIDTH * n / ROW) * 10_000) for n in range(ROW)]
        pairs = tuple(edge for pair in itertools.pairwise(edges) for edge in pair)
        lines = tuple(
            PageLine(ROW * n, (LEFT, 0.2 + 0.1 * n, LEFT + WIDTH, 0.23 + 0.1 * n), pairs)
            for n in range(ROWS)
        )
        text = page_text(request.page)
        self.say(
            p.PageLines(id=request.id, file=request.file, page=request.page, text=text, lines=lines)
        )

    def on_findindocument(self, request: p.FindInDocument) -> None:
        """As a plain search: the whole of the made-up document."""
        paged = request.file.endswith(".pdf")
        texts = [page_text(n) for n in range(1, 47)] if paged else [whole_text(request.file)]
        words = re.compile(re.escape(request.words), re.IGNORECASE)
        places = tuple(
            PageSpan(number if paged else None, *match.span())
            for number, text in enumerate(texts, 1)
            for match in words.finditer(text)
        )
        self.say(
            p.FoundInDocument(
                id=request.id, file=request.file, words=request.words, places=places[:2000],
                more=len(places) > 2000,
            )
        )  # fmt: skip

    def on_getdocument(self, request: p.GetDocument) -> None:
        paged = request.file.endswith(".pdf")
        record = DocumentRecord(
            path=request.file, source=made.HOLT, collection="Holt", state=State.INDEXED,
            media_type="application/pdf" if paged else "text/plain", pages=46 if paged else 1,
            paged=paged, chunks=80, size=1_234_567, mtime_ns=1_709_467_200_000_000_000,
        )  # fmt: skip
        labels = tuple(enumerate(ROMAN, 1)) if "labelled" in request.file else ()
        facts = DocumentFacts(record, labels, made_places.places_of(request.file))
        self.say(p.DocumentTold(id=request.id, file=request.file, facts=facts))

    def on_cancel(self, request: p.Cancel) -> None:
        self.cancelled.add(request.target)  # not answered: the one that is stopped is

    def on_getmodels(self, request: p.GetModels) -> None:
        self.say(p.Models(id=request.id, report=self.models))

    def on_measuremodels(self, request: p.MeasureModels) -> None:
        self.models = replace(self.models, measured=time.time())
        self.on_getmodels(p.GetModels(id=request.id))

    def on_usemodel(self, request: p.UseModel) -> None:
        self.models = made_models.using(self.models, request.name)
        self.on_getmodels(p.GetModels(id=request.id))

    def on_removemodel(self, request: p.RemoveModel) -> None:
        self.models = made_models.without(self.models, request.file)
        self.on_getmodels(p.GetModels(id=request.id))

    def on_importmodel(self, request: p.ImportModel) -> None:
        """A file that is called 'text' is none; one that is called 'slow' ends when cancelled."""
        name = request.file.rpartition("/")[2]
        if "text" in name:
            raise NotAModelFile(file=name)
        for done in range(1_000 if "slow" in name else 3):
            if request.id in self.cancelled:
                raise Cancelled
            step = Progress(done * 40_000_000, 98_000_000, name)
            self.say(p.Working(id=request.id, progress=step))
            time.sleep(0.01)
        models = (*self.models.models, made_models.MINE)
        self.models = replace(self.models, models=models)
        self.say(p.Models(id=request.id, report=self.models, file=made_models.MINE.file))

    def on_getmemory(self, request: p.GetMemory) -> None:
        self.say(p.Memory(id=request.id, memory=made_models.MEMORY))

    def on_chooseembedding(self, request: p.ChooseEmbedding) -> None:
        building = replace(made_models.EMBEDDING, next_model=request.name, done=5)
        self.embedding = building
        self.say(p.Done(id=request.id))

    def on_listjudgements(self, request: p.ListJudgements) -> None:
        self.say(p.Judgements(id=request.id, judgements=self.judgements))

    def on_judge(self, request: p.Judge) -> None:
        known = {each.question: each for each in self.judgements}
        known[request.question] = made_tasks.judgement(known.get(request.question), request)
        self.judgements = tuple(known.values())
        self.say(p.Judged(id=request.id, judgement=known[request.question]))

    def on_forgetjudgement(self, request: p.ForgetJudgement) -> None:
        self.judgements = tuple(j for j in self.judgements if j.question != request.question)
        self.say(p.Done(id=request.id))

    def on_exportjudgements(self, request: p.ExportJudgements) -> None:
        if "full" in request.file:
            raise ReportUnwritable(file=request.file, why="the disk is full")
        self.say(p.Done(id=request.id))

    def on_listqualityruns(self, request: p.ListQualityRuns) -> None:
        self.say(p.QualityRuns(id=request.id, runs=self.runs))

    def on_runquality(self, request: p.RunQuality) -> None:
        """With answers it goes on until it is cancelled."""
        if not self.judgements:
            raise NothingJudged(judged=0)
        for done in range(10_000 if request.answers else 3):
            if request.id in self.cancelled:
                raise Cancelled
            self.say(p.Working(id=request.id, progress=Progress(done % 15, 15, "answering")))
            time.sleep(0.01)
        made = made_models.run(len(self.runs) + 1, 11, answers=request.answers)
        self.runs = (*self.runs, made)
        self.say(p.QualityMeasured(id=request.id, run=made))

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


ROW, ROWS = 100, 7
"""Letters of a line with its line end, and lines of a page."""
LEFT, WIDTH = 0.15, 0.7
ROMAN = ("i", "ii", "iii")
PART_CHARACTERS = 16_000


def page_text(page: int) -> str:
    begin = "nation of the lease, notice "
    ends: list[str] = [f" line {n} of page {page}: a termi-" for n in range(ROWS)]
    rows: list[str] = [begin + end.rjust(ROW - 1 - len(begin), ".") for end in ends]
    return "\n".join(rows)


def rectangles(start: int, end: int) -> tuple[tuple[float, float, float, float], ...]:
    """Where [start, end) of a page's text stands."""
    made_up = []
    for row in range(ROWS):
        first, last = max(start - ROW * row, 0), min(end - ROW * row, ROW - 1)
        if first < last:
            x0, x1 = (LEFT + WIDTH * at / ROW for at in (first, last))
            made_up.append((x0, 0.2 + 0.1 * row, x1, 0.23 + 0.1 * row))
    return tuple(made_up)


def whole_text(file: str) -> str:
    if text := made_places.text_of(file):
        return str(text)
    if "long" in file:
        return "".join(f"Paragraph {n} of a long text.\n" for n in range(10_000))
    return f"Notes on the break right.\n\n{made.BREAK}"


def text_part(request: p.ShowPage) -> p.PageText:
    """A part of a text, as the engine cuts it."""
    text = whole_text(request.file)
    first = request.spans[0][0] if request.spans else 0
    start = max(first - PART_CHARACTERS // 2, 0) if request.offset is None else request.offset
    end = start + PART_CHARACTERS
    if request.until is not None:
        start, end = max(request.until - PART_CHARACTERS, 0), request.until
    part = text[start:end]
    spans = tuple((a - start, b - start) for a, b in request.spans if start <= a < end)
    places = tuple(
        replace(each, start=each.start - start)
        for each in made_places.places_of(request.file) if start <= each.start < end
    )  # fmt: skip
    tables = (made_places.BOOK_TABLE,) if request.file == made_places.BOOK else ()
    return p.PageText(
        id=request.id, file=request.file, media_type="text/plain", offset=start, total=len(text),
        text=part, spans=spans, places=places, tables=tables,
    )  # fmt: skip


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
    parser.add_argument("--reports", action="store_true")
    parser.add_argument("--conversations", type=int, default=0)
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
