"""Folders: what is in the library, what is left out of it, whether hidden files are, and how large a
file may be."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from strongroom_desktop.controls import Choice
from strongroom_desktop.forms import Group, Row
from strongroom_desktop.look.grown import grow
from strongroom_desktop.outside import show_in_folder
from strongroom_desktop.settings.section import Context, Section
from strongroom_desktop.text import as_tooltip
from strongroom_desktop.widgets import Button
from strongroom_desktop.wording import plural, tr
from strongroom_engine.protocol import (
    Changed,
    Done,
    Exclude,
    Exclusions,
    Failed,
    Include,
    ListExclusions,
    ListSources,
    Message,
    Sources,
)
from strongroom_engine.types import Exclusion, Source

_NAME_PX = 150
"""Room for the name of a collection."""


class Folders(Section):
    """`add_wanted`: another folder is to be chosen. `collection_chosen`: its page is wanted."""

    add_wanted = Signal()
    collection_chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._changing: set[int] = set()
        self._places: tuple[tuple[str, str], ...] = ()
        self.sources = self.group(tr("Folders that are watched"))
        self.excluded = self.group(tr("Left out"))
        self._pattern = self._pattern_field()
        self._where = self._where_field()
        limits = self.group(tr("Hidden and large files"))
        self.check(
            limits,
            "index_hidden",
            tr("Index hidden files"),
            tr("Those of programs, such as .git and .cache, are left out all the same"),
        )
        self.count(
            limits,
            "max_file_mb",
            tr("Largest file"),
            tr("Larger ones are skipped, and listed under Problems"),
            unit=tr("MB"),
            step=100,
        )
        self.count(
            limits,
            "max_text_mb",
            tr("Largest text file"),
            tr("Of larger ones the beginning is read, and their report says so"),
            unit=tr("MB"),
            step=10,
        )
        self._inside(self.group(tr("Archives, mailboxes and mails")))
        self._show_sources(())
        self._show_excluded(())
        context.engine.received.connect(self._on_event)

    def _inside(self, group: Group) -> None:
        """How much of what lies inside others is read."""
        limits = (
            (
                "max_depth",
                tr("How deep they may lie in each other"),
                tr("A mail in an archive in a mail is 3 deep"),
                "",
                1,
            ),
            ("max_members", tr("Most documents inside one"), "", "", 10_000),
            ("max_member_mb", tr("Largest document inside one"), "", tr("MB"), 100),
            (
                "max_unpacked_mb",
                tr("Most that one may unpack to"),
                tr("It is unpacked in memory, piece by piece, never onto the disk"),
                tr("MB"),
                1_024,
            ),
        )
        for name, title, line, unit, step in limits:
            self.count(group, name, title, line, unit=unit, step=step)

    def entered(self) -> None:
        self.context.engine.send(ListSources())
        self.context.engine.send(ListExclusions())

    def _on_event(self, event: object) -> None:
        match event:
            case Sources():
                self._show_sources(event.sources)
            case Exclusions():
                self._show_excluded(event.exclusions)
            case Changed() if self.isVisible():
                self.context.engine.send(ListExclusions())
            case Done() if event.id in self._changing:
                self._changing.discard(event.id)
                self.context.engine.send(ListExclusions())
            case Failed() if event.id in self._changing:
                self._changing.discard(event.id)
                self.rows["exclude"].say(str(event.error))
            case _:
                pass

    # --- sources ---------------------------------------------------------------------------------

    def _show_sources(self, sources: tuple[Source, ...]) -> None:
        self._places = tuple((one.path, PurePath(one.path).name or one.path) for one in sources)
        self._offer_places()
        self.sources.clear()
        for source in sources:
            self.sources.add(self._source_row(source))
        add = Button(self.theme, tr("Add a folder…"))
        add.clicked.connect(self.add_wanted)
        line = "" if sources else tr("Or drop one anywhere in the window.")
        title = tr("Another folder") if sources else tr("No folder yet")
        self.sources.add(Row(self.theme, title, line, add))

    def _source_row(self, source: Source) -> Row:
        documents = sum(source.counts.values())
        counted = plural(documents, "{n} document", "{n} documents")
        where = counted if source.present else tr("{documents}, away just now", documents=counted)
        page = Button(self.theme, "", "plain")
        middle, most = Qt.TextElideMode.ElideMiddle, self.theme.px(_NAME_PX)
        name = page.fontMetrics().elidedText(source.collection, middle, most)
        page.setText(name.replace("&", "&&"))
        page.setAccessibleName(tr("Collection “{name}”", name=source.collection))
        page.setToolTip(as_tooltip(source.collection))
        page.clicked.connect(lambda: self.collection_chosen.emit(source.collection))
        show = Button(self.theme, tr("Show"))
        show.setAccessibleName(tr("Show “{name}” in its folder", name=PurePath(source.path).name))
        show.clicked.connect(lambda: show_in_folder(source.path))
        return Row(self.theme, source.path, where, page, show)

    # --- exclusions ------------------------------------------------------------------------------

    def _pattern_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText("*.log")
        field.setAccessibleName(tr("Names to leave out"))
        field.setAcceptDrops(False)
        field.returnPressed.connect(self._exclude)
        return field

    def _where_field(self) -> Choice:
        return Choice(self.theme, tr("Where it is left out"))

    def _offer_places(self) -> None:
        """All folders, or one of them; the one that was chosen may be gone."""
        self._where.set_choices((("", tr("In every folder")), *self._places))
        if self._where.value not in dict(self._places):
            self._where.show_value("")

    def _exclude(self) -> None:
        if pattern := self._pattern.text().strip():
            self._send(Exclude(source=self._where.value, pattern=pattern))
            self._pattern.clear()

    def _send(self, request: Message) -> None:
        self.rows["exclude"].say("")
        self._changing.add(self.context.engine.send(request))

    def _show_excluded(self, exclusions: tuple[Exclusion, ...]) -> None:
        typed, where = self._pattern.text(), self._where.value
        self._pattern, self._where = self._pattern_field(), self._where_field()
        self._pattern.setText(typed)
        self._where.show_value(where)
        self._offer_places()
        self.excluded.clear()
        for one in exclusions:
            self.excluded.add(self._excluded_row(one))
        usual = tr(
            "Unfinished downloads, backups of editors and offices, and what programs can make again"
        )
        always = Row(self.theme, tr("Always left out"), usual)
        self.excluded.add(always)
        self.excluded.add(self._exclude_row())

    def _excluded_row(self, one: Exclusion) -> Row:
        back = Button(self.theme, tr("Take back"))
        back.setAccessibleName(tr("Take “{name}” back in", name=one.pattern))
        back.clicked.connect(lambda: self._send(Include(source=one.source, pattern=one.pattern)))
        where = tr("In {folder}", folder=one.source) if one.source else tr("In every folder")
        return Row(self.theme, one.pattern, where, back)

    def _exclude_row(self) -> Row:
        grow(self.theme, self._pattern, self._pattern.setFixedWidth, 150)
        go = Button(self.theme, tr("Leave out"))
        go.clicked.connect(self._exclude)
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for one in (self._pattern, self._where, go):
            line.addWidget(one)
        row = Row(
            self.theme,
            tr("Leave out by name"),
            tr("A line as in a .gitignore: *.log, drafts/, !keep.log"),
            both,
        )
        self.rows["exclude"] = row
        return row
