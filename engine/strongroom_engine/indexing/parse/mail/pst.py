"""Outlook's mailboxes (PST, OST): each message is a document of its own, in its folder.

A mailbox may be larger than the memory there is: of its messages only the one that is asked for is
read. They are named as those of an MBOX are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, BinaryIO

from strongroom_engine.errors import DamagedDocument, NoText
from strongroom_engine.indexing.parse.mail import mbox
from strongroom_engine.indexing.parse.mail.naming import Names, fit, member_of, of_message
from strongroom_engine.indexing.parse.mail.outlook.item import Attached, Item, as_eml, name_of
from strongroom_engine.indexing.parse.mail.outlook.nodes import Nodes
from strongroom_engine.indexing.parse.mail.outlook.properties import (
    BROKEN,
    CLASS,
    MANY,
    OBJECT,
    Name,
    Properties,
    Value,
    names_of,
    several,
)
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.sentences import left_out as say
from strongroom_engine.types import Document, LeftOut, Member

MEDIA_TYPE = "application/vnd.ms-outlook-pst"
MAX_DEPTH = 64
_ERRORS = (*BROKEN, MemoryError)
"""libpff says of whatever it cannot make an object of that there is no memory for it."""
_TREE = 0x35E0
"""Of the store: the folder below which is what Outlook shows."""
_SIZE, _CHANGED, _CHANGE_KEY, _SENT = 0x0E08, 0x3008, 0x65E2, (0x0039, 0x0E06)
_DATA, _METHOD, _EMBEDDED = 0x3701, 0x3705, 5
_ENTRIES, _TEXTS = 0x0003, 0x0004
_PEOPLE = ("ipm.contact", "ipm.distlist")

Store = Any
Folder = Any
Message = Any
"""What libpff gives has no types."""


@dataclass(slots=True)
class _Mailbox:
    """An open mailbox: its folders by their paths, and the messages of those that were looked at,
    by their names."""

    store: Store
    folders: dict[str, Folder]
    names: dict[Name, int]
    page: str
    file: BinaryIO
    known: dict[str, dict[str, int]]


@dataclass(slots=True)
class _Found:
    """What the mailbox says of itself; `damaged` messages and folders are not among it."""

    members: list[Member] = field(default_factory=list)
    people: Counter[str] = field(default_factory=Counter)
    moments: list[datetime] = field(default_factory=list)
    damaged: int = 0

    def add(self, name: str, properties: Properties) -> None:
        changed = properties.data(_CHANGE_KEY) or properties.data(_CHANGED)
        size = max(properties.number(_SIZE), 1)
        self.members.append(Member(name, size, 0, changed.hex()))
        self.people.update(filter(None, [properties.text(0x0042, 0x0C1A)]))
        if moment := properties.moment(*_SENT):
            self.moments.append(moment)


def parse(file: OpenFile) -> Document:
    mailbox = _opened(file)
    found = _Found()
    for path in mailbox.folders:
        _look(mailbox, path, found)
    if not found.members:
        raise _damaged() if found.damaged else NoText()
    left_out = (LeftOut(say.DAMAGED_MEMBERS(), found.damaged),) if found.damaged else ()
    whole = mbox.of_messages(file.stem, found.members, found.moments, found.people)
    return replace(whole, media_type=MEDIA_TYPE, parser=_parser(), left_out=left_out)


def _look(mailbox: _Mailbox, path: str, found: _Found) -> None:
    """Take note of the messages of a folder."""
    try:
        for name, _, properties in _named(mailbox, path):
            if properties is None:
                found.damaged += 1
            else:
                found.add(f"{path}/{name}" if path else name, properties)
    except _ERRORS:
        found.damaged += 1


def _damaged() -> DamagedDocument:
    return DamagedDocument(why="it is cut off or broken, and nothing in it can be read")


def _parser() -> str:
    import pypff

    return f"libpff {pypff.get_version()}"


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    mailbox = _opened(file)
    path = _folder_of(mailbox.folders, inner)
    rest = inner[len(path) + 1 :] if path else inner
    try:
        known = _messages(mailbox, path)
        name = member_of(known, rest)
        message = mailbox.folders[path].get_sub_message(known[name])
        return inner[: len(inner) - len(rest) + len(name)], as_eml(_item(mailbox, message))
    except _ERRORS as exc:
        raise _damaged() from exc


def _folder_of(folders: dict[str, Folder], inner: str) -> str:
    """The folder that a path leads through, the innermost; '' for the one around all."""
    return max((path for path in folders if inner.startswith(f"{path}/")), key=len, default="")


# --- folders and messages --------------------------------------------------------------------------


def _opened(file: OpenFile) -> _Mailbox:
    """The mailbox, which stays open for the next one of its messages."""
    found: _Mailbox | None = file.memo.get("mailbox")
    if found is None:
        try:
            found = file.memo["mailbox"] = _open(file)
        except _ERRORS as exc:
            raise _damaged() from exc
    return found


def _open(file: OpenFile) -> _Mailbox:
    import pypff

    store = pypff.file()
    store.open_file_object(file.file)
    page = str(store.ascii_codepage.decode() if store.ascii_codepage else "")
    entries, texts = (_data(store.name_to_id_map, each) for each in (_ENTRIES, _TEXTS))
    folders = dict(_folders(_visible(store), "", 0))
    return _Mailbox(store, folders, names_of(entries, texts), page, file.file, {})


def _data(item: Any, number: int) -> bytes:
    if not getattr(item, "number_of_record_sets", 0):
        return b""
    return Properties(_values(item.get_record_set(0))).data(number)


def _visible(store: Store) -> Folder:
    """The folder around those that Outlook shows; around all where that is not known."""
    root = store.root_folder
    entry = _data(store.message_store, _TREE)
    wanted = int.from_bytes(entry[20:24], "little")
    return _of_number(root, wanted, 0) or root


def _of_number(folder: Folder, wanted: int, depth: int) -> Folder | None:
    if folder.identifier == wanted:
        return folder
    if depth > 3:
        return None
    inner = (folder.get_sub_folder(number) for number in range(folder.number_of_sub_folders))
    return next(filter(None, (_of_number(each, wanted, depth + 1) for each in inner)), None)


def _folders(folder: Folder, path: str, depth: int) -> Iterator[tuple[str, Folder]]:
    """The folder and those in it; without what is too broken to be opened."""
    yield path, folder
    names = Names()
    with suppress(*_ERRORS):
        for number in range(folder.number_of_sub_folders if depth < MAX_DEPTH else 0):
            inner = folder.get_sub_folder(number)
            name = names.unique(fit(inner.name or "") or "folder")
            yield from _folders(inner, f"{path}/{name}" if path else name, depth + 1)


def _messages(mailbox: _Mailbox, path: str) -> dict[str, int]:
    """Name -> number of each message in the folder."""
    if path not in mailbox.known:
        mailbox.known[path] = {name: number for name, number, _ in _named(mailbox, path)}
    return mailbox.known[path]


def _named(mailbox: _Mailbox, path: str) -> Iterator[tuple[str, int, Properties | None]]:
    """Name, number and properties of each message in the folder; without these where they are
    broken. No name is that of a folder in it."""
    names, start = Names(), f"{path}/" if path else ""
    for other in mailbox.folders:
        if other.startswith(start) and "/" not in other[len(start) :]:
            names.unique(other[len(start) :])
    folder = mailbox.folders[path]
    for number in range(folder.number_of_sub_messages):
        properties = _read(mailbox, folder, number)
        yield names.unique(_name(properties)), number, properties


def _read(mailbox: _Mailbox, folder: Folder, number: int) -> Properties | None:
    try:
        return _properties(mailbox, folder.get_sub_message(number))
    except _ERRORS:
        return None


def _name(properties: Properties | None) -> str:
    if properties is None:
        return of_message(None, "")
    if properties.text(CLASS).lower().startswith(_PEOPLE):
        return f"{fit(name_of(properties)) or 'contact'}.eml"
    return of_message(properties.moment(*_SENT), name_of(properties))


# --- one message -----------------------------------------------------------------------------------


def _item(mailbox: _Mailbox, message: Message) -> Item:
    if not hasattr(message, "number_of_attachments"):
        return _of_unknown_class(mailbox, message)
    properties = _properties(mailbox, message)
    people: Any = message.recipients
    recipients = [
        Properties(_values(people.get_record_set(number)), mailbox.names, properties.page)
        for number in range(people.number_of_record_sets if people else 0)
    ]
    files = (message.get_attachment(number) for number in range(message.number_of_attachments))
    attached = (_attached(mailbox, message, one) for one in files)
    return Item(properties, tuple(recipients), tuple(attached))


def _of_unknown_class(mailbox: _Mailbox, message: Message) -> Item:
    """What libpff does not take for a message, of which it gives the properties only."""
    with suppress(*_ERRORS):
        return Nodes(mailbox.file, mailbox.names, mailbox.page).message(message.identifier)
    return Item(_properties(mailbox, message))


def _properties(mailbox: _Mailbox, item: Any) -> Properties:
    return Properties(_values(item.get_record_set(0)), mailbox.names, mailbox.page)


def _values(record_set: Any) -> dict[int, Value]:
    found = {}
    for number in range(record_set.number_of_entries):
        entry = record_set.get_entry(number)
        if entry.entry_type is not None and entry.value_type is not None:
            found[entry.entry_type] = _value(entry)
    return found


def _value(entry: Any) -> Value:
    kind = entry.value_type
    if kind & MANY:
        return Value(kind, lambda: several(kind, entry.data or b""))
    return Value(kind, lambda: entry.data or b"")


def _attached(mailbox: _Mailbox, message: Message, attachment: Any) -> Attached:
    """An object of another program is read as a file is."""
    values = _values(attachment.get_record_set(0))
    data = values.get(_DATA)
    if Properties(values).number(_METHOD) == _EMBEDDED:
        return _embedded(mailbox, message, attachment)
    if data and data.kind == OBJECT:
        values[_DATA] = Value(OBJECT, lambda: attachment.read_buffer(attachment.size))
    return Attached(Properties(values, mailbox.names, mailbox.page))


def _embedded(mailbox: _Mailbox, message: Message, attachment: Any) -> Attached:
    """A message in a message, which libpff does not open."""
    properties = Properties(_values(attachment.get_record_set(0)), mailbox.names, mailbox.page)
    try:
        nodes = Nodes(mailbox.file, mailbox.names, mailbox.page)
        return Attached(properties, nodes.attached(message.identifier, attachment.identifier))
    except _ERRORS:
        return Attached(properties, is_lost=True)
