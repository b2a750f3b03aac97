"""Mailboxes of Outlook: folders, messages and what lies in them, read by libpff."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.engine.outlook_files import Made, Said
from tests.engine.parsing import in_memory, parsed
from tests.engine.pst_files import pst

from strongroom_engine.errors import DamagedDocument, DocumentProblem, Vanished
from strongroom_engine.indexing.parse.mail import pst as reader

SENT = datetime(2024, 3, 2, 16, 30, tzinfo=UTC)


def message(subject: str, body: str = "The rent is due.", **more: Said) -> Made:
    says: dict[int, Said] = {
        0x001A: "IPM.Note",
        0x0037: subject,
        0x0C1A: "Ana Keller",
        0x0C1F: "ana@example.org",
        0x0039: SENT,
        0x1000: body,
        0x65E2: bytes(20),
    }
    return Made(says, people=[{0x3001: "Bo", 0x39FE: "bo@example.org", 0x0C15: 1}])


def box(tmp_path: Path, **folders: list[Made]) -> Path:
    file = tmp_path / "archive.pst"
    file.write_bytes(pst(folders))
    return file


def test_each_message_is_a_document_in_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "archive.pst"
    file.write_bytes(
        pst({"Inbox": [message("Lease"), message("Lease")], "Old": {"2023/24": [message("Rent")]}})
    )
    document = parsed(file)
    names = [member.name for member in document.members]
    assert names == [
        "Inbox/2024-03-02 16.30 Lease.eml",
        "Inbox/2024-03-02 16.30 Lease (2).eml",
        "Old/2023 24/2024-03-02 16.30 Rent.eml",
    ]
    assert "Mailbox archive: 3 messages." in document.text
    assert "Ana Keller (3)" in document.text
    rent = parsed(file / names[2])
    assert rent.text == (
        "From: Ana Keller <ana@example.org>\nTo: Bo <bo@example.org>\n"
        "Date: Sat, 2 March 2024 16:30 +0000\nSubject: Rent\n\nThe rent is due."
    )
    assert all(member.identity for member in document.members)


def test_attachments_lie_below_their_message(tmp_path: Path) -> None:
    lease = message("Lease", "The rent is due. " * 2000)
    lease.files = [{0x3707: "plan.txt", 0x3701: b"Two rooms. " * 3000}]
    file = box(tmp_path, Inbox=[lease])
    (member,) = parsed(file).members
    letter = parsed(file / member.name)
    assert letter.text.count("The rent is due.") == 2000
    assert [one.name for one in letter.members] == ["plan.txt"]
    assert parsed(file / member.name / "plan.txt").text.count("Two rooms.") == 3000


def test_messages_in_messages_are_read_with_what_lies_in_them(tmp_path: Path) -> None:
    offer = message("Offer", "We offer the flat. " * 3000)  # kept in a node of its own
    offer.files = [{0x3707: "plan.txt", 0x3701: b"Two rooms. " * 2000}, message("Older")]
    lease = message("Lease")
    lease.files = [offer]
    file = box(tmp_path, Inbox=[message("Other"), lease])
    path = file / parsed(file).members[1].name
    assert parsed(path).left_out == ()
    (inner,) = parsed(path).members
    assert inner.name == "2024-03-02 16.30 Offer.eml"
    found = parsed(path / inner.name)
    assert found.text.startswith("From: Ana Keller <ana@example.org>\nTo: Bo <bo@example.org>")
    assert found.text.count("We offer the flat.") == 3000
    assert parsed(path / inner.name / "plan.txt").text.count("Two rooms.") == 2000
    assert parsed(path / inner.name / found.members[1].name).title == "Older"


def test_what_lies_in_a_message_of_an_unknown_class_is_read(tmp_path: Path) -> None:
    made = Made({0x001A: "REPORT.Own", 0x0037: "Own"}, people=[{0x3001: "Bo", 0x0C15: 1}])
    made.files = [{0x3707: "plan.txt", 0x3701: b"Two rooms."}]
    file = box(tmp_path, Inbox=[made])
    (member,) = parsed(file).members
    assert parsed(file / member.name).text.startswith("To: Bo\nSubject: Own\nAttachments: plan.txt")
    assert parsed(file / member.name / "plan.txt").text == "Two rooms."


def test_a_message_in_a_message_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    lease = message("Lease")
    lease.files = [{0x3705: 5, 0x3701: b"?"}]  # said to be a message, and leads to none
    file = box(tmp_path, Inbox=[lease])
    (member,) = parsed(file).members
    letter = parsed(file / member.name)
    assert letter.members == ()
    assert [one.count for one in letter.left_out] == [1]


def test_contacts_and_appointments_are_what_they_are(tmp_path: Path) -> None:
    contact = Made({0x001A: "IPM.Contact", 0x3001: "Ana Keller"}, {0x8083: "ana@example.org"})
    fair = Made(
        {0x001A: "IPM.Appointment", 0x0037: "Fair"},
        {0x820D: SENT, 0x8208: "Hall 3", "keywords": ["Trade", "Spring"]},
    )
    file = box(tmp_path, Contacts=[contact], Calendar=[fair])
    names = [member.name for member in parsed(file).members]
    assert names == ["Contacts/Ana Keller.eml", "Calendar/undated Fair.eml"]
    ana, event = (parsed(file / name) for name in names)
    assert ana.places[0].kind == "contact"
    assert "Email: ana@example.org" in ana.text
    assert (event.places[0].kind, event.mail) == ("event", None)
    assert "Where: Hall 3\nCategories: Trade, Spring" in event.text


def test_only_the_message_that_is_asked_for_is_read(tmp_path: Path) -> None:
    made = in_memory("archive.pst", pst({"Inbox": [message(f"{n}") for n in range(300)]}))
    name, data = reader.open_member(made, "Inbox/2024-03-02 16.30 250.eml/inner.txt")
    assert name == "Inbox/2024-03-02 16.30 250.eml"
    assert b"Subject: 250\n" in data
    mailbox = made.memo["mailbox"]
    assert reader.open_member(made, "Inbox/2024-03-02 16.30 7.eml")[0].endswith(" 7.eml")
    assert made.memo["mailbox"] is mailbox
    for missing in ("Inbox/other.eml", "Nowhere/2024-03-02 16.30 7.eml", ""):
        with pytest.raises(Vanished):
            reader.open_member(made, missing)


def test_what_is_broken_is_told(tmp_path: Path) -> None:
    data = pst({"Inbox": [message("Lease"), message("Rent")]})
    file = tmp_path / "archive.pst"
    for cut in (data[:600], data[:-1500], b"!BDN" + bytes(4000)):
        file.write_bytes(cut)
        with pytest.raises(DamagedDocument):
            parsed(file)
    told = 0
    for at in range(0x4600, len(data), 512):
        file.write_bytes(data[:at] + b"\xff" * 64 + data[at + 64 :])
        try:
            told += bool(parsed(file).left_out)
        except DocumentProblem:
            told += 1
    assert told
