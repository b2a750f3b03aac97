"""What of a PDF page is said beside its text: the fields of forms, and people's comments.

Their words become blocks as MuPDF has them, which stand where the field or the comment does. So a
citation of them is highlighted there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pymupdf

from strongroom_engine.indexing.parse.clean import has_words, one_line

MAX_CHARACTERS = 20_000
MAX_LABEL = 200
SIZE_PT = 8.0
"""The size of type that such a text is taken to have: smaller than headings."""
BESIDE = "beside"
"""What marks a line that is not painted in the words it has here."""

Box = tuple[float, float, float, float]

_HIDDEN = pymupdf.mupdf.PDF_ANNOT_IS_HIDDEN | pymupdf.mupdf.PDF_ANNOT_IS_NO_VIEW
_NO_COMMENTS = frozenset(
    {
        pymupdf.mupdf.PDF_ANNOT_POPUP,
        pymupdf.mupdf.PDF_ANNOT_LINK,
        pymupdf.mupdf.PDF_ANNOT_WIDGET,
        pymupdf.mupdf.PDF_ANNOT_FREE_TEXT,  # which is painted, and so is in the text
    }
)
_BUTTONS = frozenset(
    {pymupdf.mupdf.PDF_WIDGET_TYPE_CHECKBOX, pymupdf.mupdf.PDF_WIDGET_TYPE_RADIOBUTTON}
)
_WORDLESS = frozenset(
    {pymupdf.mupdf.PDF_WIDGET_TYPE_BUTTON, pymupdf.mupdf.PDF_WIDGET_TYPE_SIGNATURE}
)
_SAYS_LITTLE = re.compile(r"yes|on|true|checked|\W*\d*\W*|\w", re.IGNORECASE)
_NUMBER = re.compile(r"\[\d+\]")


def is_built_when_opened(file: pymupdf.Document) -> bool:
    """Whether the pages say "please wait" only, and a program builds a form (XFA) in their place."""
    with suppress(RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase):
        catalog = file.pdf_catalog()
        kind, _ = file.xref_get_key(catalog, "AcroForm/XFA")
        _, built = file.xref_get_key(catalog, "NeedsRendering")
        return kind != "null" and (built == "true" or not file.is_form_pdf)
    return False


def added(page: pymupdf.Page) -> list[dict[str, Any]]:
    """The blocks of the page's filled fields and of its comments, after those of its text."""
    found = []
    # A broken field or comment is no reason to lose the page. Some of the library's errors for
    # them are of no type of their own.
    with suppress(Exception):
        if page.first_widget:
            found += [_block(said, box) for said, box in _fields(page)]
    with suppress(Exception):
        if page.first_annot:
            found += [_block(said, box) for said, box in _comments(page)]
    return found


def _fields(page: pymupdf.Page) -> Iterator[tuple[str, Box]]:
    for widget in page.widgets():
        if (
            widget.field_type in _WORDLESS
            or widget.field_flags & pymupdf.mupdf.PDF_TX_FIELD_IS_PASSWORD
        ):
            continue
        value = _value(widget)
        if value:
            yield f"{_label(widget)}: {value}", tuple(widget.rect)


def _value(widget: Any) -> str:
    """What a field says; '' for one that is empty, or a box that is not checked."""
    value = widget.field_value
    if widget.field_type in _BUTTONS:
        if value in (None, False, "", "Off") or not _is_on(widget, str(value)):
            return ""
        said = one_line(str(value), MAX_LABEL)
        return "checked" if value is True or _SAYS_LITTLE.fullmatch(said) else f"checked ({said})"
    if isinstance(value, (list, tuple)):
        value = ", ".join(map(str, value))
    return one_line(str(value or ""), MAX_CHARACTERS)


def _is_on(widget: Any, value: str) -> bool:
    """Buttons of one group share the group's value: the one that has it is on."""
    on = widget.on_state()
    return value == "True" or on is None or str(on) in (value, "True")


def _label(widget: Any) -> str:
    """What a person reads of a field; else its name, without the path that programs need."""
    named = one_line(str(widget.field_label or ""), MAX_LABEL)
    if has_words(named):
        return named.rstrip(": ")
    last = _NUMBER.sub("", str(widget.field_name or "")).rpartition(".")[2]
    return one_line(last.replace("_", " "), MAX_LABEL)


def _comments(page: pymupdf.Page) -> Iterator[tuple[str, Box]]:
    for annotation in page.annots():
        if annotation.type[0] in _NO_COMMENTS or annotation.flags & _HIDDEN:
            continue
        said = one_line(annotation.info.get("content") or "", MAX_CHARACTERS)
        if has_words(said):
            author = one_line(annotation.info.get("title") or "", MAX_LABEL)
            by = f"Comment by {author}: " if has_words(author) else "Comment: "
            yield by + said, tuple(annotation.rect)


def _block(said: str, box: Box) -> dict[str, Any]:
    span = {
        "text": said,
        "chars": [{"c": character, "bbox": box} for character in said],
        "bbox": box,
        "size": SIZE_PT,
        "flags": 0,
        "font": "",
        "color": 0,
    }
    line = {"spans": [span], "bbox": box, "dir": (1.0, 0.0), "wmode": 0, BESIDE: True}
    return {"type": 0, "bbox": box, "lines": [line]}
