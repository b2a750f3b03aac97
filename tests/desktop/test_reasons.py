"""Why a document is not in the index, in the language of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from strongroom_desktop.reasons import reason_of, remedy_of
from strongroom_engine.errors import BY_CODE, DamagedDocument, DocumentProblem, TooLarge
from strongroom_engine.types import DocumentRecord


class Foreign(QTranslator):
    """A language in which every text is the English one with a word before it."""

    def translate(self, _context: str, text: str, _comment: str | None = None, _n: int = -1) -> str:
        return f"ja {text}"


@pytest.fixture
def foreign(qapp: QApplication) -> Iterator[None]:
    translator = Foreign()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def record(error: DocumentProblem) -> DocumentRecord:
    """As the engine tells of it."""
    return DocumentRecord(
        "/a", "/", "A", error.state, code=error.code, reason=error.sentence, remedy=error.advice
    )


def test_english_stays_as_it_came(qapp: QApplication) -> None:
    for kind in (kind for kind in BY_CODE.values() if issubclass(kind, DocumentProblem)):
        told = record(kind(why="its archive is cut off", kind="a sound (WAV)", size="1", limit="2"))
        assert reason_of(told) == told.reason
        assert remedy_of(told) == told.remedy


@pytest.mark.usefixtures("foreign")
def test_sentence_and_saying_are_said_in_the_language() -> None:
    told = record(DamagedDocument(why="its archive is cut off or broken"))
    said = "ja The file is damaged or not what its name says: ja its archive is cut off or broken."
    assert reason_of(told) == said
    assert remedy_of(told) == f"ja {told.remedy}"


@pytest.mark.usefixtures("foreign")
def test_names_and_figures_are_kept() -> None:
    assert reason_of(record(TooLarge(size="3 GB", limit="2 GB"))) == (
        "ja The file is too large: 3 GB; the limit is 2 GB."
    )
    claimed = "its name says that it is a PDF, and it is a picture {PNG}"
    assert reason_of(record(DamagedDocument(why=claimed))).endswith(f": ja {claimed}.")


@pytest.mark.usefixtures("foreign")
def test_a_reason_that_is_not_known_is_told_as_it_is() -> None:
    told = DocumentRecord(
        "/a", "/", "A", DamagedDocument.state, code="new", reason="It {rests}.", remedy="Wait."
    )
    assert (reason_of(told), remedy_of(told)) == ("It {rests}.", "Wait.")
