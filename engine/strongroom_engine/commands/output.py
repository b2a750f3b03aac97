"""What the command line prints: the JSON that other tools read, and the text that people read.

The JSON shapes are stable: fields are added, never renamed. Text from documents is untrusted: it
is printed as text, never as markup, and without control characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from strongroom_engine.sentences.placing import placed
from strongroom_engine.types import (
    Answer,
    Cell,
    Citation,
    Doctor,
    DocumentRecord,
    EmbeddingStatus,
    Exclusion,
    Hit,
    LibraryStatus,
    ModelPlan,
    Place,
    PromptFile,
    SearchResult,
    Sentence,
    Source,
    State,
    Suspicion,
    TableResult,
    Understood,
    Version,
)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_GB = 10**9


def to_json(value: object) -> str:
    """JSON, indented, in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def clean(untrusted: str) -> str:
    """Text that cannot move the terminal's cursor or turn its direction."""
    return _CONTROL.sub("", untrusted)


def count(number: int, what: str) -> str:
    """'1 passage', '1,200 passages'."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def place(file: str, page: int | None, places: Sequence[Place] = ()) -> str:
    """`file, p. N`, `file, sheet Budget, row 40`, or `file` where there is neither."""
    return clean(", ".join((file, *placed(places, page))))


# --- JSON shapes ---------------------------------------------------------------------------------


def search_json(result: SearchResult) -> dict[str, Any]:
    return {
        "question": result.question,
        "hits": [_hit_json(hit) for hit in result.hits],
        "ms": round(result.ms, 1),
        "passages": result.passages,
        "more": result.more,
        "documents": result.documents,
        "understood": result.understood,
    }


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "rank": hit.rank,
        "file": hit.file,
        "page": hit.page,
        "place": ", ".join(placed(hit.places)),
        "start": hit.start,
        "end": hit.end,
        "heading": hit.heading,
        "score": round(hit.score, 6),
        "text": hit.text,
        "title": hit.title,
        "collection": hit.collection,
        "copies": hit.copies,
        "versions": hit.versions,
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "answer": answer.text,
        "abstained": answer.abstained,
        "citations": [citation_json(citation) for citation in answer.citations],
        "model": answer.model,
        "timings": answer.timings,
        "sentences": answer.sentences,
        "hits": [_hit_json(hit) for hit in answer.hits],
        "prompt_tokens": answer.prompt_tokens,
        "stopped": answer.stopped,
        "understood": answer.understood,
        "standalone": answer.standalone,
        "task": answer.task,
        "route": answer.route,
        "searched": answer.searched,
        "coverage": answer.coverage,
        "confidence": round(answer.confidence, 4),
        "doubts": answer.doubts,
        "suspicions": answer.suspicions,
        "data": answer.data,
        "values": answer.values,
        "cells": answer.cells,
        "tables": answer.tables,
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    return {
        "n": citation.n,
        "file": citation.file,
        "page": citation.page,
        "place": ", ".join(placed(citation.places)),
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "title": citation.title,
        "heading": citation.heading,
        "score": round(citation.score, 4),
        "copies": citation.copies,
        "versions": citation.versions,
    }


def status_json(status: LibraryStatus) -> dict[str, Any]:
    return {
        "documents": {state.value: status.documents.get(state.value, 0) for state in State},
        "chunks": status.chunks,
        "embedded": status.embedded,
        "embedding_model": status.embedding_model,
        "next_embedding_model": status.next_embedding_model,
        "problems": [
            {
                "file": problem.path,
                "state": problem.state.value,
                "reason": problem.reason,
                "remedy": problem.remedy,
                "code": problem.code,
            }
            for problem in status.problems
        ],
    }


def embedding_json(status: EmbeddingStatus) -> dict[str, Any]:
    return {
        "model": status.model,
        "here": status.here,
        "next_model": status.next_model,
        "next_here": status.next_here,
        "done": status.done,
        "total": status.total,
        "choices": status.choices,
    }


# --- text for people -----------------------------------------------------------------------------


def show_search(console: Console, result: SearchResult) -> None:
    _show_understood(console, result.understood)
    for hit in result.hits:
        head = Text.assemble(
            (f"{hit.rank}. ", "dim"),
            (place(hit.file, hit.page, hit.places), "bold"),
            (f"  {clean(hit.heading)}" if hit.heading else "", "dim"),
        )
        console.print(head)
        console.print(_passage(hit), style="default")
        _show_elsewhere(console, hit)
        console.print()
    found = f"{count(len(result.hits), 'passage')} in {result.ms:.0f} ms"
    passages, documents = count(result.passages, "passage"), count(result.documents, "document")
    where = f"more than {passages}" if result.more else f"{passages} of {documents}"
    console.print(Text(f"{found}; the words stand in {where}", "dim"))


def _show_elsewhere(console: Console, hit: Hit) -> None:
    """Where the passage stands, too."""
    for copy in hit.copies:
        console.print(Text(f"   the same file: {clean(copy)}", "dim"))
    for one in hit.versions:
        console.print(
            Text(f"   also in a version: {place(one.file, one.page)}{_dated(one)}", "dim")
        )


def _dated(version: Version) -> str:
    """', 2024-01-31, the newest'; '' where nothing is known."""
    newest = ", the newest" if version.newest else ""
    if not version.changed_ms:
        return newest
    return f", {datetime.fromtimestamp(version.changed_ms / 1000).astimezone():%Y-%m-%d}{newest}"


def _passage(hit: Hit, limit: int = 400) -> Text:
    """The passage around the words found in it, on one line, with the words marked."""
    start = max(hit.focus - limit // 4, 0)
    marks = [mark for mark in hit.marks if start <= mark[0] and mark[1] <= start + limit]
    text = Text("… " if start else "   ")
    at = start
    for left, right in marks:
        text.append(_flat(hit.text[at:left]))
        text.append(_flat(hit.text[left:right]), "bold yellow")
        at = right
    text.append(_flat(hit.text[at : start + limit]))
    return text


def _flat(untrusted: str) -> str:
    return re.sub(r"\s+", " ", clean(untrusted.replace("\n", " ")))


def _show_understood(console: Console, understood: Sequence[Understood]) -> None:
    """What narrowed the search, and how to search without."""
    for part in understood:
        console.print(Text(clean(part.text), "cyan"))
    if understood and understood[-1].kind != "everywhere":
        console.print(Text("With --everywhere all documents are searched.", "dim"))
    if understood:
        console.print()


def show_answer(console: Console, answer: Answer) -> None:
    """The answer with its citation numbers, then what it rests on."""
    if answer.standalone:
        console.print(Text(f"Understood as: {clean(answer.standalone)}", "dim"))
    _show_understood(console, answer.understood)
    console.print(answer_text(answer))
    if answer.citations:
        console.print()
        console.print(Text("Rests on", "bold"))
    for citation in answer.citations:
        console.print(
            Text.assemble(
                (f"[{citation.n}] ", "green"), place(citation.file, citation.page, citation.places)
            )
        )
        console.print(Text(f"    “{_flat(citation.quote)}”", "dim"))
        for one in citation.versions:
            if one.said:
                console.print(Text(f"    but {place(one.file, one.page)}{_dated(one)}:", "yellow"))
                console.print(Text(f"    “{_flat(one.said)}”", "dim"))
    if answer.abstained and answer.hits:
        console.print()
        console.print(Text("Closest passages", "bold"))
        for hit in answer.hits[:3]:
            console.print(Text(f"    {place(hit.file, hit.page, hit.places)}"))
    _show_cells(console, answer.cells)
    _show_tables(console, answer.tables)
    _show_suspicions(console, answer.suspicions)
    console.print()
    for sentence in (answer.coverage, answer.searched):
        if sentence:
            console.print(Text(clean(sentence), "dim"))
    seconds = answer.timings.total_ms / 1000
    passages = count(len(answer.hits), "passage") if answer.hits else ""
    facts = (passages, answer.model, f"{seconds:.1f} s")
    console.print(Text(", ".join(fact for fact in facts if fact), "dim"))


def _show_cells(console: Console, cells: Sequence[Cell]) -> None:
    """What each document answered, a line a document and question."""
    if not cells:
        return
    console.print()
    several = len({cell.question for cell in cells}) > 1
    for cell in cells:
        line = Text(clean(PurePath(cell.document).name), "bold")
        if several:
            line.append(f", {_flat(cell.question)}", "dim")
        line.append(": ")
        line.append(*_answered(cell))
        pages = dict.fromkeys(one.page for one in cell.citations if one.page is not None)
        line.append("".join(f", p. {page}" for page in pages), "green")
        console.print(line)


def _show_tables(console: Console, tables: Sequence[TableResult]) -> None:
    """What was asked of tables: in words, as SQL, and which cells were read."""
    for one in tables:
        console.print()
        console.print(Text("Asked", "bold"))
        console.print(Text(f"    {clean(one.said)}"))
        console.print(Text(f"    {clean(one.cells)} in {clean(one.file)}", "dim"))
        for line in one.sql.splitlines():
            console.print(Text(f"    {clean(line)}", "dim"))


def _answered(cell: Cell) -> tuple[str, str]:
    """What a cell says, and in which style."""
    if cell.problem:
        return clean(cell.problem), "red"
    if cell.abstained or not cell.text:
        return "the document does not say", "dim"
    return _flat(cell.text), ""


def _show_suspicions(console: Console, suspicions: Sequence[Suspicion]) -> None:
    """What in the passages seems to be meant for a machine; it was not followed."""
    if not suspicions:
        return
    console.print()
    console.print(Text("Not to be trusted in these documents", "bold yellow"))
    for one in suspicions:
        console.print(Text.assemble((place(one.file, one.page), "yellow"), f": {clean(one.why)}"))
        console.print(Text(f"    “{_flat(one.text)}”", "dim"))


def answer_text(answer: Answer) -> Text:
    """The answer's text with `[n]` after each supported sentence and a mark on the others."""
    text, at = Text(), 0
    for sentence in answer.sentences:
        text.append(clean(answer.text[at : sentence.start]))
        style = "" if sentence.supported or answer.abstained else "underline yellow"
        text.append(clean(answer.text[sentence.start : sentence.end]), style)
        if doubted := _doubted(answer, sentence):
            text.append(f" (not in the sources: {doubted})", "red")
        for number in sentence.citations:
            text.append(f" [{number}]", "green")
        if not sentence.supported and not answer.abstained:
            text.append(" (no source)", "yellow")
        at = sentence.end
    text.append(clean(answer.text[at:]))
    return text


