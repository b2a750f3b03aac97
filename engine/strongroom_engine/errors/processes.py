"""Between processes, and what ends a piece of work."""

from __future__ import annotations

from strongroom_engine.errors.base import StrongroomError


class ProtocolError(StrongroomError):
    code = "protocol"
    what = "A message could not be understood: {why}."
    remedy = "Window and engine may be of different versions; install Strongroom again."


class EngineDied(StrongroomError):
    code = "engine-died"
    what = "The engine stopped and is being started again."
    remedy = "Nothing you typed or asked is lost."


class SettingsUnusable(StrongroomError):
    code = "settings-unusable"
    what = "The settings in {file} cannot be used: {why}."
    remedy = "Correct the line or delete the file; the defaults are used without it."


class SettingRefused(StrongroomError):
    """The setting stays as it was."""

    code = "setting-refused"
    what = "“{value}” is not possible here."


class SettingOutOfBounds(SettingRefused):
    code = "setting-out-of-bounds"
    what = "{value} is not possible here: it goes from {least} to {most}."


class SettingNotOneOf(SettingRefused):
    code = "setting-not-one-of"
    what = "“{value}” is not possible here: it is one of {choices}."


class UnknownSetting(SettingRefused):
    code = "unknown-setting"
    what = "There is no setting “{value}”."
    remedy = "Look it up in the list of settings."


class Cancelled(StrongroomError):
    code = "cancelled"
    what = "Stopped."
