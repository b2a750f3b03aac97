"""The sheets about one document, which every region may want: its report, its password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from strongroom_desktop.text import documents
from strongroom_desktop.wording import tr
from strongroom_engine.types import DocumentRecord

if TYPE_CHECKING:
    from strongroom_desktop.frame.window import Window
    from strongroom_desktop.passwords import PasswordSheet
    from strongroom_desktop.report import ReportSheet


class DocumentSheets(QObject):
    """Opens them over a window, one of each kind at a time."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._report: ReportSheet | None = None
        for region in (window.sidebar, window.reader, window.pages):
            region.report_wanted.connect(self.show_report)
            region.password_wanted.connect(self.ask_password)

    def show_report(self, path: str) -> ReportSheet:
        """How the document was read."""
        from strongroom_desktop.report import ReportSheet

        if self._report is not None:
            self._report.accept()
        window = self._window
        sheet = self._report = ReportSheet(window, window.engine, window.theme, path)
        sheet.stand_beside(window.reader)
        sheet.place_wanted.connect(window.selection.open)
        sheet.password_wanted.connect(lambda record: self.ask_password((record,)))
        sheet.compare_wanted.connect(lambda paths: window.ask_about(paths, "compare"))
        sheet.finished.connect(lambda _result: self._forget(sheet))
        return sheet

    def _forget(self, sheet: ReportSheet) -> None:
        if self._report is sheet:
            self._report = None

    def ask_password(
        self, records: tuple[DocumentRecord, ...], known: tuple[DocumentRecord, ...] = ()
    ) -> PasswordSheet:
        """The password of these documents; `known` are all that need one."""
        from strongroom_desktop.passwords import PasswordSheet

        window = self._window
        sheet = PasswordSheet(window, window.engine, window.theme, records, known)
        sheet.opened.connect(self._say_opened)
        return sheet

    def _say_opened(self, count: int) -> None:
        said = tr("{documents} opened by the password.", documents=documents(count))
        self._window.notice.mention(said)
