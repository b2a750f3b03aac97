"""The models that answer: which one is used and why, what fits this computer, how to get others."""

from strongroom_desktop.models.page import Models

__all__ = ["Models"]
