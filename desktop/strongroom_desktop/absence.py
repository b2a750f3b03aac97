"""Which drives are away: what lies on them is marked wherever it is named, and can be read all the
same. Told by the list of sources; nothing here looks at a disk."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QDateTime, QObject, Signal

from strongroom_desktop.files import lies_in
from strongroom_desktop.text import short_date
from strongroom_desktop.wording import tr
from strongroom_engine.types import Away, Source


class Absence(QObject):
    """The places that are away now. `changed` when others are."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._places: frozenset[str] = frozenset()

    def note(self, sources: Iterable[Source]) -> None:
        """Take up how the sources stand."""
        before = self._places
        self._places = frozenset(
            place
            for source in sources
            for place in (*source.places_away, *(() if source.present else (source.path,)))
        )
        if self._places != before:
            self.changed.emit()

    @property
    def any(self) -> bool:
        """Whether anything is away."""
        return bool(self._places)

    def of(self, path: str) -> bool:
        """Whether a document lies on a drive that is away."""
        return any(lies_in(place, path) for place in self._places)

    def words(self, path: str) -> str:
        """'on a drive that is not here now'; '' where it is."""
        return tr("on a drive that is not here now") if self.of(path) else ""


absence = Absence()
"""One for the window: every region names documents, and none knows another."""


def why(source: Source) -> str:
    """Why a source is away and since when, in one sentence; '' where it is here."""
    if source.present:
        return ""
    match source.away:
        case Away.SILENT:
            said = tr("It does not answer; its documents stay searchable.")
        case Away.REPLACED:
            said = tr(
                "Another drive or an empty folder is in its place; its documents stay searchable."
            )
        case Away.FAILING:
            said = tr("It gives errors instead of files; its documents stay searchable.")
        case _:
            said = tr("It is not there now; its documents stay searchable.")
    return f"{said} {since(source)}".strip()


def since(source: Source) -> str:
    """'Away since 28 Nov 2026, 10:15.'; '' where that is not known."""
    if source.present or not source.away_ms:
        return ""
    when = QDateTime.fromMSecsSinceEpoch(source.away_ms)
    return tr("Away since {day}, {time}.", day=short_date(when.date()), time=when.toString("HH:mm"))


def places_away(source: Source) -> str:
    """Which places inside a source are away, in one sentence; '' for none."""
    if not source.places_away:
        return ""
    return tr(
        "Drives inside it are away: {places}. What is known of them stays searchable.",
        places=", ".join(source.places_away),
    )
