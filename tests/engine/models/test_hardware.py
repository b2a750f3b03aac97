from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

from strongroom_engine import processes
from strongroom_engine.models import hardware
from strongroom_engine.models.hardware import ask_probe, cores, memory, probe_hardware
from strongroom_engine.settings import models_folder


def test_this_computer_is_seen() -> None:
    found = probe_hardware()
    assert found.problem == ""
    assert found.cpu
    assert 1 <= found.cores <= (psutil.cpu_count() or 1)
    assert 0 < found.memory_free <= found.memory_total <= psutil.virtual_memory().total
    for gpu in found.gpus:
        assert gpu.kind in {"gpu", "igpu"}
        assert 0 <= gpu.memory_free <= gpu.memory_total


def test_a_probe_that_dies_costs_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    started = processes.start

    def dying(role: str, *arguments: str) -> processes.Child:
        child = started(role, *arguments)
        child.kill()
        return child

    monkeypatch.setattr(processes, "start", dying)
    found = probe_hardware()
    assert "ended" in found.problem
    assert found.gpus == ()
    assert found.memory_total > 0
    assert found.cores == cores()


def test_a_probe_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hardware, "PROBE_LIMIT_S", 0.01)
    assert ask_probe().problem == "it took more than 0 seconds"


def test_the_probe_reads_what_a_model_file_says_about_itself(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + os.urandom(400))
    real = models_folder() / "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
    good, bad = ask_probe([str(real), str(broken)]).models
    assert (good.layers, good.kv_bytes_per_token, good.context) == (24, 12_288, 32_768)
    assert (good.quantization, good.parameters) == ("Q4_K_M", 500_000_000)
    assert bad.problem


def group(folder: Path, limit: str, used: int, cached: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.max").write_text(limit)
    (folder / "memory.current").write_text(f"{used}\n")
    (folder / "memory.stat").write_text(f"anon 5\ninactive_file {cached}\n")


def test_the_tightest_control_group_limits_memory(tmp_path: Path) -> None:
    membership = tmp_path / "cgroup"
    membership.write_text("0::/outer/inner\n")
    group(tmp_path / "outer", "900000\n", used=500_000, cached=100_000)
    group(tmp_path / "outer" / "inner", "max\n", used=100, cached=0)
    assert memory(tmp_path, membership) == (900_000, 500_000)
    group(tmp_path / "outer" / "inner", "600000\n", used=550_000, cached=0)
    assert memory(tmp_path, membership) == (600_000, 50_000)


def test_the_older_control_groups_limit_memory_too(tmp_path: Path) -> None:
    folder = tmp_path / "memory"
    folder.mkdir()
    (folder / "memory.limit_in_bytes").write_text("700000")
    (folder / "memory.usage_in_bytes").write_text("300000")
    (folder / "memory.stat").write_text("total_inactive_file 50000\n")
    assert memory(tmp_path, tmp_path / "none") == (700_000, 450_000)


def test_without_limits_the_machine_counts(tmp_path: Path) -> None:
    total, free = memory(tmp_path, tmp_path / "none")
    assert total == psutil.virtual_memory().total
    assert 0 < free <= total


def test_a_control_group_limits_the_cores(tmp_path: Path) -> None:
    membership = tmp_path / "cgroup"
    membership.write_text("0::/service\n")
    (tmp_path / "service").mkdir()
    (tmp_path / "service" / "cpu.max").write_text("150000 100000\n")
    assert cores(tmp_path, membership) == 1
    (tmp_path / "service" / "cpu.max").write_text("max 100000\n")
    assert cores(tmp_path, membership) == cores(tmp_path / "none", membership)
