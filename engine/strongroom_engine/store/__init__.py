"""The encrypted SQLite library: the only place that knows SQL."""

from strongroom_engine.store.document_words import name_words
from strongroom_engine.store.headers import Header, header
from strongroom_engine.store.indexes import VectorIndex
from strongroom_engine.store.keys import (
    KEY_FILE_VARIABLE,
    LibraryKey,
    key_from_file,
    key_from_keyring,
    key_from_passphrase,
    keyring_usable,
    obtain_key,
)
from strongroom_engine.store.passages import StoredChunk
from strongroom_engine.store.scope import Scope
from strongroom_engine.store.store import Store
from strongroom_engine.store.words import index_words

__all__ = [
    "KEY_FILE_VARIABLE",
    "Header",
    "LibraryKey",
    "Scope",
    "Store",
    "StoredChunk",
    "VectorIndex",
    "header",
    "index_words",
    "key_from_file",
    "key_from_keyring",
    "key_from_passphrase",
    "keyring_usable",
    "name_words",
    "obtain_key",
]
