"""The set-up's parts: what it takes for itself, keeps, refuses, and says."""

from __future__ import annotations

import ast
import errno
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from bootstrap import (
    alone,
    catalogue,
    command,
    llama,
    locks,
    machine,
    models,
    pip,
    says,
    stamp,
    system,
)
from bootstrap import environment as environments
from bootstrap.environment import Environment
from bootstrap.says import Trouble

ROOT = Path(__file__).resolve().parents[2]


# --- arguments ---------------------------------------------------------------------------------


def test_everything_after_the_own_options_is_passed_on(tmp_path: Path) -> None:
    gguf = tmp_path / "m.gguf"
    gguf.touch()
    wishes, setup_only, rest = command.split(
        ["--model-file", str(gguf), "--library", "L", "ask", "why?", "--bundle"]
    )
    assert wishes.model_file == gguf
    assert not setup_only
    assert rest == ["--library", "L", "ask", "why?", "--bundle"]


def test_options_with_equals_sign_and_set_up_only(tmp_path: Path) -> None:
    wishes, setup_only, rest = command.split([f"--bundle={tmp_path}", "--setup-only"])
    assert (wishes.bundle, wishes.afresh, setup_only, rest) == (tmp_path, True, True, [])


@pytest.mark.parametrize("arguments", [["--model-file"], ["--bundle", "/nowhere/at/all"]])
def test_a_path_that_is_not_there_is_refused(arguments: list[str]) -> None:
    with pytest.raises(Trouble, match="must name something that exists"):
        command.split(arguments)


@pytest.mark.parametrize("name", ["run.py", "test.py"])
def test_an_old_python_can_read_the_refusal(name: str) -> None:
    ast.parse((ROOT / "packaging" / name).read_text("utf-8"), feature_version=(3, 7))


# --- troubles ----------------------------------------------------------------------------------


def _raising(error: BaseException) -> int:
    raise error


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (Trouble("It is so.", "Do this."), 1, "strongroom: It is so.\nDo this.\n"),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "The disk is full."),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), 1, "Permission denied: /x."),
        (KeyboardInterrupt(), 130, "The same command goes on from here."),
    ],
)
def test_troubles_are_sentences(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.guarded(lambda: _raising(error)) == code
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("WARNING: Retrying after NewConnectionError('...')", "needs the network"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "filled the disk"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "not the one that was pinned"),
        ("ERROR: something else", "The last lines were:\nERROR: something else"),
    ],
)
def test_what_pip_met_is_said(output: str, said: str) -> None:
    assert said in str(pip._trouble("Fetching", [output]))


def test_pip_offline_asks_no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "https://index.invalid/simple")
    monkeypatch.setenv("PIP_FIND_LINKS", "https://links.invalid")
    environment = pip._environment(offline=True)
    assert not any("invalid" in value for value in environment.values())
    assert environment["PIP_NO_INDEX"] == "1"


def test_progress_is_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    bar = says.Bar("Fetching it", 2_000_000_000, size=True)
    for done in range(0, 2_000_000_000, 1_000_000):
        bar.show(done)
    bar.close()
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Fetching it: 0 of 2,000 MB"
    assert lines[-1] == "Fetching it: done"
    assert len(lines) < 5


# --- the stamp ---------------------------------------------------------------------------------


@pytest.fixture
def finished(tmp_path: Path) -> Environment:
    made = Environment(tmp_path / ".venv")
    made.python.parent.mkdir(parents=True)
    made.python.touch()
    stamp.write(made, stamp.expected(made, "cpu", "cpu", tests=False))
    return made


def test_a_finished_set_up_is_known_again(finished: Environment) -> None:
    assert stamp.holds(finished, tests=False)
    assert not stamp.holds(finished, tests=True)
    stamp.write(finished, stamp.expected(finished, "cpu", "cpu", tests=True))
    assert stamp.holds(finished, tests=True)
    assert stamp.holds(finished, tests=False)


def test_an_interrupted_set_up_is_not_finished(finished: Environment) -> None:
    stamp.remove(finished)
    assert not stamp.holds(finished, tests=False)


def test_a_changed_lock_is_noticed(
    finished: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / "locks"
    changed.mkdir()
    for file in locks.LOCKS.iterdir():
        (changed / file.name).write_text(file.read_text("utf-8") + "# more\n", "utf-8")
    monkeypatch.setattr(locks, "LOCKS", changed)
    assert not stamp.holds(finished, tests=False)


def test_a_moved_environment_is_made_again(finished: Environment, tmp_path: Path) -> None:
    moved = Environment(tmp_path / "moved")
    finished.folder.rename(moved.folder)
    assert not stamp.holds(moved, tests=False)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"version": 1, "more": 2}', "\udcff"])
