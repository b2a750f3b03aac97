"""Mail as mail programs keep it, through the whole pipeline: found by what it is, not by its name."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.engine.fakes import Only, WordLengths
from tests.engine.outlook_files import Made, Said, msg
from tests.engine.pst_files import pst

from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store


@pytest.fixture
def folder(tmp_path: Path, store: Store) -> Path:
    made = tmp_path / "Mail"
    made.mkdir()
    store.add_source(str(made), "Mail")
    return made


def states(store: Store, folder: Path) -> dict[str, str]:
    """What became of each document, by its path in the folder, after all of it was read."""
    settings = Settings()
    with ParserPool(1, settings) as pool:
        indexer = Indexer(store, pool, Only(WordLengths()), settings)
        indexer.sync(str(folder))
        indexer.wait_embedded()
        indexer.close()
    start = len(str(folder)) + 1
    return {one.path[start:]: one.code or one.state for one in store.documents()}


def message(subject: str, body: str = "The rent is due.", answers: str = "") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Ana Keller <ana@example.org>"
    made["To"] = "Bo <bo@example.org>"
    made["Date"] = "Sat, 02 Mar 2024 17:30:00 +0100"
    made["Subject"] = subject
    made["Message-ID"] = f"<{subject.rsplit(maxsplit=1)[-1]}@example.org>"
    if answers:
        made["In-Reply-To"] = f"<{answers}@example.org>"
    made.set_content(body)
    return made


def test_a_maildir_with_its_folders(store: Store, folder: Path) -> None:
    box = mailbox.Maildir(str(folder / "Maildir"))
    box.add(message("One"))
    box.add_folder("Sent").add(message("Two"))
    (folder / "Maildir" / "dovecot-uidlist").write_bytes(b"3 V1 N2\n")
    (folder / "Maildir" / ".cache").mkdir()
    (folder / "Maildir" / ".cache" / "note.txt").write_bytes(b"Nobody's document.")
    found = states(store, folder)
    assert sorted(str(Path(path).parent) for path in found) == ["Maildir/.Sent/new", "Maildir/new"]
    assert set(found.values()) == {"indexed"}
    assert {one.title for one in store.documents()} == {"One", "Two"}


def test_a_profile_of_thunderbird(store: Store, folder: Path) -> None:
    for name in ("Inbox", "Inbox.sbd/Leases"):
        (folder / name).parent.mkdir(exist_ok=True)
        box = mailbox.mbox(str(folder / name))
        box.add(message("One"))
        box.add(message(f"Re: {Path(name).name}", answers="One"))
        box.close()
    (folder / "Inbox.msf").write_bytes(b"// <!-- <mdb:mork:z v=1.4/> -->\n")
    (folder / "msgFilterRules.dat").write_bytes(b'version="9"\n')
    found = states(store, folder)
    assert set(found.values()) == {"indexed"}
    assert sorted(found) == [
        "Inbox",
        "Inbox.sbd/Leases",
        "Inbox.sbd/Leases/2024-03-02 17.30 One.eml",
        "Inbox.sbd/Leases/2024-03-02 17.30 Re Leases.eml",
        "Inbox/2024-03-02 17.30 One.eml",
        "Inbox/2024-03-02 17.30 Re Inbox.eml",
    ]
    report = store.reports.of(str(folder / "Inbox" / "2024-03-02 17.30 Re Inbox.eml"))
    assert report is not None
    assert "One" in {one.title for one in report.kin if one.kind == "thread"}


def test_apple_mail_and_outlook(store: Store, folder: Path) -> None:
    data = message("One").as_bytes()
    written = b"%d\n%s<?xml version='1.0'?><plist><dict/></plist>" % (len(data), data)
    (folder / "12.emlx").write_bytes(written)
    detached = (
        b"From: a@example.org\nDate: Sat, 02 Mar 2024 17:30:00 +0100\nSubject: Three\n"
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nThe plan.\n"
        b"--b\nContent-Type: application/pdf; name=a.pdf\nX-Apple-Content-Length: 999\n\n\n--b--\n"
    )
    (folder / "13.partial.emlx").write_bytes(b"%d\n%s" % (len(detached), detached))
    lease: dict[int, Said] = {0x3707: "lease.txt", 0x3701: b"The deposit is kept by the bank."}
    (folder / "saved").write_bytes(msg(Made({0x0037: "Two", 0x1000: "See there."}, files=[lease])))
    (folder / "old").write_bytes(
        pst({"Inbox": [Made({0x0037: "Four", 0x1000: "The rent."}, files=[lease])]})
    )
    assert states(store, folder) == {
        "12.emlx": "indexed",
        "13.partial.emlx": "indexed",
        "old": "indexed",
        "old/Inbox/undated Four.eml": "indexed",
        "old/Inbox/undated Four.eml/lease.txt": "indexed",
        "saved": "indexed",
        "saved/lease.txt": "indexed",
    }
    assert "plist" not in store.document_text(str(folder / "12.emlx"))
    report = store.reports.of(str(folder / "13.partial.emlx"))
    assert report is not None
    assert "keeps outside the message" in report.left_out[0].what


def test_variants_of_mbox(store: Store, folder: Path) -> None:
    head = b"From: a@example.org\nDate: Sat, 02 Mar 2024 17:30:00 +0100\nSubject: "
    separator = b"From a@example.org Sat Mar  2 17:30:00 2024\n"
    quoted = head + b"Quoted\n\n>From here on.\n>>From there.\n\n"
    inside = b"Seen there:\n\n" + separator + b"From: b@example.org\nSubject: Other\n\nWords.\n"
    long = head + b"Long\nContent-Length: %d\n\n%s" % (len(inside), inside)
    box = separator + quoted + separator + long + b"\n" + separator + head + b"Last\n\nThe end.\n"
    (folder / "archive").write_bytes(box)
    found = states(store, folder)
    assert [Path(path).name[17:] for path in sorted(found) if "/" in path] == [
        "Last.eml",
        "Long.eml",
        "Quoted.eml",
    ]
    text = store.document_text(str(folder / "archive" / "2024-03-02 17.30 Quoted.eml"))
    assert "\nFrom here on.\n>From there." in text
    assert "Subject: Other" in store.document_text(
        str(folder / "archive" / "2024-03-02 17.30 Long.eml")
    )
