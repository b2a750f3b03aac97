"""Dates as people write them, and what only looks like one."""

from __future__ import annotations

import pytest

from strongroom_engine.written.dates import Date, dates, dates_of_years

FIFTH = Date(2024, 1, 5)
MONTH = Date(2024, 1, 0)

WRITTEN = """
5 January 2024|5th January, 2024|5th of January 2024|5th day of January, 2024|January 5, 2024
January 5th, 2024|Jan. 5, 2024|Jan.5,2024|Jan-05-2024|5-Jan-24|05-JAN-2024|5/Jan/2024|5 Jan 24
2024 January 5|2024-01-05|2024/01/05|2024.01.05|20240105|05.01.24|05.01.2024|5.1.2024|5. 1. 2024
5. Januar 2024|5.Januar 2024|5.Jan.2024|5. Jänner 2024|5 janvier 2024|5 de enero de 2024
5 gennaio 2024|5 januari 2024|5 de janeiro de 2024|5 stycznia 2024|5 січня 2024|5 января 2024
5. ledna 2024|2024. január 5|5. tammikuuta 2024|5 Ocak 2024|5 de gener de 2024|5 ianuarie 2024
2024年1月5日|2024年01月05号|2024년 1월 5일|٠٥.٠١.٢٠٢٤
""".strip().replace("\n", "|")  # fmt: skip
OF_MONTH = """
January 2024|Jan 2024|Jan. 2024|January, 2024|January of 2024|Januar '24|Jan-24|01/2024|1/2024
01.2024|2024-01|2024/01|enero de 2024|styczeń 2024|2024年1月
""".strip().replace("\n", "|")  # fmt: skip
NONE = """
1.2.3.4|192.168.1.1|v1.2.24|31.02.2024|2024|12.5|1.2024|2019-20|the 5 of 24|32.01.2024
we set 2024 things|2024-13-05|1/2/3|99/2024|2024-01-05-03|12345678|5 Janitors 2024|3 of 12
""".strip().replace("\n", "|")  # fmt: skip


def readings(text: str) -> list[tuple[Date, ...]]:
    return [written.readings for written in dates_of_years(text)]


@pytest.mark.parametrize("text", WRITTEN.split("|"))
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    for said in (text, f"dated {text}.", f"({text})", f"from {text}, and so on", f"x\n{text}\ny"):
        assert readings(said) == [(FIFTH,)], said
        (written,) = dates_of_years(said)
        assert said[written.start : written.end] == text


@pytest.mark.parametrize("text", OF_MONTH.split("|"))
def test_a_month_of_a_year_is_read(text: str) -> None:
    for said in (text, f"in {text}.", f"({text})", f"since {text}, and so on"):
        assert readings(said) == [(MONTH,)], said


@pytest.mark.parametrize("text", NONE.split("|"))
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert readings(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("03/04/24", [(2024, 3, 4), (2024, 4, 3)]),
        ("03-04-2024", [(2024, 3, 4), (2024, 4, 3)]),
        ("03.04.24", [(2024, 4, 3)]),
        ("13/04/24", [(2024, 4, 13)]),
        ("04/13/24", [(2024, 4, 13)]),
        ("24-01-05", [(2005, 1, 24), (2024, 1, 5)]),
        ("05.01.98", [(1998, 1, 5)]),
    ],
)
def test_what_can_be_read_in_two_ways_has_both(text: str, wanted: list[tuple[int, ...]]) -> None:
    assert readings(text) == [tuple(Date(*date) for date in wanted)]


def test_words_that_are_also_months_are_told_apart() -> None:
    assert [each.readings for each in dates("le 5 mars 2024")] == [(Date(2024, 3, 5),)]
    assert [each.readings for each in dates("from March to mid-May")] == [(Date(0, 5, 0),)]
    assert dates("you may 30 days later march out, 5 out, 10 des") == []


def test_dates_without_a_year_are_dates_of_a_text_only() -> None:
    assert [each.readings for each in dates("on 5 January")] == [(Date(0, 1, 5),)]
    assert [each.readings for each in dates("in late July.")] == [(Date(0, 7, 0),)]
    assert readings("on 5 January, in late July.") == []


def test_a_range_is_two_dates_and_names_of_files_hold_some() -> None:
    assert len(readings("01.01.2024-31.01.2024")) == 2
    for text in ("Rechnung_2024-01-05.pdf", "2024-01-05_Rechnung", "IMG-20240105", "2024-01-05T9"):
        assert readings(text) == [(FIFTH,)], text
