"""About: versions, what enforces the privacy, where the logs are, the licences of the parts."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from strongroom_desktop.dialogs import Sheet
from strongroom_desktop.forms import Row
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.outside import show_in_folder
from strongroom_desktop.paths import log_folder
from strongroom_desktop.settings.section import Context, Section
from strongroom_desktop.widgets import Button, Paragraph
from strongroom_desktop.wording import number, tr
from strongroom_engine.protocol import DoctorReport, GetDoctor, GetLicences, Licences
from strongroom_engine.types import Doctor, Licence

_GB = 10**9


class About(Section):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._doctor: Doctor | None = None
        self._texts: set[int] = set()
        self._versions()
        self._privacy()
        self._logs()
        self.licences = self.group(tr("Licences of the parts"))
        context.engine.received.connect(self._on_event)

    def entered(self) -> None:
        if self._doctor is None:
            self.context.engine.send(GetDoctor())
            self.context.engine.send(GetLicences())

    # --- what is said ----------------------------------------------------------------------------

    def _versions(self) -> None:
        group = self.group(tr("Strongroom"))
        copy = Button(self.theme, tr("Copy for a report"), icon="copy")
        copy.setToolTip(tr("Versions and machine, no text of any document"))
        copy.clicked.connect(self.copy_report)
        self.version = Row(self.theme, tr("Version"), "", copy)
        self.machine = Row(self.theme, tr("This computer"), "")
        self.parts = Row(self.theme, tr("What does the work"), "")
        for row in (self.version, self.machine, self.parts):
            group.add(row)

    def _privacy(self) -> None:
        group = self.group(tr("Nothing leaves this computer"))
        for title, line in (
            (
                tr("No network code"),
                tr("Neither window nor engine uses a network. No account, no telemetry, no updates by itself."),
            ),
            (
                tr("No port"),
                tr("Window and engine speak through pipes. Nothing waits for a connection."),
            ),
            (
                tr("Readers of their own"),
                tr("Other processes read the documents, with a limit on time, and on memory where the system has one."),
            ),
            (
                tr("Encrypted on disk"),
                tr("The index, your questions and their answers are. Logs hold no text of documents."),
            ),
        ):  # fmt: skip
            group.add(Row(self.theme, title, line))

    def _logs(self) -> None:
        group = self.group(tr("Logs"))
        folder = log_folder()
        show = Button(self.theme, tr("Show"))
        show.setAccessibleName(tr("Show the logs"))
        show.clicked.connect(lambda: show_in_folder(str(folder / "window.log")))
        group.add(Row(self.theme, tr("Where logs are"), str(folder), show))

    def _on_event(self, event: object) -> None:
        match event:
            case DoctorReport() if event.doctor is not None:
                self._doctor = event.doctor
                self._show(event.doctor)
            case Licences() if event.id in self._texts:
                self._texts.discard(event.id)
                LicenceSheet(self, self.theme, event.name, event.text)
            case Licences() if not event.name:
                self._show_licences(event.parts)
            case _:
                pass

    def _show(self, doctor: Doctor) -> None:
        versions = dict(doctor.versions)
        own = versions.pop("strongroom", "")
        self.version.explain(own)
        self.machine.explain(_machine(doctor))
        said = [f"{name} {version}" for name, version in versions.items()]
        self.parts.explain(", ".join([*said, f"Qt {qVersion()}"]))

    def _show_licences(self, parts: tuple[Licence, ...]) -> None:
        self.licences.clear()
        for part in parts:
            text = Button(self.theme, tr("Text"), "plain")
            text.setAccessibleName(tr("Text of the licence of {name}", name=part.name))
            text.clicked.connect(lambda _on=False, name=part.name: self._ask_text(name))
            title = f"{part.name} {part.version}".strip()
            self.licences.add(Row(self.theme, title, part.licence, text))

    def _ask_text(self, name: str) -> None:
        self._texts.add(self.context.engine.send(GetLicences(name=name)))

    # --- for a report ----------------------------------------------------------------------------

    def copy_report(self) -> None:
        """Put versions and machine on the clipboard, in English, for whoever mends things."""
        QGuiApplication.clipboard().setText(self.report())

    def report(self) -> str:
        """Versions and machine, a line each; no name or text of a document."""
        lines = [f"System: {platform.system()} {platform.release()} {platform.machine()}"]
        lines += [f"Python: {platform.python_version()}", f"Qt: {qVersion()}"]
        if (doctor := self._doctor) is not None:
            lines += [f"{name}: {version}" for name, version in doctor.versions.items()]
            lines += [f"Machine: {_machine(doctor)}"]
            plan = doctor.plan
            lines += [
                f"Answer model: {Path(plan.file).name or 'none'} on {plan.device or 'nothing'}"
            ]
            lines += [f"Embedding model: {doctor.embedding_model}", f"Key: {doctor.key}"]
        return "\n".join(lines)


class LicenceSheet(Sheet):
    """The text of a licence, to read and to copy."""

    def __init__(self, parent: QWidget, theme: Theme, name: str, text: str) -> None:
        super().__init__(parent, theme, name, "", width_px=640)
        if text:
            shown = QPlainTextEdit(text)
            shown.setObjectName("licenceText")
            shown.setReadOnly(True)
            shown.setAccessibleName(tr("Text of the licence of {name}", name=name))
            shown.setFont(theme.mono_font())
            shown.setFixedHeight(theme.px(360))
            self.body.addWidget(shown)
        else:
            said = tr("This part brings no text of its licence along; its name is above.")
            self.body.addWidget(Paragraph(theme, said, "ui"))
        close = Button(theme, tr("Close"), "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.finish(close)


def _machine(doctor: Doctor) -> str:
    hardware = doctor.hardware
    memory = tr("{size} GB memory", size=number(hardware.memory_total / _GB, 1))
    gpus = ", ".join(gpu.description for gpu in hardware.gpus)
    return ", ".join(part for part in (hardware.cpu, memory, gpus) if part)