def _doubted(answer: Answer, sentence: Sentence) -> str:
    """The numbers, dates, amounts and names of a sentence that none of its sources holds."""
    return ", ".join(
        clean(answer.text[doubt.start : doubt.end])
        for doubt in answer.doubts
        if sentence.start <= doubt.start < sentence.end
    )


def show_prompts(console: Console, prompts: Sequence[PromptFile]) -> None:
    """Each prompt template with what it is for, whose it is, and where."""
    for one in prompts:
        whose = ("yours", "green") if one.own else ("shipped", "dim")
        head = Text.assemble((one.name, "bold"), "  ", whose)
        console.print(head)
        told = " ".join(part for part in (f"{one.title}.", one.about) if part)
        console.print(Text(f"    {clean(told)}"))
        if one.problem:
            console.print(Text(f"    {clean(one.problem)}", "red"))
        console.print(Text(f"    {clean(one.path)}", "dim", overflow="fold"))


def show_status(console: Console, status: LibraryStatus) -> None:
    counts = ", ".join(f"{status.documents.get(state.value, 0):,} {state.value}" for state in State)
    console.print(Text(f"Documents: {counts}"))
    model = status.embedding_model
    console.print(Text(f"Passages: {status.chunks:,}, {status.embedded:,} embedded with {model}"))
    if status.next_embedding_model:
        console.print(Text(unfinished(status.next_embedding_model), "yellow"))
    for problem in status.problems:
        console.print(_problem(problem))


