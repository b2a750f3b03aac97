"""The options that ask for data in a form, and the JSON that is printed."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from strongroom_engine.commands import output
from strongroom_engine.commands.structured import add_structuring, schema_of, structured_json
from strongroom_engine.commands.tasks import add_task
from strongroom_engine.errors import SchemaUnusable
from strongroom_engine.types import Answer, Citation, Timings, Value


def options(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(exit_on_error=False)
    add_task(parser)
    add_structuring(parser)
    parser.set_defaults(usage=parser.error)
    return parser.parse_args(arguments)


def test_a_file_or_names_of_fields(tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    file.write_bytes(b'\xef\xbb\xbf{"type": "string"}')
    assert schema_of(options()) == ""
    assert schema_of(options("--fields", "a, b")) == "a, b"
    assert schema_of(options("--schema", str(file))) == '{"type": "string"}'
    file.write_text(" \n")
    assert schema_of(options("--schema", str(file))) == "{}"  # refused as such when it is read


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(SchemaUnusable, match="No such file"):
        schema_of(options("--schema", str(tmp_path / "none.json")))
    with pytest.raises(SchemaUnusable, match="directory"):
        schema_of(options("--schema", str(tmp_path)))
    (tmp_path / "latin.json").write_bytes(b'{"title": "\xe9"}')
    with pytest.raises(SchemaUnusable, match="not text in UTF-8"):
        schema_of(options("--schema", str(tmp_path / "latin.json")))


def test_a_form_excludes_other_tasks(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(argparse.ArgumentError, match="not allowed with"):
        options("--schema", "x", "--fields", "y")
    with pytest.raises(SystemExit):
        schema_of(options("--fields", "y", "--task", "summary"))
    assert "--task summary" in capsys.readouterr().err


def test_each_value_comes_with_its_sources() -> None:
    citation = Citation(1, "/a.pdf", 3, 5, 9, "1998")
    answer = Answer(
        question="When?",
        text="year: 1998",
        abstained=False,
        sentences=(),
        citations=(citation,),
        hits=(),
        model="m",
        timings=Timings(),
        data='{"year": 1998, "kind": "x"}',
        values=(Value("/year", "1998", True, (1,)), Value("/kind", "x", False)),
        confidence=0.5,
    )
    printed = json.loads(output.to_json(structured_json(answer)))
    assert printed["data"] == {"year": 1998, "kind": "x"}
    year, kind = printed["values"]
    assert (year["pointer"], year["supported"]) == ("/year", True)
    assert year["sources"][0]["quote"] == "1998"
    assert year["sources"][0]["page"] == 3
    assert kind == {"pointer": "/kind", "text": "x", "supported": False, "sources": []}
