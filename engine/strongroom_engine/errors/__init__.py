"""Every error a user can meet, each with a stable code and two sentences.

    StrongroomError     the world: said to the user in `what` and `remedy`
      LibraryError      a library cannot be opened or written
      SourceError       a folder or file cannot be added, removed or watched
      QuestionError     a question, or a set of them, cannot be used
      ModelError        a model cannot be used
      ReadingError      the reader has nothing to show of a document
      DocumentProblem   why one document is not in the index; carries a `state`
      ProtocolError, EngineDied, SettingsUnusable, Cancelled
    Bug                 us: a fault in Strongroom

Across processes only the code and the arguments travel (`to_wire`, `from_wire`).
"""

from __future__ import annotations

from strongroom_engine.errors.base import (
    Bug,
    StrongroomError,
)
from strongroom_engine.errors.documents import (
    DamagedDocument,
    DocumentProblem,
    EmptyDocument,
    FileMoved,
    InvalidName,
    NeedsPassword,
    NoText,
    NotFindable,
    NotInLibrary,
    NotReadYet,
    ParserDied,
    ParserOutOfMemory,
    ParserTimedOut,
    PictureTooLarge,
    ReadingError,
    SourceAway,
    TooLarge,
    TooMuchInside,
    Unreadable,
    UnreadArchive,
    UnsupportedFormat,
    Vanished,
)
from strongroom_engine.errors.library import (
    CollectionUnnamed,
    DiskFull,
    IndexingPaused,
    KeyFileUnusable,
    KeyNotChangeable,
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryModelMissing,
    LibraryReadOnly,
    LibraryTooNew,
    NoKey,
    NoLibrary,
    NoRoomToCompact,
    NotALibrary,
    NotASource,
    NothingExcluded,
    ReviewNeedsLibrary,
    SourceError,
    SourceFailing,
    SourceKnown,
    SourceMissing,
    SourceNameInvalid,
    SourceNotExcludable,
    SourceReplaced,
    SourceSilent,
    WatchLimited,
    WrongKey,
    WrongKindOfKey,
)
from strongroom_engine.errors.models import (
    AnswerWorkerDied,
    CatalogueUnusable,
    EmbeddingModelMissing,
    ModelBusy,
    ModelDamaged,
    ModelDoesNotAnswer,
    ModelError,
    ModelFileDamaged,
    ModelFileUnreadable,
    ModelImportError,
    ModelKindUnknown,
    ModelMissing,
    ModelNameTaken,
    ModelNotCopied,
    ModelNotRemoved,
    NoModelFits,
    NoRoomForModel,
    NotAModelFile,
    RerankerUnusable,
    UnknownModel,
)
from strongroom_engine.errors.processes import (
    Cancelled,
    EngineDied,
    ProtocolError,
    SettingNotOneOf,
    SettingOutOfBounds,
    SettingRefused,
    SettingsUnusable,
    UnknownSetting,
)
from strongroom_engine.errors.questions import (
    AnswerCut,
    AnswerUnfit,
    BadFilter,
    EmptyQuestion,
    NoDocumentChosen,
    NothingJudged,
    NothingToReview,
    NotJudged,
    NotSearchable,
    NotTwoDocuments,
    PlaceUnknown,
    PromptTooLong,
    PromptUnusable,
    PromptUnwritable,
    QuestionError,
    QuestionSetUnusable,
    QuestionTooLong,
    ReportUnwritable,
    ReviewNameTaken,
    ReviewQuestionsUnusable,
    RunsNotComparable,
    RunUnusable,
    SchemaUnusable,
    UnknownCollection,
    UnknownConversation,
    UnknownPrompt,
    UnknownReview,
    UnknownTurn,
)
from strongroom_engine.errors.speaking import REASONS, speak_with, speaks_english

