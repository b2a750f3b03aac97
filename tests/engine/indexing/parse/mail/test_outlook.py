"""Messages of Outlook (MSG), what it sends along (TNEF), and how it keeps a body as rich text."""

from __future__ import annotations

import struct
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.engine.outlook_files import Made, Said, compound, msg, tnef
from tests.engine.parsing import parsed

from strongroom_engine.errors import DamagedDocument, DocumentProblem
from strongroom_engine.indexing.parse.mail.outlook import rtf_body
from strongroom_engine.types import Document

SENT = datetime(2024, 3, 2, 16, 30, tzinfo=UTC)
LEASE: dict[int, Said] = {
    0x001A: "IPM.Note",
    0x0037: "The lease",
    0x0C1A: "Keller, Ana",
    0x0C1F: "ana@example.org",
    0x0039: SENT,
    0x1000: "The rent is due on Friday.\r\n",
    0x1035: "<lease@example.org>",
    0x1042: "<offer@example.org>",
}
PEOPLE: list[dict[int, Said]] = [
    {0x3001: "Bo", 0x39FE: "bo@example.org", 0x0C15: 1},
    {0x3001: "cy@example.org", 0x39FE: "cy@example.org", 0x0C15: 2},
    {0x3001: "Jürgen Groß", 0x39FE: "j@example.org", 0x0C15: 3},
]


def read(tmp_path: Path, made: Made, name: str = "a.msg") -> Document:
    file = tmp_path / name
    file.write_bytes(msg(made))
    return parsed(file)


def test_a_message_looks_as_one_of_any_other_program(tmp_path: Path) -> None:
    document = read(tmp_path, Made(LEASE, people=PEOPLE))
    assert document.text == (
        "From: Keller, Ana <ana@example.org>\nTo: Bo <bo@example.org>\nCc: cy@example.org\n"
        "Bcc: Jürgen Groß <j@example.org>\nDate: Sat, 2 March 2024 16:30 +0000\n"
        "Subject: The lease\n\nThe rent is due on Friday."
    )
    assert document.mail is not None
    assert document.mail.message_id == "lease@example.org"
    assert document.mail.references == ("offer@example.org",)
    assert document.mail.sender == "Keller, Ana <ana@example.org>"
    assert len(document.mail.recipients) == 3
    assert document.mail.sent_ms == round(SENT.timestamp() * 1000)
    assert document.places[0].kind == "message"


def test_files_and_messages_in_it_are_documents_of_their_own(tmp_path: Path) -> None:
    inner = Made({**LEASE, 0x0037: "The offer", 0x1000: "We offer the flat."},
                 files=[{0x3707: "plan.txt", 0x3701: b"Two rooms and a kitchen."}])  # fmt: skip
    made = Made(LEASE, files=[inner, {0x3707: "Vertrag für Öl.txt", 0x3701: b"x" * 5000}])
    names = [member.name for member in read(tmp_path, made).members]
    assert names == ["2024-03-02 16.30 The offer.eml", "Vertrag für Öl.txt"]
    offer = parsed(tmp_path / "a.msg" / names[0])
    assert "We offer the flat." in offer.text
    assert "Two rooms" in parsed(tmp_path / "a.msg" / names[0] / offer.members[0].name).text
    assert parsed(tmp_path / "a.msg" / names[1]).text == "x" * 5000


def test_texts_in_an_encoding_from_before_unicode(tmp_path: Path) -> None:
    says: dict[int, Said] = {0x0037: "Договор", 0x1000: "Аренда", 0x3FFD: 1251}
    document = read(tmp_path, Made(says, page="cp1251"))
    assert document.text == "Subject: Договор\n\nАренда"


def test_an_appointment_says_when_and_where_in_its_own_zone(tmp_path: Path) -> None:
    zone = "W. Europe Standard Time"
    described = struct.pack("<BBHHH", 2, 1, 6, 2, len(zone)) + zone.encode("utf-16-le")
    names: dict[int | str, Said] = {
        0x820D: datetime(2024, 7, 1, 22, 30, tzinfo=UTC),
        0x820E: datetime(2024, 7, 1, 23, 30, tzinfo=UTC),
        0x8208: "Court, room 4",
        0x825E: described,
        "keywords": ["Court", "Lease"],
    }
    says: dict[int, Said] = {0x001A: "IPM.Appointment", 0x0037: "Hearing", 0x0C1A: "Ana Keller"}
    document = read(tmp_path, Made(says, names, people=PEOPLE[:1]))
    assert document.text.startswith("Hearing\nTo: Bo <bo@example.org>\n\nWhen: ")
    assert document.text.endswith("Organiser: Ana Keller")
    assert "When: Tue, 2 July 2024 00:30 to 01:30 (Europe/Berlin)" in document.text
    assert "Where: Court, room 4" in document.text
    assert "Categories: Court, Lease" in document.text
    assert document.mail is None
    (place,) = document.places
    assert place.kind == "event"
    assert place.number == round(datetime(2024, 7, 2, 0, 30, tzinfo=UTC).timestamp() * 1000)


