"""What is inside a message that was signed in one piece (S/MIME, CMS signed-data).

Only the wrapping is undone, by the few rules of BER that it needs; no signature is checked.
"""

from __future__ import annotations

import base64
import binascii

_SIGNED = bytes.fromhex("2a864886f70d010702")
_DATA = bytes.fromhex("2a864886f70d010701")
_SEQUENCE, _OCTETS, _CONSTRUCTED_OCTETS, _ID, _INNER = 0x30, 0x04, 0x24, 0x06, 0xA0
_MAX_DEPTH = 12


class _Broken(Exception):
    """It is not what it should be."""


def signed_content(data: bytes) -> bytes | None:
    """The MIME part that was signed; None where the data is encrypted or something else."""
    try:
        if data[:1] != b"\x30":
            data = base64.b64decode(data, validate=False)
        kind, inner = _content_info(data)
        if kind != _SIGNED:
            return None
        fields = _children(_first(_children(inner), _SEQUENCE))
        held = next(value for tag, value in fields[2:] if tag == _SEQUENCE)
        kind, octets = _info(held)
        return _octets(octets) if kind == _DATA else None
    except (_Broken, StopIteration, IndexError, binascii.Error, RecursionError):
        return None


def _content_info(data: bytes) -> tuple[bytes, bytes]:
    return _info(_first(_children(data), _SEQUENCE))


def _info(data: bytes) -> tuple[bytes, bytes]:
    """What kind of content it is, and the content."""
    fields = _children(data)
    return _first(fields, _ID), _first(fields, _INNER)


def _first(fields: list[tuple[int, bytes]], tag: int) -> bytes:
    return next(value for found, value in fields if found == tag)


def _octets(data: bytes, depth: int = 0) -> bytes:
    """Octets in one piece, or in pieces of pieces."""
    if depth > _MAX_DEPTH:
        raise _Broken
    return b"".join(
        value if tag == _OCTETS else _octets(value, depth + 1)
        for tag, value in _children(data)
        if tag in (_OCTETS, _CONSTRUCTED_OCTETS)
    )


def _children(data: bytes) -> list[tuple[int, bytes]]:
    """The values that follow each other, with their tags."""
    found, at = [], 0
    while at < len(data) and data[at : at + 2] != b"\0\0":
        tag, start, end, following = _value(data, at)
        found.append((tag, data[start:end]))
        at = following
    return found


def _value(data: bytes, at: int, depth: int = 0) -> tuple[int, int, int, int]:
    """(tag, start, end, where the next one begins) of the value at `at`."""
    if depth > _MAX_DEPTH or at + 2 > len(data):
        raise _Broken
    tag, length, start = data[at], data[at + 1], at + 2
    if length == 0x80:  # its end is marked
        end = start
        while data[end : end + 2] != b"\0\0":
            end = _value(data, end, depth + 1)[3]
        return tag, start, end, end + 2
    if length > 0x80:
        count = length & 0x7F
        length = int.from_bytes(data[start : start + count], "big")
        start += count
    end = start + length
    if end > len(data):
        raise _Broken
    return tag, start, end, end
