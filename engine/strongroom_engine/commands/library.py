"""The commands for the care of a library, and for the settings."""

from __future__ import annotations

import getpass
import sys

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from strongroom_engine.commands import output
from strongroom_engine.commands.terminal import (
    Bars,
    Commands,
    Options,
    command,
    err,
    key_of,
    library_folder,
    opened,
    out,
    text_argument,
)
from strongroom_engine.errors import NoKey, NoLibrary
from strongroom_engine.parts.preferences import change_settings, settings_report
from strongroom_engine.parts.rebuilding import rebuild_library
from strongroom_engine.settings import load_settings
from strongroom_engine.store import (
    change_passphrase,
    drop_aside,
    erase,
    give_to_keyring,
    header,
    kept_aside,
)
from strongroom_engine.types import SettingValue

_MB = 10**6
ERASE_WORD = "erase"
_KINDS = {
    "sources": "sources",
    "exclusions": "what is left out",
    "passwords": "passwords",
    "conversations": "conversations",
    "questions": "your own questions",
    "reviews": "reviews",
    "figures": "figures of quality",
}


def add_caring(commands: Commands) -> None:
    """The grammar of 'library' and 'settings'."""
    library = command(
        commands, "library", _facts, "where the library is, its size, how its key is kept"
    )
    actions = library.add_subparsers(metavar="ACTION")
    command(actions, "check", _check, "look whether all in it is whole, and mend what is not")
    command(actions, "compact", _compact, "give disk space back that the library does not need")
    passphrase = command(
        actions, "passphrase", _passphrase, "protect the library with another one", json=False
    )
    passphrase.add_argument(
        "--keyring", action="store_true", help="let the system's keyring keep the key instead"
    )
    dropping = "delete the damaged libraries that were kept when they were rebuilt"
    command(actions, "drop-damaged", _drop_damaged, dropping, json=False)
    gone = command(actions, "erase", _erase, "delete the library; your documents stay", json=False)
    gone.add_argument("--yes", action="store_true", help="without asking")

    command(commands, "rebuild", _rebuild, "make a damaged library anew; conversations are kept")

    settings = command(commands, "settings", _settings, "what can be set, or set something")
    settings.add_argument("name", nargs="?", type=text_argument, metavar="NAME")
    settings.add_argument(
        "value", nargs="?", type=text_argument, metavar="VALUE", help="'default' gives it back"
    )


# --- the library ---------------------------------------------------------------------------------


def _facts(options: Options) -> int:
    with opened(options, "read") as library:
        facts = library.keeping.facts()
    if options.json:
        print(output.to_json(facts))
        return 0
    rows = {
        "Folder": output.clean(facts.folder),
        "On disk": f"{facts.size / _MB:,.1f} MB",
        "Not needed": f"{facts.free / _MB:,.1f} MB",
        "Documents": f"{facts.documents:,}",
        "Passages": f"{facts.chunks:,}",
        "Encrypted": f"{facts.cipher}, key in a {facts.key}".replace("a keyring", "the keyring"),
        "Schema": str(facts.schema),
    }
    for name, value in rows.items():
        out.print(Text(f"{name:<12}{value}"))
    return 0


def _check(options: Options) -> int:
    if header(library_folder(options)) is None:
        raise NoLibrary(library=library_folder(options))
    with opened(options, "write") as library:
        found = library.checking.check()
    if options.json:
        print(output.to_json(found))
        return 1 if found.faults else 0
    err.print(Text(f"Looked at {output.count(found.documents, 'document')}."))
    if found.mended:
        again = f"; read again: {found.read_again:,}" if found.read_again else ""
        err.print(Text(f"Mended: {found.mended:,}{again}.", "yellow"))
    for what, count in found.faults.items():
        err.print(Text(f"Not as it should be: {output.clean(what)} ({count:,}).", "yellow"))
    if not found.mended and not found.faults:
        err.print("All of it is whole.")
    return 1 if found.faults else 0


