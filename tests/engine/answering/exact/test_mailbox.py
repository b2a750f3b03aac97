"""Questions over mail as it lies on a disk: a mailbox, messages of Outlook, a printed mail, contacts."""

from __future__ import annotations

import mailbox
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from tests.engine.answering.exact.made import TODAY, job
from tests.engine.fakes import DIMENSIONS, Only, WordLengths
from tests.engine.outlook_files import Made, Said, msg

from strongroom_engine.answering.asking import Request
from strongroom_engine.answering.exact.listing import from_index
from strongroom_engine.answering.lookup import in_passages
from strongroom_engine.answering.route import route
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.sentences.placing import placed
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey, Scope, Store

KELLER, BO = "Keller, Anna <a.keller@law.example>", "Bo Holt <bo@holt.example>"
LATE = datetime.fromisoformat("2024-03-02T23:30:00-05:00")
"""In UTC it is the next day already."""


def message(
    sender: str, to: str, subject: str, sent: datetime, *files: tuple[str, str]
) -> EmailMessage:
    made = EmailMessage()
    made["From"] = sender.replace("Keller, Anna", '"Keller, Anna"')
    made["To"] = to.replace("Keller, Anna", '"Keller, Anna"')
    made["Date"] = format_datetime(sent)
    made["Subject"] = subject
    made.set_content(f"Hello,\n\nthis is about {subject}.")
    for name, text in files:
        made.add_attachment(text, filename=name)
    return made


def fill(folder: Path) -> None:
    """Four messages in a mailbox, one of Outlook, one printed; and what is no mail among them."""
    box = mailbox.mbox(str(folder / "Inbox"))
    may = datetime(2023, 5, 3, 10, tzinfo=UTC)
    plan = ("plan.txt", "Two rooms and a kitchen.")
    deposit = ("deposit.txt", "The deposit of the yard is kept by the Mill Bank.")
    box.add(message(KELLER, BO, "Lease", LATE, plan, deposit))
    box.add(message(KELLER, BO, "Rent", may))
    box.add(message(BO, KELLER, "Answer", may.replace(month=6), plan))
    box.add(message("Peter Kellermann <p@k.example>", BO, "Offer", may))
    box.close()
    says: dict[int, Said] = {
        0x0037: "Deed",
        0x0C1A: "Anna Keller",
        0x0C1F: "a.keller@law.example",
        0x0039: may,
        0x1000: "See there.",
    }
    to: dict[int, Said] = {0x3001: "Bo Holt", 0x39FE: "bo@holt.example", 0x0C15: 1}
    deed: dict[int, Said] = {0x3707: "deed.txt", 0x3701: b"The deed of the mill."}
    (folder / "Deed.msg").write_bytes(msg(Made(says, people=[to], files=[deed])))
    contact: dict[int, Said] = {0x001A: "IPM.Contact", 0x3001: "Anna Keller", 0x3A16: "Law"}
    (folder / "Keller.msg").write_bytes(msg(Made(contact)))
    (folder / "Printed.txt").write_text(
        "Von: Anna Keller\nAn: Bo Holt\nGesendet: Freitag, 8. März 2024 11:20\nBetreff: Termin\n\nBald."
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    root = tmp_path_factory.mktemp("mail")
    folder = root / "Mail"
    folder.mkdir()
    fill(folder)
    with Store.open(
        root / "library",
        LibraryKey(bytes(32), "key file"),
        mode="write",
        model="word-lengths",
        dimensions=DIMENSIONS,
    ) as opened:
        opened.add_source(str(folder), "Mail")
        with ParserPool(1, Settings()) as pool:
            indexer = Indexer(opened, pool, Only(WordLengths()), Settings())
            indexer.sync(str(folder))
            indexer.wait_embedded()
            indexer.close()
        yield opened


@pytest.fixture(scope="module")
def asked(store: Store) -> Callable[[str], list[str]]:
    """The lines of the answer to a question that the index answers by itself."""

    def ask(question: str) -> list[str]:
        request = Request(question)
        routed = route(store, request, TODAY)
        assert routed.route == "index", question
        return from_index(job(store, request), routed).text.splitlines()

    return ask


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("How many mails are there?", ["Lease", "Rent", "Answer", "Offer", "Deed", "Termin"]),
        ("Which mails from Keller are there?", ["Lease", "Rent", "Deed", "Termin"]),
        ("Which mails from Keller in 2023?", ["Rent", "Deed"]),
        ("Which mails from Keller on 2 March 2024?", ["Lease"]),
        ("How many messages with attachments from Keller?", ["Lease", "Deed"]),
        ("How many messages from Keller have attachments?", ["Lease", "Deed"]),
        ("Which mails to Holt without attachments?", ["Rent", "Offer"]),
        ("Which mails to a.keller@law.example are there?", ["Answer"]),
        ("Wie viele Mails von Keller mit Anhang gibt es?", ["Lease", "Deed"]),
        ("Welche Nachrichten von Keller 2023?", ["Rent", "Deed"]),
        ("How many mails with the subject Deed?", ["Deed"]),
    ],
)
def test_every_message_is_counted_and_nothing_else(
    asked: Callable[[str], list[str]], question: str, subjects: list[str]
) -> None:
    first, *lines = asked(question)
    found = [line.rpartition("; ")[2].rstrip(")") for line in lines]
    assert sorted(found) == sorted(subjects)
    assert f" {len(subjects)} mail" in first


def test_the_head_of_a_message_is_quoted(store: Store) -> None:
    request = Request("Which mails from Keller on 2 March 2024?")
    (citation,) = from_index(job(store, request), route(store, request, TODAY)).citations
    assert citation.quote.startswith("From: Keller, Anna <a.keller@law.example>\nTo: Bo Holt")
    assert citation.quote.endswith("Attachments: plan.txt, deposit.txt")


def test_what_an_attachment_says_is_cited_with_its_message(store: Store) -> None:
    (row,) = store.mentions(in_passages("deposit"), 10, Scope(types=("txt",)))
    (found,) = [one for one in store.listing.facts(Scope()) if one.row == row]
    text = store.document_text(found.path)
    places = store.placing.of(found.path, text.index("Mill Bank"))
    assert placed(places)[:2] == ("message of 2024-03-02", "attachment 2")
