"""Messages of one exchange are found together, in whatever order they come."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from tests.engine.fakes import DIMENSIONS

from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Chunk, Document, FileFacts, MailFacts, Page

MAILS = (
    MailFacts("1@x", (), "Lease", sent_ms=1),
    MailFacts("2@x", ("1@x",), "Re: Lease", sent_ms=2),
    MailFacts("3@x", ("2@x",), "Re: Lease", sent_ms=3),  # names only the one before it
    MailFacts("4@x", ("1@x", "2@x", "3@x"), "Re: Lease", sent_ms=4),
    MailFacts("9@x", (), "Lease", sent_ms=5),  # another one of the same subject
)


def put(store: Store, mail: MailFacts) -> None:
    text = mail.message_id
    document = Document(text, "message/rfc822", (Page(1, text),), paged=False)
    facts = FileFacts(f"/mails/{mail.message_id}.eml", 1, 1, "")
    chunk = Chunk(0, len(text), "", text, text)
    store.put_document(facts, f"hash of {text}", replace(document, mail=mail), [chunk])


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_one_exchange_whatever_comes_first(
    tmp_path: Path, key: LibraryKey, order: tuple[int, ...]
) -> None:
    with Store.open(tmp_path / "l", key, mode="write", model="m", dimensions=DIMENSIONS) as store:
        store.add_source("/mails", "Mails")
        for number in (*order, 4):
            put(store, MAILS[number])
        for mail in MAILS[:4]:
            report = store.reports.of(f"/mails/{mail.message_id}.eml")
            assert report is not None
            kin = [one.path for one in report.kin if one.kind == "thread"]
            assert kin == [
                f"/mails/{other.message_id}.eml" for other in MAILS[:4] if other is not mail
            ]
        alone = store.reports.of("/mails/9@x.eml")
        assert alone is not None
        assert alone.kin == ()


def kin(store: Store, mail: MailFacts) -> list[str]:
    report = store.reports.of(f"/mails/{mail.message_id}.eml")
    assert report is not None
    return [Path(one.path).stem for one in report.kin if one.kind == "thread"]


@pytest.mark.parametrize("order", list(permutations((0, 2, 3, 5))))
def test_replies_to_a_message_that_is_missing_are_one_exchange(
    tmp_path: Path, key: LibraryKey, order: tuple[int, ...]
) -> None:
    """The second message is missing, which the others alone tie to each other."""
    mails = {
        0: MAILS[0],
        2: MAILS[2],  # names only the missing one
        3: MailFacts("4@x", ("1@x", "2@x"), "Re: Lease", sent_ms=4),
        5: MailFacts("5@x", ("2@x",), "Re: Lease", sent_ms=5),
    }
    with Store.open(tmp_path / "l", key, mode="write", model="m", dimensions=DIMENSIONS) as store:
        store.add_source("/mails", "Mails")
        for number in order:
            put(store, mails[number])
        for mail in mails.values():
            assert kin(store, mail) == [
                other.message_id for other in mails.values() if other is not mail
            ]
