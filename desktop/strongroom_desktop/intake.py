"""Bringing documents in: chosen, dropped, or the samples that came along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.paths import assets_folder
from strongroom_engine.protocol import AddSource, Done, Failed

SAMPLES = "Sample documents"


class Intake(QObject):
    """`refused` says in a sentence why something was not added; `added` that the engine has it;
    `queued` says in a sentence that it comes after what is being read."""

    refused = Signal(str)
    added = Signal()
    queued = Signal(str)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._requests: set[int] = set()
        engine.received.connect(self._on_event)

    @Slot(list)
    def add(self, paths: Iterable[str | Path], collection: str = "") -> None:
        """Add folders and files to the library."""
        for path in paths:
            if self._requests:
                name = collection or Path(path).name
                self.queued.emit(f"\u201c{name}\u201d is next, when what is being read is done.")
            request = AddSource(path=str(path), collection=collection)
            self._requests.add(self._engine.send(request))
            self.added.emit()

    def add_samples(self) -> None:
        """Add the documents that came along."""
        self.add([samples_folder()], SAMPLES)

    def choose(self, parent: QWidget) -> None:
        """Let the user choose a folder; nothing waits for it."""
        dialog = QFileDialog(parent, "Add a folder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.fileSelected.connect(lambda folder: self.add([folder]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_event(self, event: object) -> None:
        if isinstance(event, Done | Failed) and event.id in self._requests:
            self._requests.discard(event.id)
            if isinstance(event, Failed) and event.code not in ("cancelled", "engine-died"):
                self.refused.emit(str(event.error))


def local_paths(data: QMimeData) -> list[str]:
    """The folders and files that are being dragged; anything else is left out."""
    urls: Sequence[QUrl] = data.urls() if data.hasUrls() else []
    return [url.toLocalFile() for url in urls if url.isLocalFile()]


def samples_folder() -> Path:
    return assets_folder() / "samples"


def has_samples() -> bool:
    folder = samples_folder()
    return folder.is_dir() and any(folder.iterdir())
