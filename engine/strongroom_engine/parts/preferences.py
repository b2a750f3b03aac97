"""The user's settings while a library is open: shown with their bounds, changed, kept, applied.

Most changes hold from the next question or document on. What a running part was made with is named
in `SettingsReport.waiting` until the engine is started again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import get_args, get_type_hints

import msgspec
from msgspec import inspect, structs

from strongroom_engine.answering.templates import (
    copy_template,
    own_folder,
    restore_template,
    template_files,
)
from strongroom_engine.errors import (
    SettingNotOneOf,
    SettingOutOfBounds,
    SettingRefused,
    UnknownSetting,
)
from strongroom_engine.settings import Settings, load_settings, save_settings, settings_file
from strongroom_engine.types import PromptFile, Setting, SettingsReport, SettingValue

AT_START = frozenset(
    {
        "parser_workers",
        "parse_timeout_s",
        "parse_memory_mb",
        "max_file_mb",
        "max_text_mb",
        "chunk_tokens",
        "embed_batch",
        "embed_threads",
        "settle_s",
        "max_question_characters",
    }
)
"""Settings that the parts are made with: they hold when the engine is started again."""

Use = Callable[[Settings], object]


class Preferences:
    """Thread-safe. Each of `users` is called with the settings of now, after every change."""

    def __init__(self, settings: Settings, users: Sequence[Use]) -> None:
        self._started_with = settings
        self._settings = settings
        self._users = users
        self._changing = threading.Lock()

    def report(self) -> SettingsReport:
        """Every setting as it is now, with its bounds."""
        return _report(load_settings(), self._started_with)

    def change(self, values: Mapping[str, SettingValue]) -> SettingsReport:
        """Set these, all or none, keep them and apply them; None gives one its default back.

        Raises `SettingRefused`s with the bounds, and `SettingsUnusable` where they cannot be kept.
        """
        with self._changing:
            save_settings(changed(load_settings(), values))
            self._settings = changed(self._settings, values)
            for use in self._users:
                use(self._settings)
        return self.report()

    # --- prompt templates ------------------------------------------------------------------------

    def prompts(self) -> tuple[str, tuple[PromptFile, ...]]:
        """The folder of the user's copies, and every template that is used."""
        return str(own_folder()), template_files()

    def copy_prompt(self, name: str) -> None:
        """Let the user edit a copy. Raises `UnknownPrompt` and `PromptUnwritable`."""
        copy_template(name)

    def restore_prompt(self, name: str) -> None:
        """Use the shipped one again; the copy is set aside. Raises as `copy_prompt`."""
        restore_template(name)


def settings_report() -> SettingsReport:
    """The user's settings, where no library is open."""
    return _report(load_settings(), None)


def change_settings(values: Mapping[str, SettingValue]) -> SettingsReport:
    """Change and keep them, where no library is open. Raises as `Preferences.change`."""
    save_settings(changed(load_settings(), values))
    return settings_report()


def changed(settings: Settings, values: Mapping[str, SettingValue]) -> Settings:
    """The settings with these values. Raises `SettingRefused`s."""
    defaults = structs.asdict(Settings())
    merged = structs.asdict(settings)
    for name, value in values.items():
        if name not in defaults:
            raise UnknownSetting(value=name)
        merged[name] = defaults[name] if value is None else value
        try:
            msgspec.convert({name: merged[name]}, Settings)
        except msgspec.ValidationError as exc:
            raise _refusal(name, value) from exc
    return msgspec.convert(merged, Settings)


def _refusal(name: str, value: SettingValue) -> SettingRefused:
    """Why the setting cannot have this value."""
    setting = next(one for one in _described(Settings()) if one.name == name)
    if setting.choices:
        return SettingNotOneOf(value=value, choices=", ".join(setting.choices))
    if setting.least is not None and setting.most is not None:
        least, most = _figure(setting.least), _figure(setting.most)
        return SettingOutOfBounds(value=value, least=least, most=most)
    return SettingRefused(value=value)


def _figure(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def _report(settings: Settings, started_with: Settings | None) -> SettingsReport:
    waiting = tuple(
        sorted(
            name
            for name in AT_START
            if started_with is not None and getattr(started_with, name) != getattr(settings, name)
        )
    )
    return SettingsReport(str(settings_file()), tuple(_described(settings)), waiting)


def _described(settings: Settings) -> list[Setting]:
    defaults = Settings()
    kind = inspect.type_info(Settings)
    assert isinstance(kind, inspect.StructType)
    return [
        _setting(field, getattr(settings, field.name), getattr(defaults, field.name))
        for field in kind.fields
    ]


def _setting(field: inspect.Field, value: SettingValue, default: SettingValue) -> Setting:
    name, live = field.name, field.name not in AT_START
    for kind in field.type.types if isinstance(field.type, inspect.UnionType) else [field.type]:
        if isinstance(kind, inspect.LiteralType):
            choices = get_args(get_type_hints(Settings)[name])  # in their own order
            return Setting(name, value, default, choices=choices, live=live)
        if isinstance(kind, (inspect.IntType, inspect.FloatType)):
            least = kind.gt if kind.ge is None else kind.ge
            return Setting(name, value, default, least, kind.le, kind.gt is not None, live=live)
    return Setting(name, value, default, live=live)
