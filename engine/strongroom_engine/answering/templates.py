"""The prompt templates by name: those shipped in `assets/prompts`, and the user's own copies.

A copy in `prompts/NAME.toml` of the configuration folder is used in place of the shipped one, as
it is at the next question: files are read again when they have changed.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import msgspec

from strongroom_engine.answering.template import Kind, Template, load_template
from strongroom_engine.answering.toml import decode_toml
from strongroom_engine.errors import PromptUnusable, PromptUnwritable, UnknownPrompt
from strongroom_engine.settings import assets_folder, config_folder
from strongroom_engine.types import PromptFile


class _Header(msgspec.Struct, frozen=True):
    """What every template has for those who choose one; the rest is its task's business."""

    title: str = ""
    about: str = ""


def template(name: str, kind: type[Kind] = Template) -> Kind:  # type: ignore[assignment]  # mypy knows no default for a type variable
    """The template to use: the user's copy, else the shipped one.

    `kind` is the class of templates with further forms. Raises `UnknownPrompt`, and
    `PromptUnusable` with file and reason.
    """
    file = _file(name)
    try:
        facts = file.stat()
    except OSError as exc:
        raise PromptUnusable(file=file, why=exc) from exc
    # Not `kind` alone: two files, or two versions of one, are two templates.
    loaded: Kind = _loaded(file, kind, facts.st_mtime_ns, facts.st_size)
    return loaded


def template_names() -> tuple[str, ...]:
    """The names of all templates, in alphabetical order."""
    return tuple(sorted(file.stem for file in _shipped_folder().glob("*.toml")))


def template_files() -> tuple[PromptFile, ...]:
    """Every template that would be used, with what it is for and where it is."""
    return tuple(map(_described, template_names()))


def copy_template(name: str) -> Path:
    """The user's copy of a template, made unless there is one: that is never overwritten.

    Raises `UnknownPrompt` and `PromptUnwritable`.
    """
    text = _shipped(name).read_bytes()
    file = _own(name)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), file.open("xb") as opened:
            opened.write(text)
    except OSError as exc:
        raise PromptUnwritable(file=file, why=exc.strerror or exc) from exc
    return file


def restore_template(name: str) -> Path | None:
    """Use the shipped template again. The user's copy is kept as NAME.toml.old, where it is now;
    None where there was none. Raises `UnknownPrompt` and `PromptUnwritable`."""
    _shipped(name)
    own = _own(name)
    kept = own.with_name(f"{own.name}.old")
    try:
        own.replace(kept)
    except FileNotFoundError:
        return None
    except OSError as exc:
        raise PromptUnwritable(file=own, why=exc.strerror or exc) from exc
    return kept


def own_folder() -> Path:
    """Where the user's copies are."""
    return config_folder() / "prompts"


def is_own(name: str) -> bool:
    """Whether the user has a copy of this template."""
    return _own(name).exists()


def _file(name: str) -> Path:
    shipped, own = _shipped(name), _own(name)
    return own if own.exists() else shipped


def _shipped(name: str) -> Path:
    if name not in template_names():
        raise UnknownPrompt(name=name, known=", ".join(template_names()))
    return _shipped_folder() / f"{name}.toml"


def _own(name: str) -> Path:
    return own_folder() / f"{name}.toml"


def _shipped_folder() -> Path:
    return assets_folder() / "prompts"


@lru_cache(maxsize=32)
def _loaded(file: Path, kind: type[Kind], _mtime_ns: int, _size: int) -> Kind:
    return load_template(file, kind)


def _described(name: str) -> PromptFile:
    file = _file(name)
    try:
        header, problem = _header(file), ""
    except PromptUnusable as exc:
        header, problem = _header(_shipped(name)), exc.sentence
    title = header.title or name.capitalize()
    return PromptFile(name, title, header.about, is_own(name), str(file), problem)


def _header(file: Path) -> _Header:
    try:
        return decode_toml(file.read_bytes(), type=_Header)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise PromptUnusable(file=file, why=exc) from exc
