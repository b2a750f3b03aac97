"""What the stages say to whoever asked, beside answers and errors. Every text here is translated.

A sentence is made by calling its saying; what fills a place may be made of another.
"""

from __future__ import annotations

from strongroom_engine.sentences.saying import Saying

# --- what narrowed the search --------------------------------------------------------------------

ONLY_IN = Saying("Searched only in {place}.")
IN_VAIN = Saying("Nothing was found in {place}, so everything was searched.")
COUNTED_ONLY = Saying("Counted only what is {clause}.")
MAILS_FROM = Saying("mails from {name}", within=frozenset({"place"}))
THE_COLLECTION = Saying("the collection {name}", within=frozenset({"place"}))
LAST_CHANGED = Saying("files last changed {when}", within=frozenset({"place"}))
NAMED_BY = Saying("the {n} documents named by ‘{name}’", within=frozenset({"place"}))

BEFORE = Saying("before {day}", within=frozenset({"when"}))
SINCE = Saying("on {day} or later", within=frozenset({"when"}))
ON = Saying("on {day}", within=frozenset({"when"}))
FROM_TO = Saying("from {day} to {last_day}", within=frozenset({"when"}))

# --- lists ---------------------------------------------------------------------------------------

FILES = Saying("{file} and {names}", within=frozenset({"place", "names"}))
COLLECTIONS = Saying("{name} and {collections}", within=frozenset({"collections"}))
TYPES = Saying("{type} or {types}", within=frozenset({"types"}))

# --- what was searched ---------------------------------------------------------------------------

SEARCHED = Saying("Searched {n} documents.", "Searched {n} document.")
SEARCHED_ALL = Saying(
    "Searched {n} documents in all collections.", "Searched {n} document in all collections."
)
SEARCHED_IN = Saying(
    "Searched {n} documents in {collections}.", "Searched {n} document in {collections}."
)
PUT_TO_EACH = Saying("Put “{question}” to each of {n} {kind}, {where}.")
READ_NEAREST = Saying("Read {done} of the {total} nearest passages, of {documents}.")
READ_PASSAGES = Saying("Read {n} passages of {documents}.")
CUT_OFF = Saying("There may be more: an answer was cut off.")
READ_NOTHING = Saying("Nothing was found to read.")
READ_THROUGH = Saying("Read {names} from end to end.")
READ_NEAREST_OF = Saying("Read the nearest passages of {names}.")
READ_NAMED = Saying("Read {names}.")
COMPARED = Saying("Compared {names}, sentence by sentence.")
NOT_EXPLAINED = Saying("Nothing is explained: {why}")
QUOTED_BECAUSE = Saying("Sentences are quoted as they stand: {why}")
DOCUMENTS = Saying(
    "{n} documents", "{n} document", within=frozenset({"documents", "names", "place"})
)

# --- how much was read ---------------------------------------------------------------------------

READ_TO_THE_END = Saying("Read {done} of {n} documents to their end.")
LOOKED_INTO = Saying("Looked into {done} of {n} documents.")
COVERED = Saying("{read}.")
COVERED_IN_PART = Saying("{read}; {chosen}.")
PAGES_READ = Saying(
    "Read {done} of {n} pages", "Read {done} of {n} page", within=frozenset({"read"})
)
PASSAGES_READ = Saying("Read {done} of {total} passages", within=frozenset({"read"}))
ALL_PASSAGES_READ = Saying(
    "Read all {n} passages", "Read its one passage", within=frozenset({"read"})
)
CONDENSED_AND_QUOTED = Saying("{condensed}; {quoted}", within=frozenset({"chosen"}))
CONDENSED = Saying(
    "the model condensed the {n} sentences that say most",
    within=frozenset({"chosen", "condensed"}),
)
CONDENSED_SOME = Saying(
    "the model condensed {done} of the {n} sentences that say most",
    within=frozenset({"chosen", "condensed"}),
)
QUOTED = Saying(
    "the {n} that say most are quoted", "one is quoted", within=frozenset({"chosen", "quoted"})
)

# --- what the index itself counted ---------------------------------------------------------------

COUNTED = Saying("Counted by the index itself: {what}; {where} ({n} files).")
WHAT_A_KIND_IS = Saying(
    "What a document is, its file name, title and first line say, else its folder and"
    " collection; leases count as contracts."
)
WHAT_MAILS_ARE = Saying("Mails are what is saved as one, and what begins with the head of one.")
WITHOUT_TEXT = Saying(
    "{n} files without text could not be looked into.",
    "{n} file without text could not be looked into.",
)
UNDATED = Saying("{n} of the mails had no date that could be read.")
PAGES_OF = Saying("pages of “{name}”", within=frozenset({"what"}))

ASKED_TABLE = Saying(
    "Asked the table {name} of {file} ({n} rows).", "Asked the table {name} of {file} ({n} row)."
)
ASKED_TABLES = Saying("Asked {total} tables as one ({n} rows).")

CHOSEN = Saying("among the documents chosen", within=frozenset({"where"}))
IN_COLLECTIONS = Saying("in {collections}", within=frozenset({"where"}))
IN_WHAT_IS_LEFT = Saying("in what the filters leave of the library", within=frozenset({"where"}))
EVERYWHERE = Saying("in the whole library", within=frozenset({"where"}))

