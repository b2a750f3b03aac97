"""Every setting, with its unit and bounds, in one typed place; and the folders of the platform.

Settings are read from `settings.toml` in the platform's configuration folder. A value out of
bounds is refused with a sentence that names it. Folders follow the platform's conventions
(platformdirs) unless STRONGROOM_HOME names one folder for everything (tests, portable use).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from platformdirs import PlatformDirs

from strongroom_engine.errors import SettingsUnusable

_DIRS = PlatformDirs("strongroom", appauthor=False)
_HOME = "STRONGROOM_HOME"

Megabytes = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Seconds = Annotated[float, msgspec.Meta(gt=0, le=86_400)]
Strictness = Literal["looser", "balanced", "stricter"]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What can be set. Names end in their unit where there is one."""

    # parsing
    parser_workers: Count = 0
    """Processes that parse at once; 0 means half of the processors."""
    parse_timeout_s: Seconds = 120.0
    """Wall time after which one document is given up."""
    parse_memory_mb: Megabytes = 2048
    """Address space beyond its own start that a parser worker may take."""
    max_file_mb: Megabytes = 1024
    """Files larger than this are skipped."""
    max_text_mb: Megabytes = 64
    """Plain text files larger than this are skipped."""

    # chunking and embedding
    chunk_tokens: Annotated[int, msgspec.Meta(ge=32, le=512)] = 200
    """Aim for a chunk's size, in the embedding model's tokens."""
    embed_batch: Annotated[int, msgspec.Meta(ge=1, le=256)] = 8
    """Passages that a GPU embeds in one run; a processor takes each alone."""
    embed_threads: Count = 0
    """Passages that a processor embeds at a time; 0 means as many as it has physical cores."""

    # watching
    settle_s: Seconds = 1.0
    """Quiet time after a file's last write before it is read."""

    # answering
    answer_model: str = ""
    """The model that answers, by the name that `doctor` shows; empty: the best that fits."""
    strictness: Strictness = "balanced"
    """When to say that the documents do not answer: 'stricter' answers less and is wrong less."""
    max_question_characters: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 4_000
    passages: Annotated[int, msgspec.Meta(ge=1, le=50)] = 4
    """Passages that the answer model reads where the processor does the work."""
    passages_gpu: Annotated[int, msgspec.Meta(ge=1, le=50)] = 8
    """Passages that it reads where a GPU does."""
    summary_calls: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 4
    """Times that the answer model is asked for the summary of a document, at most. What it cannot
    read whole in so many is chosen for it: the sentences that say most."""
    context_tokens: Annotated[int, msgspec.Meta(ge=1024, le=131_072)] = 4096
    """The answer model's context window: prompt and answer together."""
    memory_reserve_mb: Megabytes = 1024
    """Memory left to other programs when a model is chosen."""


def _home() -> Path | None:
    named = os.environ.get(_HOME)
    return Path(named).expanduser().absolute() if named else None


def config_folder() -> Path:
    return home / "config" if (home := _home()) else Path(_DIRS.user_config_dir)


def data_folder() -> Path:
    return home / "data" if (home := _home()) else Path(_DIRS.user_data_dir)


def log_folder() -> Path:
    return home / "log" if (home := _home()) else Path(_DIRS.user_log_dir)


def default_library() -> Path:
    return data_folder() / "library"


def models_folder() -> Path:
    """Where the GGUF files are, both those that the set-up fetched and those imported.

    STRONGROOM_MODELS names another folder, for example on a larger disk.
    """
    named = os.environ.get("STRONGROOM_MODELS")
    return Path(named).expanduser().absolute() if named else data_folder() / "models"


def assets_folder() -> Path:
    """The folder `assets/`: beside the packages in a checkout, inside the package when installed."""
    package = Path(__file__).resolve().parent
    installed = package / "assets"
    return installed if installed.is_dir() else package.parent.parent / "assets"


def load_settings(file: Path | None = None) -> Settings:
    """The settings of this user, or the defaults; raises `SettingsUnusable` with the reason."""
    file = file or config_folder() / "settings.toml"
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.DecodeError) as exc:
        raise SettingsUnusable(file=file, why=exc) from exc
