"""The sandbox of macOS: a process gives up writing, the network, and starting programs.

Apple calls `sandbox_init` deprecated, and browsers confine their own workers by it to this day.
"""

from __future__ import annotations

import ctypes

_PROFILE = b"(version 1)(allow default)(deny file-write*)(deny network*)(deny process-fork)(deny process-exec*)"


def confine() -> None:
    """Raises `OSError` where the system does not accept it."""
    library = ctypes.CDLL("/usr/lib/libSystem.dylib")
    library.sandbox_init.argtypes = (
        ctypes.c_char_p,
        ctypes.c_uint64,
        ctypes.POINTER(ctypes.c_char_p),
    )
    why = ctypes.c_char_p()
    if library.sandbox_init(_PROFILE, 0, ctypes.byref(why)) != 0:
        raise OSError((why.value or b"").decode("utf-8", "replace"))
