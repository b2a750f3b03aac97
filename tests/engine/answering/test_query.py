"""What users type, and what of it reaches FTS5."""

from __future__ import annotations

from datetime import datetime

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strongroom_engine.answering.query import Query, parse_query, tokens
from strongroom_engine.errors import (
    BadFilter,
    EmptyQuestion,
    QuestionError,
    QuestionTooLong,
    UnknownCollection,
)
from strongroom_engine.store import language_of
from strongroom_engine.store.lexicon.words import passage_words

KNOWN = ("Contracts", "Old Letters")
TEXTS = (
    "The lease between Acme Inc. and Mr. O'Brien ends on 31 December 2024; rent is $1,500.",
    'He said "never" - and NEAR(the end) it was AND OR NOT * ^ : done.',
    "第33届超级碗的四分卫是约翰·埃尔维。",
    "Пейтон Мэннинг стал первым квотербеком, который привел две команды.",
    "أصبح بايتون مانينغ أول ظهير رباعي على الإطلاق",
    "Beyoncé's naïve café — a 10-K filing, C++ and e-mail",
)


def parse(question: str, **more: object) -> Query:
    return parse_query(question, 4_000, KNOWN, **more)  # type: ignore[arg-type]  # a short form


def ns(year: int, month: int, day: int) -> int:
    """The beginning of a day in local time, as `after:` and `before:` mean it."""
    return int(datetime(year, month, day).astimezone().timestamp()) * 10**9


@pytest.fixture(scope="module")
def words() -> apsw.Connection:
    db = apsw.Connection(":memory:")
    db.execute(
        "CREATE VIRTUAL TABLE words USING fts5(text, tokenize ="
        " \"porter unicode61 remove_diacritics 2 categories 'L* N* M* Co'\")"
    )
    db.executemany(
        "INSERT INTO words VALUES (?)",
        [(passage_words(text, language_of(text)),) for text in TEXTS],
    )
    return db


def found(db: apsw.Connection, question: str) -> list[int]:
    match = parse(question).match
    rows = db.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank", (match,))
    return [row - 1 for (row,) in rows]


def test_a_question_is_words_without_those_that_say_nothing() -> None:
    query = parse("What is the rent of the lease, and when does it end?")
    assert query.words == ("rent", "lease", "end")
    assert query.match == '("rent" OR "lease" OR "end")'
    assert query.text == "What is the rent of the lease, and when does it end?"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Wie lautet die Frist des Vertrags?", ("lautet", "Frist", "Vertrags")),
        ("war crimes in the war", ("war", "crimes")),
        ("Quelle est la durée du bail ?", ("durée", "bail")),
        ("to be or not to be", ("to", "be", "or", "not")),
        ("Rent rent RENT", ("RENT",)),
    ],
)
def test_stopwords_are_those_of_the_questions_language(
    question: str, words: tuple[str, ...]
) -> None:
    assert parse(question).words == words


def test_phrases_are_required_and_words_are_not() -> None:
    query = parse('who signed the "joint venture" with “Acme Inc.”')
    assert query.phrases == ("joint venture", "Acme Inc")
    venture, acme, words = query.match.split(" AND ")
    assert '"joint venture"' in venture
    assert '"acme inc"' in acme
    assert words == f'({venture} OR {acme} OR "signed")'
    assert query.text == "who signed the joint venture with Acme Inc."


def test_filters_leave_the_text() -> None:
    query = parse(
        'file:lease file:"final draft" type:.PDF after:2023-01-31 before:2024 in:contracts rent'
    )
    assert query.text == "rent"
    scope = query.scope
    assert (scope.files, scope.types, scope.collections) == (
        ("lease", "final draft"),
        ("pdf",),
        ("Contracts",),
    )
    assert (scope.after_ns, scope.before_ns) == (ns(2023, 1, 31), ns(2024, 1, 1))


def test_collections_come_from_outside_too() -> None:
    query = parse('in:"old letters" rent', collections=["Contracts"])
    assert query.scope.collections == ("Contracts", "Old Letters")


@pytest.mark.parametrize(
    "written",
    ["after:yesterday", "before:2023-13", "after:2023-02-30", "after:23", 'file:""', "before:0000"],
)
def test_a_filter_that_means_nothing_is_refused(written: str) -> None:
    with pytest.raises(BadFilter) as raised:
        parse(f"rent {written}")
    assert raised.value.details == {"filter": written}


def test_words_with_colons_are_no_filters() -> None:
    assert parse("what is in: the box, profile:x").scope == parse("x").scope


def test_an_unknown_collection_names_those_there_are() -> None:
    with pytest.raises(UnknownCollection, match="Contracts, Old Letters"):
        parse("rent in:Letters")
    with pytest.raises(UnknownCollection, match="Collections there are: none"):
        parse_query("rent", 100, [], ["Letters"])


@pytest.mark.parametrize("question", ["", "  \n", "?!…", '""', "type:pdf", "\ud800", "\0"])
def test_nothing_to_look_for_is_refused(question: str) -> None:
    with pytest.raises(EmptyQuestion):
        parse(question)


def test_a_question_that_is_too_long_is_refused_before_anything_else() -> None:
    with pytest.raises(QuestionTooLong) as raised:
        parse("x" * 100_000)
    assert raised.value.details == {"length": "100000", "limit": "4000"}


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("When does O'Brien's lease end?", 0),
        ("1,500", 0),
        ("NEAR(the end)", 1),
        ('"NEAR the end"', 1),
        ("超级碗", 2),
        ("四分卫叫什么名字？", 2),
        ("ПЕЙТОН", 3),
        ("مانينغ", 4),
        ("Beyonce", 5),
        ("10-K", 5),
    ],
)
def test_what_is_there_is_found(words: apsw.Connection, question: str, best: int) -> None:
    assert found(words, question)[0] == best


def test_a_phrase_must_stand_as_it_is_written(words: apsw.Connection) -> None:
    assert found(words, '"31 December 2024"') == [0]
    assert found(words, '"December 31 2024"') == []
    assert found(words, '"超级碗的四分卫"') == [2]
    assert found(words, '"四分卫的超级碗"') == []


ANYTHING = st.text(max_size=60) | st.lists(
    st.sampled_from(
        ['"', "'", "*", "^", ":", "(", ")", "AND", "OR", "NOT", "NEAR", "NEAR/2", "-", "+", "{",
         "}", "text:", "file:", "in:Contracts", "after:2020", "?", "the", "lease", "超级碗", "\0",
         "\ud83d", "“", "”", ";", "--", "\\", "%", "_", "ﬁ", "İ", "ẞ", "क्षि", "\u0301"]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(ANYTHING)
def test_nothing_that_is_typed_is_an_operator_or_an_error(
    words: apsw.Connection, question: str
) -> None:
    try:
        query = parse(question)
    except QuestionError:
        return
    assert query.words or query.phrases
    rows = words.execute("SELECT rowid FROM words WHERE words MATCH ?", (query.match,)).fetchall()
    assert {row for (row,) in rows} <= set(range(1, len(TEXTS) + 1))


@given(st.sampled_from(TEXTS), st.data())
def test_any_word_of_a_text_finds_it(
    words: apsw.Connection, text: str, data: st.DataObject
) -> None:
    word = data.draw(st.sampled_from(tokens(text)))
    assert TEXTS.index(text) in found(words, word)
