"""An exported conversation as Markdown (CommonMark with tables).

What comes from documents is escaped: no viewer makes an element, an image or a link of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from strongroom_engine.conversations.blocks import Block, Line, Noted, Run
from strongroom_engine.conversations.paper import Paper, Section, Source

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPECIAL = re.compile(r"[\\`*_\[\]|~$]|<(?=[A-Za-z/!?])|&(?=#|\w{1,32};)")
_AT_START = re.compile(r"^(\s*)([#>+=-]|\d+(?=[.)](?:\s|$)))", re.MULTILINE)
_TICKS = re.compile(r"`+")
DEEPEST = 6


def as_markdown(paper: Paper) -> bytes:
    """The text, UTF-8."""
    alone = len(paper.sections) == 1
    parts = [f"# {_flat(paper.title)}", *map(_flat, paper.notes)]
    for section in paper.sections:
        titled = not alone or " ".join(section.question.split()) != paper.title
        parts += _section(section, paper, titled=titled)
    return ("\n\n".join(parts) + "\n").encode()


def _section(section: Section, paper: Paper, *, titled: bool) -> Iterator[str]:
    if titled:
        yield f"## {_flat(section.question)}"
    yield "\\\n".join(f"*{_flat(each)}*" for each in (section.facts, *section.remarks))
    yield from (f"**{_flat(warning)}**" for warning in section.warnings)
    items: list[str] = []
    for block in section.blocks:
        if block.kind != "item" and items:
            yield "\n".join(items)
            items = []
        if block.kind == "item":
            items.append(_item(block, paper))
        else:
            yield _block(block, paper)
    if items:
        yield "\n".join(items)
    if section.sources:
        yield f"**{_flat(paper.words.sources)}**"
        yield "\n".join(map(_source, section.sources))


def _source(source: Source) -> str:
    place = f", {_flat(source.place)}" if source.place else ""
    return f"- [{source.number}] **{_flat(source.name)}**{place}: “{_flat(source.quote)}”"


# --- the answer ----------------------------------------------------------------------------------


def _block(block: Block, paper: Paper) -> str:
    match block.kind:
        case "heading":
            return f"{'#' * min(block.level + 2, DEEPEST)} {_inline(block.line, paper, ' ')}"
        case "code":
            return _code(block, paper)
        case "quote":
            return "> " + _inline(block.line, paper, "\\\n> ")
        case "table":
            return _table(block, paper)
        case _:
            return _inline(block.line, paper)


def _item(block: Block, paper: Paper) -> str:
    indent = "    " * block.level
    marker = "-" if block.marker == "•" else block.marker
    lead = f"{indent}{marker} " if marker else f"\n{indent}    "
    return lead + _inline(block.line, paper, f"\\\n{indent}    ")


def _code(block: Block, paper: Paper) -> str:
    text = _UNSEEN.sub("", "".join(each.text for each in block.line if isinstance(each, Run)))
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(text)), default=0))
    noted = "".join(_noted(each, paper) for each in block.line if isinstance(each, Noted))
    return f"{fence}\n{text}\n{fence}" + (f"\n\n{noted.strip()}" if noted else "")


def _table(block: Block, paper: Paper) -> str:
    lines = [f"| {' | '.join(_inline(cell, paper, ' ') for cell in row)} |" for row in block.rows]
    lines.insert(1, "|" + " --- |" * len(block.rows[0]))
    return "\n".join(lines)


def _inline(line: Line, paper: Paper, line_end: str = "\\\n") -> str:
    made = "".join(_run(each) if isinstance(each, Run) else _noted(each, paper) for each in line)
    return _AT_START.sub(_escaped_start, made).replace("\n", line_end)


def _run(run: Run) -> str:
    text = _UNSEEN.sub("", run.text)
    bare = text.strip()
    if not bare:
        return text
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if run.code and "|" not in bare:
        ticks = "`" * (1 + max(map(len, _TICKS.findall(bare)), default=0))
        room = " " if bare.startswith("`") or bare.endswith("`") else ""
        bare = f"{ticks}{room}{bare}{room}{ticks}"
    else:
        bare = _escaped(bare)
    around = "**" * run.bold + "*" * run.italic
    return f"{lead}{around}{bare}{around[::-1]}{trail}"


def _noted(noted: Noted, paper: Paper) -> str:
    numbers = "".join(f"[{number}]" for number in noted.numbers)
    tags = "".join(f" *({_flat(said)})*" for said in paper.said(noted))
    return f"{' ' if numbers else ''}{numbers}{tags}"


def _flat(text: str) -> str:
    """On one line, escaped."""
    return _AT_START.sub(_escaped_start, _escaped(" ".join(_UNSEEN.sub(" ", text).split())))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: "\\" + match[0], text)


def _escaped_start(match: re.Match[str]) -> str:
    """What would begin a heading, list or quotation at the start of a line does not."""
    if match[2].isdigit():
        return f"{match[1]}{match[2]}\\"
    return f"{match[1]}\\{match[2]}"
