"""Run files: kept whole, and refused with a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.engine.evaluation.made import run, set_run

from strongroom_engine.errors import ReportUnwritable, RunUnusable
from strongroom_engine.evaluation.files import refuse_unwritable
from strongroom_engine.evaluation.runs import load_run, save_run


def test_a_run_comes_back_as_it_was(tmp_path: Path) -> None:
    made = run(set_run([1.0, None, 0.0, 0.5]), model="small")
    save_run(made, tmp_path / "run.json")
    assert load_run(tmp_path / "run.json") == made


def broken(change: dict[str, Any]) -> bytes:
    made = {"format": "strongroom run 1", "made": "", "configuration": {}, "sets": []}
    return json.dumps(made | change).encode()


TORN = {"name": "one", "questions": [], "methods": {"hybrid": {"values": {"mrr@10": [1.0]}}}}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is not a run"),
        (b"\xff\xfe", "it is not a run"),
        (b"[]", "it is not a run"),
        (b'{"question": "a set and no run"}', "it is not a run"),
        (broken({"format": "strongroom run 9"}), "it is 'strongroom run 9'"),
        (broken({"sets": [TORN]}), "the figures of 'hybrid' in 'one' do not fit"),
    ],
)
def test_what_is_no_run_is_refused_with_the_reason(
    tmp_path: Path, content: bytes, why: str
) -> None:
    file = tmp_path / "run.json"
    file.write_bytes(content)
    with pytest.raises(RunUnusable) as raised:
        load_run(file)
    assert why in str(raised.value)


def test_a_missing_run_and_an_impossible_place_are_said(tmp_path: Path) -> None:
    with pytest.raises(RunUnusable, match="No such file"):
        load_run(tmp_path / "nowhere.json")
    for place in (tmp_path / "no folder" / "run.json", tmp_path):
        with pytest.raises(ReportUnwritable):
            save_run(run(set_run([1.0])), place)
        with pytest.raises(ReportUnwritable):
            refuse_unwritable(place)
    refuse_unwritable(tmp_path / "new.json")
