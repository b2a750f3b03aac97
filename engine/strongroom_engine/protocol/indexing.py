"""Sources and documents: what is indexed, and how far that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from msgspec import structs

from strongroom_engine.errors import from_wire
from strongroom_engine.protocol.base import Message
from strongroom_engine.types import (
    DocumentRecord,
    EmbeddingStatus,
    Exclusion,
    LibraryStatus,
    Source,
    Unlocked,
)
from strongroom_engine.types import Progress as ProgressValue

# --- requests: window -> host --------------------------------------------------------------------


class AddSource(Message, frozen=True):
    """Index a folder or file and watch it. Closed by `Done` when all of it is indexed, or, while
    indexing rests, when it is known what waits. Cancelled, what was read stays, and the source."""

    path: str = ""
    collection: str = ""


class RemoveSource(Message, frozen=True):
    path: str = ""


class Rescan(Message, frozen=True):
    """Look at every source (or the one at `path`) for what changed."""

    path: str = ""


class ListSources(Message, frozen=True):
    """Answered by `Sources`."""


class ListDocuments(Message, frozen=True):
    """Answered by `Documents`: those of the source at `source`, or all."""

    source: str = ""


class GetStatus(Message, frozen=True):
    """Answered by `Status`."""


class GetEmbedding(Message, frozen=True):
    """Answered by `Embedding`."""


class ChooseEmbedding(Message, frozen=True):
    """Re-embed the library with the embedding model of this name. Closed by `Done` when that has
    begun; `Progress` says how far it is, and `Changed` comes when the new model answers."""

    name: str = ""


class RenameCollection(Message, frozen=True):
    """Give a collection another name; one that is there already takes its sources in."""

    name: str = ""
    new_name: str = ""


class MoveSource(Message, frozen=True):
    """Put the source at `path` into another collection, a new one if there is none of the name."""

    path: str = ""
    collection: str = ""


class PauseIndexing(Message, frozen=True):
    """Stop reading and embedding after what is in hand, or go on; it is remembered. To go on while
    the battery or the hour holds it back overrules that until it has passed."""

    paused: bool = True


class GetIndexing(Message, frozen=True):
    """Answered by `Indexing`."""


class Exclude(Message, frozen=True):
    """Leave out of `source` ('' for every source) what `pattern` names: the absolute path of a
    file or folder, or a pattern of names such as '*.tmp'. What is in the library of it goes."""

    source: str = ""
    pattern: str = ""


class Include(Message, frozen=True):
    """Take back an exclusion, and read what it kept out."""

    source: str = ""
    pattern: str = ""


class ListExclusions(Message, frozen=True):
    """Answered by `Exclusions`."""


class RetryDocuments(Message, frozen=True):
    """Read these documents again, though they have not changed. Closed by `Done` when that is
    done."""

    paths: tuple[str, ...] = ()


class GivePassword(Message, frozen=True):
    """Try this password for the document at `path`, or for all in the folder, archive or mailbox
    there, and read anew what waits for one. Closed by `Done` when that is done; the documents say
    whether it fitted. It is kept in the encrypted library."""

    path: str = ""
    password: str = ""


class ForgetPassword(Message, frozen=True):
    """What it opened stays in the library, and is read no more when it changes."""

    path: str = ""


class ListPasswords(Message, frozen=True):
    """Answered by `Passwords`."""


# --- events: host -> window ----------------------------------------------------------------------


class Changed(Message, frozen=True):
    """Something in the index is different now; whoever shows it asks anew."""

    sources: bool = False
    documents: bool = False


class Progress(Message, frozen=True):
    """Work on the index goes on; `progress` is None when it has come to rest."""

    progress: ProgressValue | None = None


class Indexing(Message, frozen=True):
    """Whether indexing rests, and why: 'user', 'battery', 'hours' or 'damage'. With the id 0: it
    changed.

    'hours' without `paused`: it goes on slowly, since these are the user's working hours."""

    paused: bool = False
    why: str = ""


class Exclusions(Message, frozen=True):
    exclusions: tuple[Exclusion, ...] = ()


class Passwords(Message, frozen=True):
    """The documents and folders for which a password was given; never the passwords."""

    paths: tuple[str, ...] = ()


class PasswordTried(Message, frozen=True):
    """What came of a password that was given."""

    tried: Unlocked | None = None


class Sources(Message, frozen=True):
    sources: tuple[Source, ...] = ()


class Documents(Message, frozen=True):
    """Documents of a source. Long lists come in several events; all but the last say `more`."""

    source: str = ""
    documents: tuple[DocumentRecord, ...] = ()
    more: bool = False


class Status(Message, frozen=True):
    status: LibraryStatus | None = None


class Embedding(Message, frozen=True):
    status: EmbeddingStatus | None = None


Request = (
    AddSource
    | RemoveSource
    | Rescan
    | ListSources
    | ListDocuments
    | GetStatus
    | GetEmbedding
    | ChooseEmbedding
    | RenameCollection
    | MoveSource
    | PauseIndexing
    | GetIndexing
    | Exclude
    | Include
    | ListExclusions
    | RetryDocuments
    | GivePassword
    | ForgetPassword
    | ListPasswords
)
Event = (
    Changed
    | Progress
    | Sources
    | Documents
    | Status
    | Embedding
    | Indexing
    | Exclusions
    | Passwords
    | PasswordTried
)
CLOSING = (
    Sources,
    Documents,
    Status,
    Embedding,
    Indexing,
    Exclusions,
    Passwords,
    PasswordTried,
)


def in_our_words(event: Documents | Status) -> Documents | Status:
    """The event with the problems of its documents in the language of this process."""
    if isinstance(event, Documents):
        return structs.replace(event, documents=said_anew(event.documents))
    if event.status is None:
        return event
    status = replace(event.status, problems=said_anew(event.status.problems))
    return structs.replace(event, status=status)


def said_anew(documents: Iterable[DocumentRecord]) -> tuple[DocumentRecord, ...]:
    """The documents with their problems in the language of this process."""
    return tuple(_said_anew(document) for document in documents)


def _said_anew(document: DocumentRecord) -> DocumentRecord:
    if not document.code:
        return document
    error = from_wire(document.code, document.details)
    return replace(document, reason=error.sentence, remedy=error.advice)
