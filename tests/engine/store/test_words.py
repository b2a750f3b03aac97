"""Words in many languages and spellings: what is indexed, and that the same is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import apsw
import pytest

from strongroom_engine.answering.hits import marks
from strongroom_engine.answering.query import parse_query
from strongroom_engine.answering.terms import wanted_forms
from strongroom_engine.store import Scope, Store, language_of
from strongroom_engine.store.lexicon.words import VERSION, other_spellings, stemmed
from strongroom_engine.store.soundness import checking

if TYPE_CHECKING:
    from tests.engine.store.conftest import OpenStore, Papers

INFLECTED = [
    ("Der Vermieter hat die Wohnungen und die Häuser nicht im Winter", "Was kostet die Wohnung?"),
    ("Le bailleur a vendu les appartements dans la ville", "Quel est le prix de l'appartement ?"),
    ("El arrendador vendió los apartamentos de la ciudad en mayo", "¿Cuál es el apartamento?"),
    ("El arrendador vendió los apartamentos de la ciudad en mayo", "apartamento"),
    ("La contratación de los obreros fue en el mes de mayo", "¿Que es la contratacion de obrero?"),
    ("Il locatore ha venduto gli appartamenti della città", "Quale è il prezzo dell'appartamento?"),
    ("O locador vendeu os apartamentos da cidade em maio", "Qual é o apartamento?"),
    ("De verhuurder heeft de woningen van het dorp verkocht", "Wat is de waarde van het woning?"),
    ("Hyresvärden har sålt lägenheterna i staden och det som var", "Vad är det för lägenheten?"),
    ("Udlejeren har solgt lejlighederne i byen og det som var", "Hvad er det med lejligheden?"),
    ("Utleieren har solgt leilighetene i byen og det som var", "Hva er det med leiligheten?"),
    ("Vuokranantaja on myynyt talot ja se oli hän joka oli", "Mikä on talossa ja mitä?"),
    ("A bérbeadó eladta a házakat és az egy jó döntés volt", "Mi az a házak ára és hogy?"),
    ("Proprietarul a vândut apartamentele din oraș și nu este în", "Care este apartamentul din?"),
    ("Ev sahibi bir ve bu kiracıları için çok", "Bu kiracılar için ne kadar?"),
    ("Właściciel sprzedał mieszkania i nie jest to dla nich", "Co jest w mieszkaniu i dla kogo?"),
    ("Сроки договоров истекают в мае", "Когда истекает договор?"),
    ("Власник продав квартири у місті", "Хто продав квартиру?"),
    ("Ο εκμισθωτής υπέγραψε τα συμβόλαια", "συμβολαιο"),
    ("انتهت مدة العقد وبالعقد ملاحق", "متى ينتهي عقد؟"),
    ("ينتهي الإيجار في مايو", "ايجار"),
    ("قراردادها در تهران امضا شد", "قرارداد"),
    ("अनुबंधों की अवधि समाप्त", "अनुबंध"),
    ("계약은 오월에 끝납니다", "계약을"),
    ("租賃合約將於五月到期", "租赁合约"),
    ("租赁合约将于五月到期", "租賃合約"),
    ("ｶﾀｶﾅのテスト", "カタカナ"),
    ("สัญญาเช่าสิ้นสุดในเดือน", "สัญญา"),
    ("བོད་ཡིག་གི་ཆིངས་ཡིག", "ཆིངས"),
    ("הַחוֹזֶה נחתם בתל־אביב", "החוזה"),
    ("Hợp đồng thuê nhà", "hop dong"),
    ("Łódź i Gdańsk", "lodz"),
    ("Þórður býr á Ísafirði", "thordur"),
    ("İstanbul'da kira", "istanbul"),
    ("Grønland og Færøerne", "gronland"),
    ("Die Straße ist der Weg und die Mühle ist das Haus", "strasse"),
    ("Herr Müller und die Frau Groß haben das Haus", "mueller"),
]  # fmt: skip

SPELLED = [
    ("They paid $1,234,567.50 then", "1234567"),
    ("Es kostet 1.234.567,50 Euro", "1,234,567.50"),
    ("Total 9187 due", "$9,187.00"),
    ("Il coûte 12\u202f500 euros", "12500"),
    ("Es kostet 12’500 Franken", "12,500"),
    ("Send an e-mail today", "email"),
    ("Send an email today", "e-mail"),
    ("They co-operate well", "cooperate"),
    ("They cooperate well", "co-operate"),
    ("Written in C++ by us", "C++"),
    ("Nach § 5 wird gezahlt", "§5"),
    ("the A-17/3 gate", '"A-17/3"'),
    ("a 3M filter", "3M"),
    ("Write to jane.doe@example.org now", '"jane.doe@example.org"'),
    ("Nr. 12 steht dort", '"Nr. 12"'),
]


def found(store: Store, question: str) -> list[str]:
    match = parse_query(question, 1_000, []).match
    rows = [row for row, _ in store.lexical(match, 10, Scope())]
    stored = store.chunks(rows)
    return [stored[row].text for row in rows]


@pytest.mark.parametrize(("text", "question"), [*INFLECTED, *SPELLED])
def test_a_passage_is_found_and_marked_in_another_form(
    store: Store, papers: Papers, text: str, question: str
) -> None:
    papers.put(store, "a.pdf", text)
    papers.put(store, "b.pdf", "Nothing alike xyz.", "完全不同的内容", "совсем иное", "شيء آخر")
    assert found(store, question)[:1] == [text]
    query = parse_query(question, 1_000, [])
    terms = [*query.words, *(word for phrase in query.phrases for word in phrase.split())]
    assert list(marks(text, wanted_forms(query.text, terms)))


@pytest.mark.parametrize(("text", "question"), INFLECTED)
def test_a_phrase_that_stands_verbatim_is_found_in_any_language(
    store: Store, papers: Papers, text: str, question: str
) -> None:
    papers.put(store, "a.pdf", f"Before all that. {text}. Then 1,234 more e-mails.")
    words = text.split()
    parts = (text, " ".join(words[1:]), " ".join(words[:-1]))
    for part in filter(None, parts):
        assert found(store, f'"{part}"') != [], part


def test_a_phrase_is_found_in_a_passage_of_another_language(store: Store, papers: Papers) -> None:
    papers.put(store, "a.pdf", "Die Parteien haben das so genannt: leasing of the premises und es")
    assert found(store, 'What is "leasing of the premises" and how is it used by them?')


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The rent of the house is due when it ends", "english"),
        ("Die Miete ist nicht mit der Kaution zu zahlen", "german"),
        ("Le loyer est dû avec les charges dans la maison", "french"),
        ("Total 1,200 | 3,400 | Umsatz", ""),
        ("The lease (Mietvertrag über das Haus) is in force and it is the one with us", "english"),
        ("Срок договора", ""),
        ("", ""),
    ],
)
def test_the_language_is_seen_from_function_words(text: str, language: str) -> None:
    assert language_of(text) == language


def test_numbers_that_are_no_groups_have_one_spelling() -> None:
    for text in ("2024", "12.3", "1,5", "31.12.202", "1,23,456", "A1,234", "1.234.5"):
        assert list(other_spellings(text)) == [], text
    assert list(other_spellings("1,234 and 5.678 and 1'000'000")) == ["1234", "5678", "1000000"]


def test_every_word_of_a_passage_keeps_its_place() -> None:
    assert stemmed("Die Häuser der Städte", "german").split() == ["die", "haus", "der", "stadt"]
    assert stemmed("договоров, 5 lines", "").split() == ["договор,", "5", "lines"]


# --- the words of an older library ---------------------------------------------------------------


def older(store: Store) -> None:
    """As an older Strongroom left it: words as they stand, and no version."""
    with store._write() as db:
        db.execute("DELETE FROM meta WHERE key LIKE 'words version%'")
        rows = list(db.execute("SELECT chunk, text FROM texts"))
        db.executemany("DELETE FROM words WHERE rowid = ?", [row[:1] for row in rows])
        db.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", rows)


def test_an_older_librarys_words_are_indexed_again_beside_a_reader(
    store: Store, open_store: OpenStore, papers: Papers
) -> None:
    for number in range(3):
        papers.put(store, f"{number}.pdf", "Сроки договоров истекают", "1,234 units")
    older(store)
    reader = open_store(mode="read")
    assert found(reader, "договор") == []
    assert len(found(reader, "units")) == 3
    while store.renew():
        assert len(found(reader, "units")) == 3
    assert len(found(reader, "договор")) == 3
    assert len(found(reader, "1234")) == 3
    with store._write() as db:
        assert checking.faults(db) == {}
        assert list(db.execute("SELECT key, value FROM meta WHERE key LIKE 'words version%'")) == [
            ("words version", VERSION)
        ]
    assert not store.renew()


def test_indexing_again_goes_on_where_it_ended(
    store: Store, papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("strongroom_engine.store.soundness.renewal.PASSAGES", 2)
    for number in range(5):
        papers.put(store, f"{number}.pdf", "договоров", "квартиры")
    while store.renew():
        pass
    older(store)
    assert store.renew()
    assert len(found(store, "договор")) == 1

    def fails(*_: object) -> None:
        raise apsw.FullError("full")

    with monkeypatch.context() as patched:
        patched.setattr("strongroom_engine.store.lexical.index_again", fails)
        with pytest.raises(Exception, match=r".+"):
            store.renew()
    assert len(found(store, "договор")) == 1
    steps = 1
    while store.renew():
        steps += 1
    assert len(found(store, "договор")) == 5
    assert steps == 5
