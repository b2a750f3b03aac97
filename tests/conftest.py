"""What every test stands on: its own home, the real models, and no warning left unseen."""

from __future__ import annotations

import compileall
import logging
import os
import secrets
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_model
from strongroom_engine.settings import models_folder
from strongroom_engine.store import LibraryKey

# Before any test changes the home: where the set-up has put the models of this user.
os.environ["STRONGROOM_MODELS"] = str(models_folder())
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Hundreds of engines are started, and their parsers are confined: none can keep what it compiles.
# What pip and Python have compiled lies beside it, so no other folder may be named for bytecode.
for part in ("engine", "desktop", "tests") if "PYTEST_XDIST_WORKER" not in os.environ else ():
    compileall.compile_dir(Path(__file__).parents[1] / part, quiet=2)
# A job in a shell's background has SIGINT ignored, and so would have all that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, library and logs of this test alone; the user's are never touched."""
    home = tmp_path / "home"
    monkeypatch.setenv("STRONGROOM_HOME", str(home))
    monkeypatch.delenv("STRONGROOM_KEY_FILE", raising=False)
    # No test may meet, or wait for, the keyring of whoever runs it.
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    return home


@pytest.fixture(autouse=True)
def no_unexpected_log_records(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A record at WARNING or above fails the test; one that expects it clears `caplog`."""
    yield
    unexpected = [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING and record.name.startswith("strongroom")
    ]
    assert not unexpected


@pytest.fixture(scope="session")
def embedder() -> OnnxEmbedder:
    """The small embedding model, which is always there."""
    return OnnxEmbedder(embedding_model("all-MiniLM-L6-v2").folder, threads=0)


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions are put to the model one after the other, where answers are scripted in an order."""
    monkeypatch.setattr("strongroom_engine.answering.together.TOGETHER", 1)


@pytest.fixture
def key() -> LibraryKey:
    return LibraryKey(secrets.token_bytes(32), "key file")
