"""What is pasted, chosen and dropped goes to the engine as paths."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDir, QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.intake import Intake, pasted_paths
from strongroom_engine.protocol import Done, ListSources, Message, Sources

PATIENCE_MS = 20_000
HOME = QDir.homePath()


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("/papers/Holt", ["/papers/Holt"]),
        ("/papers/Holt/\n\n/papers/Ship\n", ["/papers/Holt", "/papers/Ship"]),
        ('"/papers/Holt, 14 Harbour Street"', ["/papers/Holt, 14 Harbour Street"]),
        ("file:///papers/Two%20words.pdf", ["/papers/Two words.pdf"]),
        ("~/Papers", [f"{HOME}/Papers"]),
        ("~", [HOME]),
        ("/papers/../etc", ["/etc"]),
        ("Papers/Holt", []),
        ("/papers/Holt\nand then some words", []),
        ("/papers/\x00", []),
        ("http://example.test/papers", []),
        ("", []),
    ],
)
def test_a_path_is_told_from_other_text(text: str, paths: list[str]) -> None:
    assert pasted_paths(text) == paths


@pytest.fixture
def intake(engine: Engine) -> Intake:
    return Intake(engine)


def sources(engine: Engine) -> list[tuple[str, str]]:
    """Path and collection of each source of which the engine tells, newest answer last."""
    found: list[tuple[str, str]] = []

    def keep(event: Message) -> None:
        if isinstance(event, Sources):
            found[:] = [(source.path, source.collection) for source in event.sources]

    engine.received.connect(keep)
    return found


def ask(engine: Engine) -> None:
    engine.send(ListSources())


def test_a_pasted_path_goes_into_the_collection(
    intake: Intake, engine: Engine, qtbot: QtBot
) -> None:
    told = sources(engine)
    QGuiApplication.clipboard().setText("/papers/Pasted")
    with qtbot.waitSignal(intake.added):
        intake.paste("Holt, 14 Harbour Street")
    qtbot.waitUntil(lambda: not intake._requests, timeout=PATIENCE_MS)
    ask(engine)
    qtbot.waitUntil(
        lambda: ("/papers/Pasted", "Holt, 14 Harbour Street") in told, timeout=PATIENCE_MS
    )


def test_copied_files_are_pasted_as_well(intake: Intake, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/papers/a.pdf"), QUrl.fromLocalFile("/papers/b.pdf")])
    QGuiApplication.clipboard().setMimeData(data)
    added: list[bool] = []
    intake.added.connect(lambda: added.append(True))
    intake.paste()
    assert len(added) == 2
    qtbot.waitUntil(lambda: not intake._requests, timeout=PATIENCE_MS)


def test_what_is_no_path_is_refused_in_words(intake: Intake, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("a sentence of a letter")
    with qtbot.waitSignal(intake.refused) as refused:
        intake.paste()
    assert refused.args == [
        "The clipboard holds no path. Copy a folder or file, or its path, first."
    ]
    assert not intake._requests


def test_choosing_files_waits_for_nothing(
    intake: Intake, engine: Engine, qtbot: QtBot, tmp_path: Path
) -> None:
    told = sources(engine)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = intake.choose(parent, "files", "Chosen")
    assert dialog.isVisible()
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    file = tmp_path / "lease.txt"
    file.write_text("A lease.", encoding="utf-8")
    dialog.filesSelected.emit([str(file)])
    dialog.reject()
    qtbot.waitUntil(lambda: not intake._requests, timeout=PATIENCE_MS)
    ask(engine)
    qtbot.waitUntil(lambda: (str(file), "Chosen") in told, timeout=PATIENCE_MS)


def test_what_waits_is_told_and_told_again_when_its_turn_comes(
    intake: Intake, engine: Engine
) -> None:
    queued: list[str] = []
    begun: list[str] = []
    intake.queued.connect(queued.append)
    intake.begun.connect(begun.append)
    intake.add(["/papers/Holt", "/papers/Ship"])
    assert queued == ["“Ship” is next, when what is being read is done."]
    engine.received.emit(Done(id=next(iter(intake._requests))))
    assert begun == queued
