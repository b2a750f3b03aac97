"""The user's own question set: what was judged, how well it is answered, and that over time."""

from strongroom_desktop.quality.page import Quality

__all__ = ["Quality"]
