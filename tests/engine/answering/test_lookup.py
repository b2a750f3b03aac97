from __future__ import annotations

import pytest

from strongroom_engine.answering.lookup import in_passages, string
from strongroom_engine.store import Scope, Store

from .conftest import AddDocument


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Die Häuser in der Stadt sind alt und sie werden nicht verkauft.", "Haus"),
        ("Los contratos de la ciudad no son para los que se van.", "contrato"),
        ("Сроки договоров истекают.", "договор"),
        ("All of the leases of the firm have been signed by them.", "lease"),
    ],
)
def test_passages_mention_words_in_other_forms(
    store: Store, add: AddDocument, text: str, words: str
) -> None:
    add("one.txt", text, title="Title", embedded=False)
    add("other.txt", "Nothing of the kind.", title="Title", embedded=False)
    assert list(store.mentions(in_passages(words), 5, Scope()).values()) == [1]


def test_words_of_a_phrase_stand_side_by_side(store: Store, add: AddDocument) -> None:
    add("one.txt", "Boats of the best kind; what we buy.", title="Best Buy", embedded=False)
    assert store.mentions(in_passages("Best Buy"), 5, Scope()) == {}, "a title is no passage"
    assert len(store.mentions(in_passages("best kind"), 5, Scope())) == 1


def test_what_holds_no_word_is_not_looked_up() -> None:
    assert (in_passages("?!"), string(" - ")) == ("", "")