def test_a_day_that_begins_at_midnight_elsewhere_is_that_day(tmp_path: Path) -> None:
    names: dict[int | str, Said] = {
        0x820D: datetime(2024, 3, 2, 23, tzinfo=UTC),
        0x820E: datetime(2024, 3, 3, 23, tzinfo=UTC),
        0x8215: True,
    }
    document = read(tmp_path, Made({0x001A: "IPM.Appointment", 0x0037: "Fair"}, names))
    assert "When: Sun, 3 March 2024, all day" in document.text


def test_contacts_and_tasks_say_what_they_are(tmp_path: Path) -> None:
    contact = read(
        tmp_path,
        Made(
            {0x001A: "IPM.Contact", 0x3001: "Ana Keller", 0x3A16: "Holt", 0x3A08: "+49 30 1234"},
            {0x8083: "ana@example.org"},
        ),
    )
    assert contact.title == "Ana Keller"
    assert contact.places[0].kind == "contact"
    for words in ("Organisation: Holt", "Phone (work): +49 30 1234", "Email: ana@example.org"):
        assert words in contact.text
    task = read(
        tmp_path,
        Made(
            {0x001A: "IPM.Task", 0x0037: "Call Holt"},
            {0x8105: datetime(2024, 3, 4, tzinfo=UTC), 0x8101: 1, 0x8102: 0.25},
        ),
    )
    for words in ("Due: Mon, 4 March 2024", "Status: in progress", "Done: 25%"):
        assert words in task.text


def test_what_is_broken_is_told_and_nothing_else_is_raised(tmp_path: Path) -> None:
    data = msg(Made(LEASE, people=PEOPLE, files=[{0x3707: "a.txt", 0x3701: b"text"}]))
    file = tmp_path / "a.msg"
    for end in (600, 1500, len(data) // 2, len(data) - 600):
        file.write_bytes(data[:end])
        with suppress(DocumentProblem):
            parsed(file)
    file.write_bytes(
        compound({"__properties_version1.0": b"\xff" * 40, "__substg1.0_0037001F": b"A"})
    )
    parsed(file)


def test_attachments_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    cloud: dict[int, Said] = {0x3707: "Plan.docx", 0x3705: 7}
    whole: dict[int, Said] = {0x3707: "a.txt", 0x3701: b"b" * 9000}
    made = Made(LEASE, files=[cloud, whole])
    document = read(tmp_path, made)
    assert [one.name for one in document.members] == ["a.txt"]
    (outside,) = document.left_out
    assert "outside the message" in outside.what
    data = msg(made)
    file = tmp_path / "a.msg"
    file.write_bytes(data[: data.index(b"b" * 9000) + 1000])
    document = parsed(file)
    assert document.members == ()
    assert {one.count for one in document.left_out} == {1}
    assert len(document.left_out) == 2


# --- what Outlook sends along -----------------------------------------------------------------------


def along(made: Made, body: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ana <ana@example.org>"
    message["Subject"] = "The lease"
    message.set_content(body)
    message.add_attachment(tnef(made), "application", "ms-tnef", filename="winmail.dat")
    return message


def test_what_outlook_sends_along_lies_in_the_message_itself(tmp_path: Path) -> None:
    inner = Made({0x001A: "IPM.Note", 0x0037: "The offer", 0x1000: "We offer the flat."})
    made = Made(
        {0x1000: "The rent is due."}, files=[{0x3707: "plan.txt", 0x3701: b"Two rooms."}, inner]
    )
    file = tmp_path / "a.eml"
    file.write_bytes(along(made, "The rent is due on Friday.").as_bytes())
    document = parsed(file)
    assert [member.name for member in document.members] == ["plan.txt", "undated The offer.eml"]
    assert document.text.count("The rent is due") == 1
    assert parsed(file / "plan.txt").text == "Two rooms."
    assert "We offer the flat." in parsed(file / "undated The offer.eml").text
    file.write_bytes(along(made, "").as_bytes())
    assert "The rent is due." in parsed(file).text


def test_it_is_read_by_itself_too(tmp_path: Path) -> None:
    made = Made(
        {0x0037: "Fair", 0x001A: "IPM.Appointment"}, {0x8208: "Hall 3", "keywords": ["Trade"]}
    )
    file = tmp_path / "winmail.dat"
    data = tnef(made)
    file.write_bytes(data)
    document = parsed(file)
    assert (document.title, document.places[0].kind) == ("Fair", "event")
    assert "Where: Hall 3\nCategories: Trade" in document.text
    for end in range(8, len(data), 7):
        file.write_bytes(data[:end])
        with suppress(DocumentProblem):
            parsed(file)


def test_an_attachment_that_is_cut_off_is_told(tmp_path: Path) -> None:
    whole: dict[int, Said] = {0x3707: "a.txt", 0x3701: b"Two rooms."}
    file = tmp_path / "winmail.dat"
    file.write_bytes(tnef(Made({0x1000: "See there."}, files=[whole, {0x3701: b"b" * 900}]))[:-500])
    document = parsed(file)
    assert [one.name for one in document.members] == ["a.txt"]
    assert [one.count for one in document.left_out] == [1]


# --- bodies as rich text ---------------------------------------------------------------------------


def packed(data: bytes, kind: bytes = b"MELA") -> bytes:
    return struct.pack("<II4sI", len(data) + 12, len(data), kind, 0) + data


def test_packed_rich_text_is_unpacked_as_the_standard_has_it() -> None:
    example = bytes.fromhex(  # the two examples of MS-OXRTFCP
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
        "0af32068656c090020627705b06c647d0a800fa0"
    )
    assert rtf_body.unpacked(example) == rb"{\rtf1\ansi\ansicpg1252\pard hello world}" + b"\r\n"
    repeated = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert rtf_body.unpacked(repeated) == rb"{\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_a_page_in_rich_text_is_the_page(tmp_path: Path) -> None:
    wrapped = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fcharset204 X;}}"
        rb"{\*\htmltag19 <html>}{\*\htmltag50 <body>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 "
        rb"K\'fcndigung, \u8364 ?5 \{sic\}{\f1 \'c4}\htmlrtf not shown\par}\htmlrtf0 {\*\htmltag72 </p>}"
        rb"{\*\mhtmltag84 <img>}{\*\htmltag64 <p>}Two\line words{\*\htmltag72 </p>}{\*\htmltag58 </body>}}"
    )
    document = read(tmp_path, Made({0x0037: "Lease", 0x1009: packed(wrapped)}))
    assert "Kündigung, €5 {sic}Д" in document.text
    assert "shown" not in document.text
    assert "img" not in document.text
    shape, said = rtf_body.read(packed(rb"{\rtf1\ansi\fromtext{\fonttbl;}One\par two \'e4\tab x}"))
    assert (shape, said) == ("plain", "One\ntwo ä\tx")


