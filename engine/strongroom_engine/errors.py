"""Every error a user can meet, each with a stable code and two sentences.

    StrongroomError     the world: said to the user in `what` and `remedy`
      LibraryError      a library cannot be opened or written
      SourceError       a folder or file cannot be added, removed or watched
      QuestionError     a question, or a set of them, cannot be used
      ModelError        a model cannot be used
      DocumentProblem   why one document is not in the index; carries a `state`
      ProtocolError, EngineDied, SettingsUnusable, Cancelled
    Bug                 us: a fault in Strongroom

Across processes only the code and the arguments travel (`to_wire`, `from_wire`).
"""

from __future__ import annotations

from typing import ClassVar

from strongroom_engine.types import State


class StrongroomError(Exception):
    """The root of what the world can do to us. Arguments fill the two sentences' braces."""

    code: ClassVar[str] = "error"
    what: ClassVar[str] = "Something went wrong."
    remedy: ClassVar[str] = ""
    details: dict[str, str]

    def __init__(self, **args: object) -> None:
        self.details = {name: str(value) for name, value in args.items()}
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """What happened."""
        return _fill(self.what, self.details)

    @property
    def advice(self) -> str:
        """What to do about it; may be empty."""
        return _fill(self.remedy, self.details)

    def __str__(self) -> str:
        return " ".join(part for part in (self.sentence, self.advice) if part)


