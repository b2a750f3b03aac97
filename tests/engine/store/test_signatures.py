"""Versions of a document are known by their text; the same form for another person is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from secrets import token_bytes

import pytest
from tests.engine.fakes import DIMENSIONS
from tests.engine.leases import lease

from strongroom_engine.store import LibraryKey, Store, sketches
from strongroom_engine.types import Chunk, Document, FileFacts, Page

GERMAN = (
    "Der Vermieter überlässt dem Mieter die Wohnung im zweiten Stock der alten Mühle samt Keller und"
    " Hofplatz in dem Zustand, in dem sie bei der Unterzeichnung besichtigt wurde. Die Miete beträgt"
    " {} Euro im Monat und ist bis zum dritten Werktag im Voraus zu zahlen. Die Kosten für Heizung"
    " und Wasser trägt der Mieter nach jährlicher Abrechnung. Die Kündigung bedarf der Schriftform."
)
CHINESE = (
    "出租人将位于老磨坊二楼的住宅及其地下室和院子的使用权出租给承租人。每月租金为{}元,应于每月第三个"
    "工作日之前预付。供暖和用水费用由承租人按年度结算另行承担。解除合同应当以书面形式提前三个月通知。"
)
ARABIC = (
    "يؤجر المالك للمستأجر الشقة الواقعة في الطابق الثاني من الطاحونة القديمة مع القبو واستعمال الفناء"
    " بالحالة التي عوينت بها يوم التوقيع. تبلغ الأجرة {} يورو في الشهر وتدفع مقدما في اليوم الثالث من"
    " أيام العمل في كل شهر. يتحمل المستأجر تكاليف التدفئة والمياه وفق حساب سنوي. ويكون الإخطار بإنهاء"
    " العقد كتابة وموقعا باليد قبل ثلاثة أشهر من نهاية الشهر الذي ينتهي فيه الإيجار بين الطرفين"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    key = LibraryKey(token_bytes(32), "key file")
    with Store.open(tmp_path / "l", key, mode="write", model="m", dimensions=DIMENSIONS) as made:
        made.add_source("/p", "Papers")
        yield made


def put(store: Store, path: str, text: str, content: str = "") -> None:
    document = Document(path, "text/plain", (Page(1, text),), paged=False)
    chunk = Chunk(0, len(text), "", text, text)
    store.put_document(FileFacts(path, 1, 1, ""), content or path, document, [chunk])


def versions(store: Store, path: str) -> list[str]:
    return list(store.signatures.of(path))


def test_a_later_draft_is_a_version(store: Store) -> None:
    put(store, "/p/1.txt", lease())
    put(store, "/p/2.txt", lease(rent="1,300", day="12 March 2024"))
    put(store, "/p/letter.txt", GERMAN)
    assert versions(store, "/p/1.txt") == ["/p/2.txt"]
    assert versions(store, "/p/2.txt") == ["/p/1.txt"]
    assert versions(store, "/p/letter.txt") == versions(store, "/p/none.txt") == []
    assert 0.9 < store.signatures.of("/p/1.txt")["/p/2.txt"] < 1


def test_the_form_filled_in_for_another_tenant_is_none(store: Store) -> None:
    put(store, "/p/1.txt", lease())
    put(store, "/p/2.txt", lease(tenant="Bertram Okonkwo"))
    put(store, "/p/3.txt", lease(tenant="Carla Jensen", landlord="Old Town Homes"))
    for path in ("/p/1.txt", "/p/2.txt", "/p/3.txt"):
        assert versions(store, path) == []


@pytest.mark.parametrize("text", [GERMAN, CHINESE, ARABIC])
def test_it_holds_for_other_languages_and_scripts(store: Store, text: str) -> None:
    put(store, "/p/1.txt", text.format(1200))
    put(store, "/p/2.txt", text.format(1300))
    assert versions(store, "/p/1.txt") == ["/p/2.txt"]


def test_the_likest_comes_first_and_copies_are_no_versions(store: Store) -> None:
    put(store, "/p/1.txt", lease(), "same")
    put(store, "/p/copy.txt", lease(), "same")
    put(store, "/p/far.txt", lease(rent="1,300").partition("Pets.")[0])
    put(store, "/p/near.txt", lease(rent="1,300"))
    assert versions(store, "/p/1.txt") == ["/p/near.txt", "/p/far.txt"]


def test_a_text_of_a_few_words_has_none(store: Store) -> None:
    put(store, "/p/1.txt", "The deposit is kept by the bank.")
    put(store, "/p/2.txt", "The deposit is kept by the bank. ")
    assert versions(store, "/p/1.txt") == []
    assert sketches.sketch("The deposit is kept by the bank.") == b""


def test_a_replaced_or_removed_document_is_a_version_no_more(store: Store) -> None:
    put(store, "/p/1.txt", lease())
    put(store, "/p/2.txt", lease(rent="1,300"))
    put(store, "/p/3.txt", lease(rent="1,400"))
    put(store, "/p/2.txt", GERMAN)
    assert versions(store, "/p/1.txt") == ["/p/3.txt"]
    store.remove_document("/p/3.txt")
    assert versions(store, "/p/1.txt") == []


def test_the_report_names_versions_and_how_like_they_are(store: Store) -> None:
    put(store, "/p/1.txt", lease())
    put(store, "/p/2.txt", lease(rent="1,300"))
    report = store.reports.of("/p/1.txt")
    assert report is not None
    (kin,) = report.kin
    assert (kin.path, kin.kind, kin.title) == ("/p/2.txt", "version", "/p/2.txt")
    assert 0.9 < kin.likeness <= 1


def test_an_older_library_learns_of_its_versions(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    while store.renew():
        pass
    for number in range(3):
        put(store, f"/p/{number}.txt", lease(rent=f"1,{number}00"))
    with store._write() as db:
        db.execute("DELETE FROM signatures; DELETE FROM signature_bands")
        db.execute("DELETE FROM meta WHERE key = 'signatures version'")
    assert versions(store, "/p/0.txt") == []
    monkeypatch.setattr("strongroom_engine.store.soundness.renewal.PASSAGES", 2)
    assert store.renew()
    assert versions(store, "/p/0.txt") == ["/p/1.txt"]
    while store.renew():
        pass
    assert len(versions(store, "/p/0.txt")) == 2
    assert not store.renew()


@pytest.mark.parametrize("at_once", [1, 7, 50])
def test_a_long_text_is_sketched_in_parts_and_is_the_same(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    said = "The lease of Müller & Söhne, see a@b.org or /files/x; 契約書 ends\u00a0in\n\nMay 2024 "
    words = said.split(" ")
    text = " ".join(words[number * 7 % len(words)] + f" {number}" for number in range(300))
    whole = sketches.sketch(text)
    monkeypatch.setattr(sketches, "AT_ONCE", at_once)
    monkeypatch.setattr(sketches, "RUNS_AT_ONCE", at_once)
    assert whole
    assert sketches.sketch(text) == whole
