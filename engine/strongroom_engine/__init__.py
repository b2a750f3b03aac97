"""Strongroom's engine: indexing, searching and answering over documents, with no network and no Qt."""

__version__ = "0.1.0"
