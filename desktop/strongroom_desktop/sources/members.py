"""The sources of a collection and what was left out of them, as rows of its page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from strongroom_desktop.files import file_icon, file_name
from strongroom_desktop.line_row import Line, Section
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.outside import copy_paths, show_in_folder
from strongroom_desktop.sources import words
from strongroom_desktop.sources.deeds import Deeds
from strongroom_desktop.sources.nodes import total
from strongroom_desktop.widgets import Button, IconButton
from strongroom_desktop.wording import plural, tr
from strongroom_engine.types import Away, Exclusion, Source


class Members(QWidget):
    """Two sections: sources with their menu, exclusions that can be taken back."""

    def __init__(self, deeds: Deeds, theme: Theme) -> None:
        super().__init__()
        self._deeds = deeds
        self._theme = theme
        self._collections: Sequence[str] = ()
        self._shown: tuple[object, ...] = ()
        self.sources = Section(tr("Sources"))
        self.left_out = Section(tr("Left out"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(5))
        column.addWidget(self.sources)
        column.addWidget(self.left_out)

    def show_members(
        self, sources: Sequence[Source], exclusions: Sequence[Exclusion], collections: Sequence[str]
    ) -> None:
        """Show these sources, what is left out of them, and where they could move to."""
        self._collections = collections
        paths = {source.path for source in sources}
        mine = [each for each in exclusions if each.source in paths or not each.source]
        shown = (tuple(sources), tuple(mine))
        if shown == self._shown:
            return
        self._shown = shown
        self.sources.show_lines([self._source_line(source) for source in sources])
        self.left_out.show_lines([self._exclusion_line(each) for each in mine])

    # --- sources ---------------------------------------------------------------------------------

    def _source_line(self, source: Source) -> Line:
        detail = plural(total(source), "{n} document", "{n} documents")
        if not source.present:
            detail = f"{_away(source)}   {detail}"
        icon = "folder" if file_icon(source.path) == "file" else file_icon(source.path)
        line = _SourceLine(
            self._theme,
            (icon, "text_2") if source.present else ("unplug", "warn"),
            source.path,
            detail,
            tooltip=words.where(source),
        )
        more = IconButton(
            self._theme, "ellipsis", tr("What can be done with {name}", name=source.path)
        )
        more.clicked.connect(
            lambda: self.menu_for(source).popup(more.mapToGlobal(more.rect().bottomLeft()))
        )
        line.menu = partial(self.menu_for, source)
        line.row.addWidget(more)
        return line

    def menu_for(self, source: Source) -> QMenu:
        """The menu of a source."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        path, deeds = source.path, self._deeds
        again = tr("Look for changes") if source.present else tr("Look again")
        menu.addAction(again, partial(deeds.rescan_paths, [path]))
        menu.addAction(tr("Show in folder"), partial(show_in_folder, path))
        menu.addAction(tr("Copy path"), partial(copy_paths, [path]))
        others = [name for name in self._collections if name != source.collection]
        if others:
            targets = menu.addMenu(tr("Move to"))
            for name in others:
                targets.addAction(name.replace("&", "&&"), partial(deeds.move, [path], name))
        menu.addAction(tr("Leave out a folder…"), partial(self.choose_left_out, path))
        menu.addSeparator()
        remove = partial(deeds.ask_to_remove, file_name(path) or path, [path])
        menu.addAction(tr("Remove from the library…"), remove)
        return menu

    def choose_left_out(self, source: str) -> QFileDialog:
        """Let a folder of a source be chosen that is to be left out; nothing waits for it."""
        dialog = QFileDialog(self, tr("Leave out a folder"), source)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self._leave_out(source, folder))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _leave_out(self, source: str, folder: str) -> None:
        chosen = PurePath(folder)
        if chosen != PurePath(source) and chosen.is_relative_to(source):
            self._deeds.exclude_path(source, str(chosen))
        else:
            where = tr("Only a folder within {path} can be left out of it.", path=source)
            self._deeds.refused.emit(where)

    # --- what is left out ------------------------------------------------------------------------

    def _exclusion_line(self, exclusion: Exclusion) -> Line:
        where = "" if exclusion.source else tr("in every collection")
        line = Line(
            self._theme,
            ("circle-minus", "text_2"),
            exclusion.pattern,
            where,
            tooltip=exclusion.pattern,
        )
        back = Button(self._theme, tr("Include again"), "link")
        back.clicked.connect(lambda: self._deeds.include(exclusion.source, exclusion.pattern))
        line.row.addWidget(back)
        return line


def _away(source: Source) -> str:
    """What a row says of a source that is away, in a few words."""
    return tr("does not answer") if source.away == Away.SILENT else tr("not there now")


class _SourceLine(Line):
    """A row that has its menu under the right button, too."""

    menu: partial[QMenu]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos() + QPoint(1, 1))
