"""A job object of Windows: a process gives up starting programs, and memory beyond a limit."""

from __future__ import annotations

import ctypes
import sys

_EXTENDED_LIMITS = 9
_ONE_PROCESS, _MEMORY, _END_ON_CRASH = 0x8, 0x100, 0x400


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("transfers", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("most_process_memory", ctypes.c_size_t),
        ("most_job_memory", ctypes.c_size_t),
    )


def confine(memory_bytes: int) -> None:
    """No second process, no window about a crash, and no more memory than now and so much more.

    Raises `OSError` where the system refuses. The job lives as long as the process.
    """
    if sys.platform != "win32":
        return
    import psutil

    now = psutil.Process().memory_info().vms
    rules = _Extended(
        basic=_Basic(flags=_ONE_PROCESS | _MEMORY | _END_ON_CRASH, processes=1),
        process_memory=now + memory_bytes,
    )
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    here = ctypes.c_void_p(kernel.GetCurrentProcess())
    size = ctypes.sizeof(rules)
    if not (
        job
        and kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(rules), size)
        and kernel.AssignProcessToJobObject(job, here)
    ):
        raise ctypes.WinError(ctypes.get_last_error())
