"""Which column is meant where a question names none, or by what it says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from strongroom_engine.answering.sheets.atoms import words
from strongroom_engine.answering.sheets.known import Column, Relation
from strongroom_engine.answering.sheets.naming import any_of, bare, canonical, ends_with, key, parts
from strongroom_engine.answering.sheets.times import When
from strongroom_engine.answering.sheets.words import Tongue, tongues
from strongroom_engine.types import Filter, Query

DATE = "@date"
LONGEST_NAME = 40
"""Characters that texts have on average, at most, of which each names a row."""
MOST_OF_NAME = 2
"""Words of a column's name for each that was said of it, at most."""
LONGEST_ENDING = 2
MOSTLY_SINGLE = 0.8
MOST_KINDS = 200
"""Different texts of a column among which one for all of them is looked for."""
NAMES = 0.8
"""So many of a column's texts have no figures where they are names."""
_CURRENCY = {
    "€": ("€", "eur", "euro", "euros"),
    "$": ("$", "usd", "dollar", "dollars", "us$"),
    "£": ("£", "gbp", "pound", "pounds"),
    "¥": ("¥", "jpy", "yen"),
}
_OF_PERCENT = ("%", "percent", "pct", "prozent")
_YEARS = (1500, 2200)
_YEAR = re.compile(r"(?:19|20)\d\d")


