"""Where a model file is brought in: chosen, dropped, checked, copied, or refused with the reason."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.client import Engine, needs_words
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.models import words
from strongroom_desktop.widgets import (
    Bar,
    Button,
    ElidedLabel,
    Glyph,
    dress,
    label,
    set_margins,
)
from strongroom_desktop.wording import tr
from strongroom_engine.protocol import Failed, ImportModel, Models, Working
from strongroom_engine.types import ModelsReport, Progress

ENDING = ".gguf"
_BAR_PX = 4


class BringIn(QWidget):
    """One file at a time; the others wait. `brought` carries the report with the new model in it."""

    brought = Signal(object)

    def __init__(self, engine: Engine, theme: Theme) -> None:
        super().__init__()
        self._engine, self._theme = engine, theme
        self._request = 0
        self._now = ""
        self._waiting: list[str] = []
        self._glyph = Glyph(theme, "file-input", "text_2")
        self._title = ElidedLabel("", "ui_medium")
        self._said = label("", "small", "text_2", wrap=True)
        self._bar = Bar(theme, _BAR_PX)
        self.choose_button = Button(theme, tr("Choose file…"))
        self.cancel_button = Button(theme, tr("Cancel"))
        self._lay_out()
        engine.received.connect(self._on_event)
        self._rest()

    def _lay_out(self) -> None:
        dress(self, surface="drop")
        row = QHBoxLayout(self)
        set_margins(row, 18, 14, 16, 14)
        row.setSpacing(14)
        row.addWidget(self._glyph)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._said)
        column.addSpacing(4)
        column.addWidget(self._bar)
        row.addLayout(column, 1)
        row.addWidget(self.choose_button)
        row.addWidget(self.cancel_button)
        self.choose_button.clicked.connect(self.choose)
        self.cancel_button.clicked.connect(self.cancel)

    # --- what can be done ------------------------------------------------------------------------

    def choose(self) -> QFileDialog:
        """Let the user choose a file; nothing waits for it."""
        dialog = QFileDialog(self, tr("Bring in a model"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("Model files (*.gguf)"))
        downloads = QStandardPaths.StandardLocation.DownloadLocation
        dialog.setDirectory(QStandardPaths.writableLocation(downloads))
        dialog.fileSelected.connect(self.import_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def import_file(self, path: str) -> None:
        """Bring this file in, after those that were named before."""
        self._waiting.append(path)
        if not self._now:
            self._next()

    def cancel(self) -> None:
        """Stop; nothing of the file is left."""
        self._waiting.clear()
        self._engine.cancel(self._request)

    @property
    def busy(self) -> bool:
        return self._now != ""

    def text(self) -> str:
        """What it says; for tests."""
        return f"{self._title.full_text()} {self._said.text()}"

    # --- what becomes of it ----------------------------------------------------------------------

    def _next(self) -> None:
        self._now = self._waiting.pop(0) if self._waiting else ""
        if not self._now:
            return
        self._request = self._engine.send(ImportModel(file=self._now))
        name = PurePath(self._now).name
        self._show("loader-circle", "accent", tr("Checking {name}", name=name), "", busy=True)

    def _on_event(self, event: object) -> None:
        match event:
            case Working(progress=progress) if event.id == self._request and progress is not None:
                self._on_progress(progress)
            case Models(report=report) if event.id == self._request and report is not None:
                self._done(report, event.file)
            case Failed() if event.id == self._request:
                self._fail(event)
            case _:
                pass

    def _on_progress(self, progress: Progress) -> None:
        self._title.set_text(tr("Copying {name}", name=progress.what))
        done, total = words.gigabytes(progress.done), words.gigabytes(progress.total)
        self._said.setText(tr("{done} of {total}", done=done, total=total))
        self._bar.set_share(progress.done / max(progress.total, 1))

    def _done(self, report: ModelsReport, file: str) -> None:
        self._request = 0
        model = words.model_of(report, file)
        name = model.name if model else file
        title = tr("{name} is here now.", name=name)
        said = words.fits(model) + "." if model and not model.in_use else ""
        self._show("circle-check", "accent", title, said)
        self.brought.emit(report)
        self._next()

    def _fail(self, event: Failed) -> None:
        self._request = 0
        if not needs_words(event):
            self._rest()
        else:
            error = event.error
            self._show("triangle-alert", "warn", _what(str(error), error.remedy), error.remedy)
        self._next()

    def _rest(self) -> None:
        self._now = ""
        title = tr("Drop a model file (GGUF) here to bring it in")
        said = tr("It is checked before anything is loaded. Strongroom itself never downloads.")
        self._show("file-input", "text_2", title, said)

    def _show(self, icon: str, role: str, title: str, said: str, *, busy: bool = False) -> None:
        self._glyph.show_icon(icon, role)
        self._title.set_text(title)
        self._said.setText(said)
        self._said.setVisible(bool(said) or busy)
        self._bar.set_share(0)
        self._bar.setVisible(busy)
        self.cancel_button.setVisible(busy)
        self.choose_button.setVisible(not busy)


def _what(sentence: str, remedy: str) -> str:
    return sentence.removesuffix(remedy).strip()
