"""Watching the sources: what the system tells, gathered until it rests, and looks where it tells
nothing."""

from strongroom_engine.indexing.watching.watcher import Watcher

__all__ = ["Watcher"]
