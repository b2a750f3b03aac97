"""Real model files, whole and broken, brought into a folder."""

from __future__ import annotations

import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from strongroom_engine.errors import (
    Cancelled,
    ModelDoesNotAnswer,
    ModelFileDamaged,
    ModelFileUnreadable,
    ModelKindUnknown,
    ModelNameTaken,
    ModelNotCopied,
    NoRoomForModel,
    NotAModelFile,
    StrongroomError,
)
from strongroom_engine.models.catalogue import Catalogue
from strongroom_engine.models.importing import import_model
from strongroom_engine.settings import models_folder

NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.fixture
def small() -> Path:
    return models_folder() / NAME


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


def test_a_known_file_is_copied_and_gets_the_name_of_the_catalogue(
    catalogue: Catalogue, folder: Path, tmp_path: Path, small: Path
) -> None:
    mine = tmp_path / "downloaded (1).gguf"
    os.link(small, mine) if small.stat().st_dev == mine.parent.stat().st_dev else shutil.copy(
        small, mine
    )
    told: list[tuple[int, int]] = []
    made = import_model(
        mine, folder, catalogue, on_bytes=lambda done, total: told.append((done, total))
    )
    assert made == folder / NAME
    assert made.read_bytes() == small.read_bytes()
    size = small.stat().st_size
    assert told[-1] == (size, size)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert list(folder.iterdir()) == [made]


def test_a_file_that_is_there_already_stays_in_place(
    catalogue: Catalogue, tmp_path: Path, small: Path
) -> None:
    there = tmp_path / "mine.gguf"
    there.symlink_to(small)
    assert import_model(there, tmp_path, catalogue) == there
    assert there.is_symlink()


def changed(small: Path, old: bytes, new: bytes, to: Path) -> Path:
    """A copy in which the first `old` is replaced by as many bytes."""
    content = small.read_bytes()
    assert old in content
    assert len(old) == len(new)
    to.write_bytes(content.replace(old, new, 1))
    return to


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("missing", ModelFileUnreadable),
        ("text", NotAModelFile),
        ("half", ModelFileDamaged),
        ("head", ModelFileDamaged),
        ("strange", ModelKindUnknown),
        ("base", ModelDoesNotAnswer),
    ],
)
def test_what_cannot_answer_is_refused_before_it_is_copied(
    catalogue: Catalogue, folder: Path, small: Path, name: str, error: type[StrongroomError]
) -> None:
    file = folder.parent / f"{name}.gguf"
    match name:
        case "text":
            file.write_text("A letter.")
        case "half":
            file.write_bytes(small.read_bytes()[: small.stat().st_size // 2])
        case "head":
            file.write_bytes(small.read_bytes()[:5_000])
        case "strange":
            changed(small, b"\x05\0\0\0\0\0\0\0llama", b"\x05\0\0\0\0\0\0\0lmaal", file)
        case "base":
            changed(small, b"tokenizer.chat_template", b"tokenizer.what_template", file)
        case _:
            pass
    with pytest.raises(error) as caught:
        import_model(file, folder, catalogue)
    assert caught.value.details["file"] == file.name
    assert not folder.exists()


def test_a_file_that_only_has_the_name_of_a_known_one_is_refused(
    catalogue: Catalogue, folder: Path, small: Path
) -> None:
    content = bytearray(small.read_bytes())
    content[-1] ^= 1
    (folder.parent / NAME).write_bytes(content)
    with pytest.raises(ModelFileDamaged):
        import_model(folder.parent / NAME, folder, catalogue)
    assert list(folder.iterdir()) == []


def test_cancelled_half_way_nothing_is_left(
    catalogue: Catalogue, folder: Path, tmp_path: Path, small: Path
) -> None:
    mine = shutil.copy(small, tmp_path / "mine.gguf")
    seen: list[int] = []
    with pytest.raises(Cancelled):
        import_model(
            Path(mine),
            folder,
            catalogue,
            on_bytes=lambda done, _total: seen.append(done),
            cancelled=lambda: len(seen) == 2,
        )
    assert list(folder.iterdir()) == []


def test_another_file_is_not_written_over_but_an_unfinished_one_is(
    catalogue: Catalogue, folder: Path, tmp_path: Path, small: Path
) -> None:
    folder.mkdir()
    mine = Path(shutil.copy(small, tmp_path / "mine.gguf"))
    (folder / "mine.gguf").write_bytes(b"GGUF: another one")
    with pytest.raises(ModelNameTaken):
        import_model(mine, folder, catalogue)
    assert (folder / "mine.gguf").read_bytes() == b"GGUF: another one"
    (folder / NAME).write_bytes(b"GGUF: the set-up was interrupted")
    assert import_model(small, folder, catalogue) == folder / NAME
    assert (folder / NAME).stat().st_size == small.stat().st_size


def test_a_full_disk_is_said_before_the_copy(
    catalogue: Catalogue, folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil's own
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(10, 10, 10_000_000))
    with pytest.raises(NoRoomForModel, match=r"needs 0\.1 GB, and the disk has 0\.0 GB free"):
        import_model(small, folder, catalogue)
    assert list(folder.iterdir()) == []


def test_a_disk_that_fails_in_the_middle_leaves_nothing(
    catalogue: Catalogue, folder: Path, small: Path
) -> None:
    def fail(_done: int, _total: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(ModelNotCopied, match="No space left on device"):
        import_model(small, folder, catalogue, on_bytes=fail)
    assert list(folder.iterdir()) == []