class _Kept(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"({key})"


def _fill(template: str, args: dict[str, str]) -> str:
    return template.format_map(_Kept(args))


class Bug(Exception):
    """A fault in Strongroom itself, shown as such, with details to copy."""


# --- the library -------------------------------------------------------------------------------


class LibraryError(StrongroomError):
    """The library cannot be opened or written."""


class NoKey(LibraryError):
    code = "no-key"
    what = "The library is encrypted, and there is no way to get its key here: {why}."
    remedy = (
        "Run Strongroom where the system's keyring is available, type the passphrase in a "
        "terminal, or name a key file with --key-file or STRONGROOM_KEY_FILE."
    )


class WrongKey(LibraryError):
    code = "wrong-key"
    what = "The {kind} does not open the library at {library}."
    remedy = "Nothing was changed. Try again with the {kind} the library was made with."


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


class LibraryDamaged(LibraryError):
    code = "library-damaged"
    what = "The library at {library} is damaged: {why}."
    remedy = "Your documents are untouched. Move the library's folder away and add them again."


class LibraryTooNew(LibraryError):
    code = "library-too-new"
    what = "The library at {library} was written by a newer Strongroom (schema {found})."
    remedy = "Update Strongroom; this version knows schemas up to {known}."


class LibraryReadOnly(LibraryError):
    code = "library-read-only"
    what = "The library at {library} cannot be written: {why}."
    remedy = "Make its folder writable, or copy it elsewhere and name the copy with --library."


class NotALibrary(LibraryError):
    code = "not-a-library"
    what = "{library} cannot hold a library: {why}."
    remedy = "Name an empty folder, a new one, or one that holds a Strongroom library."


class NoLibrary(LibraryError):
    code = "no-library"
    what = "There is no library at {library} yet."
    remedy = "Make one with 'strongroom add FOLDER'."


class LibraryModelMissing(LibraryError):
    """Not a failure: the library is searched by its words."""

    code = "library-model-missing"
    what = "The library's embedding model {model} is not on this computer."
    remedy = (
        "Searching by words works. Install that model again, or choose another for the library "
        "with 'strongroom embedding NAME'; here are: {here}."
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


# --- sources -----------------------------------------------------------------------------------


class SourceError(StrongroomError):
    """A folder or file cannot be added or removed."""


class SourceMissing(SourceError):
    code = "source-missing"
    what = "{path} does not exist or cannot be read."
    remedy = "Check the path and its permissions."


class SourceKnown(SourceError):
    code = "source-known"
    what = "{path} is already in the library: it lies inside {source}."
    remedy = "Nothing needs to be done; it is indexed there."


class WatchLimited(SourceError):
    """Not a failure: the source is kept true in another way, which `sentence` says."""

    code = "watch-limited"
    what = "{how}"


class SourceNameInvalid(SourceError):
    code = "source-name-invalid"
    what = "{path} cannot be added: its name is not valid text."
    remedy = "Rename it and add it then."


class NotASource(SourceError):
    code = "not-a-source"
    what = "{path} is not in the library."
    remedy = "'strongroom sources' lists what is."


# --- questions ---------------------------------------------------------------------------------


class QuestionError(StrongroomError):
    """A question that cannot be searched."""


class EmptyQuestion(QuestionError):
    code = "empty-question"
    what = "The question is empty."
    remedy = "Write a question or some words to look for."


class QuestionTooLong(QuestionError):
    code = "question-too-long"
    what = "The question has {length} characters; at most {limit} can be searched."
    remedy = "Shorten it, or add the long text as a document and ask about it."


class BadFilter(QuestionError):
    code = "bad-filter"
    what = "The filter {filter} cannot be understood."
    remedy = "Write it like file:lease, type:pdf, after:2023-01-31, before:2024 or in:Contracts."


class UnknownCollection(QuestionError):
    code = "unknown-collection"
    what = "There is no collection named {collection}."
    remedy = "Collections there are: {known}."


class QuestionSetUnusable(QuestionError):
    code = "question-set-unusable"
    what = "The question set {file} cannot be used: {why}."
    remedy = "Each line is a JSON object with id, question and relevant, a list of places."


class RunUnusable(QuestionError):
    code = "run-unusable"
    what = "The file of a run {file} cannot be used: {why}."
    remedy = "Name a file that 'strongroom eval … --save FILE' wrote."


class ReportUnwritable(QuestionError):
    code = "report-unwritable"
    what = "{file} cannot be written: {why}."
    remedy = "Name a file in a folder that is there and writable."


class RunsNotComparable(QuestionError):
    code = "runs-not-comparable"
    what = "{first} and {second} cannot be compared: {why}."
    remedy = "Measure the same question sets twice, with a method in common."


class PlaceUnknown(QuestionError):
    code = "place-unknown"
    what = "The place in {file} cannot be kept: {why}."
    remedy = "Name a document of the library, a page that it has and words that stand there."


class NotJudged(QuestionError):
    code = "not-judged"
    what = "Nothing was judged of the question '{question}'."
    remedy = "'strongroom judge' lists the questions of your own set."


class NothingJudged(QuestionError):
    code = "nothing-judged"
    what = "Your own set has no question that can be measured ({judged} judged)."
    remedy = "Name a right place: 'strongroom judge QUESTION --right FILE:PAGE'."


class NotTwoDocuments(QuestionError):
    code = "not-two-documents"
    what = "Two documents can be compared; {count} of the library were chosen or named."
    remedy = "Choose two documents, or write the names of two files in the question."


class PromptUnusable(QuestionError):
    code = "prompt-unusable"
    what = "The prompt template {file} cannot be used: {why}."
    remedy = (
        "Correct it, or delete your copy so that the shipped one is used; a shipped one comes back"
        " when Strongroom is installed again."
    )


class UnknownPrompt(QuestionError):
    code = "unknown-prompt"
    what = "There is no prompt template named {name}."
    remedy = "Templates there are: {known}."


class PromptUnwritable(QuestionError):
    code = "prompt-unwritable"
    what = "The prompt template cannot be copied to {file}: {why}."
    remedy = "See to it that this folder can be written."


class NoDocumentChosen(QuestionError):
    code = "no-document-chosen"
    what = "This is done with a whole document, and none was chosen or named."
    remedy = "Choose a document (--document FILE), or write a file's name in the question."


class SchemaUnusable(QuestionError):
    code = "schema-unusable"
    what = "The schema cannot be used: {why}."
    remedy = (
        "Give a JSON Schema with 'type', 'properties', 'items' or 'enum', or name the fields: "
        "'author, year'."
    )


class AnswerCut(QuestionError):
    code = "answer-cut"
    what = "The answer did not fit into {tokens} tokens."
    remedy = "Ask for fewer fields or fewer documents, or give a schema that allows less."


class AnswerUnfit(QuestionError):
    code = "answer-unfit"
    what = "What was found does not fit the schema: {why}."
    remedy = "Make that field optional in the schema, or let it be null."


class PromptTooLong(QuestionError):
    code = "prompt-too-long"
    what = "The question does not fit into the answer model's context of {context} tokens."
    remedy = "Shorten it, or raise context_tokens in the settings."


class NotSearchable(QuestionError):
    code = "not-searchable"
    what = "{file} is not in the index."
    remedy = "Add it with 'strongroom add'; 'strongroom status' says why a document was left out."


class ReviewQuestionsUnusable(QuestionError):
    code = "review-questions-unusable"
    what = "The questions in {file} cannot be used: {why}."
    remedy = (
        "Write a question a line, and beside it, after a comma or semicolon, the name of its"
        " column if it should have one."
    )


class NothingToReview(QuestionError):
    code = "nothing-to-review"
    what = "There is no document here that could be asked."
    remedy = "Add a folder with 'strongroom add FOLDER', or name another collection."


class UnknownReview(QuestionError):
    code = "unknown-review"
    what = "There is no review named {name}."
    remedy = "Reviews there are: {known}."


# --- models ------------------------------------------------------------------------------------


class ModelError(StrongroomError):
    """A model cannot be used."""


class ModelMissing(ModelError):
    code = "model-missing"
    what = "The answer model {model} is not on this computer."
    remedy = "Import its file with --model-file, or run the set-up again."


class ModelDamaged(ModelError):
    code = "model-damaged"
    what = "The model file {file} cannot be loaded: {why}."
    remedy = "Fetch or import it again."


class UnknownModel(ModelError):
    code = "unknown-model"
    what = "There is no model named {model}."
    remedy = "Models there are: {known}."


class NoModelFits(ModelError):
    code = "no-model-fits"
    what = "No answer model fits into the memory that is free: {why}."
    remedy = "Search works all the same. Close other programs or import a smaller model."


class AnswerWorkerDied(ModelError):
    code = "answer-worker-died"
    what = "The answer model stopped: {why}."
    remedy = "Ask again; the index is not affected."


class CatalogueUnusable(ModelError):
    code = "catalogue-unusable"
    what = "The list of models {file} cannot be used: {why}."
    remedy = "Install Strongroom again."


class EmbeddingModelMissing(ModelError):
    code = "embedding-model-missing"
    what = "The embedding model in {folder} cannot be used: {why}."
    remedy = "Install Strongroom again."


class RerankerUnusable(ModelError):
    code = "reranker-unusable"
    what = "The reranker in {folder} cannot be used: {why}."
    remedy = (
        "Search works without one. To have one, import a cross-encoder's files as they were"
        " published: model.onnx, tokenizer.json and config.json."
    )


# --- documents ---------------------------------------------------------------------------------


class DocumentProblem(StrongroomError):
    """Why one document is not in the index. It never stops the others."""

    state: ClassVar[State] = State.FAILED


class EmptyDocument(DocumentProblem):
    code, state = "empty", State.SKIPPED
    what = "The file is empty."
    remedy = "Nothing needs to be done unless it should hold something."


class NoText(DocumentProblem):
    code, state = "no-text", State.SKIPPED
    what = "The document has no text: it may be a scan."
    remedy = "Run text recognition (OCR) on it; the new file is read by itself."


class UnsupportedFormat(DocumentProblem):
    code, state = "unsupported", State.SKIPPED
    what = "This kind of file is not read: {kind}."
    remedy = "Save it as PDF, DOCX, HTML, Markdown or text."


class NeedsPassword(DocumentProblem):
    code, state = "needs-password", State.SKIPPED
    what = "The document is protected by a password."
    remedy = "Save a copy without a password next to it."


class TooLarge(DocumentProblem):
    code, state = "too-large", State.SKIPPED
    what = "The file is too large: {size}; the limit is {limit}."
    remedy = "Split it into smaller files, or raise the limit in the settings."


class InvalidName(DocumentProblem):
    code, state = "invalid-name", State.SKIPPED
    what = "The file's name is not valid text."
    remedy = "Rename it; it is read by itself then."


class DamagedDocument(DocumentProblem):
    code = "damaged"
    what = "The file is damaged or not what its name says: {why}."
    remedy = "Open it in its own program and save it anew."


class Unreadable(DocumentProblem):
    code = "unreadable"
    what = "The file cannot be opened: {why}."
    remedy = "Check its permissions."


class Vanished(DocumentProblem):
    code = "vanished"
    what = "The file was there and is gone."
    remedy = "Nothing needs to be done; it is read when it comes back."


class ParserTimedOut(DocumentProblem):
    code = "timed-out"
    what = "Reading the file took more than {seconds} seconds and was given up."
    remedy = "Save it anew in its own program, or split it."


class ParserDied(DocumentProblem):
    code = "parser-died"
    what = "The file made the reader crash ({why})."
    remedy = "Save it anew in its own program; other documents are not affected."


class ParserOutOfMemory(DocumentProblem):
    code = "out-of-memory"
    what = "Reading the file took more than {limit} of memory and was given up."
    remedy = "Split it into smaller files."


# --- processes ---------------------------------------------------------------------------------


class ProtocolError(StrongroomError):
    code = "protocol"
    what = "A message could not be understood: {why}."
    remedy = "Window and engine may be of different versions; install Strongroom again."


class EngineDied(StrongroomError):
    code = "engine-died"
    what = "The engine stopped and is being started again."
    remedy = "Nothing you typed or asked is lost."


class SettingsUnusable(StrongroomError):
    code = "settings-unusable"
    what = "The settings in {file} cannot be used: {why}."
    remedy = "Correct the line or delete the file; the defaults are used without it."


class Cancelled(StrongroomError):
    code = "cancelled"
    what = "Stopped."


def _leaves(cls: type[StrongroomError]) -> dict[str, type[StrongroomError]]:
    found = {cls.code: cls} if "code" in vars(cls) else {}
    for child in cls.__subclasses__():
        found |= _leaves(child)
    return found


BY_CODE: dict[str, type[StrongroomError]] = _leaves(StrongroomError)


def from_wire(code: str, args: dict[str, str]) -> StrongroomError:
    """The error that another process met."""
    return BY_CODE.get(code, StrongroomError)(**args)
