"""The library of the folder that `folder.make` writes, indexed by the real parsers, made once."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from tests.engine.answering.exact.folder import FOLDERS, make
from tests.engine.answering.exact.made import TODAY, Asked, job
from tests.engine.fakes import WordLengths

from strongroom_engine.answering.asking import Request
from strongroom_engine.answering.exact.listing import from_index
from strongroom_engine.answering.route import Routed, route
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Answer


@pytest.fixture(scope="package")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    root = tmp_path_factory.mktemp("papers")
    make(root / "papers")
    key = LibraryKey(secrets.token_bytes(32), "key file")
    with Library(root / "library", key, embedder=WordLengths()) as library:
        for folder in FOLDERS:
            library.add(str(root / "papers" / folder))
        with Store.open(root / "library", key, mode="read") as store:
            yield store


@pytest.fixture
def ask(papers: Store) -> Asked:
    def asked(question: str, **more: object) -> tuple[Routed, Answer | None]:
        request = Request(question, **more)  # type: ignore[arg-type]  # fields by name, per test
        routed = route(papers, request, TODAY)
        known = routed.route == "index"
        return routed, from_index(job(papers, request), routed) if known else None

    return asked
