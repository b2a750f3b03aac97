"""Two real files -> what differs, cited in both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.engine.fakes import Scripted

from strongroom_engine.answering.tasks.compare import EXPLANATION, compare
from strongroom_engine.errors import NotSearchable, NotTwoDocuments

from .papers import Desk, cited, write_docx, write_pdf

FILLER = [
    f"{number}. {title}. The parties agree that {title.lower()} is settled as the law of the land"
    f" provides, and that nothing said in this lease on {title.lower()} takes any right away."
    for number, title in enumerate(
        ("Taxes", "Insurance", "Heating", "Keys", "Garden", "Cellar", "Parking", "Noise"), 8
    )
]
OLD = [
    "LEASE",
    "1. Premises. The Landlord lets the flat in 12 Mill Lane to the Tenant. It has three rooms.",
    "2. Rent. The monthly rent is EUR 1,200. It is due on the first day of each month.",
    "3. Term. The lease begins on 1 March 2021 and runs for five years.",
    "4. Repairs. The Landlord keeps the roof in repair; small repairs are paid by the Tenant.",
    "5. Pets. The Tenant may keep a dog if the neighbours do not object to it.",
    "6. Notice. Either party may end the lease with three months' written notice.",
    "7. Law. The courts of the place where the flat lies decide all disputes.",
    *FILLER,
]
NEW = [
    "LEASE",
    "1. Premises. The Landlord lets the flat in 12 Mill Lane to the Tenant. It has three rooms.",
    "2. Rent. The monthly rent is EUR 1,350. It is due on the first day of each month.",
    "3. Term. The lease begins on 1 April 2023 and runs for five years.",
    "4. Deposit. The Tenant pays a deposit of two monthly rents before moving in.",
    "5. Repairs. The Landlord keeps the roof in repair; small repairs are paid by the Tenant.",
    "6. Law. The courts of the place where the flat lies decide all disputes.",
    "7. Notice. Either party may end the lease with three months' written notice.",
    *FILLER,
]


@pytest.fixture
def old(desk: Desk, tmp_path: Path) -> Path:
    return desk.put(write_pdf(tmp_path / "lease-2021.pdf", OLD))


@pytest.fixture
def new(desk: Desk, tmp_path: Path) -> Path:
    """In another layout, and on other pages."""
    return desk.put(write_pdf(tmp_path / "lease-2023.pdf", NEW, width=52, head="Final"))


def test_every_difference_is_a_line_with_citations_into_both(
    desk: Desk, old: Path, new: Path
) -> None:
    answer = compare(desk.job("compare", "What changed?", old, new))
    desk.check(answer)
    first = answer.text.split("\n")[0]
    assert first.startswith("8 differences from lease-2021.pdf to lease-2023.pdf: 2 changed, 1")
    assert "EUR 1,200" in answer.text
    assert cited(answer, "2 Rent: “rent is EUR 1,200” → “rent is EUR 1,350”") == [
        ("lease-2021.pdf", "The monthly rent is EUR 1,200."),
        ("lease-2023.pdf", "The monthly rent is EUR 1,350."),
    ]
    assert cited(answer, "3 Term: “begins on 1 March 2021 and runs”")[1] == (
        "lease-2023.pdf",
        "The lease begins on 1 April 2023 and runs for five years.",
    )
    assert cited(answer, "4 Deposit, added") == [
        (
            "lease-2023.pdf",
            "4. Deposit. The Tenant pays a deposit of two monthly rents before moving in.",
        )
    ]
    assert [file for file, _ in cited(answer, "5 Pets, removed")] == ["lease-2021.pdf"]
    moved = "moved: “6. Law." if "moved: “6. Law." in answer.text else "moved: “7. Notice."
    assert [file for file, _ in cited(answer, moved)] == ["lease-2021.pdf", "lease-2023.pdf"]
    assert cited(answer, "4 is now 5: “5. Repairs.")[0][1] == "4. Repairs."
    lines = [line for line in answer.text.split("\n") if line.startswith("- ")]
    facts = answer.text.index("Numbers, dates and amounts that changed:")
    assert facts < answer.text.index("All differences, in their order:")
    assert len(lines) == 8 + 2
    assert answer.task == "compare"
    assert answer.route == "documents"
    assert answer.coverage.startswith("Read ")
    assert "Nothing is explained: No answer model fits" in answer.searched
    assert desk.progress[-1] == (2, 2)


def test_the_data_hold_the_same_differences(desk: Desk, old: Path, new: Path) -> None:
    data = json.loads(compare(desk.job("compare", "What changed?", old, new)).data)
    assert data["documents"] == [str(old), str(new)]
    assert len(data["differences"]) == 8
    rent = data["differences"][0]
    assert rent["words"] == [{"old": "1,200", "new": "1,350", "fact": True}]
    assert desk.store.document_text(str(old), rent["old"]["start"], rent["old"]["end"]).startswith(
        "The monthly"
    )


def test_a_word_file_and_a_pdf_of_the_same_text_say_the_same(
    desk: Desk, old: Path, tmp_path: Path
) -> None:
    word = desk.put(write_docx(tmp_path / "lease.docx", OLD))
    answer = compare(desk.job("compare", "What changed?", old, word))
    desk.check(answer)
    assert answer.text.startswith("lease-2021.pdf and lease.docx say the same: no difference in")
    assert answer.citations == ()
    assert "Nothing is explained" not in answer.searched


def test_the_question_may_name_the_documents(desk: Desk, old: Path, new: Path) -> None:
    named = compare(desk.job("compare", "Compare lease-2021.pdf with lease-2023.pdf"))
    assert named.text.startswith("8 differences from lease-2021.pdf to lease-2023.pdf")
    turned = compare(desk.job("compare", "Compare lease-2023.pdf with lease-2021.pdf"))
    assert turned.text.startswith("8 differences from lease-2023.pdf to lease-2021.pdf")
    half = compare(desk.job("compare", "How does lease-2021.pdf differ?", new))
    assert half.text.startswith("8 differences from lease-2023.pdf to lease-2021.pdf")


def test_it_takes_two_documents(desk: Desk, old: Path, new: Path, tmp_path: Path) -> None:
    for documents in ((), (old,), (old, old), (old, new, tmp_path / "third.pdf")):
        with pytest.raises(NotTwoDocuments):
            compare(desk.job("compare", "What changed?", *documents))
    with pytest.raises(NotSearchable):
        compare(desk.job("compare", "What changed?", old, tmp_path / "nowhere.pdf"))


def test_the_model_explains_and_what_nothing_bears_out_is_left_out(
    desk: Desk, old: Path, new: Path
) -> None:
    model = Scripted(
        "The monthly rent is now EUR 1,350; before, it was EUR 1,200. The rent rose because of Mr"
        " Keller. The monthly rent is now EUR 1,950."
    )
    desk.generator = lambda: model
    answer = compare(desk.job("compare", "How did the rent change?", old, new))
    desk.check(answer)
    told = answer.text.split(EXPLANATION)[1].strip()
    assert told == "- The monthly rent is now EUR 1,350; before, it was EUR 1,200."
    assert cited(answer, "before, it was EUR 1,200") == [
        ("lease-2021.pdf", "The monthly rent is EUR 1,200."),
        ("lease-2023.pdf", "The monthly rent is EUR 1,350."),
    ]
    assert answer.model == "scripted"
    assert len(model.prompts) == 1
    asked = model.prompts[0].messages[-1].content
    assert asked.index("EUR 1,200") < asked.index("EUR 1,350")


def test_a_model_that_is_stopped_leaves_the_differences(desk: Desk, old: Path, new: Path) -> None:
    model = Scripted("The monthly rent is now EUR 1,350; before, it was EUR 1,200.")
    desk.generator = lambda: model
    answer = compare(
        desk.job("compare", "What changed?", old, new, cancelled=lambda: bool(desk.shown))
    )
    assert answer.stopped
    assert answer.text.startswith("8 differences")
    assert model.prompts == []


def test_documents_with_little_in_common_are_compared_by_topic(
    desk: Desk, old: Path, tmp_path: Path
) -> None:
    other = desk.put(
        write_pdf(
            tmp_path / "supply.pdf",
            [
                "SUPPLY AGREEMENT",
                "1. Goods. The Supplier sells wheat and barley of the best kind to the Mill.",
                "2. Notice. The agreement ends with thirty days' notice in writing by the Mill.",
                "3. Delivery. Lorries bring the grain to the Mill before noon on weekdays.",
            ],
        )
    )
    answer = compare(desk.job("compare", "Compare the notice periods", old, other))
    desk.check(answer)
    assert "are no versions of each other" in answer.text
    assert cited(answer, "three months' written notice")[0][0] == "lease-2021.pdf"
    assert cited(answer, "thirty days' notice")[0][0] == "supply.pdf"
    desk.shown.clear()
    vague = compare(desk.job("compare", "Compare both documents", old, other))
    desk.check(vague)
    assert "Ask what they are to be compared by" in vague.text
    assert vague.citations == ()