def test_a_broken_stamp_is_no_stamp(finished: Environment, text: str) -> None:
    (finished.folder / stamp.FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert stamp.read(finished) is None


def test_an_environment_without_its_python_is_made_again(tmp_path: Path) -> None:
    assert not environments._fits(Environment(tmp_path))


# --- the wheelhouse ----------------------------------------------------------------------------


def test_what_was_gathered_is_not_asked_for_again(tmp_path: Path) -> None:
    nowhere = Environment(tmp_path / "none")  # its pip cannot be run
    for name in ("cpu", "setup"):
        environments._marker(tmp_path, name).touch()
    environments.gather(nowhere, ("cpu", "setup"), tmp_path)
    with pytest.raises(FileNotFoundError):
        environments.gather(nowhere, ("cpu", "dev"), tmp_path)
    environments.forget(tmp_path)
    with pytest.raises(FileNotFoundError):
        environments.gather(nowhere, ("cpu",), tmp_path)


# --- bytecode ----------------------------------------------------------------------------------


def test_what_a_confined_parser_imports_is_compiled_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environments, "ROOT", tmp_path)
    module = tmp_path / "engine" / "package" / "module.py"
    module.parent.mkdir(parents=True)
    module.touch()
    environments.compile_checkout(Environment(ROOT / ".venv"))  # there is no desktop here
    assert Path(cache_from_source(module)).is_file()


# --- one at a time -----------------------------------------------------------------------------


def test_a_second_set_up_waits(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.append(sys.argv[1])\n"
        "from pathlib import Path\n"
        "from bootstrap.alone import alone\n"
        "with alone(Path(sys.argv[2])): print('mine', flush=True)\n"
    )
    arguments = [sys.executable, "-c", code, str(ROOT / "packaging"), str(tmp_path)]
    with alone.alone(tmp_path):
        second = subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert second.stderr is not None
        assert "Another set-up is running" in second.stderr.readline()
        assert second.poll() is None
    out, _ = second.communicate(timeout=30)
    assert out == "mine\n"


# --- llama.cpp ---------------------------------------------------------------------------------


def _keep(wheelhouse: Path, device: str) -> Path:
    made = wheelhouse / "made.whl"
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_bytes(b"a wheel")
    return llama._keep(made, llama.kept_folder(wheelhouse, device))


def test_a_kept_build_is_found_for_its_device_only(tmp_path: Path) -> None:
    kept = _keep(tmp_path, "cpu")
    assert llama.find(tmp_path, "cpu") == kept
    assert llama.find(tmp_path, "vulkan") is None
    assert machine.cpu_key() in kept.parent.name


def test_a_spoilt_build_is_not_used(tmp_path: Path) -> None:
    _keep(tmp_path, "cpu").write_bytes(b"a whee")
    assert llama.find(tmp_path, "cpu") is None


def test_other_cmake_options_make_another_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _keep(tmp_path, "cpu")
    monkeypatch.setenv("CMAKE_ARGS", "-DGGML_OPENMP=OFF")
    assert llama.find(tmp_path, "cpu") is None


def test_a_build_that_uses_amx_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llama, "has_amx", lambda: False)
    _keep(tmp_path, "cpu")
    monkeypatch.setattr(llama, "has_amx", lambda: True)
    assert llama.find(tmp_path, "cpu") is None


