"""How the fake engine host tells of documents: reports and passwords, in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import made  # type: ignore[import-not-found]  # it lies beside this script
import made_reports  # type: ignore[import-not-found]  # so does this

from strongroom_engine import protocol as p
from strongroom_engine.errors import NotInLibrary
from strongroom_engine.types import Unlocked

if TYPE_CHECKING:
    from collections.abc import Callable

    from strongroom_engine.types import DocumentRecord, Source

PASSWORD = "harbour"


class Reporting:
    """Mixed into the host. `opened` are the documents that the right password has opened."""

    say: Callable[[p.Message], None]
    sources: dict[str, Source]

    def start_reporting(self) -> None:
        self.opened: set[str] = set()
        self.passwords: list[str] = []
        self.checked: set[str] = set()

    def on_getreport(self, request: p.GetReport) -> None:
        if "gone" in request.file:
            raise NotInLibrary(path=request.file)
        report = made_reports.report(request.file)
        if request.file in self.checked:
            report = replace(report, findable=True)
        self.say(p.ReportTold(id=request.id, file=request.file, report=report))

    def on_checkdocument(self, request: p.CheckDocument) -> None:
        self.checked.add(request.file)
        self.on_getreport(p.GetReport(id=request.id, file=request.file))

    def on_givepassword(self, request: p.GivePassword) -> None:
        problems = made.status(list(self.sources)).problems
        locked = tuple(
            one.path
            for one in problems
            if one.code == "needs-password" and one.path.startswith(request.path)
        )
        tried = Unlocked(locked=locked)
        if request.password == PASSWORD:
            self.passwords.append(request.path)
            self.opened.add(request.path)
            tried = Unlocked(opened=locked)
        self.say(p.Changed(documents=True))
        self.say(p.PasswordTried(id=request.id, tried=tried))

    def on_forgetpassword(self, request: p.ForgetPassword) -> None:
        self.passwords = [path for path in self.passwords if path != request.path]
        self.say(p.Done(id=request.id))

    def on_listpasswords(self, request: p.ListPasswords) -> None:
        self.say(p.Passwords(id=request.id, paths=tuple(self.passwords)))

    def is_open(self, record: DocumentRecord) -> bool:
        """Whether a password has opened it."""
        return any(record.path.startswith(path) for path in self.opened)
