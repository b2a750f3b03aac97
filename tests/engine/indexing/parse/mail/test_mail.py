"""Messages, mailboxes, calendars and contacts: what of them is read, and what lies inside."""

from __future__ import annotations

import mailbox
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import BinaryIO

import pymupdf
import pytest
from tests.engine.parsing import parsed

from strongroom_engine.indexing.parse.mail import mbox
from strongroom_engine.sentences.placing import placed
from strongroom_engine.types import Document

SENT = datetime(2024, 3, 2, 17, 30, tzinfo=timezone(timedelta(hours=1)))


def message(subject: str = "The lease", body: str = "The rent is due on Friday.") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Ana Keller <ana@example.org>"
    made["To"] = "Bo <bo@example.org>, cy@example.org"
    made["Date"] = format_datetime(SENT)
    made["Subject"] = subject
    made["Message-ID"] = f"<{subject.replace(' ', '')}@example.org>"
    made.set_content(body)
    return made


def read(tmp_path: Path, made: EmailMessage | bytes, name: str = "a.eml") -> Document:
    file = tmp_path / name
    file.write_bytes(made if isinstance(made, bytes) else made.as_bytes())
    return parsed(file)


def pdf() -> bytes:
    with pymupdf.open() as file:
        file.new_page().insert_text((60, 80), "The deposit is kept by the bank.")
        data: bytes = file.tobytes()
        return data


def test_a_message_is_read_with_who_when_and_what(tmp_path: Path) -> None:
    document = read(tmp_path, message())
    assert document.title == "The lease"
    assert document.mail is not None
    assert document.mail.message_id == "Thelease@example.org"
    assert document.mail.sent_ms == round(SENT.timestamp() * 1000)
    assert "ana@example.org" in document.mail.sender
    assert len(document.mail.recipients) == 2
    for words in ("Ana Keller", "cy@example.org", "Subject: The lease", "The rent is due"):
        assert words in document.text
    (place,) = document.places
    assert (place.kind, place.name) == ("message", "The lease")


def test_a_message_is_of_the_day_that_its_sender_wrote(tmp_path: Path) -> None:
    made = message()
    made.replace_header("Date", "Sat, 2 Mar 2024 23:30:00 -0800")  # the third in London
    assert placed(read(tmp_path, made).places) == ("message of 2024-03-02",)


def test_attachments_are_documents_of_their_own(tmp_path: Path) -> None:
    made = message()
    made.add_attachment(pdf(), "application", "pdf", filename="Vertrag für Öl.pdf")
    made.add_attachment(message("The other", "An older letter."))
    document = read(tmp_path, made)
    names = [member.name for member in document.members]
    assert names[0] == "Vertrag für Öl.pdf"
    assert len(names) == 2
    assert "deposit" in parsed(tmp_path / "a.eml" / names[0]).text
    inner = parsed(tmp_path / "a.eml" / names[1])
    assert inner.title == "The other"
    assert "An older letter." in inner.text
    assert "older" not in document.text


def test_a_message_of_html_alone_is_read_as_a_page(tmp_path: Path) -> None:
    made = message()
    made.clear_content()
    made.set_content("<p>The <b>rent</b> is due.</p><style>p {color: red}</style>", "html")
    text = read(tmp_path, made).text
    assert "The rent is due." in text
    assert "color" not in text


def test_broken_headers_keep_nothing_from_being_read(tmp_path: Path) -> None:
    raw = (
        b"From: =?utf-8?B?bad\nReply-To: =?utf-8?B?YWJjZ?=\nDate: sometime\nSubject: =?latin-1?Q?K=FCndigung?=\nTo: <<, =?utf-8?B?YWJjZ?=\n"
        b"Content-Type: text/plain; charset=made-up\n\nDie K\xfcndigung ist da.\n"
    )
    document = read(tmp_path, raw)
    assert document.title == "Kündigung"
    assert "Die Kündigung ist da." in document.text


def test_what_is_appended_to_a_mailbox_leaves_the_rest_as_it_was(tmp_path: Path) -> None:
    box = mailbox.mbox(str(tmp_path / "Inbox.mbox"))
    box.add(message("One", "From here on.\n\nFrom time to time the rent is due."))
    box.add(message("Two"))
    box.flush()
    before = parsed(tmp_path / "Inbox.mbox").members
    box.add(message("Three"))
    box.close()
    after = parsed(tmp_path / "Inbox.mbox").members
    assert len(before) == 2
    assert after[:2] == before
    assert [parsed(tmp_path / "Inbox.mbox" / one.name).title for one in after] == [
        "One",
        "Two",
        "Three",
    ]
    assert "From time to time" in parsed(tmp_path / "Inbox.mbox" / after[0].name).text


def test_events_of_a_calendar(tmp_path: Path) -> None:
    source = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Hearing\r\n"
        "DTSTART:20240105T090000Z\r\nDTEND:20240105T100000Z\r\nLOCATION:Court\\, room 4\r\n"
        "RRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Broken\r\n"
        "DTSTART:20240106T090000Z\r\nDTEND: 20240812T223000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    document = read(tmp_path, source.encode(), "a.ics")
    assert [heading.text for heading in document.headings] == ["Hearing", "Broken"]
    for words in ("5 January 2024", "Court, room 4", "week"):
        assert words in document.text
    assert (
        document.places[0].number == round(datetime(2024, 1, 5, 9, tzinfo=UTC).timestamp()) * 1000
    )


def test_contacts(tmp_path: Path) -> None:
    source = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Keller\r\nTEL;TYPE=work:+49 30 1234\r\n"
        "EMAIL:ana@example.org\r\nORG:Holt Textiles\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo\r\nEND:VCARD\r\n"
    )
    document = read(tmp_path, source.encode(), "a.vcf")
    assert [place.name for place in document.places] == ["Ana Keller", "Bo"]
    for words in ("+49 30 1234", "ana@example.org", "Holt Textiles"):
        assert words in document.text


def test_what_is_broken_of_an_event_costs_no_more_than_itself(tmp_path: Path) -> None:
    source = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Hearing\r\n"
        "RRULE:FREQ=WEEKLY;INTERVAL=1e9\r\nDTSTART:20240105T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    text = read(tmp_path, source.encode(), "a.ics").text
    assert "5 January 2024" in text
    assert "Repeats: FREQ=WEEKLY;INTERVAL=1e9" in text


def test_a_contact_with_a_large_picture_is_read_at_once(tmp_path: Path) -> None:
    picture = "PHOTO;ENCODING=b:" + "\r\n A" * 300_000
    source = (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Keller\r\n{picture}\r\nNOTE:x\r\n y\r\nEND:VCARD\r\n"
    )
    began = time.thread_time()
    assert "xy" in read(tmp_path, source.encode(), "a.vcf").text
    assert time.thread_time() - began < 3


def test_a_mailbox_is_gone_through_once_for_all_its_messages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "Inbox"
    messages = (message(f"Letter {number}").as_bytes() for number in range(5))
    file.write_bytes(b"".join(b"From a@b Sat Mar  2 12:00:00 2024\n" + m + b"\n" for m in messages))
    names = [member.name for member in parsed(file).members]
    spans, looks = mbox._spans, list[int]()

    def looked(box: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
        looks.append(size)
        return spans(box, size)

    monkeypatch.setattr(mbox, "_spans", looked)
    for number, name in enumerate(names):
        assert parsed(file / name).title == f"Letter {number}"
    assert len(looks) == 1
