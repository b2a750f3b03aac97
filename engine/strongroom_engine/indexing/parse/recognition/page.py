"""A picture of a page -> `Recognised`: which way it stands, what is written on it and where."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from strongroom_engine.indexing.parse.messages import PageLines, Recognised
from strongroom_engine.indexing.parse.recognition import boxes, layout, scripts
from strongroom_engine.indexing.parse.recognition.boxes import Turned
from strongroom_engine.indexing.parse.recognition.reading import ReadLine, read

LONG = 2.0
"""So many times as long as high, a box says which way its text runs."""
ACROSS = 1.5
"""So many times as high as wide, a box may hold text that is turned against the page's."""
SAMPLE = 4
"""Lines that are read both ways to see which way up the page is."""
SAMPLE_LONGEST = 25
"""Times as long as high; longer ones say no more and take longer."""
PLAINLY = 0.9
"""So sure of the lines of the sample, that they are not read the other way as well."""
LEGIBLE_LINE = 0.6
"""Lines that are read less surely than this are left out."""


def recognise(picture: Image.Image, number: int) -> Recognised:
    """Read the picture (RGB) of page `number` as it is shown."""
    found = boxes.find(picture)
    known: dict[Turned, ReadLine] = {}

    def reading(box: Turned) -> ReadLine:
        if box not in known:
            known[box] = read(picture, box)
        return known[box]

    quarter = _quarter(found, reading)
    lines = [_best(box, quarter, reading) for box in found]
    legible = [line for line in lines if line.text and line.sure >= LEGIBLE_LINE]
    sure = confidence(lines)
    if not scripts.is_legible([(line.text, line.sure) for line in lines]):
        legible = []
    text, placed = layout.laid_out(legible, quarter, picture.size)
    turned = (360 - 90 * quarter) % 360
    return Recognised(PageLines(number, text, placed), round(sure, 4), turned)


def confidence(lines: Sequence[ReadLine]) -> float:
    """How sure the characters of the page are, on average."""
    count = sum(len(line.text) for line in lines)
    return sum(line.sure * len(line.text) for line in lines) / count if count else 0.0


def _quarter(found: Sequence[Turned], reading: layout.Reader) -> int:
    """By how many quarters clockwise the page's text is turned."""
    long = [box for box in found if box.width >= LONG * box.height]
    level = sum(box.width for box in long if _is_level(box))
    upright = sum(box.width for box in long) - level
    first = 0 if level >= upright else 1
    sample = [box for box in long if _is_level(box) == (first == 0)]
    return _way_up(sample or list(found), first, reading)


def _way_up(sample: list[Turned], first: int, reading: layout.Reader) -> int:
    """`first`, or the other way up, whichever reads better."""
    sample.sort(key=lambda box: min(box.width / box.height, SAMPLE_LONGEST), reverse=True)
    sample = sample[:SAMPLE]
    one = [reading(_turned_to(box, first)) for box in sample]
    if not one or min(line.sure for line in one) > PLAINLY:
        return first
    other = [reading(_turned_to(box, first + 2)) for box in sample]
    return first if confidence(one) >= confidence(other) else first + 2


def _is_level(box: Turned) -> bool:
    return abs(box.along[0]) >= abs(box.along[1])


def _turned_to(box: Turned, quarter: int) -> Turned:
    """The box for text that is turned by so many quarters on the page."""
    wanted = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarter % 4]
    ways = [box.quarter(times) for times in range(4)]
    return max(ways, key=lambda way: way.along[0] * wanted[0] + way.along[1] * wanted[1])


def _best(box: Turned, quarter: int, reading: layout.Reader) -> ReadLine:
    """The line read as the page stands, or across it where it lies so and that reads better."""
    as_page = _turned_to(box, quarter)
    if as_page.height < ACROSS * as_page.width:
        return reading(as_page)
    ways = [_turned_to(box, quarter + 1), _turned_to(box, quarter + 3)]
    if as_page.height < boxes.SHORT * as_page.width:  # a letter, or a short word across
        line = reading(as_page)
        if line.sure > PLAINLY:
            return line
        ways.append(as_page)
    return max(map(reading, ways), key=lambda line: line.sure)
