"""What reading each format costs: pages and megabytes a second, and memory, against a plain way to
get the words out of the same file in the same run.

    python tests/bench/bench_formats.py [FOLDER] [--only NAME …] [--rounds N]

Without FOLDER of made files, each large for its kind; with it of the real ones there, by their kind,
so many of each as `--most` says. Each file is read by the parser that its content calls for, and so
is all that lies in it, in a process of its own. The reference is named in the table; it keeps
no structure, no places and nothing of what is hidden. 'times' is how often as long the parser takes
as the reference. Pages by text recognition are not in here: their time is the model's.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]

from tests.engine.office_files import presentation, shape  # noqa: E402  # after the path above
from tests.engine.parsing import parsed  # noqa: E402

from strongroom_engine.errors import DocumentProblem  # noqa: E402
from strongroom_engine.store.members import path_of  # noqa: E402

WORDS = (Path(__file__).parent / "words.txt").read_text("utf-8").split()
PAGES, ROWS, MESSAGES, FILES = 200, 50_000, 500, 300
MEGABYTE = 1 << 20
_DICE = random.Random(7)


# --- made files ------------------------------------------------------------------------------------


def sentence(words: int = 12) -> str:
    return " ".join(_DICE.choices(WORDS, k=words)).capitalize() + "."


def paragraph(sentences: int = 6) -> str:
    return " ".join(sentence() for _ in range(sentences))


def paragraphs(count: int) -> list[str]:
    return [paragraph() for _ in range(count)]


def pdf() -> bytes:
    import pymupdf

    with pymupdf.open() as file:
        for _ in range(PAGES):
            box, text = pymupdf.Rect(60, 60, 540, 780), "\n\n".join(paragraphs(5))
            file.new_page().insert_textbox(box, text, fontsize=10)
        return bytes(file.tobytes(garbage=3, deflate=True))


def docx() -> bytes:
    import docx as writer

    document = writer.Document()
    for page in range(PAGES):
        document.add_heading(sentence(4), 1 + page % 3)
        for text in paragraphs(5):
            document.add_paragraph(text)
        if page % 10 == 0:
            table = document.add_table(10, 4)
            for row in table.rows:
                for cell in row.cells:
                    cell.text = sentence(2)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pptx() -> bytes:
    return presentation(*(shape(*paragraphs(3)) for _ in range(PAGES)))


def xlsx() -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Costs")
        sheet.write_row(0, 0, ("Number", "Name", "Town", "Amount", "Share", "Paid"))
        for row in range(1, ROWS + 1):
            sheet.write_row(row, 0, _cells(row))
    return out.getvalue()


def _cells(row: int) -> tuple[object, ...]:
    name, town = _DICE.choices(WORDS, k=2)
    return row, name, town, _DICE.randrange(10**6) / 100, _DICE.random(), row % 3 == 0


def csv_table() -> bytes:
    import csv

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("Number", "Name", "Town", "Amount", "Share", "Paid"))
    writer.writerows(_cells(row) for row in range(1, ROWS + 1))
    return out.getvalue().encode()


def html() -> bytes:
    body = "".join(f"<h2>{sentence(4)}</h2><p>{text}</p>" for text in paragraphs(5 * PAGES))
    return f"<!doctype html><html><title>Made</title><body>{body}</body></html>".encode()


def markdown() -> bytes:
    return "\n\n".join(f"## {sentence(4)}\n\n{text}" for text in paragraphs(5 * PAGES)).encode()


def text() -> bytes:
    return "\n\n".join(paragraphs(20 * PAGES)).encode()


def rtf() -> bytes:
    body = "".join(rf"\pard {text}\par " for text in paragraphs(5 * PAGES))
    return rf"{{\rtf1\ansi {body}}}".encode()


def odt() -> bytes:
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    body = "".join(f"<text:p>{text}</text:p>" for text in paragraphs(5 * PAGES))
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind.encode(), "content.xml": content.encode()})


def epub() -> bytes:
    parts = {"mimetype": b"application/epub+zip", "META-INF/container.xml": _CONTAINER.encode()}
    chapters = range(PAGES // 10)
    for chapter in chapters:
        body = "".join(f"<p>{text}</p>" for text in paragraphs(50))
        page = f"<html><body><h1>{sentence(3)}</h1>{body}</body></html>"
        parts[f"c{chapter}.xhtml"] = page.encode()
    items = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in chapters
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in chapters)
    parts["book.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    ).encode()
    return zipped(parts)


_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)


def mbox() -> bytes:
    return b"".join(
        b"From a@example.org Sat Mar  2 12:00:00 2024\n" + message(number).as_bytes() + b"\n"
        for number in range(MESSAGES)
    )


def message(number: int) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "Ana <a@example.org>", "Bo <b@example.org>"
    made["Subject"] = sentence(4)
    made["Date"] = datetime(2024, 3, 1, tzinfo=UTC) + timedelta(minutes=37 * number)
    made["Message-ID"] = f"<{number}@example.org>"
    made.set_content("\n\n".join(paragraphs(3)))
    if number % 10 == 0:
        made.add_attachment(paragraph(20), filename=f"note {number}.txt")
    return made


def calendar() -> bytes:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20240302T{n % 24:02}0000Z\r\n"
        f"SUMMARY:{sentence(4)}\r\nDESCRIPTION:{sentence()}\r\nEND:VEVENT\r\n"
        for n in range(5_000)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode()


def json_data() -> bytes:
    rows = [dict(zip("abcdef", _cells(row), strict=True)) for row in range(ROWS // 5)]
    return json.dumps(rows, indent=1).encode()


def texts_zip() -> bytes:
    return zipped({f"{n % 20}/{n}.txt": "\n\n".join(paragraphs(20)).encode() for n in range(FILES)})


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


MADE: dict[str, Callable[[], bytes]] = {
    "report.pdf": pdf,
    "report.docx": docx,
    "slides.pptx": pptx,
    "costs.xlsx": xlsx,
    "costs.csv": csv_table,
    "report.odt": odt,
    "report.rtf": rtf,
    "book.epub": epub,
    "page.html": html,
    "notes.md": markdown,
    "notes.txt": text,
    "data.json": json_data,
    "post.mbox": mbox,
    "dates.ics": calendar,
    "texts.zip": texts_zip,
}


# --- references: (name, how many characters come out) ------------------------------------------------


def _by_mupdf(path: Path) -> int:
    import pymupdf

    with pymupdf.open(path) as file:
        return sum(len(page.get_text()) for page in file)


def _by_docx(path: Path) -> int:
    import docx as reader

    document = reader.Document(str(path))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return sum(len(one.text) for one in (*document.paragraphs, *cells))


def _by_xml_of_zip(path: Path) -> int:
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if n.endswith((".xml", ".xhtml", ".html"))]
        trees = (etree.fromstring(archive.read(name), _LENIENT()) for name in names)
        return sum(len("".join(tree.itertext())) for tree in trees if tree is not None)


def _LENIENT() -> object:  # noqa: N802  # a constant, made when lxml is there
    from lxml import etree

    return etree.XMLParser(recover=True, huge_tree=True)


def _by_openpyxl(path: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return sum(len(str(value)) for row in rows for value in row if value is not None)


def _by_csv(path: Path) -> int:
    import csv

    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return sum(len(field) for row in csv.reader(file) for field in row)


def _by_mailbox(path: Path) -> int:
    import mailbox

    parts = (part for one in mailbox.mbox(path) for part in one.walk() if not part.is_multipart())
    return sum(len(part.get_payload(decode=True) or b"") for part in parts)


def _by_email(path: Path) -> int:
    import email

    parts = email.message_from_bytes(path.read_bytes()).walk()
    return sum(
        len(part.get_payload(decode=True) or b"") for part in parts if not part.is_multipart()
    )


def _by_lxml(path: Path) -> int:
    from lxml import html as reader

    return len(reader.fromstring(path.read_bytes()).text_content())


def _by_json(path: Path) -> int:
    return len(str(json.loads(path.read_bytes())))


def _by_zipfile(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(
            len(archive.read(name).decode("utf-8", "replace")) for name in archive.namelist()
        )


def _by_bytes(path: Path) -> int:
    return len(path.read_bytes().decode("utf-8", "replace"))


REFERENCES: dict[str, tuple[str, Callable[[Path], int]]] = {
    "pdf": ("PyMuPDF get_text", _by_mupdf),
    "docx": ("python-docx", _by_docx),
    "pptx": ("zipfile, lxml", _by_xml_of_zip),
    "odt": ("zipfile, lxml", _by_xml_of_zip),
    "odp": ("zipfile, lxml", _by_xml_of_zip),
    "ods": ("zipfile, lxml", _by_xml_of_zip),
    "epub": ("zipfile, lxml", _by_xml_of_zip),
    "xlsx": ("openpyxl, read only", _by_openpyxl),
    "csv": ("csv module", _by_csv),
    "mbox": ("mailbox module", _by_mailbox),
    "eml": ("email module", _by_email),
    "html": ("lxml text_content", _by_lxml),
    "htm": ("lxml text_content", _by_lxml),
    "json": ("json module", _by_json),
    "zip": ("zipfile", _by_zipfile),
}
PLAIN = ("bytes decoded", _by_bytes)


# --- measuring, in a process of its own --------------------------------------------------------------


@dataclass(slots=True)
class Cost:
    """Of some files, in seconds of the processor: nothing waits here, and what else the computer
    does matters less. `peak_mb` is above what the process took before, the modules that are loaded for it included."""

    seconds: float = 0.0
    peak_mb: float = 0.0
    characters: int = 0
    pages: int = 0
    members: int = 0
    failed: int = 0


def child(how: str, rounds: int, paths: Sequence[str]) -> int:
    """Read the files, print the cost of the quickest round as JSON."""
    read = _own if how == "own" else _by(how)
    start = _peak_mb()
    best = Cost()
    for number in range(rounds + 1):  # in the first round modules are loaded, too
        cost = Cost()
        for path in paths:
            began = time.process_time()
            try:
                read(Path(path), cost)
            except Exception:  # a reference may choke on anything
                cost.failed += 1
            cost.seconds += time.process_time() - began
        if number <= 1 or cost.seconds < best.seconds:
            best = cost
    best.peak_mb = _peak_mb() - start
    print(json.dumps({name: getattr(best, name) for name in Cost.__slots__}))
    return 0


def _own(path: Path, cost: Cost) -> None:
    document = parsed(path)
    cost.characters += len(document.text)
    cost.pages += len(document.pages) if document.paged else 0
    for member in document.members:
        cost.members += 1
        try:
            _own(Path(path_of(str(path), member)), cost)
        except DocumentProblem:
            cost.failed += 1


def _by(kind: str) -> Callable[[Path, Cost], None]:
    _, read = REFERENCES.get(kind, PLAIN)

    def count(path: Path, cost: Cost) -> None:
        cost.characters += read(path)

    return count


def _peak_mb() -> float:
    """The most memory that this process ever took."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says there is that of the parent, too
        line = next(one for one in status.read_text("ascii").splitlines() if "VmHWM" in one)
        return int(line.split()[1]) / 1024
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return taken / (MEGABYTE if sys.platform == "darwin" else 1024)


