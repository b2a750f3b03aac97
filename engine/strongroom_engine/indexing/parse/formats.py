"""What a file is: by its content first, by its name second; and which module reads it.

The tables here are the one place that knows formats; a new parser is an entry with its module's
name. A format without a parser is known by its kind, so that a user reads "an image (PNG)" and not
"unknown".
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from strongroom_engine.errors import (
    DamagedDocument,
    EmptyDocument,
    UnreadArchive,
    UnsupportedFormat,
)
from strongroom_engine.indexing.parse.archives.looks import is_tar
from strongroom_engine.indexing.parse.decode import SAMPLE_BYTES, is_text
from strongroom_engine.indexing.parse.files import file_errors
from strongroom_engine.indexing.parse.mail.looks import mail_kind
from strongroom_engine.indexing.parse.markup.kinds import text_kind
from strongroom_engine.indexing.parse.office.ole import MAGIC as OLE_MAGIC

HEAD_BYTES = SAMPLE_BYTES


@dataclass(frozen=True, slots=True)
class Format:
    """`kind` is what people call it; `parser` is the module here that reads it ('office.docx'), ''
    for none. `is_text`: all of it is text, so that the limit for text holds for the file.
    `is_archive`: it holds files, which can be unpacked by another program."""

    kind: str
    parser: str = ""
    media_type: str = ""
    is_text: bool = False
    is_archive: bool = False


_DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

PDF = Format("a PDF document", "pdf.document", "application/pdf")
DOCX = Format("a Word document (DOCX)", "office.docx", _DOCX_TYPE)
PPTX = Format("a presentation (PPTX)", "office.pptx", _PPTX_TYPE)
HTML = Format("a web page (HTML)", "web.html", "text/html", is_text=True)
MARKDOWN = Format("Markdown text", "markup.markdown", "text/markdown", is_text=True)
TEXT = Format("plain text", "markup.text", "text/plain", is_text=True)

_ENCRYPTED_OFFICE = Format("an encrypted Office document", "office.encrypted")
_DOC = Format("a Word document from before 2007 (DOC)", "office.doc", "application/msword")
_PPT = Format(
    "a presentation from before 2007 (PPT)", "office.ppt", "application/vnd.ms-powerpoint"
)
_ODT = Format("a text document (ODT)", "office.odf", "application/vnd.oasis.opendocument.text")
_ODP = Format(
    "a presentation (ODP)", "office.odf", "application/vnd.oasis.opendocument.presentation"
)
_ODG = Format("a drawing (ODG)", "office.odf", "application/vnd.oasis.opendocument.graphics")
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS = Format("a spreadsheet (ODS)", "sheets.ods", _ODS_TYPE)
_FLAT = (  # by what stands in the element that holds all of it
    (b"application/vnd.oasis.opendocument.text", _ODT),
    (b"application/vnd.oasis.opendocument.presentation", _ODP),
    (b"application/vnd.oasis.opendocument.graphics", _ODG),
    (b"application/vnd.oasis.opendocument.spreadsheet", _ODS),
)
_FB2 = Format("a book (FB2)", "books.fb2", "application/x-fictionbook+xml", is_text=True)
_XPS = Format("a printed document (XPS)", "office.xps", "application/vnd.ms-xpsdocument")
_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_XLSX = Format("a spreadsheet (XLSX)", "sheets.xlsx", _XLSX_TYPE)
_XLSB = Format(
    "a spreadsheet (XLSB)",
    "sheets.workbook",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12",
)
_XLS = Format("a spreadsheet from before 2007 (XLS)", "sheets.workbook", "application/vnd.ms-excel")
_LEGACY_OFFICE = Format("an Office document from before 2007")
_ZIP = Format("an archive (ZIP)", "archives.zip", "application/zip")
_PROGRAM = Format("a program")
_RIFF = Format("a sound or a film")
_EMAIL = Format("an email message (EML)", "mail.eml", "message/rfc822")
_MAIL: dict[str, Format] = {
    "message": _EMAIL,
    "mailbox": Format("a mailbox (MBOX)", "mail.mbox", "application/mbox"),
    "calendar": Format("a calendar (ICS)", "mail.ics", "text/calendar", is_text=True),
    "contacts": Format("contacts (VCF)", "mail.vcf", "text/vcard", is_text=True),
}
_WEB_ARCHIVE = Format("a saved web page (MHTML)", "web.mhtml", "multipart/related")
_TEXTS: dict[str, Format] = {
    "table": Format("a table as text (CSV)", "sheets.delimited", "text/csv", is_text=True),
    "rst": Format("reStructuredText", "markup.rst", "text/x-rst", is_text=True),
    "asciidoc": Format("AsciiDoc", "markup.asciidoc", "text/asciidoc", is_text=True),
    "latex": Format("LaTeX", "markup.latex", "application/x-tex", is_text=True),
    "json": Format("data (JSON)", "markup.json_data", "application/json", is_text=True),
    "xml": Format("data (XML)", "markup.xml_data", "application/xml", is_text=True),
    "subtitles": Format("subtitles", "markup.subtitles", "text/vtt", is_text=True),
    "notebook": Format(
        "a notebook (Jupyter)", "markup.notebook", "application/x-ipynb+json", is_text=True
    ),
    "code": Format("source code", "markup.source_code", "text/x-source", is_text=True),
}
_TAR = Format("an archive (TAR)", "archives.tar", "application/x-tar")
_MOBI = Format("a book (Mobipocket)", "books.mobi", "application/x-mobipocket-ebook")
_SVG = Format("a drawing (SVG)")


def _image(name: str, media_type: str) -> Format:
    return Format(f"an image ({name})", "images.document", f"image/{media_type}")


_BMP = _image("BMP", "bmp")
_GIF = _image("GIF", "gif")
_TIFF = _image("TIFF", "tiff")
_JPEG_2000 = _image("JPEG 2000", "jp2")
_JPEG_XL = Format("an image (JPEG XL)")
_HEIC = _image("HEIC", "heif")
_AVIF = _image("AVIF", "avif")
_BMP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
_BRANDS = (  # by what stands among the brands of a file of boxes
    (b"avif", _AVIF),
    (b"avis", _AVIF),
    (b"heic", _HEIC),
    (b"heix", _HEIC),
    (b"heim", _HEIC),
    (b"heis", _HEIC),
    (b"hevc", _HEIC),
    (b"mif1", _HEIC),
    (b"msf1", _HEIC),
)

# (offset, what stands there, format); the first that fits.
_SIGNATURES: tuple[tuple[int, bytes, Format], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", _image("PNG", "png")),
    (0, b"\xff\xd8\xff", _image("JPEG", "jpeg")),
    (0, b"GIF87a", _GIF),
    (0, b"GIF89a", _GIF),
    (8, b"WEBP", _image("WebP", "webp")),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", _JPEG_2000),
    (0, b"\xff\x4f\xff\x51", _JPEG_2000),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", _JPEG_XL),
    (0, b"\xff\x0a", _JPEG_XL),
    (8, b"WAVE", Format("a sound (WAV)")),
    (8, b"AVI ", Format("a film (AVI)")),
    (0, b"RIFF", _RIFF),
    (0, b"II*\0", _TIFF),
    (0, b"MM\0*", _TIFF),
    (0, b"II+\0", _TIFF),
    (0, b"MM\0+", _TIFF),
    (0, b"8BPS", Format("an image (Photoshop)")),
    (0, b"\0\0\1\0", Format("an icon (ICO)")),
    (4, b"ftyp", Format("a film (MP4)")),
    (0, b"\x1aE\xdf\xa3", Format("a film (Matroska)")),
    (0, b"ID3", Format("a sound (MP3)")),
    (0, b"fLaC", Format("a sound (FLAC)")),
    (0, b"OggS", Format("a sound (Ogg)")),
    (0, b"\x7fELF", _PROGRAM),
    (0, b"\xca\xfe\xba\xbe", _PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", _PROGRAM),
    (0, b"\0asm", Format("a program (WebAssembly)")),
    (0, b"\x1f\x8b", Format("an archive (GZIP)", "archives.compressed", "application/gzip")),
    (0, b"BZh", Format("an archive (BZIP2)", "archives.compressed", "application/x-bzip2")),
    (0, b"\xfd7zXZ\0", Format("an archive (XZ)", "archives.compressed", "application/x-xz")),
    (
        0,
        b"7z\xbc\xaf\x27\x1c",
        Format("an archive (7Z)", "archives.sevenzip", "application/x-7z-compressed"),
    ),
    (0, b"Rar!\x1a\x07", Format("an archive (RAR)", is_archive=True)),
    (0, b"MSCF\0\0\0\0", Format("an archive (CAB)", is_archive=True)),
    *((2, b"-lh%d-" % way, Format("an archive (LHA)", is_archive=True)) for way in (0, 1, 5, 6, 7)),
    (7, b"**ACE**", Format("an archive (ACE)", is_archive=True)),
    (0, b"\x60\xea", Format("an archive (ARJ)", is_archive=True)),
    (32_769, b"CD001", Format("an image of a disc (ISO)", is_archive=True)),
    (
        0,
        b"\x28\xb5\x2f\xfd",
        Format("an archive (ZSTD)", "archives.compressed", "application/zstd"),
    ),
    (257, b"ustar", _TAR),
    (
        0,
        b"!BDN",
        Format("a mailbox of Outlook (PST)", "mail.pst", "application/vnd.ms-outlook-pst"),
    ),
    (
        0,
        b"\x78\x9f\x3e\x22",
        Format("a message of Outlook (winmail.dat)", "mail.tnef", "application/vnd.ms-tnef"),
    ),
    (0, b"SQLite format 3\0", Format("a database (SQLite)")),
    (0, b"PAR1", Format("a table (Parquet)")),
    (0, b"GGUF", Format("a language model (GGUF)")),
    (0, b"\0\1\0\0\0", Format("a font (TrueType)")),
    (0, b"OTTO", Format("a font (OpenType)")),
    (0, b"wOF", Format("a font (WOFF)")),
    (0, b"AT&TFORM", Format("a scanned document (DjVu)")),
    (60, b"BOOKMOBI", _MOBI),
    (60, b"TEXtREAd", _MOBI),
    (0, b"CONT\x02\0", Format("a book of Kindle (KFX)")),
    (0, b"\xeaDRMION\xee", Format("a book with copy protection (DRM)")),
    (0, b"TPZ0", Format("a book of Kindle (Topaz)")),
    (0, b"%!PS", Format("a PostScript document")),
    (0, b"{\\rtf", Format("a rich text document (RTF)", "office.rtf", "application/rtf")),
)

# A member that only this kind of ZIP has.
_MEMBERS: tuple[tuple[str, Format], ...] = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", _XLSX),
    ("xl/workbook.bin", _XLSB),
    ("ppt/presentation.xml", PPTX),
    ("Index/Document.iwa", Format("a document of Pages, Numbers or Keynote")),
    ("META-INF/MANIFEST.MF", Format("a program (JAR)")),
    ("AndroidManifest.xml", Format("a program (APK)")),
)
# Of a package (OPC) whose parts have other names than usual.
_FOLDERS = (("word/", DOCX), ("ppt/", PPTX))
# What the member 'mimetype' says, as OpenDocument and EPUB have it.
_MIMETYPES: tuple[tuple[bytes, Format], ...] = (
    (b"application/epub", Format("a book (EPUB)", "books.epub", "application/epub+zip")),
    (b"application/vnd.oasis.opendocument.text", _ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", _ODS),
    (b"application/vnd.oasis.opendocument.presentation", _ODP),
    (b"application/vnd.oasis.opendocument.graphics", _ODG),
    (b"application/vnd.oasis.opendocument", Format("an OpenDocument file")),
)
_OLE_SEARCHED_BYTES = 32 << 20
# Names of streams, which stand in the container in UTF-16.
_OLE_STREAMS: tuple[tuple[str, Format], ...] = (
    ("__substg1.0_", Format("an email message (MSG)", "mail.msg", "application/vnd.ms-outlook")),
    (
        "__properties_version1.0",
        Format("an email message (MSG)", "mail.msg", "application/vnd.ms-outlook"),
    ),
    ("WordDocument", _DOC),
    ("PowerPoint Document", _PPT),
    ("Workbook", _XLS),
    ("Book", _XLS),
)

# What a name claims. The content has to agree, or the file is damaged.
_CLAIMS = {
    ".pdf": PDF,
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), DOCX),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"), PPTX),
}
_MARKDOWN_NAMES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"})
_HTML_NAMES = frozenset({".html", ".htm", ".xhtml", ".xht"})
_TEMPLATE_NAMES = frozenset(
    {".php", ".jsp", ".asp", ".aspx", ".vue", ".erb", ".j2", ".ejs", ".hbs"}
)
_PLAIN_NAMES = frozenset({".txt", ".text", ".log", ".json", ".jsonl", ".xml"})

# What may stand before the first element of a page; skipped by hand, since a pattern that may
# divide it in many ways takes for ever on what is none.
_BEFORE_ELEMENTS = ((b"<?", b">"), (b"<!--", b"-->"))


def detect(path: str, file: BinaryIO) -> Format:
    """The format of a file that one of our parsers reads.

    Raises `UnsupportedFormat` with the kind of file it is, and `DamagedDocument` where the content
    is not what the name claims.
    """
    suffix = PurePath(path).suffix.lower()
    with file_errors():
        head = file.read(HEAD_BYTES)
        found = _by_content(head, suffix, file)
    claimed = _CLAIMS.get(suffix)
    if found is None or (not found.parser and claimed):
        raise _refusal(found, claimed, suffix)
    if claimed and (found is _ZIP or found is TEXT or found in _TEXTS.values()):
        raise _other(claimed, found)
    if found.is_archive:
        raise UnreadArchive(kind=found.kind)
    if not found.parser:
        raise UnsupportedFormat(kind=found.kind)
    return found


def refusal_of_nothing(path: str) -> DamagedDocument | EmptyDocument:
    """Why a file without a byte is not read: no document is made like that."""
    claimed = PurePath(path).suffix.lower() in _CLAIMS
    return DamagedDocument(why="there is nothing in it") if claimed else EmptyDocument()


def _refusal(
    found: Format | None, claimed: Format | None, suffix: str
) -> DamagedDocument | UnsupportedFormat:
    if claimed:
        return _other(claimed, found)
    if 1 < len(suffix) <= 8:
        return UnsupportedFormat(kind="data without text ({suffix})", suffix=suffix[1:].upper())
    return UnsupportedFormat(kind="data without text")


def _other(claimed: Format, found: Format | None) -> DamagedDocument:
    return DamagedDocument(
        why="its name says that it is {claimed}, and it is {found}",
        claimed=claimed.kind,
        found=found.kind if found else "something else",
    )


def _by_content(head: bytes, suffix: str, file: BinaryIO) -> Format | None:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(file)
    if head.startswith(OLE_MAGIC):
        return _ole(file)
    if found := _by_signature(head):
        return found
    # After something that does not belong there; but a text may speak of it.
    if b"%PDF-" in head[:1024] and (suffix == ".pdf" or not is_text(head)):
        return PDF
    return _by_looks(head, suffix)


def _by_signature(head: bytes) -> Format | None:
    if head.startswith(b"MZ") and not is_text(head):
        return _PROGRAM
    if picture := _picture(head):
        return picture
    fitting = (entry for offset, magic, entry in _SIGNATURES if head.startswith(magic, offset))
    return next(fitting, None)


def _picture(head: bytes) -> Format | None:
    """The format of pictures that more than their first bytes tell."""
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return _BMP
    if head.startswith(b"ftyp", 4):
        said = head[8 : min(max(int.from_bytes(head[:4], "big"), 12), 64)]
        brands = [said[at : at + 4] for at in range(0, len(said), 4)]
        return next((found for brand, found in _BRANDS if brand in brands), None)
    return None


def _by_looks(head: bytes, suffix: str) -> Format | None:
    if suffix in _PLAIN_NAMES | _HTML_NAMES or is_text(head):
        return _text(head, suffix)
    if is_tar(head):  # the kind from before 1988 has no mark
        return _TAR
    # MuPDF repairs what has lost its beginning, and refuses the rest with a reason.
    return PDF if suffix == ".pdf" else None


def _text(head: bytes, suffix: str) -> Format:
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    element = _first_element(start)
    if suffix in _HTML_NAMES or (
        suffix not in _TEMPLATE_NAMES and element.startswith((b"<html", b"<!doctype html"))
    ):
        return HTML
    if suffix in _MARKDOWN_NAMES:
        return MARKDOWN
    if found := _by_element(element, start):
        return found
    if suffix in {".mht", ".mhtml"}:
        return _WEB_ARCHIVE
    if kind := mail_kind(start, suffix):
        return _MAIL[kind]
    kind = text_kind(start, suffix)
    return _TEXTS[kind] if kind else TEXT


def _by_element(element: bytes, start: bytes) -> Format | None:
    """The format of XML by its first element; None for XML of any other kind."""
    if element.startswith((b"<svg", b"<!doctype svg")):
        return _SVG
    if element.startswith(b"<fictionbook"):
        return _FB2
    if element.startswith(b"<office:document"):
        return next((found for said, found in _FLAT if said in start), None)
    return None


def _first_element(head: bytes) -> bytes:
    """The beginning of the first element, in small letters; empty where there is none."""
    rest = head.lstrip()
    while opening := next((pair for pair in _BEFORE_ELEMENTS if rest.startswith(pair[0])), None):
        rest = rest.partition(opening[1])[2].lstrip()
    return rest[:20].lower()


def _zip(file: BinaryIO) -> Format:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            for member, found in _MEMBERS:
                if member in names:
                    return found
            for folder, found in _FOLDERS:
                if "[Content_Types].xml" in names and any(
                    name.startswith(folder) for name in names
                ):
                    return found
            if any(name.endswith(".fdseq") for name in names):
                return _XPS
            if "mimetype" in names:
                with archive.open("mimetype") as member_file:
                    said = member_file.read(100)
                return next((found for start, found in _MIMETYPES if said.startswith(start)), _ZIP)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        ValueError,
        EOFError,
    ) as exc:
        raise DamagedDocument(why="its archive is cut off or broken") from exc
    return _ZIP


def _ole(file: BinaryIO) -> Format:
    """The container of Office before 2007, and of encrypted documents since."""
    names = _streams(file)
    if "encryptedpackage" in names:
        return _ENCRYPTED_OFFICE
    fitting = (
        found
        for start, found in _OLE_STREAMS
        if any(name.startswith(start.lower()) for name in names)
    )
    return next(fitting, _LEGACY_OFFICE)


def _streams(file: BinaryIO) -> set[str]:
    """The names in the container itself, in small letters: those of documents inside it are not
    of the document. Of a container that is broken those that stand anywhere in it."""
    import olefile

    file.seek(0)
    try:
        with olefile.OleFileIO(file) as container:  # leaves the file open
            return {entry[0].lower() for entry in container.listdir(storages=True)}
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        file.seek(0)
        data = file.read(_OLE_SEARCHED_BYTES)
        known = ("EncryptedPackage", *(name for name, _ in _OLE_STREAMS))
        return {name.lower() for name in known if name.encode("utf-16-le") in data}
