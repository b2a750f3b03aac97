"""What the tests of this folder share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from strongroom_engine.answering.asking import Caller, Job, Parts, Request
from strongroom_engine.answering.route import Routed
from strongroom_engine.answering.search import Searcher
from strongroom_engine.errors import ModelMissing
from strongroom_engine.models.generator import Generator
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import Answer

TODAY = date(2026, 11, 25)

Asked = Callable[..., tuple[Routed, Answer | None]]


def no_generator() -> Generator:
    raise ModelMissing(path="nowhere")


def job(store: Store, request: Request, caller: Caller | None = None) -> Job:
    """A question that is asked of a library without an answer model."""
    settings = Settings()
    parts = Parts(store, Searcher(store, None), None, no_generator, settings)
    return Job(request, parts, caller or Caller())


def file_names(paths: list[str]) -> list[str]:
    return sorted(Path(path).name for path in paths)
