"""PDFs whose letters are hard to place: a maker for each kind."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pymupdf

WORDS = [
    "office",
    "waffle",
    "fluffy",
    "final",
    "efficient",
    "international",
    "agreement",
    "premises",
    "landlord",
    "tenant",
    "rent",
    "notice",
    "period",
    "repair",
    "insurance",
    "deposit",
    "obligation",
    "building",
    "garden",
    "cellar",
    "façade",
    "Äpfel",
    "1,250",
    "2.5%",
    "§7",
    "Tod",
    "AVATAR",
    "Type",
    "Yj",
    "quickly",
]
ARABIC = [
    "العقد",
    "المستأجر",
    "الإيجار",
    "الأجرة",
    "للمالك",
    "شهر",
    "السلامة",
    "البناء",
    "الحديقة",
    "علاوة",
    "المشكلات",
    "على",
]
HEBREW = ["הסכם", "השוכר", "המשכיר", "דמי", "שכירות", "הבניין", "הגינה", "תקופה", "הודעה", "ביטוח"]
CHINESE = "合同租客房東租金通知期限修理保險押金義務建築花園地窖"

Box = tuple[float, float, float, float]
Page = pymupdf.Page
PAGE: Box = (60, 60, 540, 780)
COLUMNS = ((60, 60, 210, 780), (225, 60, 375, 780), (390, 60, 540, 780))


def prose(seed: str, words: int = 220, of: Iterable[str] = WORDS) -> str:
    dice = random.Random(seed)
    return " ".join(dice.choices(list(of), k=words))


def _html(html: str, *boxes: Box, rotation: int = 0) -> pymupdf.Document:
    file = pymupdf.open()
    page = file.new_page()
    for box, part in zip(boxes or (PAGE,), html.split("<hr>"), strict=False):
        spare, _ = page.insert_htmlbox(box, part)
        assert spare >= 0, "the text does not fit"
    page.set_rotation(rotation)
    return file


def _drawn(draw: Callable[[Page], None]) -> pymupdf.Document:
    file = pymupdf.open()
    draw(file.new_page())
    return file


def _slanting(degrees: float) -> Callable[[Page], None]:
    def draw(page: Page) -> None:
        for row in range(20):
            text = prose(f"slanting {row}", 8)
            at = pymupdf.Point(120, 160 + 28 * row)
            page.insert_text(at, text, morph=(pymupdf.Point(300, 420), pymupdf.Matrix(degrees)))

    return draw


def _turned(page: Page) -> None:
    for turn, at in ((90, (100, 700)), (270, (150, 100)), (180, (500, 400)), (0, (200, 500))):
        page.insert_text(at, prose(f"turned {turn}", 6), rotate=turn)


def _twice(page: Page) -> None:
    for row in range(12):
        for step in (0, 0.4):
            page.insert_text((72 + step, 90 + 20 * row), prose(f"twice {row}", 9))


def _tiny(page: Page) -> None:
    for row in range(60):
        page.insert_text((72, 90 + 4 * row), prose(f"tiny {row}", 20), fontsize=3.4)


def _stretched(page: Page) -> None:
    for row in range(12):
        matrix = pymupdf.Matrix(1.6 if row % 2 else 0.6, 1)
        at = pymupdf.Point(72, 90 + 24 * row)
        page.insert_text(at, prose(f"stretched {row}", 5), morph=(at, matrix))


def _cropped() -> pymupdf.Document:
    file = _html(f"<p>{prose('cropped')}</p>")
    file[0].insert_text((20, 30), "beyond the edge")
    file[0].set_cropbox(pymupdf.Rect(50, 50, 560, 800))
    return file


def _shifted() -> pymupdf.Document:
    """A page whose corner is not at nought."""
    file = _html(f"<p>{prose('shifted')}</p>")
    file[0].set_mediabox(pymupdf.Rect(-120, -80, 595, 842))
    return file


def _labelled() -> pymupdf.Document:
    file = _html(f"<p>{prose('labelled')}</p>")
    file.set_page_labels([{"startpage": 0, "prefix": "A-", "style": "r", "firstpagenum": 4}])
    return file


def _written_on(page: Page) -> None:
    page.insert_text((72, 90), prose("written on", 8))
    page.add_freetext_annot((72, 200, 400, 300), prose("free text", 20), fontsize=11)


def _cramped(page: Page) -> None:
    """Lines whose boxes overlap, as every tight table has them."""
    for row in range(40):
        page.insert_text((72, 90 + 9.2 * row), prose(f"cramped {row}", 9), fontsize=10)


def _spread(page: Page) -> None:
    """Letters far from each other."""
    for row in range(10):
        page.insert_text((72, 90 + 30 * row), " ".join(prose(f"spread {row}", 4).upper()))


def _type3() -> pymupdf.Document:
    """Letters that are small drawings, as old TeX and some programs of today write them: a font of
    which nothing is known but how each letter is painted."""
    file = pymupdf.open()
    page = file.new_page()
    for row in range(20):
        page.insert_text((72, 90 + 26 * row), prose(f"type 3 {row}", 7))
    _draw_letters(file, page.get_fonts()[0][0])
    return file


def _draw_letters(file: pymupdf.Document, font: int) -> None:
    """Make the font one of Type 3."""
    widths, names, drawings = [], [], []
    for code in range(32, 256):
        letter = bytes([code]).decode("latin-1")
        drawn = file.get_new_xref()
        file.update_object(drawn, "<<>>")
        file.update_stream(drawn, _bars(letter).encode())
        widths.append("560")
        names.append(f"{code} /a{code}")
        drawings.append(f"/a{code} {drawn} 0 R")
    unicode = file.get_new_xref()
    file.update_object(unicode, "<<>>")
    file.update_stream(unicode, _UNICODE)
    file.update_object(
        font,
        "<</Type/Font/Subtype/Type3/FontBBox[0 -250 600 800]/FontMatrix[.001 0 0 .001 0 0]"
        f"/FirstChar 32/LastChar 255/Widths[{' '.join(widths)}]/ToUnicode {unicode} 0 R"
        f"/Encoding<</Type/Encoding/Differences[{' '.join(names)}]>>"
        f"/CharProcs<<{' '.join(drawings)}>>/Resources<<>>>>",
    )


def _bars(letter: str) -> str:
    """A letter as two bars and a beam, as high and as deep as such a letter is."""
    top = 480 if letter in "acegmnopqrsuvwxyz" else 720
    bottom = -200 if letter in "gjpqy" else 0
    if letter == " ":
        return "560 0 0 0 0 0 d1"
    high = top - bottom
    return (
        f"560 0 40 {bottom} 520 {top} d1 40 {bottom} 90 {high} re 430 {bottom} 90 {high} re"
        f" 40 {top - 90} 480 90 re f"
    )


_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Made def /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <20> <FF> <0020> endbfrange endcmap end end"""