def _compact(options: Options) -> int:
    if header(library_folder(options)) is None:
        raise NoLibrary(library=library_folder(options))
    with opened(options, "write") as library:
        before, after = library.keeping.compact()
    if options.json:
        print(output.to_json({"before": before, "after": after}))
    else:
        err.print(Text(f"{before / _MB:,.1f} MB before, {after / _MB:,.1f} MB now."))
    return 0


def _passphrase(options: Options) -> int:
    folder = library_folder(options)
    known = header(folder)
    if known is None:
        raise NoLibrary(library=folder)
    if not sys.stdin.isatty():
        raise NoKey(why="nobody can be asked for a passphrase")
    old = getpass.getpass("Passphrase until now: ") if known.key == "passphrase" else ""
    if options.keyring:
        give_to_keyring(folder, old)
        err.print("The system's keyring has the key now.")
        return 0
    new = getpass.getpass("New passphrase: ")
    if new != getpass.getpass("Once more: "):
        err.print("The two differ. Nothing was changed.")
        return 1
    change_passphrase(folder, old, new)
    err.print("The library opens with the new passphrase from now on.")
    return 0


def _erase(options: Options) -> int:
    folder = library_folder(options)
    if header(folder) is None:
        raise NoLibrary(library=folder)
    if not options.yes:
        err.print(
            Text(
                f"This deletes the library at {output.clean(str(folder))}: the index,"
                " conversations and reviews. Your documents are not touched."
            )
        )
        if input(f"Type '{ERASE_WORD}' to go on: ").strip() != ERASE_WORD:
            err.print("Nothing was deleted.")
            return 1
    erase(folder)
    err.print("The library is deleted.")
    return 0


def _rebuild(options: Options) -> int:
    key = key_of(options, create=False)
    with Bars() as bars:
        made = rebuild_library(library_folder(options), key, load_settings(), bars.rebuilding)
    if options.json:
        print(output.to_json(made))
        return 0
    err.print(Text(f"The library was rebuilt. {output.count(made.documents, 'document')} kept."))
    if made.unread:
        read = output.count(made.unread, "document")
        err.print(Text(f"{read} will be read again; 'strongroom watch' does that."))
    if made.lost:
        kinds = ", ".join(_KINDS[kind] for kind in made.lost)
        err.print(Text(f"Something of these may be lost: {kinds}.", "yellow"))
    if made.aside:
        where = f"{output.clean(made.aside)} ({made.aside_size / _MB:,.1f} MB)"
        err.print(Text(f"The damaged one is kept in {where}; 'library drop-damaged' deletes it."))
    return 0


def _drop_damaged(options: Options) -> int:
    folders = kept_aside(library_folder(options))
    drop_aside(library_folder(options))
    err.print(Text(f"Deleted: {output.count(len(folders), 'folder')}."))
    return 0


# --- settings ------------------------------------------------------------------------------------


def _settings(options: Options) -> int:
    if options.value is not None:
        change_settings({options.name: _value(options.name, options.value)})
    report = settings_report()
    shown = [one for one in report.settings if options.name in (None, one.name)]
    if options.json:
        print(output.to_json({"file": report.file, "settings": shown}))
        return 0
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Setting", "Value", "Default"):
        table.add_column(title)
    for one in shown:
        table.add_row(one.name, *(escape(_shown(value)) for value in (one.value, one.default)))
    out.print(table)
    err.print(Text(f"Kept in {output.clean(report.file)}", "dim"))
    return 0


def _shown(value: SettingValue) -> str:
    match value:
        case None | "":
            return "by itself"
        case bool():
            return "yes" if value else "no"
        case _:
            return output.clean(str(value))


def _value(name: str, text: str) -> SettingValue:
    """What was typed, as the kind of value that the setting has."""
    default = {one.name: one.default for one in settings_report().settings}.get(name)
    if text == "default":
        return None
    if isinstance(default, bool):
        return {"yes": True, "true": True, "no": False, "false": False}.get(text.lower(), text)
    if isinstance(default, str):
        return text
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text