def _problem(problem: DocumentRecord) -> Text:
    style = "yellow" if problem.state is State.SKIPPED else "red"
    return Text.assemble(
        (f"{problem.state.value:8}", style),
        clean(problem.path),
        (f"\n        {clean(problem.reason)} {problem.remedy}", "dim"),
    )


def unfinished(model: str) -> str:
    """What to say of a library that is to be embedded with another model."""
    name = clean(model)
    return f"Re-embedding with {name} is not finished: 'strongroom embedding {name}' goes on."


def show_embedding(console: Console, status: EmbeddingStatus) -> None:
    away = "" if status.here else " (not on this computer: only words are searched)"
    console.print(Text(f"Embedding model: {clean(status.model)}{away}"))
    console.print(Text(f"Passages embedded: {status.done:,} of {status.total:,}{_by_next(status)}"))
    if status.next_model:
        away = "" if status.next_here else " It is not on this computer."
        console.print(Text(f"{unfinished(status.next_model)}{away}", "yellow"))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("On this computer", "Dimensions", "Languages"):
        table.add_column(column)
    for one in status.choices:
        table.add_row(Text(clean(one.name)), f"{one.dimensions:,}", _languages(one.languages))
    console.print(table)


def _by_next(status: EmbeddingStatus) -> str:
    return f" by {clean(status.next_model)}" if status.next_model else ""


