"""What the engine is doing, at the foot of the window, and what went wrong, above everything."""

from strongroom_desktop.status.damage import Damage
from strongroom_desktop.status.line import StatusLine
from strongroom_desktop.status.notice import NoticeBar

__all__ = ["Damage", "NoticeBar", "StatusLine"]
