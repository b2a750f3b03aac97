"""An exported conversation as one HTML file: no script, nothing from elsewhere, all escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from strongroom_engine.conversations.blocks import Block, Line, Noted, Run
from strongroom_engine.conversations.paper import Paper, Section, Source
from strongroom_engine.evaluation.markup import Markup, joined, tag
from strongroom_engine.settings import assets_folder

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
DEEPEST = 6
"""Levels of headings in HTML."""


def as_html(paper: Paper) -> bytes:
    """The page, UTF-8."""
    style = Markup((assets_folder() / "export" / "page.css").read_text(encoding="utf-8"))
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content="Strongroom"),
        tag("title", paper.title),
        tag("style", style),
    )
    page = tag("html", head, tag("body", body(paper)))
    return f"<!doctype html>\n{page}\n".encode()


def body(paper: Paper) -> Markup:
    """What stands in the page; `id`s are `q1` for a question and `q1-s2` for its source 2."""
    alone = len(paper.sections) == 1
    return joined(
        tag("h1", paper.title, dir="auto"),
        *(tag("p", note, class_="made") for note in paper.notes),
        *(
            _section(section, number, paper, titled=not alone)
            for number, section in enumerate(paper.sections, 1)
        ),
    )


def _section(section: Section, number: int, paper: Paper, *, titled: bool) -> Markup:
    """A question and its answer; `titled` unless the page's title says the question already."""
    whole = titled or " ".join(section.question.split()) != paper.title
    return tag(
        "section",
        tag("h2", section.question, dir="auto", id=f"q{number}") if whole else None,
        tag("p", section.facts, class_="facts"),
        *(tag("p", remark, class_="remark", dir="auto") for remark in section.remarks),
        *(tag("p", warning, class_="warning", dir="auto") for warning in section.warnings),
        tag("div", *_blocks(section.blocks, number, paper), class_="answer"),
        _sources(section.sources, number, paper) if section.sources else None,
    )


def _sources(sources: Sequence[Source], number: int, paper: Paper) -> Markup:
    return tag(
        "div",
        tag("h3", paper.words.sources),
        *(_source(source, number) for source in sources),
        class_="sources",
    )


def _source(source: Source, number: int) -> Markup:
    place = f", {source.place}" if source.place else ""
    return tag(
        "p",
        tag("span", f"[{source.number}]", class_="number"),
        " ",
        tag("bdi", source.name, class_="name"),
        f"{place}: ",
        tag("q", source.quote, dir="auto"),
        class_="source",
        id=f"q{number}-s{source.number}",
    )


# --- the answer ----------------------------------------------------------------------------------


def _blocks(blocks: Sequence[Block], number: int, paper: Paper) -> Iterator[Markup]:
    for kind, group in groupby(blocks, lambda block: block.kind):
        if kind == "item":
            yield from _lists(list(group), number, paper)
            continue
        for block in group:
            yield _block(block, number, paper)


def _block(block: Block, number: int, paper: Paper) -> Markup:
    inline = _inline(block.line, number, paper)
    match block.kind:
        case "heading":
            return tag(f"h{min(block.level + 2, DEEPEST)}", *inline, dir="auto")
        case "code":
            text = "".join(each.text for each in block.line if isinstance(each, Run))
            noted = tuple(each for each in block.line if isinstance(each, Noted))
            marks = tag("p", *_inline(noted, number, paper)) if noted else None
            return joined(tag("pre", tag("code", text)), marks)
        case "quote":
            return tag("blockquote", *inline, dir="auto")
        case "table":
            return _table(block, number, paper)
        case _:
            return tag("p", *inline, dir="auto")


def _table(block: Block, number: int, paper: Paper) -> Markup:
    rows = [
        tag("tr", *(tag(cell, *_inline(line, number, paper), dir="auto") for line in row))
        for cell, row in zip(["th", *["td"] * len(block.rows)], block.rows, strict=False)
    ]
    return tag("table", *rows)


def _lists(items: Sequence[Block], number: int, paper: Paper) -> Iterator[Markup]:
    """Items of one level, each with the deeper ones behind it, as lists of one kind each."""
    least = min(item.level for item in items)
    entries: list[list[Block]] = []
    for item in items:
        if item.level == least and (item.marker or not entries):
            entries.append([item])
        elif entries:
            entries[-1].append(item)
        else:  # begins deeper than it goes on
            entries.append([item])
    for ordered, group in groupby(entries, lambda entry: entry[0].marker[:1].isdigit()):
        made = [_entry(entry, ordered, number, paper) for entry in group]
        yield tag("ol" if ordered else "ul", *made)


def _entry(entry: Sequence[Block], ordered: bool, number: int, paper: Paper) -> Markup:
    first, *rest = entry
    inner: list[Markup] = []
    for deeper, group in groupby(rest, lambda block: block.level > first.level):
        if deeper:
            inner += _lists(list(group), number, paper)
        else:
            inner += [tag("p", *_inline(each.line, number, paper)) for each in group]
    value = first.marker.rstrip(".)") if ordered else None
    return tag("li", *_inline(first.line, number, paper), *inner, value=value, dir="auto")


def _inline(line: Line, number: int, paper: Paper) -> Iterator[Markup]:
    for each in line:
        yield _run(each) if isinstance(each, Run) else _noted(each, number, paper)


def _run(run: Run) -> Markup:
    lines: list[object] = []
    for place, piece in enumerate(run.text.split("\n")):
        lines += [tag("br"), piece] if place else [piece]
    made = joined(*lines)
    looks = (("code", run.code), ("em", run.italic), ("strong", run.bold))
    for name, wanted in looks:
        made = tag(name, made) if wanted else made
    mark = "doubt" if run.doubt else "gap" if run.gap else ""
    return tag("span", made, class_=mark) if mark else made


def _noted(noted: Noted, number: int, paper: Paper) -> Markup:
    there = {source.number for source in paper.sections[number - 1].sources}
    return joined(
        *(
            tag("a", f"[{n}]", class_="cite", href=f"#q{number}-s{n}" if n in there else None)
            for n in noted.numbers
        ),
        *(joined(" ", tag("span", f"({said})", class_="tag")) for said in paper.said(noted)),
    )
