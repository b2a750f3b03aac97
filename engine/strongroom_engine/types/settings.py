"""What can be set, and what a library is kept like, as the window and the command line show it."""

from __future__ import annotations

from dataclasses import dataclass

SettingValue = bool | int | float | str | None


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its value, the default and its bounds.

    `choices` are the words it can be, where it is one of a few. `least` and `most` bound a number
    and are themselves allowed, unless `above`: it must be larger than `least` then. `live`: a
    change takes effect at once; else when the engine is started again.
    """

    name: str
    value: SettingValue
    default: SettingValue
    least: float | None = None
    most: float | None = None
    above: bool = False
    choices: tuple[str, ...] = ()
    live: bool = True


@dataclass(frozen=True, slots=True)
class SettingsReport:
    """Every setting in the order of the file's documentation. `waiting` names those that were
    changed and take effect when the engine is started again."""

    file: str
    settings: tuple[Setting, ...] = ()
    waiting: tuple[str, ...] = ()

    def value(self, name: str) -> SettingValue:
        """The value of a setting; KeyError for one that there is not."""
        return {one.name: one.value for one in self.settings}[name]


@dataclass(frozen=True, slots=True)
class PromptFile:
    """A prompt template as lists show it: `own` is the user's copy. `problem` says why it is
    broken."""

    name: str
    title: str
    about: str
    own: bool
    path: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """How a library is kept. Sizes in bytes; `free` is what compacting would give back, about."""

    folder: str
    size: int
    free: int
    documents: int
    chunks: int
    cipher: str
    key: str
    """How its key is kept: 'keyring', 'passphrase' or 'key file'."""
    schema: int
    keyring: bool
    """Whether this computer has a keyring that could keep the key."""


@dataclass(frozen=True, slots=True)
class Licence:
    """A part of Strongroom and the licence that it is under, in a few words."""

    name: str
    version: str
    licence: str