@pytest.mark.skipif(sys.platform != "linux", reason="only there compilers are asked for AMX")
def test_what_is_built_uses_no_amx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llama, "has_amx", lambda: True)
    monkeypatch.setenv("CXXFLAGS", "-march=sapphirerapids")
    flags = llama._build_settings("cpu", tmp_path)["CXXFLAGS"].split()
    defined = subprocess.run(
        ["c++", *flags, "-x", "c++", "-dM", "-E", os.devnull],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "__AVX512VNNI__" in defined
    assert "__AMX_INT8__" not in defined


def test_a_bundle_without_this_processors_build_uses_the_portable_one(tmp_path: Path) -> None:
    portable = _keep(tmp_path, llama.PORTABLE)
    environment = Environment(tmp_path)
    assert llama._make(environment, tmp_path, "cpu", offline=True) == portable
    with pytest.raises(Trouble, match="bundle holds no build"):
        llama._make(environment, tmp_path, "cuda", offline=True)


def test_a_device_that_failed_is_not_tried_at_each_set_up(tmp_path: Path) -> None:
    note = llama.kept_folder(tmp_path, "vulkan") / "failed.txt"
    note.parent.mkdir(parents=True)
    note.touch()
    with pytest.raises(Trouble, match="delete"):
        llama._make(Environment(tmp_path), tmp_path, "vulkan", offline=False)


def test_the_processor_is_always_a_device() -> None:
    assert machine.build_devices()[-1] == "cpu"
    assert machine.lock_variant() in locks.RUNTIME
    assert machine.memory_bytes() > 100_000_000


def test_a_device_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(machine.DEVICE, "vulkan")
    assert machine.build_devices() == ("vulkan", "cpu")
    monkeypatch.setenv(machine.DEVICE, "cpu")
    assert machine.build_devices() == ("cpu",)
    monkeypatch.setenv(machine.DEVICE, "abacus")
    with pytest.raises(Trouble, match="no device 'abacus'"):
        llama.ensure(Environment(tmp_path), tmp_path, offline=True)


# --- system packages ---------------------------------------------------------------------------

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="names Linux's packages")


def _only(monkeypatch: pytest.MonkeyPatch, *commands: str) -> None:
    """Be an ordinary user on a computer that has these commands alone."""
    monkeypatch.setattr("shutil.which", lambda name: name if name in commands else None)
    monkeypatch.setattr("os.geteuid", lambda: 1000)


@ON_LINUX
@pytest.mark.parametrize(
    ("manager", "advice"),
    [
        ("apt-get", "sudo apt-get install --yes g++"),
        ("dnf", "sudo dnf install gcc-c++"),
        ("pacman", "sudo pacman -S gcc"),
        ("none", "c++"),
    ],
)
def test_a_missing_compiler_is_named(
    monkeypatch: pytest.MonkeyPatch, manager: str, advice: str
) -> None:
    _only(monkeypatch, manager)
    with pytest.raises(Trouble, match="must be built once") as trouble:
        system.ensure_compiler()
    assert advice in trouble.value.remedy


@ON_LINUX
def test_missing_libraries_are_named_and_the_set_up_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _only(monkeypatch, "apt-get")
    absent = replace(system.QT[0], what="libnowhere.so.1")
    monkeypatch.setattr(system, "QT", (absent, *system.QT[1:]))
    system.ensure_qt(offline=False)
    assert "apt-get install --yes libegl1" in capsys.readouterr().err


@ON_LINUX
def test_an_offline_set_up_installs_no_system_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: "/nowhere/" + name)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(system, "QT", (replace(system.QT[0], what="libnowhere.so.1"),))
    system.ensure_qt(offline=True)  # calling /nowhere/apt-get would raise
    assert "apt-get install --yes libegl1" in capsys.readouterr().err


# --- models ------------------------------------------------------------------------------------

GGUF = b"GGUF" + bytes(1_000)


@pytest.fixture
def known() -> catalogue.ModelFile:
    return catalogue.ModelFile(
        model="tiny",
        name="Tiny",
        file="tiny-q4.gguf",
        bytes=len(GGUF),
        sha256=hashlib.sha256(GGUF).hexdigest(),
        hub="",
        mirror=None,
        uses=frozenset({"default"}),
    )


def test_a_known_file_gets_its_own_name(tmp_path: Path, known: catalogue.ModelFile) -> None:
    source = tmp_path / "downloaded (1).gguf"
    source.write_bytes(GGUF)
    folder = tmp_path / "models"
    assert models.take(source, folder, [known]) == folder / known.file
    assert models.present(folder, known)
    assert models.take(folder / known.file, folder, [known]) == folder / known.file
    assert (folder / known.file).read_bytes() == GGUF


