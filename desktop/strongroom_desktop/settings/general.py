"""General: the look, the language, and what goes on while nobody looks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSystemTrayIcon

from strongroom_desktop.controls import Check, Choice, Segments
from strongroom_desktop.forms import Group, Row
from strongroom_desktop.look.looks import keep_look
from strongroom_desktop.look.theme import TEXT_PERCENT
from strongroom_desktop.settings.section import Context, Section
from strongroom_desktop.text import own_name
from strongroom_desktop.wording import language, languages, number, tr

KEEP, NOTIFY = "background/keep", "background/notify"


class General(Section):
    """`language_chosen`: the window is wanted in this language."""

    language_chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._appearance(self.group(tr("Appearance")))
        self._background(self.group(tr("While you work")))
        context.theme.changed.connect(self._show)
        self._show()

    def _appearance(self, group: Group) -> None:
        theme = self.theme
        schemes = (("system", tr("System")), ("light", tr("Light")), ("dark", tr("Dark")))
        self.scheme = Segments(theme, tr("Theme"), schemes)
        self.scheme.chosen.connect(theme.set_scheme)
        group.add(Row(theme, tr("Theme"), "", self.scheme))
        sizes = [(str(size), tr("{percent} %", percent=number(size))) for size in TEXT_PERCENT]
        self.text_size = Segments(theme, tr("Text size"), sizes)
        self.text_size.chosen.connect(lambda size: theme.set_text_percent(int(size)))
        line = tr("Answers and lists; the page in the reader has its own zoom")
        group.add(Row(theme, tr("Text size"), line, self.text_size))
        self.dim = Check(tr("Dim pages in the dark theme"))
        self.dim.chosen.connect(theme.set_dims_pages)
        group.add(Row(theme, tr("Dim pages in the dark theme"), "", self.dim))
        fonts = (("system", tr("System")), ("serif", tr("Serif")))
        self.reading = Segments(theme, tr("Reading font"), fonts)
        self.reading.chosen.connect(theme.set_reading_font)
        line = tr("Answers and text documents")
        group.add(Row(theme, tr("Reading font"), line, self.reading))
        self.language = Choice(
            theme, tr("Language"), [(code, own_name(code)) for code in languages()]
        )
        self.language.show_value(language())
        self.language.chosen.connect(self.language_chosen)
        group.add(Row(theme, tr("Language"), "", self.language))

    def _background(self, group: Group) -> None:
        tray = QSystemTrayIcon.isSystemTrayAvailable()
        self.keep(
            group,
            KEEP,
            tr("Keep watching when the window is closed"),
            tr("Strongroom stays in the tray; starting it again shows the window"),
            usual=tray,
        )
        self.keep(
            group,
            NOTIFY,
            tr("Say when a long index is done"),
            tr("A notification, if you are elsewhere and it took more than a minute"),
            usual=True,
        )

    def _show(self) -> None:
        theme = self.theme
        self.scheme.show_value(theme.scheme)
        self.text_size.show_value(str(theme.text_percent))
        self.dim.show_value(theme.dims_pages)
        self.reading.show_value(theme.reading_font)
        if self.context.kept is not None:
            keep_look(theme, self.context.kept)
