"""Landlock: a Linux process gives up writing files and reaching out (kernel 5.13, 2021, and later).

Reading stays allowed everywhere: documents lie anywhere, and so do libraries and fonts. The numbers
are those of linux/landlock.h, the same on all processors.
"""

from __future__ import annotations

import ctypes
import os

_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_ASK_VERSION = 1
_NO_NEW_PRIVILEGES = 38

_EXECUTE, _WRITE_FILE, _IOCTL_DEVICE = 1 << 0, 1 << 1, 1 << 15
_REMOVE_AND_MAKE = sum(1 << bit for bit in range(4, 13))
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


def version() -> int:
    """Of what the kernel offers; 0 where it offers nothing."""
    try:
        return max(0, _syscall(_CREATE_RULESET, None, 0, _ASK_VERSION))
    except (OSError, AttributeError):
        return 0


def confine() -> None:
    """Give up all that this kernel's Landlock knows; raises `OSError` where it has none."""
    known = version()
    rules = _Ruleset(_files(known), _BIND_AND_CONNECT, _ABSTRACT_SOCKETS_AND_SIGNALS)
    size = 24 if known >= 6 else 16 if known >= 4 else 8  # what an older kernel does not know
    ruleset = _syscall(_CREATE_RULESET, ctypes.byref(rules), size, 0)
    try:
        forbid_new_privileges()
        _syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _files(known: int) -> int:
    """What is refused with files: no rule allows any of it anywhere."""
    refused = _EXECUTE | _WRITE_FILE | _REMOVE_AND_MAKE
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEVICE)):
        refused |= right if known >= since else 0
    return refused


def forbid_new_privileges() -> None:
    """No program that this process starts gets more rights; the kernel wants it for what follows."""
    zero = ctypes.c_ulong(0)
    _checked(_libc().prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), zero, zero, zero))


def _syscall(number: int, *arguments: object) -> int:
    passed = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    return _checked(_libc().syscall(ctypes.c_long(number), *passed))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