_KIND = frozenset({"what", "kind"})
MAILS = Saying("mails", "mail", within=_KIND)
FILES_OF_TYPE = Saying("{types} files", "{types} file", within=_KIND)
DOCUMENTS_KIND = Saying("documents", "document", within=_KIND)
GENRES = {
    "contract": Saying("contracts", "contract", within=_KIND),
    "lease": Saying("leases", "lease", within=_KIND),
    "report": Saying("reports", "report", within=_KIND),
    "filing": Saying("filings", "filing", within=_KIND),
    "letter": Saying("letters", "letter", within=_KIND),
    "invoice": Saying("invoices", "invoice", within=_KIND),
    "minutes": Saying("minutes", within=_KIND),
    "policy": Saying("policies", "policy", within=_KIND),
    "offer": Saying("offers", "offer", within=_KIND),
    "will": Saying("wills", "will", within=_KIND),
    "statement": Saying("statements", "statement", within=_KIND),
    "paper": Saying("papers", "paper", within=_KIND),
    "deed": Saying("deeds", "deed", within=_KIND),
    "memo": Saying("memos", "memo", within=_KIND),
}
"""By the names that the grammars give them."""

_CLAUSE = frozenset({"what", "clause"})
CLAUSES = {
    "mention": Saying("whose text holds {words}", within=_CLAUSE),
    "with": Saying("with “{name}” in file name, title or opening", within=_CLAUSE),
    "sender": Saying("from “{name}”", within=_CLAUSE),
    "recipient": Saying("to “{name}”", within=_CLAUSE),
    "subject": Saying("with {words} in the subject", within=_CLAUSE),
    "attached": Saying("with attachments", within=_CLAUSE),
    "unattached": Saying("without attachments", within=_CLAUSE),
    "dated": Saying("dated {when}", within=_CLAUSE),
    "changed": Saying("last changed {when}", within=_CLAUSE),
    "collection": Saying("in the collection {name}", within=_CLAUSE),
    "typed": Saying("of type {name}", within=_CLAUSE),
    "unread": Saying("that could not be read", within=_CLAUSE),
    "failed": Saying("that failed", within=_CLAUSE),
    "skipped": Saying("that were skipped", within=_CLAUSE),
    "readable": Saying("whose text can be searched", within=_CLAUSE),
    "waiting": Saying("that wait to be read", within=_CLAUSE),
}
"""By what a clause of a question asks."""
_WORDS = frozenset({"words"})
WORD = Saying("the word “{word}”", within=_WORDS)
WORD_IN_ANY_FORM = Saying("the word “{word}”, in any of its forms", within=_WORDS)
SEVERAL_WORDS = Saying("the words “{word}”", within=_WORDS)
SEVERAL_WORDS_IN_ANY_FORM = Saying("the words “{word}”, in any of their forms", within=_WORDS)

# --- what is meant for a machine -----------------------------------------------------------------

HIDDEN = Saying("It cannot be seen in the document.")
INSTRUCTION = Saying("It reads like an instruction to a machine.")
LINK = Saying("It is a link or an image that could carry text away.")
TOKEN = Saying("It imitates the marks of which a language model's prompt is built.")
UNSEEN = Saying("It holds characters that cannot be seen.")

# --- a cell of a table ---------------------------------------------------------------------------

FAULT = Saying("A fault: {fault}")

# --- which model answers -------------------------------------------------------------------------

RUNS_ON_PROCESSOR = Saying(
    "{model} on the processor: {reason}; it takes {needed} of {free} GB free memory."
)
RUNS_ON_SHARED = Saying(
    "{model} on {device}: {reason}; it takes {needed} of {free} GB free memory."
)
RUNS_ON_GPU = Saying(
    "{model} on {device}: {reason}; it takes {needed} of {free} GB free GPU memory."
)
NOT_HERE_YET = Saying("Its file is not on this computer yet.")
_REASON = frozenset({"reason"})
ALL_FITS = Saying("all of it fits", within=_REASON)
LAYERS_FIT = Saying("{done} of {n} layers fit into the GPU", within=_REASON)
NOT_EXAMINED = Saying("GPUs could not be examined ({why})", within=_REASON)
NO_GPU = Saying("no GPU was found", within=_REASON)
GPU_TOO_FULL = Saying("{name} has only {free} GB free", within=_REASON)
AND_PROCESSOR = Saying("{name} and the processor", within=frozenset({"device"}))

_WHY = frozenset({"why"})
NEEDS_MORE = Saying(
    "{model} needs {needed} GB, and of {free} GB free {kept} GB are left to other programs",
    within=_WHY,
)
TOOK_TOO_LONG = Saying("it took more than {n} seconds", within=_WHY)
NOT_UNDERSTOOD = Saying("its answer could not be understood", within=_WHY)
ENDED = Saying("its process ended by itself (exit code {code})", within=_WHY)
KILLED = Saying(
    "the system ended its process (SIGKILL), as it does when memory runs out", within=_WHY
)
CRASHED = Saying("its process crashed ({signal})", within=_WHY)
ENDED_BY_SIGNAL = Saying("its process was ended by signal {signal}", within=_WHY)
