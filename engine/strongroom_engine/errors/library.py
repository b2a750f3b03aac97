"""A library, or a source of it, cannot be used."""

from __future__ import annotations

from strongroom_engine.errors.base import StrongroomError


class LibraryError(StrongroomError):
    """The library cannot be opened or written."""


class NoKey(LibraryError):
    code = "no-key"
    what = "The library is encrypted, and there is no way to get its key here: {why}."
    remedy = (
        "Run Strongroom where the system's keyring is available or a passphrase can be typed, or "
        "name a key file with --key-file or STRONGROOM_KEY_FILE."
    )


class WrongKey(LibraryError):
    code = "wrong-key"
    what = "The {kind} does not open the library at {library}."
    remedy = "Nothing was changed. Try again with the {kind} of the library."


class WrongKindOfKey(LibraryError):
    code = "wrong-kind-of-key"
    what = "The library at {library} was made with a {made}; a {given} does not open it."
    remedy = "Nothing was changed. Open it with its {made}."


class KeyFileUnusable(LibraryError):
    code = "key-file-unusable"
    what = "The key file {file} cannot be used: {why}."
    remedy = "Name the key file that the library was made with."


class LibraryBusy(LibraryError):
    code = "library-busy"
    what = "Another Strongroom is writing to the library at {library}."
    remedy = "Close the other window or command first; searching and asking work meanwhile."


class LibraryLocked(LibraryBusy):
    """Passes: whoever meets it may try again."""

    code = "library-locked"
    what = "Another program, such as a backup, holds the library at {library}."
    remedy = "Nothing that was indexed is lost. Let that program end, then go on."


class LibraryDamaged(LibraryError):
    code = "library-damaged"
    what = "The library at {library} is damaged: {why}."
    remedy = (
        "Your documents are untouched. Rebuild the library ('strongroom rebuild'): it is made anew"
        " from them, and conversations are kept."
    )


class LibraryTooNew(LibraryError):
    code = "library-too-new"
    what = "The library at {library} was written by a newer Strongroom (schema {found})."
    remedy = "Update Strongroom; this version knows schemas up to {known}."


class LibraryReadOnly(LibraryError):
    code = "library-read-only"
    what = "The library at {library} cannot be written: {why}."
    remedy = "Make its folder writable, or copy it elsewhere and open the copy."


class NotALibrary(LibraryError):
    code = "not-a-library"
    what = "{library} cannot hold a library: {why}."
    remedy = "Name an empty folder, a new one, or one that holds a Strongroom library."


class NoLibrary(LibraryError):
    code = "no-library"
    what = "There is no library at {library} yet."
    remedy = "Add a folder: that makes one."


class LibraryModelMissing(LibraryError):
    """Not a failure: the library is searched by its words."""

    code = "library-model-missing"
    what = "The library's embedding model {model} is not on this computer."
    remedy = (
        "Searching by words works. Install that model again, or choose another for the library; "
        "here are: {here}."
    )


class ReviewNeedsLibrary(LibraryError):
    code = "review-needs-library"
    what = (
        "A review keeps its answers in the library at {library}, and another Strongroom is"
        " writing to it."
    )
    remedy = "Run the review in the window that has it open, or close that one first."


class DiskFull(LibraryError):
    code = "disk-full"
    what = "The disk that holds {library} is full."
    remedy = "Nothing that was indexed is lost. Make room and go on."


class NoRoomToCompact(LibraryError):
    code = "no-room-to-compact"
    what = "Compacting needs {needed} of {of}, and {free} are free."
    remedy = "Close other programs or make room, and try again. Nothing was changed."


class NoRoomToRebuild(LibraryError):
    code = "no-room-to-rebuild"
    what = "Rebuilding the library needs {needed} of disk space at {library}, and {free} are free."
    remedy = "Make room, and try again. Nothing was changed."


class KeyNotChangeable(LibraryError):
    code = "key-not-changeable"
    what = "How the key of this library is kept cannot be changed: {why}."
    remedy = "Nothing was changed."


class SourceError(StrongroomError):
    """A folder or file cannot be added or removed."""


class SourceMissing(SourceError):
    code = "source-missing"
    what = "{path} does not exist or cannot be read."
    remedy = "Check the path and its permissions."


class SourceReplaced(SourceMissing):
    code = "source-replaced"
    what = "The drive of {path} is not here: an empty folder or another drive is in its place."
    remedy = "Connect it. Its documents stay in the library until you remove the source."


class SourceSilent(SourceMissing):
    code = "source-silent"
    what = "{path} does not answer."
    remedy = "Check the drive or the network. It is looked at again when it answers."


class SourceFailing(SourceMissing):
    code = "source-failing"
    what = "The drive of {path} gives errors instead of files: {why}."
    remedy = "Check the drive or the network. Its documents stay, and it is looked at again."


class SourceKnown(SourceError):
    code = "source-known"
    what = "{path} is already in the library: it lies inside {source}."
    remedy = "Nothing needs to be done; it is indexed there."


class WatchLimited(SourceError):
    """Not a failure: the source is kept true in another way."""

    code = "watch-limited"
    what = (
        "The system cannot watch all of {path} ({why}). "
        "What it cannot watch is looked over every few seconds instead."
    )


class SourceNameInvalid(SourceError):
    code = "source-name-invalid"
    what = "{path} cannot be added: its name is not valid text."
    remedy = "Rename it and add it then."


class NotASource(SourceError):
    code = "not-a-source"
    what = "{path} is not in the library."
    remedy = "Name a folder or file that was added."


class CollectionUnnamed(SourceError):
    code = "collection-unnamed"
    what = "A collection needs a name."
    remedy = "Write a name."


class NothingExcluded(SourceError):
    code = "nothing-excluded"
    what = "Nothing was named that is to be left out."
    remedy = "Name a file, a folder, or a pattern of names such as *.tmp."


class SourceNotExcludable(SourceError):
    code = "source-not-excludable"
    what = "{path} is a source itself."
    remedy = "Remove it from the library instead; its files are not touched."


class IndexingPaused(SourceError):
    """What was asked for cannot be done without indexing."""

    code = "indexing-paused"
    what = "Indexing is paused."
    remedy = "Let it go on, and try again."
