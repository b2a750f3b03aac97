"""Every setting, with its unit and bounds, in one typed place; and the folders of the platform.

Settings are read from `settings.toml` in the platform's configuration folder. A value out of
bounds is refused with a sentence that names it. Folders follow the platform's conventions
(platformdirs) unless STRONGROOM_HOME names one folder for everything (tests, portable use).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
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
TimeOfDay = Annotated[str, msgspec.Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$")]
"""'HH:MM', or nothing."""
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What can be set. Names end in their unit where there is one."""

    # scanning
    index_hidden: bool = False
    """Whether hidden files and folders are indexed; those of programs never are."""

    # parsing
    parser_workers: Count = 0
    """Processes that parse at once; 0 means half of the processors."""
    parse_timeout_s: Seconds = 120.0
    """Time of the processor, and time of doing nothing, after which one document is given up."""
    parse_memory_mb: Megabytes = 768
    """Memory that a parser worker may take for a document; all parsers together have no more. With
    the engine that is less than 1.5 GB (tests/bench/bench_large.py)."""
    max_file_mb: Megabytes = 8192
    """Files larger than this are skipped."""
    max_text_mb: Megabytes = 64
    """Of plain text files larger than this the beginning is read."""
    max_depth: Annotated[int, msgspec.Meta(ge=0, le=16)] = 4
    """How deep documents may lie inside each other: an archive in a mail in an archive."""
    max_members: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 500_000
    """Documents inside one archive or mailbox."""
    max_unpacked_mb: Megabytes = 8192
    """What an archive may unpack to in all."""
    max_member_mb: Megabytes = 512
    """What one document inside another may unpack to: it is held in memory."""
    text_recognition: bool = True
    """Whether pages and images without a text are read by text recognition (OCR). It reads Latin
    letters with their marks, Greek letters, Chinese and Japanese."""

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

    # manners of indexing
    index_on_battery: bool = True
    """Whether indexing goes on while the computer draws from its battery."""
    quiet_from: TimeOfDay = ""
    """When the user's working hours begin, 'HH:MM'; empty: indexing is never held back."""
    quiet_until: TimeOfDay = ""
    """When they end; before `quiet_from`: on the next day."""
    during_quiet: Literal["full", "low", "pause"] = "low"
    """What indexing does in these hours: its best, one thing at a time with rests, or nothing."""

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
    passage_memory_mb: Count = 1024
    """Memory for passages that the answer model has read, so that it need not read them again; less
    where there is less. 0: none is kept."""
    temperature: Annotated[float, msgspec.Meta(ge=0, le=2)] | None = None
    """How freely answers are worded: 0 takes the likeliest word each time. None: as the prompt
    template says."""
    answer_tokens: Annotated[int, msgspec.Meta(ge=16, le=4_096)] | None = None
    """The longest answer, in the answer model's tokens. None: as the prompt template says."""


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


def settings_file() -> Path:
    """The file that holds this user's settings, whether it is there or not."""
    return config_folder() / "settings.toml"


def load_settings(file: Path | None = None) -> Settings:
    """The settings of this user, or the defaults; raises `SettingsUnusable` with the reason."""
    file = file or settings_file()
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.DecodeError) as exc:
        raise SettingsUnusable(file=file, why=exc) from exc


def save_settings(settings: Settings, file: Path | None = None) -> None:
    """Keep these settings for this user: what differs from the defaults.

    Other lines and the comments of the file stay as they are. Raises `SettingsUnusable` where it
    cannot be written; the file is whole at every moment.
    """
    file = file or settings_file()
    default, kept = msgspec.structs.asdict(Settings()), msgspec.structs.asdict(settings)
    wanted = {name: value for name, value in kept.items() if value != default[name]}
    fresh = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        text = _edited(file.read_text(encoding="utf-8") if file.exists() else "", wanted)
        with fresh.open("w", encoding="utf-8") as opened:
            opened.write(text if _says(text, settings) else _edited("", wanted))
            opened.flush()
            os.fsync(opened.fileno())
        fresh.replace(file)
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsUnusable(file=file, why=exc) from exc


_ASSIGNMENT = re.compile(r"^\s*(\w+)\s*=")


def _edited(text: str, wanted: Mapping[str, object]) -> str:
    """The file's text with these assignments, and no other of a setting."""
    # TOML writes strings, numbers and truth values as JSON does.
    lines = {name: f"{name} = {json.dumps(value)}" for name, value in wanted.items()}
    edited = []
    for line in text.splitlines():
        assigned = _ASSIGNMENT.match(line)
        if assigned is None:
            edited.append(line)
        elif (name := assigned[1]) in lines:
            comment = line[line.index("#") :] if "#" in line and '"' not in line else ""
            edited.append(f"{lines.pop(name)}  {comment}".rstrip())
    return "".join(f"{line}\n" for line in [*edited, *lines.values()])


def _says(text: str, settings: Settings) -> bool:
    """Whether a file with this text means these settings: a value over several lines is lost on
    `_edited`."""
    try:
        return msgspec.toml.decode(text, type=Settings) == settings
    except msgspec.DecodeError:
        return False