def _languages(codes: Sequence[str], most: int = 8) -> str:
    return ", ".join(codes) if len(codes) <= most else f"{len(codes)}"


def show_sources(console: Console, sources: Sequence[Source]) -> None:
    if not sources:
        console.print("No sources yet. Add one with 'strongroom add FOLDER'.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Source", "Collection", "Documents", "Problems"):
        table.add_column(column, justify="right" if column in {"Documents", "Problems"} else "left")
    for source in sources:
        problems = source.counts.get("skipped", 0) + source.counts.get("failed", 0)
        table.add_row(
            Text(clean(source.path)),
            Text(clean(source.collection)),
            f"{sum(source.counts.values()):,}",
            f"{problems:,}",
        )
    console.print(table)


def show_exclusions(console: Console, exclusions: Sequence[Exclusion]) -> None:
    if not exclusions:
        console.print("Nothing is left out.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Left out", "Of"):
        table.add_column(column)
    for exclusion in exclusions:
        table.add_row(
            Text(clean(exclusion.pattern)), Text(clean(exclusion.source or "all sources"))
        )
    console.print(table)


def show_doctor(console: Console, doctor: Doctor) -> None:
    machine, plan = doctor.hardware, doctor.plan
    console.print(Text(plan.why, "bold"))
    rows = [
        ("Processor", f"{machine.cpu}, {machine.cores} cores"),
        ("Memory", _memory(machine.memory_free, machine.memory_total)),
        *(
            (gpu.name, f"{gpu.description}, {_memory(gpu.memory_free, gpu.memory_total)}")
            for gpu in machine.gpus
        ),
        ("Answer model", plan.file or plan.name),
        ("Layers on the GPU", f"{plan.gpu_layers} of {plan.layers}"),
        ("Context window", f"{plan.context:,} tokens"),
        ("Passages it has read", passages_kept(plan)),
        ("Embedding model", doctor.embedding_model or "none on this computer"),
        ("Reranker", doctor.reranker or "none imported"),
        ("Library", _library(doctor)),
        ("Parsers", _confinement(doctor)),
        ("Versions", ", ".join(f"{name} {number}" for name, number in doctor.versions.items())),
    ]
    if machine.problem:
        rows.insert(2, ("GPU", machine.problem))
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in rows:
        table.add_row(Text(name, "dim"), Text(clean(value)))
    console.print(table)
    for line in plan.considered:
        console.print(Text(f"- {line}", "dim"))


def passages_kept(plan: ModelPlan) -> str:
    kept = f"take up to {plan.block_bytes / _GB:.1f} GB more of the computer's memory"
    return kept if plan.block_bytes else "are not kept"


def _library(doctor: Doctor) -> str:
    if not doctor.key:
        return f"{doctor.library} (not made yet)"
    return f"{doctor.library} (encrypted with {doctor.cipher}, key from the {doctor.key})"


def _confinement(doctor: Doctor) -> str:
    cannot = f"cannot {', '.join(doctor.parsers_cannot)}" if doctor.parsers_cannot else ""
    can = f"this system lets them {', '.join(doctor.parsers_can)}" if doctor.parsers_can else ""
    return "; ".join(filter(None, (cannot, can)))


def _memory(free: int, total: int) -> str:
    return f"{free / _GB:.1f} of {total / _GB:.1f} GB free"
