"""How a document was read: the sheet that a person opens to trust it, or not."""

from strongroom_desktop.report.sheet import ReportSheet

__all__ = ["ReportSheet"]
