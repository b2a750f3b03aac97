"""Bringing documents in: chosen, dropped, pasted, or the samples that came along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QMimeData, QObject, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from strongroom_desktop.client import Engine, needs_words
from strongroom_desktop.paths import assets_folder
from strongroom_desktop.wording import tr
from strongroom_engine.protocol import AddSource, Done, Failed

_QUOTES = "\"'\u201c\u201d\u2018\u2019\u201e"
MODEL_ENDING = ".gguf"


class Intake(QObject):
    """`refused` says in a sentence why something was not added; `added` that the engine has it;
    `queued` says in a sentence that it comes after what is being read, `begun` carries the same
    sentence when it is its turn."""

    refused = Signal(str)
    added = Signal()
    queued = Signal(str)
    begun = Signal(str)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._requests: dict[int, str] = {}
        engine.received.connect(self._on_event)

    @Slot(list)
    @Slot(list, str)
    def add(self, paths: Iterable[str | Path], collection: str = "") -> None:
        """Add folders and files to the library: into a collection, or into new ones that are named
        after the folders."""
        for path in paths:
            said = ""
            if self._requests:
                name = collection or Path(path).name
                said = tr("“{name}” is next, when what is being read is done.", name=name)
                self.queued.emit(said)
            request = AddSource(path=str(path), collection=collection)
            self._requests[self._engine.send(request)] = said
            self.added.emit()

    def add_samples(self) -> None:
        """Add the documents that came along."""
        self.add([samples_folder()], tr("Sample documents"))

    def choose(self, parent: QWidget, kind: str = "folder", collection: str = "") -> QFileDialog:
        """Let the user choose a folder or, with the kind 'files', files; nothing waits for it."""
        files = kind == "files"
        dialog = QFileDialog(parent, tr("Add files") if files else tr("Add a folder"))
        if files:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.filesSelected.connect(lambda chosen: self.add(chosen, collection))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    @Slot(str)
    def paste(self, collection: str = "") -> None:
        """Add the folders and files whose paths are on the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        paths = local_paths(data) or pasted_paths(data.text())
        if paths:
            self.add(paths, collection)
        else:
            self.refused.emit(
                tr("The clipboard holds no path. Copy a folder or file, or its path, first.")
            )

    def _on_event(self, event: object) -> None:
        if isinstance(event, Done | Failed) and event.id in self._requests:
            del self._requests[event.id]
            self.begun.emit(next(iter(self._requests.values()), ""))
            if isinstance(event, Failed) and needs_words(event):
                self.refused.emit(str(event.error))


def choose_model(parent: QWidget, then: Callable[[str], None]) -> None:
    """Let the user choose the file of an answer model; nothing waits for it."""
    dialog = QFileDialog(parent, tr("Bring in a model"), "", tr("Model files (*.gguf)"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(then)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def local_paths(data: QMimeData) -> list[str]:
    """The folders and files that are being dragged; anything else is left out."""
    urls: Sequence[QUrl] = data.urls() if data.hasUrls() else []
    return [url.toLocalFile() for url in urls if url.isLocalFile()]


def is_model(path: str) -> bool:
    """Whether this is the file of an answer model by its name; it goes to the models."""
    return path.lower().endswith(MODEL_ENDING)


def pasted_paths(text: str) -> list[str]:
    """The absolute paths in a text, one a line: bare, in quotes, as file addresses, or from the
    home folder on ('~/Papers'). Nothing is a path unless every line is."""
    lines = [line.strip().strip(_QUOTES) for line in text.splitlines()]
    paths = [_path(line) for line in lines if line]
    return [path for path in paths if path] if all(paths) else []


def _path(line: str) -> str:
    """An absolute path, or ''."""
    if line.startswith("file:"):
        return QUrl(line).toLocalFile()
    if line == "~" or line.startswith(("~/", "~\\")):
        line = QDir.homePath() + line[1:]
    absolute = QDir.isAbsolutePath(line) and "\x00" not in line
    return QDir.cleanPath(line) if absolute else ""


def samples_folder() -> Path:
    return assets_folder() / "samples"


def has_samples() -> bool:
    folder = samples_folder()
    return folder.is_dir() and any(folder.iterdir())