def measured(how: str, rounds: int, paths: Sequence[Path]) -> Cost:
    command = [sys.executable, __file__, "--child", how, "--rounds", str(rounds)]
    ran = subprocess.run(
        [*command, *map(str, paths)], capture_output=True, text=True, check=False, timeout=600
    )
    if ran.returncode:
        print(ran.stderr, file=sys.stderr)
        return Cost(failed=len(paths))
    return Cost(**json.loads(ran.stdout.splitlines()[-1]))


# --- the table ---------------------------------------------------------------------------------------


def main() -> int:
    options = _options()
    if options.child:
        return child(options.child, options.rounds, options.paths)
    with tempfile.TemporaryDirectory() as scratch:
        groups = _real(options) if options.paths else _made(options, Path(scratch))
        print(
            f"{'format':<6} {'files':>5} {'MB':>7} {'s':>7} {'MB/s':>7} {'pages/s':>8} {'inside':>6}"
            f" {'chars/s':>10} {'+MB':>5} {'times':>6}  reference"
        )
        for kind, files in groups:
            own, plain = (measured(how, options.rounds, files) for how in ("own", kind))
            print(_line(kind, files, own, plain), flush=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--only", nargs="*", default=[], help="endings")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=int, default=200, help="real files of a kind")
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def _made(options: argparse.Namespace, folder: Path) -> Iterable[tuple[str, list[Path]]]:
    for name, make in MADE.items():
        kind = name.rpartition(".")[2]
        if not options.only or kind in options.only:
            (folder / name).write_bytes(make())
            yield kind, [folder / name]


def _real(options: argparse.Namespace) -> Iterable[tuple[str, list[Path]]]:
    found: dict[str, list[Path]] = {}
    for path in sorted(Path(options.paths[0]).rglob("*")):
        kind = path.suffix.lower().lstrip(".")
        if path.is_file() and kind and (not options.only or kind in options.only):
            found.setdefault(kind, []).append(path)
    return ((kind, files[: options.most]) for kind, files in sorted(found.items()))


def _line(kind: str, files: Sequence[Path], own: Cost, plain: Cost) -> str:
    size = sum(path.stat().st_size for path in files) / MEGABYTE
    name, _ = REFERENCES.get(kind, PLAIN)
    seconds = max(own.seconds, 1e-9)
    pages = f"{own.pages / seconds:>8.0f}" if own.pages else f"{'':>8}"
    ratio = f"{own.seconds / plain.seconds:>6.1f}" if plain.seconds else f"{'':>6}"
    failed = f"; {own.failed} not read" if own.failed else ""
    failed += f"; {plain.failed} not read by it" if plain.failed else ""
    return (
        f"{kind:<6} {len(files):>5} {size:>7.2f} {own.seconds:>7.2f} {size / seconds:>7.2f} {pages}"
        f" {own.members or '':>6} {own.characters / seconds:>10,.0f} {own.peak_mb:>5.0f} {ratio}"
        f"  {name}{failed}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