def test_a_body_that_is_rich_text_is_read_as_such(tmp_path: Path) -> None:
    rich = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 The \b rent\b0  is due.\par On Friday.}"
    assert (
        "The rent is due.\n\nOn Friday."
        in read(tmp_path, Made({0x0037: "Lease", 0x1009: packed(rich)})).text
    )


@pytest.mark.parametrize("kind", ["signed", "encrypted"])
def test_a_message_that_is_signed_is_read(tmp_path: Path, kind: str) -> None:
    signed = (
        b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=b\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nThe rent is due.\r\n--b\r\n"
        b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nxx\r\n--b--\r\n"
    )
    held = signed if kind == "signed" else b"0\x80nothing"
    made = Made({0x001A: "IPM.Note.SMIME.MultipartSigned", 0x0037: "Lease"}, files=[{0x3701: held}])
    document = read(tmp_path, made)
    assert ("The rent is due." in document.text) == (kind == "signed")
    assert len(document.left_out) == 1


def test_a_mailbox_of_outlook_that_is_broken_is_told(tmp_path: Path) -> None:
    file = tmp_path / "archive.pst"
    file.write_bytes(b"!BDN" + bytes(4000))
    with pytest.raises(DamagedDocument):
        parsed(file)


def test_an_appointment_that_exchange_gives_keeps_its_people(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(
        b"From: Ana <ana@example.org>\nTo: bo@example.org\nSubject: Hearing\n"
        b"Date: Sat, 02 Mar 2024 17:30:00 +0100\nContent-Class: urn:content-classes:appointment\n\n"
        b"In room 4.\n"
    )
    document = parsed(file)
    assert document.text == (
        "Hearing\nFrom: Ana <ana@example.org>\nTo: bo@example.org\n\nIn room 4."
    )
    assert document.mail is None


def test_messages_of_one_exchange_are_known_by_outlooks_index(tmp_path: Path) -> None:
    index = bytes(range(22))
    first = read(tmp_path, Made({0x0037: "Lease", 0x0071: index}))
    reply = read(tmp_path, Made({0x0037: "Re: Lease", 0x0071: index + bytes(5)}))
    assert first.mail is not None
    assert reply.mail is not None
    assert first.mail.references == reply.mail.references != ()
