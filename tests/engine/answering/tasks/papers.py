"""Real PDF and Word files, made when a test needs them, and put into a library as they are read."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import pymupdf
from tests.engine.parsing import on_disk

from strongroom_engine.answering.asking import Caller, Job, Parts, Request
from strongroom_engine.answering.search import Searcher
from strongroom_engine.errors import NoModelFits
from strongroom_engine.indexing.chunk import chunk
from strongroom_engine.indexing.parse.office import docx as docx_parser
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.pdf import document as pdf_parser
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.generator import Generator
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import Answer, FileFacts, Task

LINES = 34
"""Lines of a page."""


def write_pdf(path: Path, paragraphs: Sequence[str], width: int = 80, head: str = "") -> Path:
    """Paragraphs, wrapped, with a running head and numbered pages."""
    lines = [line for each in paragraphs for line in (*textwrap.wrap(each, width), "")]
    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    with pymupdf.open() as file:
        for number, shown in enumerate(pages, 1):
            page = file.new_page()
            page.insert_text((72, 40), head or path.stem, fontsize=8)
            for row, line in enumerate(shown):
                page.insert_text((72, 80 + row * 19), line, fontsize=10)
            page.insert_text((290, 800), f"Page {number} of {len(pages)}", fontsize=8)
        file.save(path)
    return path


def write_docx(path: Path, paragraphs: Sequence[str]) -> Path:
    file = docx.Document()
    for each in paragraphs:
        file.add_paragraph(each)
    file.save(str(path))
    return path


def no_model() -> Generator:
    raise NoModelFits(why="this is a test")


@dataclass
class Desk:
    """A library with what a task needs, and what it reported."""

    store: Store
    embedder: OnnxEmbedder
    generator: Callable[[], Generator] = no_model

    def __post_init__(self) -> None:
        self.shown: list[str] = []
        self.progress: list[tuple[int, int]] = []

    def put(self, path: Path, collection: str = "Papers") -> Path:
        """Read a file as it would be indexed."""
        root = str(path.parent)
        if root not in {source.path for source in self.store.sources()}:
            self.store.add_source(root, collection)
        if path.suffix == ".docx":
            with path.open("rb") as file:
                document = docx_parser.parse(OpenFile(str(path), file))
        else:
            document = pdf_parser.parse(on_disk(path))
        facts = FileFacts(str(path), path.stat().st_size, 0, str(path))
        self.store.note_pending(root, [facts])
        chunks = chunk(document, self.embedder.token_offsets, 120)
        self.store.put_document(facts, str(path), document, chunks)
        waiting = self.store.waiting(10_000)
        vectors = self.embedder.embed([text for _, text in waiting])
        self.store.put_embeddings([row for row, _ in waiting], vectors)
        return path

    def job(
        self,
        task: Task,
        question: str,
        *documents: Path,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Job:
        searcher = Searcher(self.store, self.embedder)
        parts = Parts(self.store, searcher, self.embedder, self.generator, Settings())
        caller = Caller(
            on_token=self.shown.append,
            on_progress=lambda one: self.progress.append((one.done, one.total)),
            cancelled=cancelled,
        )
        paths = tuple(map(str, documents))
        return Job(Request(question, task=task, documents=paths), parts, caller)

    def check(self, answer: Answer) -> None:
        """Every quote stands on its page; every citation that is named is there; all was shown."""
        numbers = {citation.n for citation in answer.citations}
        for citation in answer.citations:
            origin = self.store.page_starts(citation.file)[(citation.page or 1) - 1]
            start, end = origin + citation.start, origin + citation.end
            assert self.store.document_text(citation.file, start, end) == citation.quote
            assert citation.quote.strip()
        for sentence in answer.sentences:
            assert set(sentence.citations) <= numbers
            assert answer.text[sentence.start : sentence.end].strip()
        assert "".join(self.shown) == answer.text
        if answer.data:
            json.loads(answer.data)


def cited(answer: Answer, words: str) -> list[tuple[str, str]]:
    """(file name, quote) of what the line that holds the words rests on."""
    by_number = {citation.n: citation for citation in answer.citations}
    line = next(one for one in answer.sentences if words in answer.text[one.start : one.end])
    found = [by_number[number] for number in line.citations]
    return [(Path(one.file).name, " ".join(one.quote.split())) for one in found]
