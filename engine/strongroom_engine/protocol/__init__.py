"""The messages between window and engine host: JSON, one message a line, UTF-8.

A closed union of frozen types, validated on decoding; each module holds the requests and events
of one family. Each request carries an `id` that the window chose; events that answer it carry the
same `id`, events that answer nothing carry 0. The host's first line is `Hello` with `VERSION`; a
window of another version refuses it.

A request is answered by any number of events that say how far it is (`Token`, `Stage`,
`Working` …) and then by exactly one closing event (`CLOSING`): its own answer, `Done` or `Failed`.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec
from msgspec import structs

from strongroom_engine.errors import ProtocolError, speaks_english
from strongroom_engine.protocol import (
    answering,
    conversations,
    indexing,
    machine,
    opening,
    quality,
    reading,
    reviews,
    settings,
)
from strongroom_engine.protocol.answering import (
    Answered as Answered,
)
from strongroom_engine.protocol.answering import (
    Ask as Ask,
)
from strongroom_engine.protocol.answering import (
    Hits as Hits,
)
from strongroom_engine.protocol.answering import (
    PassagesRead as PassagesRead,
)
from strongroom_engine.protocol.answering import (
    ReadAhead as ReadAhead,
)
from strongroom_engine.protocol.answering import (
    Search as Search,
)
from strongroom_engine.protocol.answering import (
    Stage as Stage,
)
from strongroom_engine.protocol.answering import (
    Taken as Taken,
)
from strongroom_engine.protocol.answering import (
    Token as Token,
)
from strongroom_engine.protocol.answering import (
    Working as Working,
)
from strongroom_engine.protocol.base import VERSION as VERSION
from strongroom_engine.protocol.base import Message as Message
from strongroom_engine.protocol.conversations import (
    ConversationOpened as ConversationOpened,
)
from strongroom_engine.protocol.conversations import (
    Conversations as Conversations,
)
from strongroom_engine.protocol.conversations import (
    ConversationTurns as ConversationTurns,
)
from strongroom_engine.protocol.conversations import (
    ExportConversation as ExportConversation,
)
from strongroom_engine.protocol.conversations import (
    GetConversation as GetConversation,
)
from strongroom_engine.protocol.conversations import (
    ListConversations as ListConversations,
)
from strongroom_engine.protocol.conversations import (
    RemoveConversation as RemoveConversation,
)
from strongroom_engine.protocol.conversations import (
    RenameConversation as RenameConversation,
)
from strongroom_engine.protocol.indexing import (
    AddSource as AddSource,
)
from strongroom_engine.protocol.indexing import (
    Changed as Changed,
)
from strongroom_engine.protocol.indexing import (
    ChooseEmbedding as ChooseEmbedding,
)
from strongroom_engine.protocol.indexing import (
    Documents as Documents,
)
from strongroom_engine.protocol.indexing import (
    Embedding as Embedding,
)
from strongroom_engine.protocol.indexing import (
    Exclude as Exclude,
)
from strongroom_engine.protocol.indexing import (
    Exclusions as Exclusions,
)
from strongroom_engine.protocol.indexing import (
    ForgetPassword as ForgetPassword,
)
from strongroom_engine.protocol.indexing import (
    GetEmbedding as GetEmbedding,
)
from strongroom_engine.protocol.indexing import (
    GetIndexing as GetIndexing,
)
from strongroom_engine.protocol.indexing import (
    GetStatus as GetStatus,
)
from strongroom_engine.protocol.indexing import (
    GivePassword as GivePassword,
)
from strongroom_engine.protocol.indexing import (
    Include as Include,
)
from strongroom_engine.protocol.indexing import (
    Indexing as Indexing,
)
from strongroom_engine.protocol.indexing import (
    ListDocuments as ListDocuments,
)
from strongroom_engine.protocol.indexing import (
    ListExclusions as ListExclusions,
)
from strongroom_engine.protocol.indexing import (
    ListPasswords as ListPasswords,
)
from strongroom_engine.protocol.indexing import (
    ListSources as ListSources,
)
from strongroom_engine.protocol.indexing import (
    MoveSource as MoveSource,
)
from strongroom_engine.protocol.indexing import (
    Passwords as Passwords,
)
from strongroom_engine.protocol.indexing import (
    PasswordTried as PasswordTried,
)
from strongroom_engine.protocol.indexing import (
    PauseIndexing as PauseIndexing,
)
from strongroom_engine.protocol.indexing import (
    Progress as Progress,
)
from strongroom_engine.protocol.indexing import (
    RemoveSource as RemoveSource,
)
from strongroom_engine.protocol.indexing import (
    RenameCollection as RenameCollection,
)
from strongroom_engine.protocol.indexing import (
    Rescan as Rescan,
)
from strongroom_engine.protocol.indexing import (
    RetryDocuments as RetryDocuments,
)
from strongroom_engine.protocol.indexing import (
    Sources as Sources,
)
from strongroom_engine.protocol.indexing import (
    Status as Status,
)
from strongroom_engine.protocol.machine import (
    DoctorReport as DoctorReport,
)
from strongroom_engine.protocol.machine import (
    GetDoctor as GetDoctor,
)
from strongroom_engine.protocol.machine import (
    GetMemory as GetMemory,
)
from strongroom_engine.protocol.machine import (
    GetModels as GetModels,
)
from strongroom_engine.protocol.machine import (
    ImportModel as ImportModel,
)
from strongroom_engine.protocol.machine import (
    MeasureModels as MeasureModels,
)
from strongroom_engine.protocol.machine import (
    Memory as Memory,
)
from strongroom_engine.protocol.machine import (
    Models as Models,
)
from strongroom_engine.protocol.machine import (
    RemoveModel as RemoveModel,
)
from strongroom_engine.protocol.machine import (
    UseModel as UseModel,
)
from strongroom_engine.protocol.opening import (
    Cancel as Cancel,
)
from strongroom_engine.protocol.opening import (
    Done as Done,
)
from strongroom_engine.protocol.opening import (
    Failed as Failed,
)
from strongroom_engine.protocol.opening import (
    Hello as Hello,
)
from strongroom_engine.protocol.opening import (
    Ready as Ready,
)
from strongroom_engine.protocol.opening import (
    Shutdown as Shutdown,
)
from strongroom_engine.protocol.opening import (
    Unlock as Unlock,
)
from strongroom_engine.protocol.opening import (
    failed as failed,
)
from strongroom_engine.protocol.quality import (
    ExportJudgements as ExportJudgements,
)
from strongroom_engine.protocol.quality import (
    ForgetJudgement as ForgetJudgement,
)
from strongroom_engine.protocol.quality import (
    Judge as Judge,
)
from strongroom_engine.protocol.quality import (
    Judged as Judged,
)
from strongroom_engine.protocol.quality import (
    Judgements as Judgements,
)
from strongroom_engine.protocol.quality import (
    ListJudgements as ListJudgements,
)
from strongroom_engine.protocol.quality import (
    ListQualityRuns as ListQualityRuns,
)
from strongroom_engine.protocol.quality import (
    QualityMeasured as QualityMeasured,
)
from strongroom_engine.protocol.quality import (
    QualityRuns as QualityRuns,
)
from strongroom_engine.protocol.quality import (
    RunQuality as RunQuality,
)
from strongroom_engine.protocol.reading import (
    CheckDocument as CheckDocument,
)
from strongroom_engine.protocol.reading import (
    DocumentTold as DocumentTold,
)
from strongroom_engine.protocol.reading import (
    FindInDocument as FindInDocument,
)
from strongroom_engine.protocol.reading import (
    FoundInDocument as FoundInDocument,
)
from strongroom_engine.protocol.reading import (
    GetDocument as GetDocument,
)
from strongroom_engine.protocol.reading import (
    GetPageLines as GetPageLines,
)
from strongroom_engine.protocol.reading import (
    GetReport as GetReport,
)
from strongroom_engine.protocol.reading import (
    PageImage as PageImage,
)
from strongroom_engine.protocol.reading import (
    PageLines as PageLines,
)
from strongroom_engine.protocol.reading import (
    PageText as PageText,
)
from strongroom_engine.protocol.reading import (
    ReportTold as ReportTold,
)
from strongroom_engine.protocol.reading import (
    ShowPage as ShowPage,
)
from strongroom_engine.protocol.reviews import (
    AskAgain as AskAgain,
)
from strongroom_engine.protocol.reviews import (
    ExportReview as ExportReview,
)
from strongroom_engine.protocol.reviews import (
    GetReview as GetReview,
)
from strongroom_engine.protocol.reviews import (
    GoOn as GoOn,
)
from strongroom_engine.protocol.reviews import (
    JudgeCell as JudgeCell,
)
from strongroom_engine.protocol.reviews import (
    ListReviews as ListReviews,
)
from strongroom_engine.protocol.reviews import (
    PutReview as PutReview,
)
from strongroom_engine.protocol.reviews import (
    Questions as Questions,
)
from strongroom_engine.protocol.reviews import (
    ReadQuestions as ReadQuestions,
)
from strongroom_engine.protocol.reviews import (
    RemoveReview as RemoveReview,
)
from strongroom_engine.protocol.reviews import (
    RenameReview as RenameReview,
)
from strongroom_engine.protocol.reviews import (
    ReviewCells as ReviewCells,
)
from strongroom_engine.protocol.reviews import (
    Reviewed as Reviewed,
)
from strongroom_engine.protocol.reviews import (
    ReviewOpened as ReviewOpened,
)
from strongroom_engine.protocol.reviews import (
    ReviewReading as ReviewReading,
)
from strongroom_engine.protocol.reviews import (
    Reviews as Reviews,
)
from strongroom_engine.protocol.reviews import (
    RunReview as RunReview,
)
from strongroom_engine.protocol.settings import (
    ChangePassphrase as ChangePassphrase,
)
from strongroom_engine.protocol.settings import (
    ChangeSettings as ChangeSettings,
)
from strongroom_engine.protocol.settings import (
    Compacted as Compacted,
)
from strongroom_engine.protocol.settings import (
    CompactLibrary as CompactLibrary,
)
from strongroom_engine.protocol.settings import (
    CopyPrompt as CopyPrompt,
)
from strongroom_engine.protocol.settings import (
    DropDamaged as DropDamaged,
)
from strongroom_engine.protocol.settings import (
    EraseLibrary as EraseLibrary,
)
from strongroom_engine.protocol.settings import (
    GetLibrary as GetLibrary,
)
from strongroom_engine.protocol.settings import (
    GetLicences as GetLicences,
)
from strongroom_engine.protocol.settings import (
    GetSettings as GetSettings,
)
from strongroom_engine.protocol.settings import (
    LibraryTold as LibraryTold,
)
from strongroom_engine.protocol.settings import (
    Licences as Licences,
)
from strongroom_engine.protocol.settings import (
    ListPrompts as ListPrompts,
)
from strongroom_engine.protocol.settings import (
    Prompts as Prompts,
)
from strongroom_engine.protocol.settings import (
    Rebuilding as Rebuilding,
)
from strongroom_engine.protocol.settings import (
    RebuildLibrary as RebuildLibrary,
)
from strongroom_engine.protocol.settings import (
    RebuiltLibrary as RebuiltLibrary,
)
from strongroom_engine.protocol.settings import (
    RestorePrompt as RestorePrompt,
)
from strongroom_engine.protocol.settings import (
    SettingsTold as SettingsTold,
)

Request = (
    answering.Request
    | conversations.Request
    | indexing.Request
    | machine.Request
    | opening.Request
    | quality.Request
    | reading.Request
    | reviews.Request
    | settings.Request
)
Event = (
    answering.Event
    | conversations.Event
    | indexing.Event
    | machine.Event
    | opening.Event
    | quality.Event
    | reading.Event
    | reviews.Event
    | settings.Event
)
CLOSING = (
    *answering.CLOSING,
    *conversations.CLOSING,
    *indexing.CLOSING,
    *machine.CLOSING,
    *opening.CLOSING,
    *quality.CLOSING,
    *reading.CLOSING,
    *reviews.CLOSING,
    *settings.CLOSING,
)
"""What closes a request; of `Documents` only the last, that does not say `more`."""

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
        return _in_our_words(_events.decode(line))
    except (msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise ProtocolError(why=exc) from exc


def _in_our_words(event: Event) -> Event:
    """What the host says in English is said in the language that this process speaks."""
    match event:
        case Documents() | Status() if not speaks_english():
            return indexing.in_our_words(event)
        case DocumentTold() if event.facts is not None and not speaks_english():
            (document,) = indexing.said_anew([event.facts.document])
            return structs.replace(event, facts=replace(event.facts, document=document))
        case ReportTold() if event.report is not None and not speaks_english():
            (document,) = indexing.said_anew([event.report.document])
            return structs.replace(event, report=replace(event.report, document=document))
    return event


def encode(message: Message) -> bytes:
    """One line, with its line end."""
    return _encoder.encode(message) + b"\n"
