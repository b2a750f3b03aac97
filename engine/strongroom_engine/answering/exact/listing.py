"""Index questions -> exact answers: the number, and the whole list with a citation a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.exact.lines import Lines
from strongroom_engine.answering.exact.ordering import first, ordered
from strongroom_engine.answering.exact.reading import Asks, Reading
from strongroom_engine.answering.exact.saying import described, searched, understood
from strongroom_engine.answering.exact.selecting import Selected, Selection, Selector
from strongroom_engine.answering.route import Routed
from strongroom_engine.errors import Cancelled
from strongroom_engine.sentences import known as say
from strongroom_engine.store import Scope
from strongroom_engine.types import Answer

Say = Callable[[Lines, Reading, Selection], None]


def from_index(job: Job, routed: Routed) -> Answer:
    """Answer an index question; no model is asked. Raises `LibraryError`s.

    When cancelled nothing is said: a part of a list would be a wrong answer.
    """
    reading, cancelled = routed.reading, job.caller.cancelled
    job.caller.on_stage("searching", 0)
    selector = Selector(job.parts.store, routed.scope, cancelled)
    lines, said = Lines(job.parts.store, cancelled), ""
    try:
        found = selector.select(reading)
        _SAYS[reading.asks](lines, reading, found)
        said = searched(reading, found, where(routed.scope), len(selector.facts()))
    except Cancelled:
        lines = Lines(job.parts.store)
    job.clock.searched()
    job.caller.on_token(lines.text)
    return Answer(
        question=job.question,
        text=lines.text,
        abstained=False,
        sentences=lines.sentences,
        citations=lines.citations,
        hits=(),
        model="",
        timings=job.clock.timings(),
        stopped=not said,
        understood=understood(reading),
        route="index",
        searched=said,
        confidence=1.0 if said else 0.0,
    )


def where(scope: Scope) -> str:
    """The scope in words."""
    if scope.documents:
        return say.CHOSEN()
    if scope.collections:
        return say.IN_COLLECTIONS(collections=" and ".join(scope.collections))
    return say.IN_WHAT_IS_LEFT() if scope != Scope() else say.EVERYWHERE()


def counted(number: int, what: str) -> str:
    """'There are 3 mails', 'There is 1 mail', 'There are no mails'."""
    return f"There {'is' if number == 1 else 'are'} {number or 'no'} {what}"


def named(one: Selected, more: str = "") -> str:
    """A document in a list: 'offer.eml (Anna Keller; 2023-04-03; Rent)'."""
    told = [more]
    if one.mail:
        day = one.mail.day.isoformat() if one.mail.day else ""
        told += [one.mail.sender, day, one.mail.subject]
    said = "; ".join(part for part in (*told, one.facts.problem) if part)
    return f"- {one.name} ({said})" if said else f"- {one.name}"


# --- what is said --------------------------------------------------------------------------------


def _list(lines: Lines, reading: Reading, found: Selection) -> None:
    number = len(found.documents)
    lines.add(f"{counted(number, described(reading, number))}{':' if number else '.'}")
    for one in found.documents:
        lines.add(named(one), (one,))


def _most(lines: Lines, reading: Reading, found: Selection) -> None:
    how, ranked = ordered(found.documents, reading.order, reading.kind.name == "mail")
    if not ranked:
        lines.add(f"{counted(0, described(reading, 0))}.")
        return
    of = described(reading, len(ranked))
    lines.add(f"The {reading.order} of {len(ranked)} {of}, by {how.by}:")
    for one in first(ranked, how, reading.number):
        lines.add(named(one, how.tell(one)), (one,))


def _pages(lines: Lines, _reading: Reading, found: Selection) -> None:
    for one in found.documents:
        pages = one.facts.pages
        said = (
            f"has {pages} page{'' if pages == 1 else 's'}" if pages else "has no pages of its own"
        )
        lines.add(f"{one.name} {said}.", (one,))


def _all_pages(lines: Lines, reading: Reading, found: Selection) -> None:
    paged = [one for one in found.documents if one.facts.pages]
    total, without = sum(one.facts.pages for one in paged), len(found.documents) - len(paged)
    what = f"page{'' if total == 1 else 's'} in {len(paged)} {described(reading, len(paged))}"
    rest = f"; {without} more {'has' if without == 1 else 'have'} no pages" if without else ""
    lines.add(f"{counted(total, what)}{rest}.")
    for one in paged:
        lines.add(named(one, f"{one.facts.pages} pages"), (one,))


def _formats(lines: Lines, _reading: Reading, found: Selection) -> None:
    groups = _grouped(found.documents, lambda one: one.facts.extension.upper() or "no extension")
    lines.add(f"{counted(len(groups), _plural(len(groups), 'kind'))} of files:")
    _groups(lines, groups, "file")


def _collections(lines: Lines, _reading: Reading, found: Selection) -> None:
    groups = _grouped(found.documents, lambda one: one.facts.collection)
    lines.add(f"{counted(len(groups), _plural(len(groups), 'collection'))}:")
    _groups(lines, groups, "document")


def _senders(lines: Lines, _reading: Reading, found: Selection) -> None:
    mails = [one for one in found.documents if one.mail]
    groups = _grouped(mails, lambda one: one.mail.sender if one.mail else "")
    lines.add(f"{counted(len(groups), _plural(len(groups), 'sender'))} of mails:")
    _groups(lines, groups, "mail")


def _groups(lines: Lines, groups: dict[str, list[Selected]], noun: str) -> None:
    for name, members in groups.items():
        files = ", ".join(one.name for one in members)
        number = len(members)
        lines.add(f"- {name} ({number} {_plural(number, noun)}): {files}", members)


def _grouped(
    documents: Iterable[Selected], key: Callable[[Selected], str]
) -> dict[str, list[Selected]]:
    """The documents by their key, in its order."""
    groups: dict[str, list[Selected]] = defaultdict(list)
    for one in documents:
        groups[key(one)].append(one)
    return dict(sorted(groups.items()))


def _plural(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"


_SAYS: dict[Asks, Say] = {
    "list": _list,
    "count": _list,
    "most": _most,
    "pages": _pages,
    "all pages": _all_pages,
    "formats": _formats,
    "senders": _senders,
    "collections": _collections,
}
