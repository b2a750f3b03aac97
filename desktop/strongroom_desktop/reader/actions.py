"""What the reader's menus offer: for the document, and for the words that are selected in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from strongroom_desktop.kin import container_of
from strongroom_desktop.outside import copy_paths, show_in_folder, words_to_open, words_to_show
from strongroom_desktop.passwords import NEEDS_PASSWORD
from strongroom_desktop.reader.copying import quoted
from strongroom_desktop.reader.facts import facts
from strongroom_desktop.reader.menus import Entry, menu
from strongroom_desktop.wording import tr
from strongroom_engine.types import DocumentFacts

if TYPE_CHECKING:
    from strongroom_desktop.look.theme import Theme
    from strongroom_desktop.reader.reader import Reader
    from strongroom_desktop.selection import Selection


def document_menu(
    reader: Reader, theme: Theme, selection: Selection, known: DocumentFacts | None
) -> QMenu:
    """What is known of the document, and what can be done with it."""
    place = reader.place
    path = place.file if place else ""
    said: list[Entry] = [("", line, None) for line in (facts(known.document) if known else ())]
    report: list[Entry] = [("info", tr("How it was read"), reader.tell_report)]
    if known and known.document.code == NEEDS_PASSWORD:
        report.append(("key-round", tr("Enter password…"), reader.ask_password))
    ask: list[Entry] = [
        ("message-square", tr("Ask about this document"), lambda: reader.ask_about.emit([path])),
        ("text-search", tr("Find in the document"), reader.find_words),
    ]
    inside = bool(container_of(path))
    outside = words_to_open(path) if inside else tr("Open outside")
    folder = words_to_show(path) if inside else tr("Show in the folder")
    file: list[Entry] = [
        ("external-link", outside, reader.open_outside),
        ("folder-open", folder, lambda: show_in_folder(path)),
        ("copy", tr("Copy the path"), lambda: copy_paths([path])),
    ]
    close: list[Entry] = [("x", tr("Close the document"), selection.close)]
    return menu(reader, theme, (said, report, ask, file, close))


def words_menu(reader: Reader, theme: Theme) -> QMenu:
    """What can be done with the words that are selected."""
    words: list[Entry] = [
        ("copy", tr("Copy"), reader.copy),
        ("quote", tr("Copy with source"), reader.copy_with_source),
    ]
    more: list[Entry] = [
        ("message-square", tr("Ask about this"), lambda: _quote(reader)),
        ("text-search", tr("Find in the document"), reader.find_words),
    ]
    return menu(reader, theme, (words, more))


def _quote(reader: Reader) -> None:
    reader.quote_wanted.emit(f"“{quoted(reader.selected)}”")
