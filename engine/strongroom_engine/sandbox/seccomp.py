"""seccomp: a Linux process gives up the system calls that no parser needs.

A filter of the kernel's small machine (classic BPF) looks at the number of every call, and at one
argument of some. What is refused fails with 'Operation not permitted', as if the user were not
allowed to; it ends nobody.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys

from strongroom_engine.sandbox.landlock import forbid_new_privileges

_SET_SECCOMP, _FILTER = 22, 2

# One instruction: what to do, how far to jump when true and when false, and a number.
_LOAD, _IS, _AT_LEAST, _HAS_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW = 0x7FFF_0000
_REFUSE = 0x0005_0000 | errno.EPERM
_UNKNOWN = 0x0005_0000 | errno.ENOSYS
_NUMBER, _PROCESSOR, _ARGUMENTS = 0, 4, 16  # places in what the kernel tells of a call, in bytes

_X32 = 0x4000_0000
_THREAD = 0x0001_0000
_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_PROCESSORS = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}

# Numbers of x86-64 and of aarch64, which has none of the older calls.
_REFUSED = (
    # network
    (41, 198), (53, 199), (49, 200), (50, 201), (43, 202), (42, 203), (44, 206), (46, 211), (288, 242),
    # programs: execve, execveat, fork, vfork
    (59, 221), (322, 281), (57, None), (58, None),
    # other processes: ptrace, process_vm_*, pidfd_*, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo
    (101, 117), (310, 270), (311, 271), (434, 434), (438, 438), (424, 424), (200, 130), (129, 138), (297, 240),
    # parts of the kernel with a history: io_uring, bpf, perf, userfaultfd, keys
    (425, 425), (426, 426), (427, 427), (321, 280), (298, 241), (323, 282), (248, 217), (249, 218), (250, 219),
    # another view of the system: mount, umount2, pivot_root, chroot, unshare, setns
    (165, 40), (166, 39), (155, 41), (161, 51), (272, 97), (308, 268),
    # names of files: creat, truncate, rename*, unlink*, mkdir*, rmdir, link*, symlink*, mknod*
    (85, None), (76, 45), (82, None), (264, 38), (316, 276), (87, None), (263, 35), (83, None), (258, 34),
    (84, None), (86, None), (265, 37), (88, None), (266, 36), (133, None), (259, 33),
    # what else is kept of files: chmod, chown, times, extended attributes
    (90, None), (91, 52), (268, 53), (452, 452), (92, None), (93, 55), (94, None), (260, 54), (132, None),
    (235, None), (261, None), (280, 88), (188, 5), (189, 6), (190, 7), (197, 14), (198, 15), (199, 16),
)  # fmt: skip
_NOT_THERE = ((435, 435), (437, 437))
"""clone3 and openat2 hide what they do in memory: libraries then take the older calls."""
_OPEN = ((2, None, 1), (257, 56, 2))
"""open and openat, and which argument says what for."""
_CLONE = (56, 220)
_TO_ITSELF = ((62, 129), (234, 131))
"""kill and tgkill, for the process itself: so it ends when it aborts."""


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("k", ctypes.c_uint32))  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("filter", ctypes.POINTER(_Instruction)))


_Step = tuple[int, int, int, int]


def offered() -> bool:
    """Whether there is a filter for this processor and the kernel takes one."""
    known = platform.machine() in _PROCESSORS and sys.maxsize > 1 << 32
    # The kernel reads the filter before it sets it: a null address is 'bad address' if it knows how.
    return known and _set(None) == errno.EFAULT


def confine() -> None:
    """Give up what the filter refuses; raises `OSError` where that cannot be."""
    machine = platform.machine()
    if machine not in _PROCESSORS or sys.maxsize <= 1 << 32:
        raise OSError(errno.ENOSYS, f"no filter for {machine}")
    forbid_new_privileges()
    steps = [_Instruction(*step) for step in _steps(machine)]
    filled = (_Instruction * len(steps))(*steps)
    if failure := _set(ctypes.byref(_Program(len(steps), filled))):
        raise OSError(failure, os.strerror(failure))


def _set(program: object) -> int:
    """0, or the number of the error."""
    libc = ctypes.CDLL(None, use_errno=True)
    done = libc.prctl(_SET_SECCOMP, ctypes.c_ulong(_FILTER), program, ctypes.c_ulong(0), ctypes.c_ulong(0))  # fmt: skip
    return 0 if done == 0 else ctypes.get_errno()


def _steps(machine: str) -> list[_Step]:
    """The filter's instructions for a processor: each call in turn, and all others are allowed."""
    column = list(_PROCESSORS).index(machine)
    steps = [
        (_LOAD, 0, 0, _PROCESSOR),
        (_IS, 1, 0, _PROCESSORS[machine]),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _REFUSE),
    ]
    for calls, answer in ((_REFUSED, _REFUSE), (_NOT_THERE, _UNKNOWN)):
        for numbers in calls:
            steps += _when(numbers[column], [(_RETURN, 0, 0, answer)])
    for open_ in _OPEN:
        steps += _when(open_[column], _by_argument(open_[2], (_HAS_BITS, 1, 0, _TO_WRITE)))
    steps += _when(_CLONE[column], _by_argument(0, (_HAS_BITS, 0, 1, _THREAD)))
    for signals in _TO_ITSELF:
        steps += _when(signals[column], _by_argument(0, (_IS, 0, 1, os.getpid())))
    return [*steps, (_RETURN, 0, 0, _ALLOW)]


def _when(number: int | None, then: list[_Step]) -> list[_Step]:
    """The steps for the call of this number; each of them ends in an answer."""
    return [(_IS, 0, len(then), number), *then] if number is not None else []


def _by_argument(at: int, test: _Step) -> list[_Step]:
    """Allowed where the test of the lower half of an argument goes on, refused where it jumps."""
    place = _ARGUMENTS + 8 * at
    return [(_LOAD, 0, 0, place), test, (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
