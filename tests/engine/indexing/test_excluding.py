"""What is left out: lines as git reads them, files of lines in folders, and what nobody wrote."""

from __future__ import annotations

import os
import time
import unicodedata
from pathlib import Path

import pytest

from strongroom_engine.indexing.ignore import ignored
from strongroom_engine.indexing.looking.excluding import IGNORE_FILE, Rules, ruled_by
from strongroom_engine.indexing.looking.lines import is_meaningful
from strongroom_engine.indexing.looking.scan import scan
from strongroom_engine.types import Exclusion

FILES = (
    "a.log",
    "keep.log",
    "plan.md",
    "drafts/a.md",
    "drafts/deep/b.md",
    "work/drafts/c.md",
    "work/plan.md",
    "work/deep/er/plan.md",
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    for name in FILES:
        put(made / name)
    return made


def put(path: Path, text: str = "words") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def found(source: Path, *patterns: str, hidden: bool = False) -> set[str]:
    rules = Rules(str(source), [Exclusion("", one) for one in patterns], hidden=hidden)
    files = {os.path.relpath(facts.path, source) for facts, _ in scan(str(source), (), rules)}
    # Whoever asks about one path, as watching does, gets the same answer.
    everything = {str(path.relative_to(source)) for path in source.rglob("*") if not path.is_dir()}
    assert files == {one for one in everything if not rules.omit_below(str(source / one))}
    for one in everything:
        again = scan(str(source), [str(source / one)], rules)
        assert bool(list(again)) == (one in files)
    return files


@pytest.mark.parametrize(
    ("lines", "gone"),
    [
        (["*.log"], {"a.log", "keep.log"}),
        (["*.LOG"], {"a.log", "keep.log"}),
        (["*.log", "!keep.log"], {"a.log"}),
        (["drafts"], {"drafts/a.md", "drafts/deep/b.md", "work/drafts/c.md"}),
        (["drafts/"], {"drafts/a.md", "drafts/deep/b.md", "work/drafts/c.md"}),
        (["plan.md/"], set()),
        (["/plan.md"], {"plan.md"}),
        (["/drafts/"], {"drafts/a.md", "drafts/deep/b.md"}),
        (["work/plan.md"], {"work/plan.md"}),
        (["work/*.md"], {"work/plan.md"}),
        (["work/**/plan.md"], {"work/plan.md", "work/deep/er/plan.md"}),
        (["**/deep"], {"drafts/deep/b.md", "work/deep/er/plan.md"}),
        (["drafts/**", "!drafts/a.md"], {"drafts/deep/b.md"}),
        (["drafts", "!drafts/a.md"], {"drafts/a.md", "drafts/deep/b.md", "work/drafts/c.md"}),
        (["?.log"], {"a.log"}),
        (["[ab].log"], {"a.log"}),
        (["[[:alpha:]].log"], {"a.log"}),
        (["[oops", "\\"], set()),
    ],
)
def test_lines_mean_what_they_mean_to_git(source: Path, lines: list[str], gone: set[str]) -> None:
    assert found(source, *lines) == set(FILES) - gone
    put(source / IGNORE_FILE, "# a remark\n\n" + "\r\n".join(lines) + "\n")
    assert found(source) == set(FILES) - gone


def test_a_file_of_lines_holds_in_its_folder_and_below(source: Path) -> None:
    put(source / "work" / IGNORE_FILE, "/plan.md\n*.log\n")
    put(source / "work" / "b.log")
    assert found(source) == set(FILES) - {"work/plan.md"}
    put(source / IGNORE_FILE, "plan.md\n")
    put(source / "work" / "deep" / IGNORE_FILE, "!plan.md\n")
    assert found(source) == set(FILES) - {"plan.md", "work/plan.md"}


def test_what_the_application_was_told_holds_before_a_file(source: Path) -> None:
    put(source / IGNORE_FILE, "!a.log\nplan.md\n")
    assert found(source, "*.log", "!/plan.md") == set(FILES) - {
        *("a.log", "keep.log", "work/plan.md", "work/deep/er/plan.md"),
    }


def test_a_gitignore_is_not_obeyed(source: Path) -> None:
    put(source / ".gitignore", "*.md\n")
    assert found(source) == set(FILES)


def test_a_file_of_lines_that_is_none_is_passed_over(source: Path, tmp_path: Path) -> None:
    os.mkfifo(source / IGNORE_FILE)  # opening it would wait for ever
    (source / "work" / IGNORE_FILE).symlink_to(put(tmp_path / "elsewhere", "*.md"))
    (source / "drafts" / IGNORE_FILE).write_bytes(b"\xff\xfe*.md\n")
    assert found(source) == set(FILES)


def test_an_absolute_path_is_one_place(source: Path, tmp_path: Path) -> None:
    assert found(source, str(source / "drafts")) == set(FILES) - {
        *("drafts/a.md", "drafts/deep/b.md"),
    }
    copy = put(source / str(tmp_path)[1:] / "drafts" / "a.md")  # a copy of everything, in it
    assert found(source, str(tmp_path / "drafts")) == {*FILES, str(copy.relative_to(source))}


def test_both_normal_forms_of_a_name_are_left_out(source: Path) -> None:
    for form in ("NFC", "NFD"):
        put(source / unicodedata.normalize(form, "Übersicht.md"))
    assert len(found(source)) == len(FILES) + 2
    assert found(source, "übersicht.*") == set(FILES)


USELESS = ("node_modules", "bower_components", "__pycache__", "$RECYCLE.BIN", "Library/Caches")


@pytest.mark.parametrize("folder", USELESS)
def test_what_programs_can_make_again_is_left_out_unless_it_is_taken_in(
    source: Path, folder: str
) -> None:
    put(source / folder / "readme.md")
    assert found(source) == set(FILES)
    assert found(source, f"!{folder}") == {*FILES, f"{folder}/readme.md"}


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n# made by a program\n"),
        ("pyvenv.cfg", "home = /usr/bin\n"),
    ],
)
def test_a_folder_that_is_marked_as_made_again_is_left_out(
    source: Path, mark: str, text: str
) -> None:
    put(source / "target" / "debug" / "notes.md")
    put(source / "target" / mark, text)
    assert found(source) == set(FILES)
    assert "target/debug/notes.md" in found(source, "!/target")
    assert found(source / "target") >= {"debug/notes.md"}, "it was asked for itself"
    assert ruled_by(str(source / "target" / mark)) == str(source / "target")


