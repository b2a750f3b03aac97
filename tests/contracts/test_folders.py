"""The set-up knows the user's folders before platformdirs is installed, and knows the same ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix
from platformdirs.windows import Windows

from bootstrap import folders
from strongroom_engine import settings

VARIABLES = ("XDG_DATA_HOME", "XDG_CACHE_HOME", folders.HOME, folders.MODELS, folders.CACHE)


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def _same(platform: str, theirs: MacOS | Unix | Windows) -> None:
    assert folders.data_folder(platform) == Path(theirs.user_data_dir)
    assert folders.cache_folder(platform) == Path(theirs.user_cache_dir)


def test_linux() -> None:
    _same("linux", Unix("strongroom", appauthor=False))


def test_macos() -> None:
    _same("darwin", MacOS("strongroom", appauthor=False))


@pytest.mark.parametrize("platform", ["linux", "darwin"])
@pytest.mark.parametrize("value", ["/elsewhere", "relative", "", "/with space /x"])
def test_xdg_variables(platform: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", value)
    monkeypatch.setenv("XDG_CACHE_HOME", value)
    theirs = Unix if platform == "linux" else MacOS
    _same(platform, theirs("strongroom", appauthor=False))


def test_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCALAPPDATA", "/Users/u/AppData/Local")
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", "C:\\Users\\u\\AppData\\Local")
    theirs = Windows("strongroom", appauthor=False)
    local = Path("/Users/u/AppData/Local")
    for ours, their in (
        (folders.data_folder("win32"), theirs.user_data_dir),
        (folders.cache_folder("win32"), theirs.user_cache_dir),
    ):
        below = their.replace("\\", "/").partition("AppData/Local/")[2]
        assert ours == local / below


def test_one_folder_for_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(folders.HOME, str(tmp_path))
    assert folders.models_folder() == settings.models_folder() == tmp_path / "data" / "models"
    assert tmp_path not in folders.cache_folder().parents
    monkeypatch.setenv(folders.CACHE, str(tmp_path / "cache"))
    assert folders.wheelhouse() == tmp_path / "cache" / "wheels"


def test_models_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(folders.HOME, str(tmp_path / "home"))
    monkeypatch.setenv(folders.MODELS, str(tmp_path / "disk"))
    assert folders.models_folder() == settings.models_folder() == tmp_path / "disk"


def test_the_engine_looks_where_the_set_up_put_the_models() -> None:
    assert folders.models_folder() == Path(settings._DIRS.user_data_dir) / "models"