__all__ = [
    "BY_CODE",
    "AnswerCut",
    "AnswerUnfit",
    "AnswerWorkerDied",
    "BadFilter",
    "Bug",
    "Cancelled",
    "CatalogueUnusable",
    "CollectionUnnamed",
    "DamagedDocument",
    "DiskFull",
    "DocumentProblem",
    "EmbeddingModelMissing",
    "EmptyDocument",
    "EmptyQuestion",
    "EngineDied",
    "FileMoved",
    "IndexingPaused",
    "InvalidName",
    "KeyFileUnusable",
    "KeyNotChangeable",
    "LibraryBusy",
    "LibraryDamaged",
    "LibraryError",
    "LibraryModelMissing",
    "LibraryReadOnly",
    "LibraryTooNew",
    "ModelBusy",
    "ModelDamaged",
    "ModelDoesNotAnswer",
    "ModelError",
    "ModelFileDamaged",
    "ModelFileUnreadable",
    "ModelImportError",
    "ModelKindUnknown",
    "ModelMissing",
    "ModelNameTaken",
    "ModelNotCopied",
    "ModelNotRemoved",
    "NeedsPassword",
    "NoDocumentChosen",
    "NoKey",
    "NoLibrary",
    "NoModelFits",
    "NoRoomForModel",
    "NoRoomToCompact",
    "NoText",
    "NotALibrary",
    "NotAModelFile",
    "NotASource",
    "NotFindable",
    "NotInLibrary",
    "NotJudged",
    "NotReadYet",
    "NotSearchable",
    "NotTwoDocuments",
    "NothingExcluded",
    "NothingJudged",
    "NothingToReview",
    "ParserDied",
    "ParserOutOfMemory",
    "ParserTimedOut",
    "PictureTooLarge",
    "PlaceUnknown",
    "PromptTooLong",
    "PromptUnusable",
    "PromptUnwritable",
    "ProtocolError",
    "QuestionError",
    "QuestionSetUnusable",
    "QuestionTooLong",
    "ReadingError",
    "ReportUnwritable",
    "RerankerUnusable",
    "ReviewNameTaken",
    "ReviewNeedsLibrary",
    "ReviewQuestionsUnusable",
    "RunUnusable",
    "RunsNotComparable",
    "SchemaUnusable",
    "SettingNotOneOf",
    "SettingOutOfBounds",
    "SettingRefused",
    "SettingsUnusable",
    "SourceAway",
    "SourceError",
    "SourceFailing",
    "SourceKnown",
    "SourceMissing",
    "SourceNameInvalid",
    "SourceNotExcludable",
    "SourceReplaced",
    "SourceSilent",
    "StrongroomError",
    "TooLarge",
    "TooMuchInside",
    "UnknownCollection",
    "UnknownConversation",
    "UnknownModel",
    "UnknownPrompt",
    "UnknownReview",
    "UnknownSetting",
    "UnknownTurn",
    "UnreadArchive",
    "Unreadable",
    "UnsupportedFormat",
    "Vanished",
    "WatchLimited",
    "WrongKey",
    "WrongKindOfKey",
    "from_wire",
    "sentences",
    "speak_with",
    "speaks_english",
]


def _leaves(cls: type[StrongroomError]) -> dict[str, type[StrongroomError]]:
    found = {cls.code: cls} if "code" in vars(cls) else {}
    for child in cls.__subclasses__():
        found |= _leaves(child)
    return found


BY_CODE: dict[str, type[StrongroomError]] = _leaves(StrongroomError)


def from_wire(code: str, args: dict[str, str]) -> StrongroomError:
    """The error that another process met."""
    return BY_CODE.get(code, StrongroomError)(**args)


def sentences() -> tuple[str, ...]:
    """What errors say before their arguments are filled in: what happened and what to do, each;
    and the sayings that may fill them."""
    said = (part for error in BY_CODE.values() for part in (error.what, error.remedy))
    return tuple(dict.fromkeys(part for part in (*said, *sorted(REASONS)) if part))
