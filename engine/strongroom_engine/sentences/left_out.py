"""What of a file is not in its document, in a report. Every text here is translated."""

from __future__ import annotations

from functools import partial

from strongroom_engine.sentences.saying import Saying

_left_out = partial(Saying, within=frozenset({"left_out"}))

DAMAGED_PAGES = _left_out("pages that are damaged")
PICTURES = _left_out("pictures, whose text is not recognised")
SCANS = _left_out("pages that are pictures; text recognition is turned off")
ILLEGIBLE = _left_out("pages that are pictures, in which no text could be recognised")
MACROS = _left_out("macros, which are never run")
EMBEDDED_FILES = _left_out("files inside it that cannot be opened")
REMOTE_CONTENT = _left_out("parts that lie on the network, which is never asked")
TOO_MANY_MEMBERS = _left_out("documents inside it beyond the limit")
EXCLUDED_MEMBERS = _left_out("documents inside it that you left out")
DAMAGED_MEMBERS = _left_out("documents inside it that are damaged")
TOO_MANY_ROWS = _left_out("rows beyond the limit")
LONG_TEXT = _left_out(
    "the last {left} of its text; the limit is {size}, which can be raised in the settings"
)
TWO_READINGS = _left_out(
    "columns whose numbers or dates can be read in two ways, and are kept as text"
)
UNSAVED_RESULTS = _left_out("formulas whose results are not saved in the file")
CHARTS = _left_out("charts; the figures they show stand in cells")
PIVOT_DATA = _left_out("copies of data behind pivot tables")
NAVIGATION = _left_out("menus and other parts around the text")
DAMAGED_PARTS = _left_out("entries that are damaged")
ENCRYPTED_MESSAGE = _left_out(
    "text that is encrypted for its recipient; the mail program can save it decrypted"
)
MAIL_SIGNATURES = _left_out("digital signatures, which are not checked")
LOGOS = _left_out("small pictures in the text, such as logos")
DELETED_MAILS = _left_out(
    "messages that were deleted in the mail program and are still in the file"
)
OUTSIDE_ATTACHMENTS = _left_out("attachments that the mail program keeps outside the message")
BUILT_FORMS = _left_out("forms that only Adobe's programs build (XFA)")
