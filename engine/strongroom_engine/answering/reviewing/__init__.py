"""Questions that are put to one document after the other."""
