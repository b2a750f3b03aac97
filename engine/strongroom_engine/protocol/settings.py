"""What can be set, the prompt templates, and the care of a library."""

from __future__ import annotations

import msgspec

from strongroom_engine.protocol.base import Message
from strongroom_engine.types import LibraryFacts, Licence, PromptFile, Rebuilt, SettingValue
from strongroom_engine.types import SettingsReport as SettingsReportValue

# --- requests: window -> host --------------------------------------------------------------------


class GetSettings(Message, frozen=True):
    """Answered by `SettingsTold`."""


class ChangeSettings(Message, frozen=True):
    """Set these settings by name, all of them or none; None gives one its default back. Answered
    by `SettingsTold`."""

    values: dict[str, SettingValue] = msgspec.field(default_factory=dict)


class ListPrompts(Message, frozen=True):
    """Answered by `Prompts`."""


class CopyPrompt(Message, frozen=True):
    """Make the user's own copy of a prompt template, to be edited. Answered by `Prompts`."""

    name: str = ""


class RestorePrompt(Message, frozen=True):
    """Use the shipped template again; the user's copy is kept beside it under another name.
    Answered by `Prompts`."""

    name: str = ""


class GetLibrary(Message, frozen=True):
    """Answered by `LibraryTold`."""


class CompactLibrary(Message, frozen=True):
    """Give the disk back what the library does not need. Can be cancelled. Answered by
    `Compacted`."""


class ChangePassphrase(Message, frozen=True):
    """Protect the library with another passphrase; `old` is '' where the keyring kept its key
    until now. An empty `new` gives the key to the keyring. Closed by `Done`."""

    old: str = ""
    new: str = ""


class EraseLibrary(Message, frozen=True):
    """Delete the library with everything in it; documents are not touched. Closed by `Done`; then
    the host says `Hello` again, for an empty one."""


class RebuildLibrary(Message, frozen=True):
    """Make a damaged library anew from what can be read of it, and go on with that; what it lacks
    is read from the documents. Can be cancelled. `Rebuilding` says how far it is; closed by
    `RebuiltLibrary`, after which the host opens the library again (`Ready`)."""


class DropDamaged(Message, frozen=True):
    """Delete the damaged libraries that were kept when they were rebuilt."""


class GetLicences(Message, frozen=True):
    """Answered by `Licences`; with a `name`, the text of that part's licence comes along."""

    name: str = ""


# --- events: host -> window ----------------------------------------------------------------------


class SettingsTold(Message, frozen=True):
    report: SettingsReportValue | None = None


class Prompts(Message, frozen=True):
    """`folder` is where the user's copies are."""

    folder: str = ""
    prompts: tuple[PromptFile, ...] = ()


class LibraryTold(Message, frozen=True):
    library: LibraryFacts | None = None


class Compacted(Message, frozen=True):
    """Bytes on disk before and after."""

    before: int = 0
    after: int = 0


class Rebuilding(Message, frozen=True):
    """So many documents of a library that is being rebuilt are done."""

    done: int = 0
    total: int = 0


class RebuiltLibrary(Message, frozen=True):
    rebuilt: Rebuilt | None = None


class Licences(Message, frozen=True):
    name: str = ""
    text: str = ""
    parts: tuple[Licence, ...] = ()


Request = (
    GetSettings
    | ChangeSettings
    | ListPrompts
    | CopyPrompt
    | RestorePrompt
    | GetLibrary
    | CompactLibrary
    | ChangePassphrase
    | EraseLibrary
    | RebuildLibrary
    | DropDamaged
    | GetLicences
)
Event = SettingsTold | Prompts | LibraryTold | Compacted | Rebuilding | RebuiltLibrary | Licences
CLOSING = (SettingsTold, Prompts, LibraryTold, Compacted, RebuiltLibrary, Licences)
