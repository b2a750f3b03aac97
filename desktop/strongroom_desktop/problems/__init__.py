"""Every document that is not in the index, and why."""

from strongroom_desktop.problems.page import Problems

__all__ = ["Problems"]
