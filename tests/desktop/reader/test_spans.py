"""What is marked of the places that one can step through."""

from __future__ import annotations

from strongroom_desktop.reader.spans import cited
from strongroom_desktop.search.hits_model import trail
from strongroom_engine.types import Hit

FILE = "/papers/Lease.pdf"


def test_a_passage_found_by_its_meaning_is_marked_only_while_it_is_open() -> None:
    """Page after page would be yellow all over where one word was searched for."""
    worded = Hit(1, FILE, 3, 100, 200, "", 2.0, "give notice", marks=((5, 11),))
    other = Hit(2, FILE, 3, 300, 400, "", 1.5, "notice", marks=((0, 6),))
    meant = Hit(3, FILE, 3, 500, 600, "", 1.0, "an end to it")
    assert cited(trail((worded, other, meant), 0), 3) == (((105, 111),), ((300, 306),))
    opened, others = cited(trail((worded, other, meant), 2), 3)
    assert opened == ((500, 600),)
    assert others == ((105, 111), (300, 306))
