"""The commands that say how a document was read, and open protected ones."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath

from rich.text import Text

from strongroom_engine.commands import output
from strongroom_engine.commands.terminal import Bars, Commands, Options, command, err, opened, out
from strongroom_engine.trees import absolute_path
from strongroom_engine.types import Report, Unlocked

KIN = {
    "container": "Lies in",
    "member": "Holds",
    "copy": "The same file",
    "version": "Nearly the same text",
    "thread": "The same exchange",
}


def add_trusting(commands: Commands) -> None:
    """Their grammar."""
    report = command(commands, "report", _report, "how a document was read, and what was left out")
    report.add_argument("file", metavar="FILE")
    report.add_argument("--check", action="store_true", help="look anew whether it is findable")
    password = command(
        commands, "password", _password, "open protected documents, or list what has a password"
    )
    password.add_argument(
        "path", nargs="?", default="", metavar="PATH", help="a document, or a folder for all in it"
    )
    password.add_argument("--forget", action="store_true", help="keep its password no longer")


def _report(options: Options) -> int:
    file = absolute_path(options.file)
    with opened(options, "write" if options.check else "read") as library:
        look = library.reading.check if options.check else library.reading.report
        report = look(file)
    if options.json:
        print(output.to_json(report))
        return 0
    for name, value in _lines(report):
        # Long paths stay whole: the terminal wraps them, and what is piped has one a line.
        out.print(Text.assemble((f"{name:<12} ", "dim"), output.clean(value)), soft_wrap=True)
    return 0


def _lines(report: Report) -> Iterator[tuple[str, str]]:
    document = report.document
    yield "Document", document.path
    yield "State", f"{document.state}. {document.reason} {document.remedy}".rstrip(". ") + "."
    yield from _reading(report)
    yield from _extent(report)
    for left in report.left_out:
        yield "Left out", f"{left.count:,}: {left.what}"
    if document.chunks:
        yield "Findable", {True: "yes", False: "no", None: "not tried yet"}[report.findable]
    for kin in report.kin:
        alike = f" ({int(kin.likeness * 100)} %)" if kin.likeness < 1 else ""
        yield KIN.get(kin.kind, kin.kind), f"{kin.path}{alike}"
    if report.more_kin:
        yield "", f"and {report.more_kin:,} more"


def _reading(report: Report) -> Iterator[tuple[str, str]]:
    """When it was read, by what, and from which version of the file."""
    document = report.document
    if report.read_ms:
        yield "Read", f"{_moment(report.read_ms)}, in {report.took_ms / 1000:.1f} s"
    if report.parser:
        protected = ", with its password" if report.with_password else ""
        yield "By", f"{report.parser}{protected}"
    changed = f", changed {_moment(document.mtime_ns // 1_000_000)}" if document.mtime_ns else ""
    yield "File", f"{document.size:,} bytes{changed}"


def _extent(report: Report) -> Iterator[tuple[str, str]]:
    """How much there is in it."""
    if report.pages:
        yield "Pages", output.count(report.pages, report.page_unit)
    if report.members:
        yield "Inside", output.count(report.members, "document")
    if report.recognised:
        yield "Recognised", _recognised(report)
    if report.waiting:
        yield "Waiting", f"{output.count(len(report.waiting), 'page')} for text recognition"
    if report.document.chunks:
        yield "Text", _sizes(report)


def _recognised(report: Report) -> str:
    sure = [confidence for _, confidence in report.recognised]
    least, page = min((confidence, page) for page, confidence in report.recognised)
    mean = sum(sure) / len(sure)
    return f"{output.count(len(sure), 'page')}, on average {mean:.2f} sure; least page {page}: {least:.2f}"


def _sizes(report: Report) -> str:
    parts = [
        output.count(report.characters, "character"),
        output.count(report.document.chunks, "passage"),
    ]
    for number, what in (
        (report.headings, "heading"),
        (report.tables, "table"),
        (report.sheets, "typed table"),
    ):
        if number:
            parts.append(output.count(number, what))
    languages = f" ({', '.join(report.languages)})" if report.languages else ""
    return ", ".join(parts) + languages


def _moment(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000).astimezone():%Y-%m-%d %H:%M}"


def _password(options: Options) -> int:
    path = absolute_path(options.path) if options.path else ""
    if path and options.forget:
        with opened(options, "write") as library:
            library.indexing.forget_password(path)
    elif path:
        return _give(options, path)
    with opened(options, "read") as library:
        paths = library.indexing.passwords()
    if options.json:
        print(output.to_json({"passwords": paths}))
    elif not path:
        for one in paths:
            out.print(Text(output.clean(one)))
    return 0


def _give(options: Options, path: str) -> int:
    """Ask for the password, or take it from what is piped in; say what it opened. 1 where it opens
    nothing of what waits for one."""
    name = output.clean(PurePath(path).name)
    if sys.stdin.isatty():
        password = getpass.getpass(f"Password of {name}: ")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    with Bars() as bars, opened(options, "write", on_progress=bars.indexing) as library:
        tried = library.indexing.give_password(path, password)
    if options.json:
        print(output.to_json(tried))
    else:
        err.print(Text(_told(tried), "" if tried.opened else "yellow"))
    return 1 if tried.locked and not tried.opened else 0


def _told(tried: Unlocked) -> str:
    """What a password opened, and what not."""
    opened, locked = (len(found) for found in (tried.opened, tried.locked))
    if tried.waiting and not opened:
        return "Indexing rests: it is kept, and tried when indexing goes on."
    if not opened and not locked:
        return "Nothing there waits for a password, so it was not kept."
    if not opened:
        which = "the document" if locked == 1 else f"any of the {locked:,} documents"
        return f"It does not open {which}, and was not kept. Capitals and small letters count."
    said = f"It opened {output.count(opened, 'document')}"
    needs = "needs another one: 'strongroom status' names it"
    need = "need another one: 'strongroom status' names them"
    return f"{said}; {locked:,} {needs if locked == 1 else need}." if locked else f"{said}."
