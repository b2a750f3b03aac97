"""In which words errors speak: their own English ones, or those of a language.

What fills the braces of a sentence is mostly a name or a number. Where it is itself one of a few
sayings (`REASONS`) it is said in the language too, and its own braces are filled with what fills
those of the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

REASONS = frozenset(
    {
        # why a document is damaged
        "it does not have the structure of a Word document",
        "its archive is cut off or broken",
        "it does not have the structure of a presentation",
        "it does not have the structure of an OpenDocument file",
        "it does not have the structure of a book",
        "it does not have the structure of an XPS document",
        "it does not have the structure of a web page",
        "it does not have the structure of XML",
        "it does not have the structure of a spreadsheet",
        "it does not have the structure of subtitles",
        "it does not have the structure of a notebook",
        "it does not have the structure of an image",
        "it is cut off or broken, and cannot be shown",
        "its elements are nested too deeply",
        "it is cut off or broken, and nothing in it can be read",
        "it does not have the structure of a PDF",
        "it has no pages",
        "none of its pages can be read",
        "its name says that it is {claimed}, and it is {found}",
        "something else",
        # why a file cannot be read
        "permission denied",
        "a link that leads out of the folder",
        "a link that leads nowhere",
        "a pipe, a socket or a device",
        "data without text",
        "a document without pages",
        "a document that lies too deep inside others",
        "a file that is packed in a way that is not read",
        "data without text ({suffix})",
        # what it is
        "a PDF document",
        "a Word document (DOCX)",
        "a web page (HTML)",
        "Markdown text",
        "plain text",
        "a table as text (CSV)",
        "reStructuredText",
        "AsciiDoc",
        "LaTeX",
        "data (JSON)",
        "data (XML)",
        "subtitles",
        "a notebook (Jupyter)",
        "source code",
        "an Office document from before 2007",
        "an archive (ZIP)",
        "a program",
        "a sound or a film",
        "an email message (EML)",
        "a mailbox (MBOX)",
        "a calendar (ICS)",
        "contacts (VCF)",
        "a saved web page (MHTML)",
        "a drawing (SVG)",
        "an image (PNG)",
        "an image (JPEG)",
        "an image (GIF)",
        "an image (WebP)",
        "a sound (WAV)",
        "a film (AVI)",
        "an image (TIFF)",
        "an image (Photoshop)",
        "an icon (ICO)",
        "an image (HEIC)",
        "an image (AVIF)",
        "an image (BMP)",
        "an image (JPEG 2000)",
        "an image (JPEG XL)",
        "a photograph in a camera's own format (RAW)",
        "a film (MP4)",
        "a film (Matroska)",
        "a sound (MP3)",
        "a sound (FLAC)",
        "a sound (Ogg)",
        "a program (WebAssembly)",
        "an archive (GZIP)",
        "an archive (BZIP2)",
        "an archive (XZ)",
        "an archive (7Z)",
        "an archive (RAR)",
        "an archive (CAB)",
        "an archive (LHA)",
        "an archive (ACE)",
        "an archive (ARJ)",
        "an image of a disc (ISO)",
        "an archive (ZSTD)",
        "an archive (TAR)",
        "a database (SQLite)",
        "a table (Parquet)",
        "a language model (GGUF)",
        "a font (TrueType)",
        "a font (OpenType)",
        "a font (WOFF)",
        "a scanned document (DjVu)",
        "a book (Mobipocket)",
        "a PostScript document",
        "a rich text document (RTF)",
        "a spreadsheet (XLSX)",
        "a spreadsheet (XLSB)",
        "a presentation (PPTX)",
        "an encrypted Office document",
        "a program (JAR)",
        "a program (APK)",
        "a document of Pages, Numbers or Keynote",
        "a book (EPUB)",
        "a book (FB2)",
        "a book of Kindle (KFX)",
        "a book of Kindle (Topaz)",
        "a book with copy protection (DRM)",
        "a printed document (XPS)",
        "a text document (ODT)",
        "a spreadsheet (ODS)",
        "a presentation (ODP)",
        "a drawing (ODG)",
        "an OpenDocument file",
        "an email message (MSG)",
        "a mailbox of Outlook (PST)",
        "a message of Outlook (winmail.dat)",
        "a Word document from before 2007 (DOC)",
        "a Word document from before 1997 (DOC)",
        "a presentation from before 2007 (PPT)",
        "a spreadsheet from before 2007 (XLS)",
        "a folder",
        "a pipe",
        "a socket",
        "a device",
        # why a parser ended
        "it replied to another question",
        "its reply could not be understood",
        # why a library cannot be opened
        "it is still locked",
        "it holds other files",
        "its database is not what it was",
        "its database cannot be read",
        "its database is read-only",
        "its database cannot be opened",
        "its folder is read-only, and what was indexed last is not in its place yet",
        "it does not hold a key of 64 hexadecimal digits",
        "it does not hold a key",
        "it was made with a key file",
        "it was made with a key file, and none is named",
        "nobody can be asked for a passphrase",
        "the passphrase is empty",
        "passphrase",
        "key file",
        "the system's keyring did not answer",
        "the system's keyring is not available",
        "the system's keyring holds no key for it",
        "what the system's keyring holds for it is not a key",
        # why something cannot be written, kept or used
        "it is a folder",
        "there is nothing in it",
        "its folder is not there",
        "it is not in the library or has no text",
        "its name ends in none of .md, .html, .pdf and .docx",
        "its name ends neither in .csv nor in .xlsx",
        "it is not a GGUF file",
        "it is not on this computer",
    }
)

_speech: list[Callable[[str], str]] = []
_hearing: list[Callable[[str], str]] = []


def speak_with(
    translate: Callable[[str], str] | None, hear: Callable[[str], str] | None = None
) -> None:
    """Let every error of this process pass its sentences, before their braces are filled, through
    `translate`; None: they speak English again. `hear` is given what fills a `{why}`, which may
    be a sentence that was made elsewhere (`sentences`)."""
    _speech[:] = [translate] if translate else []
    _hearing[:] = [hear] if hear else []


def speaks_english() -> bool:
    return not _speech


def said(text: str) -> str:
    """The text in the language of this process."""
    return _speech[0](text) if _speech else text


def filled(template: str, details: Mapping[str, str]) -> str:
    """The sentence in the language of this process, with its braces filled."""
    values = {name: _said_in(name, value) for name, value in details.items()}
    for name, value in details.items():
        if value in REASONS and "{" in value:
            values[name] = values[name].format_map(_Kept(values))
    return said(template).format_map(_Kept(values))


def _said_in(place: str, value: str) -> str:
    """What fills a place, in the language of this process."""
    if value in REASONS:
        return said(value)
    return _hearing[0](value) if place == "why" and _hearing else value


class _Kept(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"({key})"
