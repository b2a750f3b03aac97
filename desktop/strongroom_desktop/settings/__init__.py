"""The page of settings."""

from strongroom_desktop.settings.page import SettingsPage

__all__ = ["SettingsPage"]
