from __future__ import annotations

import pytest

from strongroom_engine.answering.reviewing.verdict import asks_yes_no, verdict


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Does the lease have an indexation clause?", True),
        (" Is subletting allowed?", True),
        ("May the tenant keep dogs or not?", True),
        ("Enthält der Vertrag eine Wertsicherungsklausel?", True),
        ("¿Hay una cláusula de revisión?", True),
        ("Is it a lease or a licence?", False),
        ("What is the rent?", False),
        ("Which leases have an indexation clause?", False),
        ("Isolation of the roof: who pays?", False),
        ("Document name", False),
    ],
)
def test_whether_a_question_wants_yes_or_no(question: str, asks: bool) -> None:
    assert asks_yes_no(question) is asks


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Yes", "Yes"),
        ("yes, in clause 4.", "Yes"),
        ("**Yes.** The rent is adjusted.", "Yes"),
        ('"Yes": "The rent is adjusted"', "Yes"),
        ("The answer is yes: see clause 4.", "Yes"),
        ("Ja, in Abschnitt 4.", "Yes"),
        ("No.", "No"),
        ("No, it does not.", "No"),
        ("Nein.", "No"),
        ("The lease does not contain an indexation clause.", "No"),
        ("There is no indexation clause.", "No"),
        ("The contract contains no such clause.", "No"),
        ("Es gibt keine solche Klausel.", "No"),
        ("No. 7 of the schedule", None),
        ("Notice must be given in writing.", None),
        ("Yesterday", None),
        ("The rent is adjusted each year.", None),
        ("Normally the tenant.", None),
        ("", None),
    ],
)
def test_what_an_answer_says(text: str, word: str | None) -> None:
    said = verdict(text)
    assert (said and said[0]) == word


def test_where_the_reason_begins() -> None:
    text = 'Yes: "The rent is adjusted."'
    said = verdict(text)
    assert said is not None
    assert text[said[1] :] == 'The rent is adjusted."'
