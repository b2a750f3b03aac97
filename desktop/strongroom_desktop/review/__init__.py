"""The review grids: many questions over many documents, as a table that fills while it works."""

from strongroom_desktop.review.page import ReviewPage

__all__ = ["ReviewPage"]
