"""The forms of questions, as rows of tags, and the query that each asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from strongroom_engine.answering.sheets.filters import narrowed_by
from strongroom_engine.answering.sheets.heads import Head
from strongroom_engine.answering.sheets.known import Column
from strongroom_engine.types import Query

_HOW = {"s": "sum", "a": "avg", "m": "median", "+": "max", "-": "min", "": "sum"}
MAX_SHOWN = 8
"""Columns of rows that are listed whole."""
FEW = 300
"""So many different values are listed where all are asked for."""


def query_of(head: Head) -> Query | None:
    """The query, where what is left of the question is of a known form."""
    for pattern, form in _FORMS:
        if (match := pattern.fullmatch(head.tags)) and (made := form(head, match)):
            return head.finished(made)
    return None


# --- single figures ------------------------------------------------------------------------------


def _count_rows(head: Head, _match: re.Match[str]) -> Query | None:
    """'How many rows', 'how many orders' where the table is called so and a row is one of them."""
    tally = head.columns.tally()
    if tally is not None and any(one.piece.name == "named" for one in head.items):
        return Query("value", "sum", tally)
    return Query("count") if head.held else None


def _count_days(head: Head, _match: re.Match[str]) -> Query | None:
    """'How many days had snow' where each row is a day."""
    place = head.columns.date()
    day = any(one.piece.name == "day" for one in head.items)
    single = place is not None and head.columns[place].single
    return Query("count") if day and single and head.taken.filters else None


def _count_column(head: Head, _match: re.Match[str]) -> Query | None:
    """'How many units' adds up; 'how many suppliers' counts different ones."""
    piece = next(one.piece for one in head.items if one.tag == "C")
    column = head.columns[piece.column]
    if not head.columns.says_most(column.place, piece.part):
        return None
    if column in head.columns.measures():
        sorts = column.sorts and not head.taken.filters  # 'how many floors are there'
        told = sorts or "i" in head.tags or head.columns.is_rate(column.place)
        return None if told else Query("value", "sum", column.place)
    # Of numbers nobody counts the different ones without saying so.
    number = column.is_number and "i" not in head.tags and not head.columns.says_when(column.place)
    if number or column.is_date or column.is_truth:
        return None
    rows = column.single or head.columns.is_of_rows(column)  # the missions in 'missions.csv'
    if "i" in head.tags or not rows:
        return Query("distinct count", measure=column.place)
    return Query("count")


def _how_much(head: Head, _match: re.Match[str]) -> Query | None:
    """'How much did we pay Keller', 'the total for March'."""
    amount = head.columns.amount()
    told = head.held or head.taken.filters
    return Query("value", "sum", amount) if amount is not None and told else None


def _sum(head: Head, _match: re.Match[str]) -> Query | None:
    named = head.named_columns
    column = head.columns[named[0]]
    if len(named) > 1 and not head.columns[named[1]].single:  # 'of the products' says what rows are
        return None
    return Query("value", "sum", column.place) if column in head.columns.measures() else None


def _average(head: Head, match: re.Match[str]) -> Query | None:
    named = head.named_columns
    column = head.columns[named[0]]
    if len(named) > 1 and not head.columns[named[1]].single:
        return None
    return Query("value", _HOW[match["how"]], column.place) if column.is_number else None


def _extreme_value(head: Head, match: re.Match[str]) -> Query | None:
    """'The highest rent', 'the latest date'; who has it, where that is asked."""
    if "W" in head.opening or "P" in head.opening:
        return _most(head, match)
    column = head.columns[head.named_columns[0]]
    if not head.fits(column.place) or not (column in head.columns.measures() or column.is_date):
        return None
    if column.is_date and not head.has_hints:  # 'the smallest order' is not its date
        return None
    if "T" in head.opening and not column.is_date:  # 'when was the highest …'
        day = head.columns.date()
        shows = () if day is None else (day,)
        made = Query("extreme", measure=column.place, shows=shows, top=head.top, limit=1)
        return made if shows and head.group < 0 else None
    return Query("value", _HOW[head.top], column.place)


def _share(head: Head, _match: re.Match[str]) -> Query | None:
    """'What share of the amount went to Keller', 'what percentage of orders were shipped'."""
    if len({one.column for one in head.taken.filters}) != 1 or head.group >= 0:
        return None  # of two conditions one may say what the whole is
    if head.named_columns:
        column = head.columns[head.named_columns[0]]
        if column in head.columns.measures():
            return Query("share", "sum", column.place)
        return Query("share") if column.single and "s" not in head.tags else None
    if "r" in head.tags or "#" in head.tags or (head.named and "s" not in head.tags):
        return Query("share") if head.held else None
    amount = head.columns.amount()
    return Query("share", "sum", amount) if amount is not None and "s" in head.tags else None


def _difference(head: Head, _match: re.Match[str]) -> Query | None:
    one, other = (head.columns[place] for place in head.named_columns)
    if one.place == other.place or not (one.is_number and other.is_number):
        return None
    if any(head.columns.is_rate(each.place) for each in (one, other)) and not head.taken.filters:
        return None  # temperatures of many days
    return Query("difference", "sum", one.place, other.place)


# --- the most and the least ----------------------------------------------------------------------


def _most(head: Head, match: re.Match[str]) -> Query | None:
    """'Which supplier has the highest amount', 'who got the most'."""
    said, named = match.groupdict(), head.named_columns
    entity = named.pop(0) if said.get("entity") else head.entity()
    if said.get("entity") and not _is_meant(head, entity):
        return None
    measure = named[0] if named else head.measure()
    if entity is None or measure is None or entity == measure or head.group >= 0:
        return None
    return _most_of(head, entity, measure, said.get("how") or "")


def _top_by(head: Head, _match: re.Match[str]) -> Query | None:
    """'The top 5 products by revenue'."""
    named = head.named_columns
    entity, measure = (named[0], named[1]) if len(named) > 1 else (head.columns.key(), named[0])
    if entity is None or entity == measure or head.has_hints or head.group >= 0:
        return None
    return _most_of(head, entity, measure, "")


def _most_of(head: Head, entity: int, measure: int, how: str) -> Query | None:
    """Rows where each has its own entity; sums where several share one and sums are meant."""
    column, one, limit = head.columns[measure], head.columns[entity], head.number or 1
    measured = column.is_date or column in head.columns.measures()
    if not measured or not _can_be_entity(head, one):
        return None
    if not head.fits(measure) or (column.is_date and not head.has_hints):
        return None
    if head.columns.is_mostly_single(one) or column.is_date:
        return Query("extreme", measure=measure, shows=(entity,), top=head.top, limit=limit)
    rate = head.columns.is_rate(measure)
    if how or (head.adds and not rate):
        wanted = column in head.columns.measures()
        made = Query("value", _HOW[how], measure, group=entity, top=head.top, limit=limit)
        return made if wanted else None
    if not (rate or head.has_hints):
        return None  # 'the highest sales' of a region: of all its rows, or of one?
    return Query("extreme", measure=measure, shows=(entity,), top=head.top, limit=limit)


def _is_meant(head: Head, entity: int | None) -> bool:
    """Whether the words that named the column say what it holds."""
    piece = next(one.piece for one in head.items if one.tag == "C")
    return piece.column != entity or head.columns.says_most(piece.column, piece.part)


def _can_be_entity(head: Head, column: Column) -> bool:
    """Whether its values name something: no amounts, but years, and numbers of things."""
    return not column.is_number or column.single or column not in head.columns.measures()


def _most_rows(head: Head, _match: re.Match[str]) -> Query | None:
    """'Which customer has the most orders': the number of rows."""
    named = head.named_columns
    entity = named[0] if named else head.entity()
    if entity is None or head.has_hints or not head.adds or head.group >= 0 or not head.held:
        return None
    if named and not _is_meant(head, entity):
        return None
    column = head.columns[entity]
    if column.single or head.columns.tally() is not None or not _can_be_entity(head, column):
        return None
    return Query("count", group=entity, top=head.top, limit=head.number or 1)


def _most_time(head: Head, match: re.Match[str]) -> Query | None:
    """'Which month has the highest sales'."""
    place, named, how = head.columns.date(), head.named_columns, match["how"] or ""
    unit = next(one.piece.name for one in head.items if one.tag == "u")
    if place is None or head.has_hints or head.group >= 0:
        return None
    if "r" in head.tags or (not named and head.named and not how):
        made = Query("count", group=place, unit=unit, top=head.top, limit=1)
        if (tally := head.columns.tally()) is not None:
            made = replace(made, asks="value", how="sum", measure=tally)
        return made if head.adds else None
    measure = named[0] if named else head.columns.amount()
    if measure is None or head.columns[measure] not in head.columns.measures():
        return None
    if not how and head.columns.is_rate(measure):
        return None
    return Query("value", _HOW[how], measure, group=place, unit=unit, top=head.top, limit=1)


def _firsts(head: Head, _match: re.Match[str]) -> Query | None:
    """'The three highest prices', 'the 5 cheapest products', 'the three biggest suppliers'."""
    named, limit = head.named_columns[0], head.number
    column = head.columns[named]
    if not limit or head.group >= 0:
        return None
    if column.is_number or column.is_date:
        if not head.fits(named):
            return None
        key = head.columns.key()
        shows = (key,) if key is not None else ()
        return Query("extreme", measure=named, shows=shows, top=head.top, limit=limit)
    measure = head.measure()
    if measure is None or measure == named:
        return None
    if head.has_hints:
        return Query("extreme", measure=measure, shows=(named,), top=head.top, limit=limit)
    made = _most_of(head, named, measure, "" if head.columns[named].single else "s")
    return None if head.columns.is_rate(measure) else made


def _one_row(head: Head, _match: re.Match[str]) -> Query | None:
    """'The cheapest product', 'which product is the most expensive', 'who was hired last'."""
    measure, named = head.measure(), head.named_columns
    if (
        len(named) == 1
        and head.has_hints
        and head.columns[named[0]].is_date
        and head.fits(named[0])
    ):
        measure = named[0]
    if (
        measure is None
        or not head.has_hints
        or head.group >= 0
        or not (head.held or head.taken.filters)
    ):
        return None
    who = "W" in head.opening or "P" in head.opening
    if (named == [measure] and not who) or ("T" in head.opening and head.columns[measure].is_date):
        return Query("value", _HOW[head.top], measure)
    entity = named[0] if named and named != [measure] else head.entity()
    if entity is None or entity == measure or head.columns[entity].is_number:
        return None
    limit = head.number or 1
    return Query("extreme", measure=measure, shows=(entity,), top=head.top, limit=limit)


# --- rows and values -----------------------------------------------------------------------------


def _looked_up(head: Head, _match: re.Match[str]) -> Query | None:
    """'What is the rent of room 12', 'list the names and mails of …', 'sales by region'."""
    shows = tuple(dict.fromkeys(head.named_columns))
    if head.group >= 0:
        return _per_group(head, shows)
    if not head.taken.filters:
        return _all_values(head, shows)
    told = {one.column for one in head.taken.filters if one.operator in ("in", "=")}
    if told.issuperset(shows) or ("T" in head.opening and not head.columns.says_when(shows[0])):
        return None
    if "W" in head.opening and not head.columns.says_who(shows[0]):
        return None
    if len(shows) == 1 and _is_called_sum(head):
        return Query("value", "sum", shows[0])
    loose = narrowed_by(head.taken.filters) - told
    return Query("rows", shows=(*shows, *sorted(loose - set(shows))))


def _is_plural(head: Head) -> bool:
    piece = next(one.piece for one in head.items if one.tag == "C")
    name = head.columns[piece.column].name.casefold()
    return piece.part.endswith(("s", "en")) and not name.endswith(("s", "en"))


def _is_called_sum(head: Head) -> bool:
    """Whether the column was named by a word for a sum: 'the total of the orders from France'."""
    piece = next(one.piece for one in head.items if one.tag == "C")
    words = head.columns.tongue.tags["sum"]
    return piece.part in words and head.columns[piece.column] in head.columns.measures()


def _per_group(head: Head, shows: tuple[int, ...]) -> Query | None:
    if len(shows) != 1 or head.columns[shows[0]] not in head.columns.measures():
        return None
    return None if head.columns.is_rate(shows[0]) else Query("value", "sum", shows[0])


def _all_values(head: Head, shows: tuple[int, ...]) -> Query | None:
    """Where nothing narrows the rows: the different values of a column, or sorted rows."""
    column = head.columns[shows[0]]
    if head.order >= 0:
        return Query("rows", shows=tuple(dict.fromkeys((*shows, head.order))))
    several = "L" in head.opening or ("w" in head.opening and _is_plural(head))
    if len(shows) == 1 and several and column.is_text and 0 < len(column.texts) <= FEW:
        return Query("distinct", measure=column.place)
    told = len(shows) > 1 and "L" in head.opening
    return Query("rows", shows=shows) if told else None


def _rows(head: Head, _match: re.Match[str]) -> Query | None:
    """'Which invoices are over 1,000', 'show all orders from March', 'who is in Sales'."""
    if head.group >= 0 or not (head.taken.filters or head.order >= 0) or not head.held:
        return None
    rows = any(one.tag == "r" and one.piece.name != "named" for one in head.items)
    if rows or (head.named and not _asks_what(head)):
        shows = tuple(one.place for one in head.columns if one.letter)[:MAX_SHOWN]
        return Query("rows", shows=shows)
    return _asked_only(head)


def _asks_what(head: Head) -> bool:
    """'What was the revenue' asks for no rows, 'which orders' does."""
    which = head.columns.tongue.asking_which
    first = next((one.piece.part for one in head.opened if one.tag == "w"), which[0])
    return first not in which


def _asked_only(head: Head) -> Query | None:
    """'Who is in the department Sales', 'where does actual exceed budget'."""
    compared = [one for one in head.taken.filters if one.other >= 0]
    found = None
    if "W" in head.opening:
        found = head.columns.people()
    elif "T" in head.opening:
        found = head.columns.date()
    elif compared:
        found = head.columns.key()
    if found is None or found in narrowed_by(head.taken.filters):
        return None
    beside = {place for one in compared for place in (one.column, one.other)}
    return Query("rows", shows=(found, *sorted(beside)))


def _distinct(head: Head, _match: re.Match[str]) -> Query | None:
    column = head.columns[head.named_columns[0]]
    if column.is_number and column in head.columns.measures():
        return None
    return Query("distinct", measure=column.place) if head.group < 0 else None


Form = Callable[[Head, re.Match[str]], Query | None]

_FORMS: tuple[tuple[re.Pattern[str], Form], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"s?#s?r*s?|s#", _count_rows),
        (r"#us?", _count_days),
        (r"s?#i?s?Cs?|i#C", _count_column),
        (r"\$s?r?|s+r?", _how_much),
        (r"\$?s+CC?|\$Cs?|Cs+", _sum),
        (r"(?P<how>[am])#?CC?", _average),
        (r"[+\-]C", _extreme_value),
        (r"#?ps?#?[Cr]?s?|s?p", _share),
        (r"d?C&?dC|dC&?C", _difference),
        (r"(?P<entity>C)r?[+\-](?P<how>[sa])?Cs?", _most),
        (r"(?P<entity>C)r?[+\-](?P<how>s)?\$?", _most),
        (r"[+\-](?P<how>[sa])C", _extreme_value),
        (r"(?P<entity>C)C[+\-]", _most),
        (r"r?[+\-]\$?(?P<how>s)?", _most),
        (r"r[+\-](?P<how>[sa])?C", _most),
        (r"C?[+\-]#?r", _most_rows),
        (r"(?P<entity>C)[+\-]#?", _most_rows),
        (r"u[+\-](?P<how>[sa])?(?:C|#?r)?", _most_time),
        (r"N[+\-]C|[+\-]NC", _firsts),
        (r"N?[+\-]N?[Cr]?C", _top_by),
        (r"[Cr]?N?[+\-]N?[Cr]?", _one_row),
        (r"w?i[Cr]?C?", _distinct),
        (r"C(?:&C)*r?", _looked_up),
        (r"r?", _rows),
    )
)
