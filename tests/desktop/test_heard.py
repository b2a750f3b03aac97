"""What the engine says, in the language of the window: with translations that Qt compiled."""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QApplication

from strongroom_desktop import wording
from strongroom_desktop.exporting import export_words
from strongroom_desktop.narrowed import sentence
from strongroom_desktop.wording import heard
from strongroom_engine import protocol as wire
from strongroom_engine.errors import AnswerWorkerDied, DamagedDocument, NoModelFits, sentences
from strongroom_engine.sentences import known, templates
from strongroom_engine.types import DocumentRecord, ExportWords, State, Understood

SCRIPT = Path(__file__).parents[2] / "packaging" / "make_translations.py"
PROMPT = "A short answer with citations."
GERMAN = {
    known.ONLY_IN.text: ("Nur gesucht in: {place}.",),
    known.MAILS_FROM.text: ("Mails von {name}",),
    known.SEARCHED_ALL.text: ("{n} Dokument durchsucht.", "{n} Dokumente durchsucht."),
    known.READ_NAMED.text: ("{names} gelesen.",),
    known.FILES.text: ("{file} und {names}",),
    known.GENRES["letter"].text: ("Brief", "Briefe"),
    known.PUT_TO_EACH.text: ("„{question}“ an {n} {kind}, {where}.",),
    known.IN_COLLECTIONS.text: ("aus {collections}",),
    known.NEEDS_MORE.text: ("{model} braucht {needed} von {free} GB, {kept} bleiben",),
    known.CRASHED.text: ("abgestürzt ({signal})",),
    DamagedDocument.what: ("Die Datei ist beschädigt: {why}.",),
    "it has no pages": ("sie hat keine Seiten",),
    NoModelFits.what: ("Keines passt: {why}.",),
    AnswerWorkerDied.what: ("Es ist zu Ende: {why}.",),
    PROMPT: ("Eine kurze Antwort mit Belegen.",),
}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_translations", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def german(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> Iterator[None]:
    """A window that speaks so much German."""
    folder = tmp_path / "translations"
    folder.mkdir()
    file = folder / "strongroom_de.ts"
    file.write_text("<TS/>", "utf-8")
    tree = script.merged(script.collect(), file)
    for message in tree.iter("message"):
        if said := GERMAN.get(message.findtext("source", "")):
            _translate(message, said)
    script.write(tree, file)
    script.compile_to(file, file.with_suffix(".qm"))
    monkeypatch.setattr(wording, "assets_folder", lambda: tmp_path)
    wording.use_language("de")
    yield
    wording.use_language("en")


def _translate(message: ET.Element, said: tuple[str, ...]) -> None:
    made = message.find("translation")
    assert made is not None
    made.attrib.clear()
    forms = list(made.iter("numerusform"))
    assert len(forms) == (len(said) if len(said) > 1 else 0)
    for form, text in zip(forms or [made], said, strict=True):
        form.text = text


def test_english_is_as_it_was_said(qapp: QApplication) -> None:
    for saying in templates():
        text = saying.text.replace("{n}", "1204").replace("{day}", "2023-01-01")
        assert heard(text) == text
    assert heard("Searched 1204 documents in all collections.") == (
        "Searched 1204 documents in all collections."
    )


@pytest.mark.usefixtures("german")
def test_names_and_figures_stand_in_their_places() -> None:
    assert heard("Searched only in mails from {0} & <b>Keller</b>.") == (
        "Nur gesucht in: Mails von {0} & <b>Keller</b>."
    )
    assert heard("Searched 1,311 documents in all collections.") == "1.311 Dokumente durchsucht."
    assert heard("Searched 1 document in all collections.") == "1 Dokument durchsucht."
    assert heard("Read a.pdf and b and c.pdf.") == "a.pdf und b and c.pdf gelesen."
    put = known.PUT_TO_EACH(question="Who?", n=1, kind="letter", where="in Mail")
    assert heard(put) == "„Who?“ an 1 Brief, aus Mail."


@pytest.mark.usefixtures("german")
def test_what_is_not_translated_or_not_known_stays_english() -> None:
    for text in (
        "Looked into 29 of 30 documents.",
        "Searched 1 document.",
        "Searched everywhere, though.",
        "",
    ):
        assert heard(text) == text


@pytest.mark.usefixtures("german")
def test_errors_speak_the_language_with_what_the_engine_gives_as_their_reason() -> None:
    needs = known.NEEDS_MORE(model="Qwen 3", needed="4.7", free="1,204.5", kept="2.0")
    assert NoModelFits(why=needs).sentence == (
        "Keines passt: Qwen 3 braucht 4,7 von 1.204,5 GB, 2,0 bleiben."
    )
    died = AnswerWorkerDied(why=known.CRASHED(signal="SIGSEGV"))
    assert died.sentence == "Es ist zu Ende: abgestürzt (SIGSEGV)."
    assert heard("The answer model stopped: its process crashed (SIGSEGV).") == died.sentence
    wording.use_language("en")
    assert died.sentence == "The answer model stopped: its process crashed (SIGSEGV)."


@pytest.mark.usefixtures("german")
def test_the_window_says_what_narrowed_the_search() -> None:
    parts = (
        Understood("sender", "Searched only in mails from Keller.", (0, 3)),
        Understood("document", "Searched only in Lease.pdf.", (5, 9)),
    )
    assert sentence("q", parts, ()) == (
        "Nur gesucht in: Mails von Keller. Nur gesucht in: Lease.pdf."
    )
    assert heard(PROMPT) == "Eine kurze Antwort mit Belegen."


@pytest.mark.usefixtures("german")
def test_what_is_exported_gets_the_sentences_in_the_language() -> None:
    words = export_words()
    assert words.sayings == {text: said for text, said in GERMAN.items() if text != PROMPT}
    assert words.digits == ".,"
    wording.use_language("en")
    assert export_words() == ExportWords()


@pytest.mark.usefixtures("german")
def test_why_a_document_is_left_out_arrives_in_the_language() -> None:
    error = DamagedDocument(why="it has no pages")
    record = DocumentRecord(
        "/a.pdf", "/", "All", State.FAILED, code=error.code, reason="?", details=error.details
    )
    event = wire.decode_event(wire.encode(wire.Documents(documents=(record,))))
    assert isinstance(event, wire.Documents)
    assert event.documents[0].reason == "Die Datei ist beschädigt: sie hat keine Seiten."


def test_all_that_the_engine_says_is_collected(script: ModuleType) -> None:
    said = script.collect()
    assert {saying.text: saying.one for saying in templates()}.items() <= said.items()
    assert set(sentences()) | {PROMPT, "Summary"} <= said.keys()
