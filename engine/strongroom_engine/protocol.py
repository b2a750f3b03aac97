"""The messages between window and engine host: JSON, one message a line, UTF-8.

A closed union of frozen types, validated on decoding. Each request carries an `id` that the
window chose; events that answer it carry the same `id`, events that answer nothing carry 0.
The host's first line is `Hello` with `VERSION`; a window of another version refuses it.

A request is answered by any number of `Token`, `Stage` and `Progress` events and then by exactly
one closing event: its own answer (`Hits`, `Answered`, …), `Done` or `Failed`.
"""

from __future__ import annotations

import msgspec

from strongroom_engine.errors import ProtocolError, StrongroomError, from_wire
from strongroom_engine.judging import Judgement, Place
from strongroom_engine.types import (
    Answer,
    Cell,
    Column,
    Doctor,
    DocumentRecord,
    EmbeddingStatus,
    LibraryStatus,
    ModelPlan,
    Review,
    SearchResult,
    Source,
    Task,
    Turn,
)
from strongroom_engine.types import Progress as ProgressValue

VERSION = 1


class Message(msgspec.Struct, frozen=True, tag=True, tag_field="type"):
    id: int = 0


# --- requests: window -> host --------------------------------------------------------------------


class Unlock(Message, frozen=True):
    """Open a library whose key comes from a passphrase; `create` when it is a new one."""

    passphrase: str = ""
    create: bool = False


class AddSource(Message, frozen=True):
    """Index a folder or file and watch it. Closed by `Done` when all of it is indexed."""

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


class GetDoctor(Message, frozen=True):
    """Answered by `DoctorReport`."""


class GetEmbedding(Message, frozen=True):
    """Answered by `Embedding`."""


class ChooseEmbedding(Message, frozen=True):
    """Re-embed the library with the embedding model of this name. Closed by `Done` when that has
    begun; `Progress` says how far it is, and `Changed` comes when the new model answers."""

    name: str = ""


class Search(Message, frozen=True):
    """Answered by `Hits`. `collections` empty means all of them; `everywhere` lets nothing but
    typed filters narrow the search (`SearchResult.understood`)."""

    question: str = ""
    k: int = 10
    collections: tuple[str, ...] = ()
    everywhere: bool = False


class Ask(Message, frozen=True):
    """Answered by `Stage`, `Token`, `Working` … and then `Answered`.

    `task`, `documents` (paths), `turns` (the conversation so far, oldest first) and `schema` are
    those of the engine's `Request`.
    """

    question: str = ""
    collections: tuple[str, ...] = ()
    model: str = ""
    everywhere: bool = False
    task: Task = "answer"
    documents: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    schema: str = ""


class RunReview(Message, frozen=True):
    """Put every question to every document of the collections, or to `documents` (paths), and keep
    the answers under `name`; what is known is not asked again, unless `again`.

    Answered by `ReviewOpened`, `ReviewCells` and `Working` … and then `Reviewed`. Cancelled, it
    is closed by `Reviewed` too; the same request goes on where it stopped. Questions that are
    asked meanwhile are answered between two cells.
    """

    name: str = ""
    columns: tuple[Column, ...] = ()
    collections: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    model: str = ""
    again: bool = False


class GetReview(Message, frozen=True):
    """Answered by `ReviewOpened`, `ReviewCells` … and then `Reviewed`; nothing is asked."""

    name: str = ""


class ListReviews(Message, frozen=True):
    """Answered by `Reviews`."""


class RemoveReview(Message, frozen=True):
    name: str = ""


class ExportReview(Message, frozen=True):
    """Write a review to `file`, as CSV or XLSX by its ending."""

    name: str = ""
    file: str = ""


class ReadQuestions(Message, frozen=True):
    """The questions in a CSV or text file. Answered by `Questions`."""

    file: str = ""


class Cancel(Message, frozen=True):
    """Stop the request with the id `target`; that one is then closed by `Answered` or `Failed`."""

    target: int = 0


class ShowPage(Message, frozen=True):
    """Draw a page, `width_px` device pixels wide, with the spans' rectangles.

    `spans` are page coordinates. Answered by `PageImage`, or by `PageText` for a document without
    pages (then `page` is None).
    """

    file: str = ""
    page: int | None = None
    width_px: int = 0
    spans: tuple[tuple[int, int], ...] = ()


class Judge(Message, frozen=True):
    """Say what is right for a question: places that answer it (`right`), that do not after all
    (`wrong`), answers that were given, or that the documents do not answer it (`absent`; None
    leaves that as it is). It is added to what is known. Answered by `Judged`."""

    question: str = ""
    right: tuple[Place, ...] = ()
    wrong: tuple[Place, ...] = ()
    right_answer: str = ""
    wrong_answer: str = ""
    absent: bool | None = None


class ListJudgements(Message, frozen=True):
    """Answered by `Judgements`."""


class ForgetJudgement(Message, frozen=True):
    """Take a question out of the user's own set."""

    question: str = ""


class ExportJudgements(Message, frozen=True):
    """Write the user's own set to `file`, as a question set with paths relative to `root`."""

    file: str = ""
    root: str = ""


class Shutdown(Message, frozen=True):
    """End the host when the writes in flight are done."""


# --- events: host -> window ----------------------------------------------------------------------


