"""What this computer offers an answer model: memory, cores, and the GPUs that llama.cpp can use.

Memory and cores are the least of what the computer has and what a container or service manager
allows (the control groups of Linux). GPUs are asked for in a child process: a driver that aborts or hangs
costs a sentence in `Hardware.problem`, and the processor is used.
"""

from __future__ import annotations

import os
import platform
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import psutil

from strongroom_engine import processes
from strongroom_engine.models.endings import cause
from strongroom_engine.models.probe import REPORT_LIMIT_BYTES, ModelFacts, Report, decode_report
from strongroom_engine.sentences import known as say
from strongroom_engine.types import Hardware

PROBE_LIMIT_S = 20.0
"""How long drivers may take to answer; a first start of CUDA can take several seconds."""
_CGROUPS = Path("/sys/fs/cgroup")
_MEMBERSHIP = Path("/proc/self/cgroup")


class ProbeReport(msgspec.Struct, frozen=True):
    """A report, or why there is none."""

    report: Report = Report()
    problem: str = ""

    @property
    def models(self) -> tuple[ModelFacts, ...]:
        return self.report.models


def probe_hardware() -> Hardware:
    """Look at this computer; takes half a second, or PROBE_LIMIT_S where a driver hangs."""
    found = ask_probe()
    total, free = memory()
    processors = [device for device in found.report.devices if device.kind == "cpu"]
    return Hardware(
        cpu=processors[0].description if processors else platform.processor(),
        cores=cores(),
        memory_total=total,
        memory_free=free,
        gpus=tuple(device for device in found.report.devices if device.kind != "cpu"),
        problem=found.problem,
    )


def ask_probe(models: Sequence[str] = ()) -> ProbeReport:
    """Ask a child process for llama.cpp's devices, and what these GGUF files are."""
    with processes.running("probe", *models) as child:
        timer = threading.Timer(PROBE_LIMIT_S, child.kill)
        timer.start()
        body = None
        with suppress(processes.FrameTooLarge):
            body = child.receive(REPORT_LIMIT_BYTES)
        late = timer.finished.is_set()
        timer.cancel()
        timer.join()
    if late:
        return ProbeReport(problem=say.TOOK_TOO_LONG(n=round(PROBE_LIMIT_S)))
    if body is None:
        return ProbeReport(problem=cause(child.returncode))
    with suppress(msgspec.DecodeError):
        return ProbeReport(decode_report(body))
    return ProbeReport(problem=say.NOT_UNDERSTOOD())


def cores(groups: Path = _CGROUPS, membership: Path = _MEMBERSHIP) -> int:
    """Physical cores that this process may use, at least 1: threads beyond them only disturb."""
    count = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    with suppress(AttributeError):  # only Linux knows
        count = min(count, len(os.sched_getaffinity(0)))
    for folder in _group_folders(groups, membership):
        with suppress(OSError, ValueError):  # 'max', or another version of control groups
            quota, period = (folder / "cpu.max").read_text().split()
            count = min(count, int(quota) // int(period))
    return max(count, 1)


def memory(
    groups: Path = _CGROUPS, membership: Path = Path("/proc/self/cgroup")
) -> tuple[int, int]:
    """Total and free bytes, within the tightest control group this process belongs to."""
    machine = psutil.virtual_memory()
    total, free = machine.total, machine.available
    for limit, used in _limits(groups, membership):
        if limit < machine.total:
            total, free = min(total, limit), min(free, max(limit - used, 0))
    return total, free


def _limits(groups: Path, membership: Path) -> Iterator[tuple[int, int]]:
    """The limit of each control group, and what is used of it and cannot be given back."""
    for folder in _group_folders(groups, membership):
        for limit, usage in (
            ("memory.max", "memory.current"),
            ("memory.limit_in_bytes", "memory.usage_in_bytes"),
        ):
            with suppress(OSError, ValueError):  # 'max', or another version of control groups
                bound = int((folder / limit).read_text())
                yield bound, int((folder / usage).read_text()) - _cached(folder)


def _group_folders(groups: Path, membership: Path) -> Iterator[Path]:
    yield groups / "memory"
    own = ""
    with suppress(OSError):
        lines = membership.read_text().splitlines()
        own = next((line[3:] for line in lines if line.startswith("0::")), "")
    folder = Path(own.strip("/"))
    yield from (groups / part for part in (folder, *folder.parents))


def _cached(folder: Path) -> int:
    """Cached files, which the system drops when programs need the memory."""
    with suppress(OSError):
        for line in (folder / "memory.stat").read_text().splitlines():
            name, _, value = line.partition(" ")
            if name in {"inactive_file", "total_inactive_file"}:
                return int(value)
    return 0