class Columns:
    """The columns of a relation, asked by what they are for."""

    def __init__(self, relation: Relation, tongue: Tongue) -> None:
        self.relation, self.tongue = relation, tongue

    def __getitem__(self, place: int) -> Column:
        return self.relation.columns[place]

    def __iter__(self) -> Iterator[Column]:
        return iter(self.relation.columns)

    def named(self, column: Column, *kinds: str) -> bool:
        """Whether it is called as columns of one of these kinds are (`words.Names`), in any
        language: whoever asks in German may have a table in English."""
        return any(
            any_of(column.name, said, tongue.language)
            or ends_with(column.name, [word for word in said if len(word) >= tongue.compound])
            for tongue in tongues()
            for said in (getattr(tongue.names, kind) for kind in kinds)
        )

    # --- numbers ---------------------------------------------------------------------------------

    def measures(self) -> list[Column]:
        """Numbers that measure something, and do not only tell rows apart or say a time."""
        out = ("identifying", "years", "months", "quarters")
        return [
            one
            for one in self
            if one.is_number
            and (self.is_number_of(one) or not self.named(one, *out))
            and not self.is_key(one)
        ]

    def is_number_of(self, column: Column) -> bool:
        """Whether it tells how many: 'Number of incidents', which is no number of one."""
        first, *more = parts(column.name) or ("",)
        return bool(more) and any(first in tongue.names.numbering for tongue in tongues())

    def is_key(self, column: Column) -> bool:
        """Whether it is the first, its numbers count up and it is called like no amount: rooms."""
        first = column.place == 0 and column.counts_up and not column.unit
        return first and not self.named(column, "amount")

    def is_rate(self, place: int) -> bool:
        """Whether adding up its numbers says nothing: prices, percents, ages."""
        column = self[place]
        each = {word for tongue in tongues() for word in tongue.names.per}
        return (
            column.unit in ("%", "°", "°C", "°F")
            or self.named(column, "rates")
            or not each.isdisjoint(parts(column.name))
        )

    def amount(self) -> int | None:
        """The one column that 'how much' asks for; how many there are is none."""
        measures = [one for one in self.measures() if not self.named(one, "counted")]
        if len(measures) == 1:
            return measures[0].place
        money = [one for one in measures if _currency(one.unit)]
        named = [one for one in measures if self.named(one, "amount")]
        for found in (money, named):
            if len(found) == 1:
                return found[0].place
        return self._called_so(named)

    def _called_so(self, columns: Sequence[Column]) -> int | None:
        """The one that is called 'Amount' or the like, with nothing beside it."""
        whole = [
            one
            for one in columns
            if any(
                key(parts(one.name), tongue.language)[:1]
                == key(tongue.names.amount[:1], tongue.language)
                for tongue in tongues()
            )
        ]
        return whole[0].place if len(whole) == 1 else None

    def with_unit(self, unit: str) -> int | None:
        """The column that a figure with this unit is compared with; without one, the amount."""
        if not unit:
            return self.amount()
        found = [one for one in self if one.is_number and _same_unit(one, unit, self.tongue)]
        if len(found) == 1:
            return found[0].place
        if found or not any(unit in words for words in _CURRENCY.values()):
            return None
        return None if any(_currency(one.unit) for one in self) else self.amount()

    def hinted(self, hints: Iterable[str]) -> int | None:
        """The one column with such a name, the first name that any has deciding."""
        for hint in hints:
            if hint == DATE:
                return self.date()
            found = [one for one in self if one.is_number and self._named_like(one, hint)]
            if found:
                return found[0].place if len(found) == 1 else None
        return None

    def _named_like(self, column: Column, hint: str) -> bool:
        language = self.tongue.language
        said = canonical(key((hint,), language), language)
        return bool(set(said) & set(canonical(key(parts(column.name), language), language)))

    # --- times -----------------------------------------------------------------------------------

    def dates(self) -> list[Column]:
        return [one for one in self if one.is_date]

    def date(self) -> int | None:
        """The column that says when, where none is named: one that is called 'Date', or 'Order
        date' in a table of orders, or the only one where it says when something happened; not a
        birthday, of which a question would say so."""
        dates = self.dates()
        about = [word for word in self.relation.called if len(word) > 2]
        happened = [word for tongue in tongues() for word in tongue.names.events]
        for found in (
            [one for one in dates if not _beside_date(one)],
            [one for one in dates if _all_begin(_beside_date(one), about)],
            dates if all(_all_begin(_beside_date(one), happened) for one in dates) else [],
        ):
            if len(found) == 1:
                return found[0].place
        return None

    def source(self, unit: str) -> int | None:
        """The column that says which sheet or file a row is of, where these are months or years."""
        column = self.relation.columns[-1]
        if column.letter or len(self.relation.sheets) == 1:
            return None
        months = {word for same in self.tongue.values.months for word in same}
        told = {
            "month": lambda label: bool(months & set(words(label))),
            "year": lambda label: any(_YEAR.fullmatch(word) for word in words(label)),
        }.get(unit)
        return column.place if told and all(map(told, column.texts)) else None

    def is_of_rows(self, column: Column) -> bool:
        """Whether the table is called as the column is, and most of its texts stand there once:
        each row is one of them."""
        language = self.tongue.language
        said = set(key(parts(column.name), language))
        mostly = len(column.texts) * 2 >= column.filled
        return mostly and bool(said) and said <= set(key(self.relation.called, language))

    def says_most(self, place: int, said: str) -> bool:
        """Whether the words say what the column holds: the last word of its name, or all but a
        'name' or 'number'; no 'customers' for 'Customer type'."""
        name, words_ = self._heads(bare(self[place].name)), self._heads(said)
        few = len(name) <= MOST_OF_NAME * len(words_)
        whole = _is_form_of("".join(name), "".join(words_))
        return whole or (few and _is_form_of(name[-1], words_[-1]))

    def is_mostly_single(self, column: Column) -> bool:
        """Whether nearly each of its texts names one row: a few names are there twice."""
        return column.single or len(column.texts) >= MOSTLY_SINGLE * column.filled > 0

    def _heads(self, said: str) -> list[str]:
        """The words, in the form in which names are compared, without those that say only that
        something is named or numbered, unless these are all."""
        language = self.tongue.language
        plain = {word for tongue in tongues() for word in (*tongue.names.naming, *tongue.names.per)}
        heads = [_without_end(part, plain) for part in parts(said) if part not in plain]
        heads = heads or list(parts(said))
        return list(canonical(key(heads, language), language)) or heads or [said]

    def named_so(self) -> int | None:
        """The column that names or numbers what a row is, as the table is called: 'Volcano name'
        of volcanoes, 'Payment no' of payments."""
        about = set(key(self.relation.called, self.tongue.language))
        found = [
            one
            for one in self
            if (one.is_text or self.named(one, "identifying"))
            and set(self._heads(bare(one.name))) <= about
        ]
        texts = [one for one in found if one.is_text]
        return next((one.place for one in (*texts, *found)), None)

    def sums_others(self, filters: Sequence[Filter], group: int) -> bool:
        """Whether rows for all of the others stand among them, and nothing leaves these out: 'All
        disasters' beside 'Flood'."""
        free = {one.column for one in filters} | {group}
        whole = {word for tongue in tongues() for word in tongue.names.whole}
        return any(
            words(text)[:1] and words(text)[0] in whole
            for one in self
            if one.is_text and len(one.texts) * 2 <= one.filled and one.place not in free
            for text in one.texts[:MOST_KINDS]
        )

    def says_who(self, place: int) -> bool:
        """Whether the column may hold names: texts, and hardly a figure in them."""
        texts = self[place].texts
        plain = sum(not any(char.isdigit() for char in text) for text in texts)
        return self[place].is_text and plain >= NAMES * len(texts) > 0

    def says_when(self, place: int) -> bool:
        """Whether the column holds dates or years."""
        column = self[place]
        years = column.decimals == 0 and _YEARS[0] <= column.low and column.high <= _YEARS[1]
        return column.is_date or (column.is_number and years)

    def hints_fit(self, hints: Sequence[str], place: int) -> bool:
        """Whether the superlative or comparative may speak of this column."""
        column = self[place]
        return any(
            column.is_date if hint == DATE else self._named_like(column, hint) for hint in hints
        )

    def year(self) -> int | None:
        """The column of years, where there is one."""
        found = [
            one
            for one in self
            if one.is_number
            and one.decimals == 0
            and _YEARS[0] <= one.low
            and one.high <= _YEARS[1]
            and self.named(one, "years")
        ]
        return found[0].place if len(found) == 1 else None

    def when(self, when: When) -> tuple[Filter, ...] | None:
        """The condition that a row is of this time."""
        if when.bounds != (None, None) and when.years and (year := self.year()) is not None:
            return self.at_time(year, when)
        if (column := self.date()) is not None:
            return self.at_time(column, when)
        return None

    def at_time(self, place: int, when: When) -> tuple[Filter, ...] | None:
        column = self[place]
        if column.is_date:
            return self._in_months(column, when) if when.months else _days(place, when)
        if (
            column.is_number
            and when.years
            and not when.months
            and self.named(column, "years")
            and self.says_when(place)
        ):
            first, last = when.years
            if first == last and first is not None:
                return (Filter(place, "=", (first,)),)
            low = (Filter(place, ">=", (first,)),) if first is not None else ()
            high = (Filter(place, "<=", (last,)),) if last is not None else ()
            return (*low, *high)
        return None

    def _in_months(self, column: Column, when: When) -> tuple[Filter, ...]:
        """The months of the only year that has them, or of any year."""
        years = {month[:4] for month in column.years if month[5:] in when.months}
        if len(years) != 1:
            return (Filter(column.place, "month", when.months),)
        year, first, last = int(years.pop()), int(when.months[0]), int(when.months[-1])
        after = date(year + last // 12, last % 12 + 1, 1)
        return _days(column.place, When(0, 0, (date(year, first, 1), after)))

    # --- what tells rows apart -------------------------------------------------------------------

    def key(self) -> int | None:
        """The column that tells the rows apart: the first one if it does, else the first texts
        that do and are no sentences, else the first texts, else the days."""
        first = self[0]
        names = _names_rows(first) or (first.is_number and self.named(first, "identifying"))
        if first.single and names and first.name != first.letter:
            return 0
        texts = [one for one in self if one.letter and _names_rows(one)]
        single = [one for one in texts if one.single]
        called = [one for one in texts if self.named(one, "naming")]
        days = [one for one in self.dates() if one.single]
        return next((one.place for one in (*single, *called, *texts, *days)), None)

    def tally(self) -> int | None:
        """The one column that says how often there was what a row tells of: 'Count', 'Anzahl'."""
        words_ = {word for tongue in tongues() for word in tongue.names.tally}
        found = [one for one in self.measures() if " ".join(parts(one.name)) in words_]
        return found[0].place if len(found) == 1 else None

    def counts(self) -> bool:
        """Whether a column says how many there are of what a row is."""
        return any(self.named(one, "tally", "pieces") for one in self.measures())

    def is_part_of_name(self, place: int, other: int) -> bool:
        """Whether the name of the one stands in the name of the other: 'Subject', 'Subject sex'."""
        language = self.tongue.language
        few, many = (set(key(parts(self[p].name), language)) for p in (place, other))
        return bool(few) and few < many

    def with_what_tells_apart(self, query: Query) -> tuple[int, ...]:
        """The columns that are shown, with those that say of what and when each row is."""
        if not self[query.shows[0]].is_number:
            return query.shows
        fixed = {
            one.column
            for one in query.filters
            if one.operator in ("in", "=") and len(one.values) == 1
        }
        beside = (self.key(), self.date(), self.year())
        more = [one for one in beside if one is not None and one not in fixed]
        return tuple(dict.fromkeys((*query.shows, *more)))

    def people(self) -> int | None:
        return self._only("people")

    def places(self) -> int | None:
        return self._only("places")

    def _only(self, said: str) -> int | None:
        """The one column of texts with such a name; that of which no text stands twice first."""
        found = [one for one in self if one.is_text and one.texts and self.named(one, said)]
        single = [one for one in found if one.single]
        for some in (found, single):
            if len(some) == 1:
                return some[0].place
        return None


def _names_rows(column: Column) -> bool:
    """Whether its texts may be names: no sentences, and no addresses of pages."""
    texts = column.texts if column.is_text else ()
    short = sum(map(len, texts)) <= LONGEST_NAME * len(texts)
    return bool(texts) and short and not texts[0].startswith(("http:", "https:", "www."))


def _is_form_of(one: str, other: str) -> bool:
    """Whether the two are one word but for an ending: 'gruppe', 'gruppen'."""
    short, long = sorted((one, other), key=len)
    return one == other or (
        long.startswith(short) and len(long) - len(short) <= LONGEST_ENDING < len(short)
    )


def _beside_date(column: Column) -> list[str]:
    """The words of its name beside those for a date: 'order' of 'Order date', 'impf' of
    'Impfdatum'."""
    names = [tongue.names for tongue in tongues()]
    plain = {word for one in names for word in (*one.dates, *one.years, *one.months)}
    found = [part for part in parts(column.name) if part not in plain]
    return [_without_end(part, plain) for part in found]


def _without_end(word: str, ends: Iterable[str]) -> str:
    """'impf' of 'impfdatum'."""
    long = sorted((end for end in ends if len(end) > 3), key=len, reverse=True)
    return next((word.removesuffix(end) for end in long if word.endswith(end)), word) or word


def _all_begin(said: Sequence[str], words_: Sequence[str]) -> bool:
    """Whether each is the beginning of one of the words, but for an ending: 'rechnungs',
    'rechnungen'."""
    return bool(said) and all(
        len(one) > 2 and any(word.startswith(one.removesuffix("s")) for word in words_)
        for one in said
    )


def _days(place: int, when: When) -> tuple[Filter, ...]:
    first, after = when.bounds
    low = (Filter(place, ">=", (first.isoformat(),)),) if first else ()
    high = (Filter(place, "<", (after.isoformat(),)),) if after else ()
    return (*low, *high)


def last_day(after: str) -> str:
    """The day before."""
    return (date.fromisoformat(after) - timedelta(days=1)).isoformat()


def _currency(unit: str) -> str:
    return next((sign for sign, words in _CURRENCY.items() if unit.casefold() in words), "")


def _same_unit(column: Column, unit: str, tongue: Tongue) -> bool:
    """Whether the column's cells, or its name, say the unit."""
    same = next((words for words in (*_CURRENCY.values(), _OF_PERCENT) if unit in words), (unit,))
    return (
        column.unit.casefold() in same
        or any(part in same for part in parts(column.name))
        or any_of(column.name, (unit,), tongue.language)
    )