class Hello(Message, frozen=True):
    """The first line. `locked` says what the library needs before it opens: '', 'passphrase' or
    'new-passphrase' (there is no keyring, and the library is new)."""

    version: int = VERSION
    library: str = ""
    locked: str = ""


class Ready(Message, frozen=True):
    """The library is open, and the answer model has been chosen."""

    plan: ModelPlan | None = None
    embedding_model: str = ""


class Changed(Message, frozen=True):
    """Something in the index is different now; whoever shows it asks anew."""

    sources: bool = False
    documents: bool = False


class Progress(Message, frozen=True):
    """Work on the index goes on; `progress` is None when it has come to rest."""

    progress: ProgressValue | None = None


class Sources(Message, frozen=True):
    sources: tuple[Source, ...] = ()


class Documents(Message, frozen=True):
    """Documents of a source. Long lists come in several events; all but the last say `more`."""

    source: str = ""
    documents: tuple[DocumentRecord, ...] = ()
    more: bool = False


class Status(Message, frozen=True):
    status: LibraryStatus | None = None


class DoctorReport(Message, frozen=True):
    doctor: Doctor | None = None


class Embedding(Message, frozen=True):
    status: EmbeddingStatus | None = None


class Hits(Message, frozen=True):
    result: SearchResult | None = None


class Stage(Message, frozen=True):
    """Where an answer stands: 'searching', 'loading', 'reading' (with passages), 'writing'."""

    name: str = ""
    passages: int = 0


class Working(Message, frozen=True):
    """How far an answer is that reads many pages or documents."""

    progress: ProgressValue | None = None


class Token(Message, frozen=True):
    """The next piece of an answer's text."""

    text: str = ""


class Answered(Message, frozen=True):
    answer: Answer | None = None


class ReviewOpened(Message, frozen=True):
    """The questions and documents of a review; its cells follow."""

    review: Review | None = None


class ReviewCells(Message, frozen=True):
    """More cells of a review, in any order."""

    cells: tuple[Cell, ...] = ()


class Reviewed(Message, frozen=True):
    """The review is done, or `stopped`. Without its cells, which came before."""

    review: Review | None = None


class Reviews(Message, frozen=True):
    """The names of the reviews that are kept, the one asked last first."""

    names: tuple[str, ...] = ()


class Questions(Message, frozen=True):
    columns: tuple[Column, ...] = ()


class Judged(Message, frozen=True):
    judgement: Judgement | None = None


class Judgements(Message, frozen=True):
    """The user's own set, oldest first."""

    judgements: tuple[Judgement, ...] = ()


class PageImage(Message, frozen=True):
    """A page as PNG. `rectangles` are x0, y0, x1, y1 in fractions of width and height, one list
    for each span asked for; an empty list where the span is not on this page."""

    file: str = ""
    page: int = 1
    pages: int = 1
    label: str = ""
    width_px: int = 0
    height_px: int = 0
    png: bytes = b""
    rectangles: tuple[tuple[tuple[float, float, float, float], ...], ...] = ()


class PageText(Message, frozen=True):
    """The text of a document without pages, from `offset`; `spans` are relative to `text`."""

    file: str = ""
    media_type: str = ""
    offset: int = 0
    total: int = 0
    text: str = ""
    spans: tuple[tuple[int, int], ...] = ()


class Done(Message, frozen=True):
    pass


class Failed(Message, frozen=True):
    """What went wrong, as a code and its arguments; the window finds the words (`error`).

    `code` is 'bug' for a fault in Strongroom itself; `details['trace']` may be copied then.
    """

    code: str = ""
    details: dict[str, str] = {}

    @property
    def error(self) -> StrongroomError:
        return from_wire(self.code, self.details)


def failed(request: int, error: StrongroomError) -> Failed:
    """The event for an error that was met while answering `request`."""
    return Failed(id=request, code=error.code, details=error.details)


Request = (
    Unlock
    | AddSource
    | RemoveSource
    | Rescan
    | ListSources
    | ListDocuments
    | GetStatus
    | GetDoctor
    | GetEmbedding
    | ChooseEmbedding
    | Search
    | Ask
    | RunReview
    | GetReview
    | ListReviews
    | RemoveReview
    | ExportReview
    | ReadQuestions
    | Cancel
    | ShowPage
    | Judge
    | ListJudgements
    | ForgetJudgement
    | ExportJudgements
    | Shutdown
)
Event = (
    Hello
    | Ready
    | Changed
    | Progress
    | Sources
    | Documents
    | Status
    | DoctorReport
    | Embedding
    | Hits
    | Stage
    | Working
    | Token
    | Answered
    | ReviewOpened
    | ReviewCells
    | Reviewed
    | Reviews
    | Questions
    | Judged
    | Judgements
    | PageImage
    | PageText
    | Done
    | Failed
)

_requests: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_events: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
_encoder = msgspec.json.Encoder()


def decode_request(line: bytes) -> Request:
    """The request in one line; raises `ProtocolError` with the reason otherwise."""
    try:
        return _requests.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise ProtocolError(why=exc) from exc


def decode_event(line: bytes) -> Event:
    """The event in one line; raises `ProtocolError` with the reason otherwise."""
    try:
        return _events.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise ProtocolError(why=exc) from exc


def encode(message: Message) -> bytes:
    """One line, with its line end."""
    return _encoder.encode(message) + b"\n"
