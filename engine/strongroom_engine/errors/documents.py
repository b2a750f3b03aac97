"""Why one document is not in the index."""

from __future__ import annotations

from typing import ClassVar, Self

from strongroom_engine.errors.base import StrongroomError
from strongroom_engine.types import State


class DocumentProblem(StrongroomError):
    """Why one document is not in the index. It never stops the others."""

    state: ClassVar[State] = State.FAILED


class EmptyDocument(DocumentProblem):
    code, state = "empty", State.SKIPPED
    what = "The document holds no text."
    remedy = "Nothing needs to be done unless it should hold some."


class NoText(DocumentProblem):
    code, state = "no-text", State.SKIPPED
    what = "The document has no text, and none was recognised in its pictures."
    remedy = (
        "Nothing needs to be done if it holds pictures only. Text recognition reads Latin and Greek "
        "letters, Chinese and Japanese."
    )


class UnsupportedFormat(DocumentProblem):
    code, state = "unsupported", State.SKIPPED
    what = "This kind of file is not read: {kind}."
    remedy = "Save it as PDF, DOCX, HTML, Markdown or text."


class UnreadArchive(DocumentProblem):
    code, state = "unread-archive", State.SKIPPED
    what = "This kind of archive is not opened: {kind}."
    remedy = "Unpack it into a folder, or pack its files as ZIP."


class TooDeep(DocumentProblem):
    code, state = "too-deep", State.SKIPPED
    what = "The document lies too deep inside others."
    remedy = "Unpack what it lies in into a folder."


class NeedsPassword(DocumentProblem):
    code, state = "needs-password", State.SKIPPED
    what = "The document is protected by a password."
    remedy = "Enter its password, or save a copy without one next to it."


class NotFindable(DocumentProblem):
    code = "not-findable"
    what = "The document was read, and what was drawn from it does not find it again."
    remedy = "Read it again; if that does not help, check the library in the settings."


class TooLarge(DocumentProblem):
    code, state = "too-large", State.SKIPPED
    what = "The file is too large: {size}; the limit is {limit}."
    remedy = "Split it into smaller files, or raise the limit in the settings."


class PictureTooLarge(DocumentProblem):
    code, state = "picture-too-large", State.SKIPPED
    what = "The picture has too many pixels: {size} million; the limit is {limit} million."
    remedy = "Save a copy of it with fewer pixels."


class TooMuchInside(DocumentProblem):
    code, state = "too-much-inside", State.SKIPPED
    what = "More lies inside its file than is unpacked: the limit is {count} documents or {size}, and less in archives inside archives."
    remedy = "Unpack it into a folder, or raise the limits in the settings."


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

    @classmethod
    def of(cls, exc: OSError) -> Self:
        """What the system said of a file or folder, with its number."""
        # On Windows the numbers of errors are poorer than its own.
        number = getattr(exc, "winerror", None) or exc.errno or 0
        return cls(why=exc.strerror or type(exc).__name__, number=number)


class NotDownloaded(DocumentProblem):
    code, state = "not-downloaded", State.SKIPPED
    what = "The file is not on this computer yet: its cloud has it."
    remedy = "Download and read it, or let its cloud keep it on this computer; it is read then."


class Vanished(DocumentProblem):
    code = "vanished"
    what = "The file was there and is gone."
    remedy = "Nothing needs to be done; it is read when it comes back."


class ReadingError(StrongroomError):
    """Why the reader has nothing to show of a document."""


class SourceAway(ReadingError):
    code = "source-away"
    what = "The drive or folder with this file is not here now: {path}."
    remedy = "Connect it to see the page. The text is in the library and can be read meanwhile."


class FileInCloud(ReadingError):
    code = "file-in-cloud"
    what = "The file is not on this computer now: its cloud has it."
    remedy = "Its text is in the library and can be read. Opening it outside downloads it."


class FileMoved(ReadingError):
    code = "file-moved"
    what = "The file is not at {path} any more."
    remedy = "A document of the same name is at {to}."


class DocumentMoved(ReadingError):
    code = "document-moved"
    what = "The document is not at {path} any more."
    remedy = "It is at {to} now."


class NotReadYet(ReadingError):
    code = "not-read-yet"
    what = "The document is not read yet."
    remedy = "It is shown as soon as it has been read."


class NotInLibrary(ReadingError):
    code = "not-in-library"
    what = "The document is not in the library any more."
    remedy = "Add its folder again, or open the file outside."


class ParserTimedOut(DocumentProblem):
    code = "timed-out"
    what = "Reading the file took more than {seconds} seconds and was given up."
    remedy = "Save it anew in its own program, or split it."


class ParserDied(DocumentProblem):
    code = "parser-died"
    what = "The file made the reader crash ({why})."
    remedy = "Save it anew in its own program; other documents are not affected."


class EndedStrongroom(DocumentProblem):
    code = "ended-strongroom"
    what = "Strongroom ended twice while it read the file, which is put aside until it changes."
    remedy = "Let it be read again if Strongroom was ended by something else."


class ParserOutOfMemory(DocumentProblem):
    code = "out-of-memory"
    what = "Reading the file took more than {limit} of memory and was given up."
    remedy = "Split it into smaller files."
