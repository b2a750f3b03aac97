"""Indexing: when it holds back, and how much of the computer it takes."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from strongroom_desktop.controls import Choice, TimeField
from strongroom_desktop.forms import Group, Row
from strongroom_desktop.settings.section import Context, Section
from strongroom_desktop.widgets import label
from strongroom_desktop.wording import tr

_FROM, _UNTIL, _MANNER = "quiet_from", "quiet_until", "during_quiet"
_USUAL = ("08:00", "18:00")


class Indexing(Section):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._manners(self.group(tr("While you work")))
        self._reading(self.group(tr("Scanned pages")))
        self._load(self.group(tr("Load")))

    def _manners(self, group: Group) -> None:
        self.check(
            group,
            "index_on_battery",
            tr("Index on battery"),
            tr("Else it waits until the computer is plugged in again"),
        )
        manners = (
            ("full", tr("At full speed")),
            ("low", tr("At low priority")),
            ("pause", tr("Not at all")),
        )
        self.manner = Choice(self.theme, tr("Index during working hours"), manners)
        group.add(self._hours())
        title = tr("Index during working hours")
        self.during = self.pick(group, _MANNER, title, "", self.manner)
        values = self.context.values
        values.told.connect(self._show_hours)
        self._show_hours()

    def _hours(self) -> Row:
        self.since = TimeField(self.theme, tr("Working hours begin"))
        self.until = TimeField(self.theme, tr("Working hours end"))
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for one in (self.since, label(tr("to"), "ui", "text_2"), self.until):
            line.addWidget(one)
        for field, usual in zip((self.since, self.until), _USUAL, strict=True):
            field.setPlaceholderText(usual)
            field.chosen.connect(lambda _text: self._change_hours())
        row = Row(
            self.theme, tr("Working hours"), tr("Empty: indexing never holds back for them"), both
        )
        self.rows[_FROM] = self.rows[_UNTIL] = row
        return row

    def _change_hours(self) -> None:
        """Both together: one time alone means nothing."""
        since, until = self.since.text().strip(), self.until.text().strip()
        if bool(since) != bool(until) and not self._was_set():
            since, until = since or _USUAL[0], until or _USUAL[1]
        elif not since or not until:
            since = until = ""
        self.context.values.change({_FROM: since, _UNTIL: until})

    def _was_set(self) -> bool:
        return bool(self.context.values.value(_FROM))

    def _show_hours(self) -> None:
        values = self.context.values
        self.since.show_value(str(values.value(_FROM) or ""))
        self.until.show_value(str(values.value(_UNTIL) or ""))
        self.manner.setEnabled(self._was_set())
        self.during.explain(
            tr("Outside these hours at full speed")
            if self._was_set()
            else tr("At full speed while there are no working hours")
        )

    def _reading(self, group: Group) -> None:
        self.check(
            group,
            "text_recognition",
            tr("Recognise text in scanned pages and pictures"),
            tr(
                "Latin and Greek letters, Chinese and Japanese. It takes some seconds a page, after "
                "all else has been read"
            ),
        )

    def _load(self, group: Group) -> None:
        self.count(
            group,
            "parser_workers",
            tr("Documents read at a time"),
            tr("0: half of the processors"),
        )
        self.count(
            group,
            "embed_threads",
            tr("Passages embedded at a time"),
            tr("0: as many as there are physical cores"),
        )
        self.count(
            group,
            "parse_timeout_s",
            tr("Give a document up after"),
            tr("It is listed under Problems then"),
            unit=tr("seconds"),
            step=30,
        )
        self.count(
            group,
            "parse_memory_mb",
            tr("Memory for reading one document"),
            "",
            unit=tr("MB"),
            step=256,
        )