def test_a_tag_without_the_signature_means_nothing(source: Path) -> None:
    put(source / "target" / "CACHEDIR.TAG", "a note of somebody's")
    put(source / "target" / "notes.md")
    assert "target/notes.md" in found(source)


def test_hidden_files_are_documents_where_they_are_wanted(source: Path) -> None:
    for name in (".notes/a.md", ".todo.md", ".git/config", ".DS_Store", "._a.md", ".#a.md"):
        put(source / name)
    put(source / ".ssh" / "config")
    assert found(source) == set(FILES)
    assert found(source, hidden=True) == {*FILES, ".notes/a.md", ".todo.md"}
    assert found(source, "!.todo.md") == {*FILES, ".todo.md"}


def test_what_can_match_nothing_is_told_apart() -> None:
    assert is_meaningful("*.log")
    assert not any(map(is_meaningful, ("", "#remark", "[oops", "\\", "!")))


def test_a_thousand_lines_cost_no_more_than_a_look(tmp_path: Path) -> None:
    """Asked of 20,000 paths: they are one expression, not a thousand."""
    lines = [f"*.{number}" for number in range(500)] + [f"/a/{number}/b" for number in range(500)]
    rules = Rules(str(tmp_path), [Exclusion("", one) for one in lines])
    omit = rules.omitting(str(tmp_path), ())
    names = [f"Document {number}.pdf" for number in range(20_000)]
    began = time.process_time()
    assert not any(omit(str(tmp_path / name), name, False) for name in names)
    assert time.process_time() - began < 4


@pytest.mark.parametrize("name", [".git", "thumbs.db", "~$a.docx", "a.crdownload"])
def test_names_of_nobodys_documents(name: str) -> None:
    assert ignored(name)
    assert ignored(name, hidden=True)
