"""Parts of OpenDocument files that are encrypted with a password (ODF 1.2 and 1.3, part 'Packages').

AES in blocks (CBC) is what nearly all programs write; newer ones of LibreOffice encrypt the whole
document as one part with AES-GCM and a key from Argon2; the oldest ones used Blowfish.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from dataclasses import dataclass, field
from typing import Any

from strongroom_engine.errors import NeedsPassword, TooLarge
from strongroom_engine.indexing.parse.office.package import Element
from strongroom_engine.indexing.sizes import human_size

_M = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_L = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
MAX_ROUNDS = 10_000_000
MAX_MEMORY_KB = 1 << 20
"""What a hostile file may ask for at most when a key is made from a password."""
_CHECKED_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Encryption:
    """What the manifest says of how a part is encrypted."""

    cipher: str
    vector: bytes
    derivation: str
    salt: bytes
    rounds: int
    key_bytes: int
    start: str
    """The hash that the password goes through first."""
    checksum_kind: str
    checksum: bytes
    argon: tuple[int, int, int] = field(default=(0, 0, 0))
    """Rounds, memory in KB, lanes."""


def encrypted(manifest: Element) -> dict[str, Encryption]:
    """The parts that are encrypted."""
    found: dict[str, Encryption] = {}
    for entry in manifest.iterfind(f"{_M}file-entry"):
        data = entry.find(f"{_M}encryption-data")
        if data is not None:
            found[entry.get(f"{_M}full-path", "")] = _encryption(data)
    return found


def _encryption(data: Element) -> Encryption:
    cipher, key = data.find(f"{_M}algorithm"), data.find(f"{_M}key-derivation")
    start = data.find(f"{_M}start-key-generation")
    if cipher is None or key is None:
        raise NeedsPassword
    argon = tuple(
        int(key.get(f"{_M}{name}") or key.get(f"{_L}{name}") or 0)
        for name in ("argon2-iterations", "argon2-memory", "argon2-lanes")
    )
    return Encryption(
        cipher=_short(cipher.get(f"{_M}algorithm-name", "")),
        vector=base64.b64decode(cipher.get(f"{_M}initialisation-vector", "")),
        derivation=_short(key.get(f"{_M}key-derivation-name", "")),
        salt=base64.b64decode(key.get(f"{_M}salt", "")),
        rounds=int(key.get(f"{_M}iteration-count") or 1024),
        key_bytes=int(key.get(f"{_M}key-size") or 16),
        start=_short(start.get(f"{_M}start-key-generation-name", ""))
        if start is not None
        else "sha1",
        checksum_kind=_short(data.get(f"{_M}checksum-type", "")),
        checksum=base64.b64decode(data.get(f"{_M}checksum", "")),
        argon=(argon[0], argon[1], argon[2]),
    )


def _short(name: str) -> str:
    """'http://www.w3.org/2001/04/xmlenc#aes256-cbc' -> 'aes256-cbc'"""
    return name.rpartition("#")[2].rpartition(":")[2].lower()


def decrypt(data: bytes, how: Encryption, passwords: tuple[str, ...], limit_bytes: int) -> bytes:
    """The part as it was before; raises `NeedsPassword` where no password fits."""
    if how.rounds > MAX_ROUNDS or how.argon[1] > MAX_MEMORY_KB:
        raise NeedsPassword
    for password in passwords:
        plain = _plain(data, how, password)
        if plain is not None:
            return _unpacked(plain, limit_bytes)
    raise NeedsPassword


def _plain(data: bytes, how: Encryption, password: str) -> bytes | None:
    """What was packed before it was encrypted; None for a wrong password."""
    from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm

    try:
        plain = _deciphered(data, how, _key(how, password))
    except (ValueError, InvalidTag, UnsupportedAlgorithm):
        return None
    if how.checksum and not how.cipher.endswith("gcm") and not _is_right(plain, how):
        return None
    return plain


def _is_right(plain: bytes, how: Encryption) -> bool:
    """Whether the checksum fits, of the part without or with what fills its last block."""
    kind = hashlib.sha256 if "256" in how.checksum_kind else hashlib.sha1
    limit = _CHECKED_BYTES if how.checksum_kind.endswith("1k") else len(plain)
    parts = (plain[: len(plain) - plain[-1]], plain) if plain else ()
    return any(kind(part[:limit]).digest() == how.checksum for part in parts)


def _key(how: Encryption, password: str) -> bytes:
    kind = hashlib.sha256 if "256" in how.start else hashlib.sha1
    start = kind(password.encode()).digest()
    if how.derivation.startswith("argon2"):
        from argon2.low_level import Type, hash_secret_raw

        rounds, memory, lanes = how.argon
        key: bytes = hash_secret_raw(start, how.salt, rounds, memory, lanes, how.key_bytes, Type.ID)
        return key
    return hashlib.pbkdf2_hmac("sha1", start, how.salt, how.rounds, how.key_bytes)


def _deciphered(data: bytes, how: Encryption, key: bytes) -> bytes:
    from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import CBC

    if how.cipher.endswith("gcm"):
        vector = len(how.vector)
        return AESGCM(key).decrypt(how.vector, data[vector:], None)
    cipher: Any
    if "blowfish" in how.cipher:
        cipher = Cipher(Blowfish(key), CFB(how.vector))
    else:
        cipher = Cipher(AES(key), CBC(how.vector))
    opened = cipher.decryptor()
    plain: bytes = opened.update(data) + opened.finalize()
    return plain


def _unpacked(plain: bytes, limit_bytes: int) -> bytes:
    """The part without the padding of its last block, which comes after what was packed."""
    if plain.startswith(b"PK\x03\x04"):  # a package, which is packed already
        return plain
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    data = unpacker.decompress(plain, limit_bytes)
    if unpacker.unconsumed_tail:
        raise TooLarge(size=human_size(limit_bytes + 1), limit=human_size(limit_bytes))
    return data