@pytest.mark.parametrize("linked", [True, False])
def test_what_was_imported_is_known_again(
    tmp_path: Path, linked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "mine.gguf"
    source.write_bytes(GGUF)
    folder = tmp_path / "models"
    assert not models.taken(source, folder)
    if not linked:  # another disk
        monkeypatch.setattr("os.link", lambda *_: _raising(OSError(errno.EXDEV, "another disk")))
    models.take(source, folder, [])
    assert models.taken(source, folder)
    assert (folder / "mine.gguf").samefile(source) is linked
    source.unlink()
    source.write_bytes(GGUF + b"newer")
    assert not models.taken(source, folder)


def test_an_unknown_file_keeps_its_name(tmp_path: Path) -> None:
    source = tmp_path / "mine.gguf"
    source.write_bytes(GGUF + b"other")
    assert models.take(source, tmp_path / "models", []).name == "mine.gguf"
    assert models.answer_model_present(tmp_path / "models", [])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a model"])
def test_what_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "x.gguf"
    source.write_bytes(content)
    with pytest.raises(Trouble, match="not a model file"):
        models.take(source, tmp_path / "models", [])
    assert not (tmp_path / "models").exists()


def test_a_damaged_model_is_discarded(tmp_path: Path, known: catalogue.ModelFile) -> None:
    (tmp_path / known.file).write_bytes(GGUF[:-1] + b"!")
    models.discard_damaged(tmp_path, [known])
    assert list(tmp_path.iterdir()) == []
    (tmp_path / known.file).write_bytes(GGUF)
    models.discard_damaged(tmp_path, [known])
    assert models.present(tmp_path, known)


def test_a_damaged_model_of_a_bundle_is_refused(tmp_path: Path, known: catalogue.ModelFile) -> None:
    bundle = tmp_path / "bundle"
    (bundle / "models").mkdir(parents=True)
    (bundle / "models" / known.file).write_bytes(GGUF[:-1] + b"!")
    with pytest.raises(Trouble, match="not what its hash says"):
        models.take_from_bundle(bundle, tmp_path / "models", (known,))
    assert not (tmp_path / "models" / known.file).exists()


def test_without_the_fetcher_the_way_out_is_named(
    tmp_path: Path, known: catalogue.ModelFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "FETCHER", tmp_path / "left-out.py")
    with pytest.raises(Trouble, match="--model-file FILE, or a bundle"):
        models.bring((known,), tmp_path, Path(sys.executable))


def test_memory_decides_which_model_is_wanted(known: catalogue.ModelFile) -> None:
    small = replace(known, file="s.gguf", uses=frozenset({"small"}))
    tiny = replace(known, file="t.gguf", uses=frozenset({"test"}))
    files = (known, small, tiny)
    assert models.wanted(files, small=False, test=False) == (known,)
    assert models.wanted(files, small=True, test=False) == (small,)
    assert models.wanted(files, small=False, test=True) == files


def test_a_model_for_tests_alone_does_not_answer(
    tmp_path: Path, known: catalogue.ModelFile
) -> None:
    tests_only = replace(known, uses=frozenset({"test"}))
    (tmp_path / known.file).write_bytes(GGUF)
    assert not models.answer_model_present(tmp_path, [tests_only])
    assert models.answer_model_present(tmp_path, [known])


def test_the_real_catalogue_is_sound() -> None:
    files = catalogue.load()
    for use in ("default", "small", "test"):
        assert len([file for file in files if use in file.uses]) == 1
    for file in files:
        assert len(bytes.fromhex(file.sha256)) == 32
        assert file.file.endswith(".gguf")
        assert file.bytes > 10_000_000
        assert file.hub or file.mirror
    assert len({file.file for file in files}) == len(files)


def test_models_are_named_by_model_or_file(known: catalogue.ModelFile) -> None:
    other = replace(known, file="tiny-q8.gguf")
    assert catalogue.named((known, other), "tiny") == known
    assert catalogue.named((known, other), "tiny-q8.gguf") == other
    with pytest.raises(Trouble, match="no model 'huge'"):
        catalogue.named((known, other), "huge")


def test_a_mirrors_parts_are_numbered_from_one() -> None:
    assert catalogue.Mirror("p", "1.0", 3).requirements() == ("p1==1.0", "p2==1.0", "p3==1.0")
    assert catalogue.Mirror("p", "1.0", 1).requirements() == ("p==1.0",)


# --- bundles -----------------------------------------------------------------------------------


def test_a_folder_that_is_no_bundle_is_refused(tmp_path: Path) -> None:
    from bootstrap.steps import bundle_variant

    with pytest.raises(Trouble, match="not a bundle folder"):
        bundle_variant(tmp_path)


def test_a_bundle_for_another_computer_is_refused(tmp_path: Path) -> None:
    from bootstrap.steps import BUNDLE_NOTE, bundle_note, bundle_variant

    note = bundle_note("cpu")
    (tmp_path / BUNDLE_NOTE).write_text(json.dumps(note), "utf-8")
    assert bundle_variant(tmp_path) == "cpu"
    (tmp_path / BUNDLE_NOTE).write_text(json.dumps(note | {"python": "py399"}), "utf-8")
    with pytest.raises(Trouble, match="another Python"):
        bundle_variant(tmp_path)