SHY = "<p>" + " ".join(f"{word[:5]}&shy;{word[5:]}" for word in prose("hyphens").split()) + "</p>"
MADE: dict[str, Callable[[], pymupdf.Document]] = {
    "plain": lambda: _html(f"<p>{prose('plain')}</p>"),
    "justified": lambda: _html(f"<p style='text-align:justify'>{prose('justified')}</p>"),
    "kerned": lambda: _html(f"<p style='font-family:serif;font-size:20px'>{prose('kern', 90)}</p>"),
    "hyphens": lambda: _html(SHY, (60, 60, 150, 800), (170, 60, 260, 800)),
    "columns": lambda: _html("<hr>".join(f"<p>{prose(n, 90)}</p>" for n in "abc"), *COLUMNS),
    "rotated 90": lambda: _html(f"<p>{prose('90')}</p>", rotation=90),
    "rotated 180": lambda: _html(f"<p>{prose('180')}</p>", rotation=180),
    "rotated 270": lambda: _html(f"<p>{prose('270')}</p>", rotation=270),
    "arabic": lambda: _html(f"<p dir='rtl'>{prose('ar', 90, ARABIC)}</p>"),
    "hebrew": lambda: _html(f"<p dir='rtl'>{prose('he', 90, HEBREW)}</p>"),
    "both ways": lambda: _html(f"<p dir='rtl'>{prose('bi', 90, [*HEBREW, *WORDS[:9]])}</p>"),
    "chinese": lambda: _html(f"<p>{prose('zh', 60, CHINESE)}</p>"),
    "table": lambda: _html(
        "<table>"
        + "".join(
            f"<tr><td>{prose(f'l{n}', 2)}</td><td>{n},250</td><td>{n * 7}.5%</td></tr>"
            for n in range(20)
        )
        + "</table>"
    ),
    "small print": lambda: _html(f"<p style='font-size:5px'>{prose('small', 400)}</p>"),
    "raised": lambda: _html(
        "<p>" + " ".join(f"{word}<sup>{n}</sup>" for n, word in enumerate(WORDS)) + "</p>"
    ),
    "slanting 3": lambda: _drawn(_slanting(3)),
    "slanting 10": lambda: _drawn(_slanting(10)),
    "turned": lambda: _drawn(_turned),
    "twice": lambda: _drawn(_twice),
    "tiny": lambda: _drawn(_tiny),
    "stretched": lambda: _drawn(_stretched),
    "cropped": _cropped,
    "shifted": _shifted,
    "labelled": _labelled,
    "written on": lambda: _drawn(_written_on),
    "cramped": lambda: _drawn(_cramped),
    "spread": lambda: _drawn(_spread),
    "type 3": _type3,
}


@contextmanager
def write(names: Iterable[str]) -> Iterator[list[Path]]:
    """The made ones of these names as files, as long as they are needed."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{name}.pdf" for name in names]
        for path in paths:
            file = MADE[path.stem]()
            file.save(path)
            file.close()
        yield paths
