"""The encrypted SQLite library: the only place that knows SQL."""

from strongroom_engine.store.access.erasing import erase
from strongroom_engine.store.access.headers import Header, header
from strongroom_engine.store.access.keys import (
    KEY_FILE_VARIABLE,
    LibraryKey,
    change_passphrase,
    give_to_keyring,
    key_from_file,
    key_from_keyring,
    key_from_passphrase,
    keyring_usable,
    obtain_key,
)
from strongroom_engine.store.connection import Stop, never
from strongroom_engine.store.damage.rebuilding import drop_aside, kept_aside, rebuild
from strongroom_engine.store.damage.salvage import Follow
from strongroom_engine.store.document_words import name_words
from strongroom_engine.store.documents import UNREAD_SIZE, KnownFile
from strongroom_engine.store.indexes import VectorIndex
from strongroom_engine.store.lexical import MOST_COUNTED
from strongroom_engine.store.lexicon.languages import (
    ENGLISH,
    FUNCTION_WORDS,
    LATIN,
    LEAST_OF_QUESTION,
    language_of,
)
from strongroom_engine.store.lexicon.normal import normal_forms
from strongroom_engine.store.lexicon.stems import porter, stem
from strongroom_engine.store.lexicon.words import (
    UNSEGMENTED,
    WORD,
    index_words,
    other_spellings,
    spellings,
)
from strongroom_engine.store.listing import DocumentFacts
from strongroom_engine.store.mails import StoredMail
from strongroom_engine.store.passages import StoredChunk
from strongroom_engine.store.scope import Scope
from strongroom_engine.store.store import Store

__all__ = [
    "ENGLISH",
    "FUNCTION_WORDS",
    "KEY_FILE_VARIABLE",
    "LATIN",
    "LEAST_OF_QUESTION",
    "MOST_COUNTED",
    "UNREAD_SIZE",
    "UNSEGMENTED",
    "WORD",
    "DocumentFacts",
    "Follow",
    "Header",
    "KnownFile",
    "LibraryKey",
    "Scope",
    "Stop",
    "Store",
    "StoredChunk",
    "StoredMail",
    "VectorIndex",
    "change_passphrase",
    "drop_aside",
    "erase",
    "give_to_keyring",
    "header",
    "index_words",
    "kept_aside",
    "key_from_file",
    "key_from_keyring",
    "key_from_passphrase",
    "keyring_usable",
    "language_of",
    "name_words",
    "never",
    "normal_forms",
    "obtain_key",
    "other_spellings",
    "porter",
    "rebuild",
    "spellings",
    "stem",
]
