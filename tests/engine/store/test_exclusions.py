"""What was left out by an older Strongroom still is."""

from __future__ import annotations

import re
from contextlib import closing
from fnmatch import translate
from pathlib import Path

import apsw
import pytest

from strongroom_engine.indexing.looking.excluding import Rules
from strongroom_engine.store import exclusions, schema
from strongroom_engine.types import Exclusion

SOURCE = "/papers"
PATHS = (
    *("a.log", "x", "x/a.md", "work/x/a.md", "drafts/a.docx", "drafts/deep/b.docx", "!a.md"),
    *("#a", "work/drafts/a.docx", "a/b", "a/c/b", "a/c/d/b", "ab/c/x", "ab/x", "b/a.log"),
)
PATTERNS = (
    *("*.log", "x", "x/", "drafts/*.docx", "drafts/*", "*/x", "a/*/b", "a*/x", "!a.md", "#a"),
    *("work/x", "*/drafts/*", "[ab].log", "a/b", "/papers/work", "/papers/ab"),
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns_of_before_leave_out_what_they_left_out(pattern: str) -> None:
    (now,) = migrated(pattern)
    rules = Rules(SOURCE, [Exclusion("", now)])
    found = {path for path in PATHS if rules.leave_out_below(f"{SOURCE}/{path}")}
    assert found == {path for path in PATHS if left_out_before(pattern, path)}


def migrated(pattern: str) -> list[str]:
    with closing(apsw.Connection(":memory:")) as db:
        db.execute("CREATE TABLE sources (id INTEGER PRIMARY KEY)")
        db.execute(
            "CREATE TABLE exclusions (source, pattern, PRIMARY KEY (source, pattern)) WITHOUT ROWID"
        )
        exclusions.add(db, Exclusion("", pattern))
        db.execute(schema.MIGRATIONS[13])
        return [one.pattern for one in exclusions.listed(db)]


def left_out_before(pattern: str, path: str) -> bool:
    """By the rule of before, for the path or a folder that it lies in."""
    parts = path.split("/")
    return any(
        _alone(pattern, "/".join(parts[: count + 1]), part) for count, part in enumerate(parts)
    )


def _alone(pattern: str, inner: str, name: str) -> bool:
    if Path(pattern).is_absolute():
        return f"{SOURCE}/{inner}" == pattern
    if "/" in pattern:
        return re.match(translate(pattern.strip("/")), inner) is not None
    return re.match(translate(pattern), name) is not None
