"""The library: where it is, how it is protected, making it smaller, deleting it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from strongroom_desktop.erase_sheet import EraseSheet
from strongroom_desktop.forms import Group, Row
from strongroom_desktop.outside import show_in_folder
from strongroom_desktop.settings.passwords import PasswordRows
from strongroom_desktop.settings.section import Context, Section
from strongroom_desktop.settings.sheets import PassphraseSheet
from strongroom_desktop.widgets import Button
from strongroom_desktop.wording import number, plural, tr
from strongroom_engine.protocol import (
    Compacted,
    CompactLibrary,
    Done,
    EraseLibrary,
    Failed,
    GetLibrary,
    LibraryTold,
)
from strongroom_engine.types import LibraryFacts

_MB, _GB = 10**6, 10**9


class LibrarySection(Section):
    """`erased`: the library was deleted, an empty one is there."""

    erased = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.facts: LibraryFacts | None = None
        self._compacting = self._erasing = 0
        self._place(self.group(tr("Location")))
        self._protection(self.group(tr("Protection")))
        self.passwords = PasswordRows(context, self.group(tr("Passwords of documents")))
        self._care(self.group(tr("Care")))
        context.engine.received.connect(self._on_event)
        self._show()

    def entered(self) -> None:
        self.context.engine.send(GetLibrary())
        self.passwords.ask()

    # --- rows ------------------------------------------------------------------------------------

    def _place(self, group: Group) -> None:
        self.show_button = Button(self.theme, tr("Show"))
        self.show_button.setAccessibleName(tr("Show the library's folder"))
        self.show_button.clicked.connect(self._show_folder)
        self.location = Row(self.theme, tr("Folder"), "", self.show_button)
        self.content = Row(self.theme, tr("Content"), "")
        group.add(self.location)
        group.add(self.content)

    def _protection(self, group: Group) -> None:
        self.change = Button(self.theme, tr("Change…"))
        self.change.setAccessibleName(tr("Change the passphrase"))
        self.change.clicked.connect(lambda: self._ask_passphrase(to_keyring=False))
        self.to_keyring = Button(self.theme, tr("Use the keyring…"))
        self.to_keyring.clicked.connect(lambda: self._ask_passphrase(to_keyring=True))
        line = tr("AEGIS-256: nobody reads it without the key, and altered pages are noticed")
        group.add(Row(self.theme, tr("Encrypted on disk"), line))
        self.passphrase = Row(self.theme, tr("Passphrase"), "", self.to_keyring, self.change)
        group.add(self.passphrase)

    def _care(self, group: Group) -> None:
        self.compact = Button(self.theme, tr("Compact"))
        self.compact.clicked.connect(self._toggle_compacting)
        self.compaction = Row(self.theme, tr("Compact"), "", self.compact)
        group.add(self.compaction)
        self.erase = Button(self.theme, tr("Erase library…"), "danger")
        self.erase.clicked.connect(self._ask_erase)
        self.erasing = Row(
            self.theme,
            tr("Erase everything"),
            tr("Removes index, conversations and reviews. Your documents are not touched."),
            self.erase,
        )
        group.add(self.erasing)

    # --- showing ---------------------------------------------------------------------------------

    def _show(self) -> None:
        facts = self.facts
        for button in (self.show_button, self.change, self.compact):
            button.setEnabled(facts is not None)
        if facts is None:
            return
        self.location.explain(facts.folder)
        documents = plural(facts.documents, "{n} document", "{n} documents")
        passages = plural(facts.chunks, "{n} passage", "{n} passages")
        what = tr(
            "{documents}, {passages}, {size}",
            documents=documents,
            passages=passages,
            size=in_bytes(facts.size),
        )
        self.content.explain(what)
        self._show_protection(facts)
        if not self._compacting:
            free = in_bytes(facts.free)
            self.compaction.explain(
                tr("Gives about {size} back to the disk", size=free)
                if facts.free > _MB
                else tr("Nothing to give back to the disk")
            )

    def _show_protection(self, facts: LibraryFacts) -> None:
        self.change.setText(tr("Change…") if facts.key == "passphrase" else tr("Set…"))
        self.change.setVisible(facts.key != "key file")
        self.to_keyring.setVisible(facts.key == "passphrase" and facts.keyring)
        match facts.key:
            case "passphrase":
                kept = tr("Asked when Strongroom starts")
            case "keyring":
                kept = tr("None. This computer's keyring keeps the key, and opens with your login")
            case _:
                kept = tr("None. A key file opens it")
        self.passphrase.explain(kept)

    def _show_folder(self) -> None:
        if self.facts is not None:
            show_in_folder(self.facts.folder)

    # --- what is done ----------------------------------------------------------------------------

    def _toggle_compacting(self) -> None:
        if self._compacting:
            self.context.engine.cancel(self._compacting)
            return
        self._compacting = self.context.engine.send(CompactLibrary())
        self.compaction.say("")
        self.compact.setText(tr("Stop"))
        self.compaction.explain(tr("Being written anew. You can search and ask meanwhile."))

    def _ask_passphrase(self, *, to_keyring: bool) -> None:
        assert self.facts is not None
        sheet = PassphraseSheet(
            self, self.context.engine, self.theme, had=self.facts.key == "passphrase",
            to_keyring=to_keyring,
        )  # fmt: skip
        sheet.changed.connect(self.entered)

    def _ask_erase(self) -> None:
        sheet = EraseSheet(self, self.theme, self.facts)
        sheet.accepted.connect(self._erase)

    def _erase(self) -> None:
        self.erase.setEnabled(False)
        self.erasing.say("")
        self._erasing = self.context.engine.send(EraseLibrary())

    def _on_event(self, event: object) -> None:
        match event:
            case LibraryTold() if event.library is not None:
                self.facts = event.library
                self._show()
            case Compacted() if event.id == self._compacting:
                self._end_compacting()
                self.compaction.explain(_gained(event.before, event.after))
            case Failed() if event.id == self._compacting != 0:
                self._end_compacting()
                self._show()
                self.compaction.say("" if event.code == "cancelled" else str(event.error))
            case Done() if event.id == self._erasing != 0:
                self._erasing = 0
                self.erase.setEnabled(True)
                self.erased.emit()
            case Failed() if event.id == self._erasing != 0:
                self._erasing = 0
                self.erase.setEnabled(True)
                self.erasing.say(str(event.error))
            case _:
                pass

    def _end_compacting(self) -> None:
        self._compacting = 0
        self.compact.setText(tr("Compact"))


def in_bytes(size: int) -> str:
    """'1.4 GB', '38 MB'."""
    if size >= _GB:
        return tr("{size} GB", size=number(size / _GB, 1))
    return tr("{size} MB", size=number(size / _MB, 1 if size < 10 * _MB else 0))


def _gained(before: int, after: int) -> str:
    if after >= before:
        return tr("It was as small as can be: {size}.", size=in_bytes(after))
    return tr("From {before} to {after}.", before=in_bytes(before), after=in_bytes(after))
