"""The newest, oldest, largest, smallest, longest and shortest of some documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from strongroom_engine.answering.exact.selecting import Selected

KB = 1000


@dataclass(frozen=True, slots=True)
class Order:
    """`measure` gives what is compared, None for a document that cannot be; `tell` says it."""

    by: str
    measure: Callable[[Selected], int | None]
    tell: Callable[[Selected], str]
    descending: bool


def ordered(documents: Sequence[Selected], order: str, mails: bool) -> tuple[Order, list[Selected]]:
    """How the documents are compared, and those that can be, the most first."""
    how = ORDERS[f"mail {order}" if mails and f"mail {order}" in ORDERS else order]
    kept = [one for one in documents if how.measure(one) is not None]
    return how, sorted(kept, key=lambda one: how.measure(one) or 0, reverse=how.descending)


def first(ranked: Sequence[Selected], how: Order, number: int) -> list[Selected]:
    """The first `number`, and those that are equal to the last of them."""
    last = {how.measure(one) for one in ranked[number - 1 : number]}
    return [one for at, one in enumerate(ranked) if at < number or how.measure(one) in last]


def length_said(one: Selected) -> str:
    """'12 pages, 34,000 characters'."""
    pages, characters = one.facts.pages, f"{one.facts.characters:,} characters"
    return f"{pages} page{'' if pages == 1 else 's'}, {characters}" if pages else characters


def _size_said(one: Selected) -> str:
    size = one.facts.size
    return f"{size:,} bytes" if size < KB else f"{size / KB:,.1f} kB"


def _changed_said(one: Selected) -> str:
    return f"last changed {one.day.isoformat()}"


def _day(one: Selected) -> int | None:
    return one.mail.day.toordinal() if one.mail and one.mail.day else None


def _length(one: Selected) -> int | None:
    return one.facts.characters or None


def _pair(
    most: str,
    least: str,
    by: str,
    measure: Callable[[Selected], int | None],
    tell: Callable[[Selected], str],
) -> dict[str, Order]:
    return {most: Order(by, measure, tell, True), least: Order(by, measure, tell, False)}


_CHANGE = "the time of their last change"
ORDERS = {
    **_pair("newest", "oldest", _CHANGE, lambda one: one.facts.mtime_ns, _changed_said),
    **_pair("mail newest", "mail oldest", "the day they were sent", _day, lambda _one: ""),
    **_pair("largest", "smallest", "the size of the file", lambda one: one.facts.size, _size_said),
    **_pair("longest", "shortest", "the length of the text", _length, length_said),
}
