"""`strongroom report` and `strongroom password`: how a document was read, and opening it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pymupdf
import pytest
import pyzipper

from strongroom_engine import cli


@pytest.fixture
def papers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "Papers"
    folder.mkdir()
    (folder / "lease.md").write_text("# The lease\n\nThe rent is due on Friday.\n", "utf-8")
    with pymupdf.open() as file:
        file.new_page().insert_text((60, 80), "The deposit is kept by the bank.")
        file.save(
            folder / "locked.pdf",
            encryption=pymupdf.mupdf.PDF_ENCRYPT_AES_256,
            user_pw="sesame",
            owner_pw="other",
        )
    assert run(tmp_path, "add", str(folder)) == 0
    capsys.readouterr()
    return folder


def run(tmp_path: Path, *arguments: str) -> int:
    place = ["--library", str(tmp_path / "library"), "--key-file", str(tmp_path / "key")]
    return cli.main([*place, *arguments])


def test_a_report_says_how_a_document_was_read(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "report", str(papers / "lease.md")) == 0
    told = capsys.readouterr().out
    assert "indexed" in told
    assert "1 passage" in told
    assert "1 heading" in told
    assert "Findable     yes" in told
    assert run(tmp_path, "report", "--json", str(papers / "lease.md")) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["document"]["chunks"] == report["words"] == report["vectors"] == 1
    assert report["findable"] is True
    assert report["languages"] == ["english"]


def test_a_password_opens_what_lies_in_its_folder(
    tmp_path: Path,
    papers: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    locked = str(papers / "locked.pdf")
    monkeypatch.setattr("sys.stdin", io.StringIO("wrong\n"))
    assert run(tmp_path, "password", locked) == 1
    assert "does not open the document" in capsys.readouterr().err
    assert run(tmp_path, "search", "deposit", "--json") == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert locked not in [hit["file"] for hit in hits]
    monkeypatch.setattr("sys.stdin", io.StringIO("sesame\n"))
    assert run(tmp_path, "password", str(papers)) == 0
    assert "It opened 1 document." in capsys.readouterr().err
    assert run(tmp_path, "search", "deposit bank", "--json") == 0
    assert json.loads(capsys.readouterr().out)["hits"][0]["file"] == locked
    assert run(tmp_path, "password", "--forget", locked) == 0
    assert run(tmp_path, "password") == 0
    assert capsys.readouterr().out.split() == [str(papers)]
    monkeypatch.setattr("sys.stdin", io.StringIO("sesame\n"))
    assert run(tmp_path, "password", str(papers)) == 0
    assert "Nothing there waits for a password" in capsys.readouterr().err
    assert b"sesame" not in (tmp_path / "library" / "library.db").read_bytes()


def test_what_lies_inside_is_counted(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(papers / "post.zip", "w") as archive:
        archive.writestr("2023/a.txt", "The plumber asks for 90 euros.")
        archive.writestr("b.txt", "The roof leaks.")
    assert run(tmp_path, "add", str(papers)) == 0
    capsys.readouterr()
    assert run(tmp_path, "report", str(papers / "post.zip")) == 0
    told = capsys.readouterr().out
    assert "Inside       2 documents" in told
    assert f"Holds        {papers / 'post.zip' / 'b.txt'}" in told


def test_it_is_said_how_many_need_another_password(
    tmp_path: Path,
    papers: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pyzipper.AESZipFile(papers / "post.zip", "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"other")
        archive.writestr("a.txt", "The plumber asks for 90 euros.")
    assert run(tmp_path, "add", str(papers)) == 0
    capsys.readouterr()
    monkeypatch.setattr("sys.stdin", io.StringIO("sesame\n"))
    assert run(tmp_path, "password", str(papers), "--json") == 0
    tried = json.loads(capsys.readouterr().out)
    assert tried == {
        "opened": [str(papers / "locked.pdf")],
        "locked": [str(papers / "post.zip")],
        "waiting": [],
    }
