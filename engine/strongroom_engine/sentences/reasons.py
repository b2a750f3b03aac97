"""What fills the `{why}` of errors, where it has places of its own or is said in one stage only."""

from __future__ import annotations

from functools import partial

from strongroom_engine.sentences.saying import Saying

_why = partial(Saying, within=frozenset({"why"}))

# --- files ---------------------------------------------------------------------------------------

IS_DAMAGED = _why("{name} is damaged")
IS_MISSING = _why("{name} is missing")
ITS_PART_IS_MISSING = _why("its {name} is missing")
CANNOT_BE_READ = _why("{name} cannot be read")
IS_NOT_WHAT_IT_WAS = _why("{name} is not what it was")
HAS_NO_PAGE = _why("it has no page {page} any more")
EXIT_CODE = _why("exit code {code}")
CANNOT_BE_LOCKED = _why("it cannot be locked")
CANNOT_BE_MADE = _why("it cannot be made")
CANNOT_BE_WRITTEN = _why("it cannot be written")
FOLDER_CANNOT_BE_WRITTEN = _why("its folder cannot be written")
IT_CANNOT_BE_READ = _why("it cannot be read")
CANNOT_BE_DELETED = _why("a file cannot be deleted")
KEYRING_REFUSED = _why("the system's keyring refused ({failure})")

OF_THE_SYSTEM = {
    text: _why(text)
    for text in (
        "Permission denied",
        "Operation not permitted",
        "No such file or directory",
        "No space left on device",
        "Disk quota exceeded",
        "Read-only file system",
        "Input/output error",
        "Is a directory",
        "Not a directory",
        "File exists",
        "File name too long",
        "Too many open files",
        "Device or resource busy",
        "Resource busy",
    )
}
"""What Linux and macOS say in English, whatever their language; Windows speaks its own."""

# --- models --------------------------------------------------------------------------------------

INCOMPLETE = _why("its file is incomplete ({done} of {total} bytes)")
NOT_ACCEPTED = _why("llama.cpp does not accept it; it is damaged, or too new a kind")
REPORTED = _why("llama.cpp reported: {report}")
TEMPLATE_LEAVES_OUT = _why("its chat template leaves out messages")
TEMPLATE_UNUSABLE = _why("its chat template cannot be used")
NOT_IN_THE_FOLDER = _why("it is not in the folder")
GRAPH_DAMAGED = _why("its graph does not load; it is damaged")
POOLS_OTHERWISE = _why("it pools by {pooling}, not by mean")
NO_EMBEDDING_MODEL = _why("there is none")
CARD_IS_BARE = _why("{name} names no graph or no tokenizer")
READS_NO_PAIRS = _why("its graph cannot read pairs of texts of any length")
WANTS_SOMETHING_ELSE = _why("its graph wants '{input}', which is not of a cross-encoder for texts")
GIVES_VECTORS = _why("it gives vectors and no score: it is an embedding model")
GIVES_CLASSES = _why("it gives {n} numbers for a pair and not one score: it is a classifier")
NO_GRAPH = _why("there is no model.onnx in it, nor in onnx/")
SCORES_NO_NUMBERS = _why("its scores are no numbers")
RANKS_WRONGLY = _why("it does not put an answer above a passage about something else")

# --- schemas -------------------------------------------------------------------------------------

TOO_LONG = _why("it is longer than {n} characters")
TOO_DEEP = _why("it is nested deeper than {n} levels")
TOO_DEEP_OR_CIRCULAR = _why("it refers to itself, or is nested deeper than {n} levels")
TOO_MANY_PARTS = _why("it has more than {n} parts")
ENDLESS = _why("it refers to itself without end")
UNWRITABLE = _why("it holds what cannot be written as a grammar")
TOO_MANY_ANSWERS = _why("it allows too many different answers")
NO_GRAMMAR = _why("llama.cpp cannot make a grammar of it")
REFERS_OUTSIDE = _why("it refers to something outside itself")
NOT_A_COUNT = _why("{name} is not a number from 0")
COUNT_TOO_LARGE = _why("{name} is more than {n}")
NO_FIELD = _why("“{name}” is not the name of a field")
NO_TYPE = _why("“{name}” is not one of {known}")
TWICE = _why("“{name}” stands there twice")
NO_FIELDS = _why("it names no fields, not 1 to {n}")
TOO_MANY_FIELDS = _why("it names {total} fields, not 1 to {n}")
NO_OBJECT = _why("it is not a JSON object")
NO_JSON = _why("it is not JSON ({report})")
SAYS_NOTHING = _why("it says nothing about what is wanted")
ALLOWS_NOTHING = _why("a part of it allows nothing")
NOT_SUPPORTED = _why("“{name}” is not supported")
IS_OUTSIDE = _why("“{name}” is outside it")
IS_NOT_IN_IT = _why("“{name}” is not in it")
TOO_MUCH = _why("too much of it does not")

# --- templates, questions and places -------------------------------------------------------------

LACKS = _why("{name} lacks {{{field}}}")
HAS_AN_UNKNOWN = _why("{name} has an unknown {{{field}}}")
IN_LINE = _why("line {line}: {why}")
NO_QUESTIONS = _why("there is no question in it")
TOO_MANY_QUESTIONS = _why("it has {n} questions; {total} can be asked")
TOO_LARGE = _why("it is too large for a list of questions")
NO_TEXT = _why("it is no text; save the table as CSV")
NO_QUESTION = _why("the question is missing")
OPEN_QUOTATION = _why("a quotation mark is not closed")
NO_SUCH_PAGE = _why("it has {n} pages, and no page {page}")
NO_SUCH_CHARACTERS = _why("it has {n} characters")
NOT_ON_PAGE = _why("the quote does not stand in page {page}")
NOT_IN_TEXT = _why("the quote does not stand in its text")
