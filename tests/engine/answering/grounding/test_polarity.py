"""What says the opposite of its source, in several languages."""

from __future__ import annotations

import pytest

from strongroom_engine.answering.grounding.polarity import contradicts

ROOM = "The Tenant must sublet the room."


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The tenant must not sublet the room.", ROOM),
        (ROOM, "The tenant must not sublet the room."),
        (ROOM, "The tenant cannot sublet the room."),
        ("The Landlord doesn't pay the rent.", "The Landlord pays the rent."),
        ("He never won the cup.", "He won the cup."),
        ("Revenue decreased by 5 %.", "Revenue increased by 5 % in 2022."),
        ("The agreement is unlawful.", "The agreement is lawful."),
        ("Weber signed.", "All parties except Weber signed."),
        ("Das Dach wird nicht repariert.", "Das Dach wird repariert."),
        ("Das Dach wird repariert.", "Das Dach wird repariert nicht."),
        ("Er hat kein Haus.", "Er hat ein Haus."),
        ("Il ne paie pas le loyer.", "Il paie le loyer."),
        ("El inquilino no paga la renta.", "El inquilino paga la renta."),
        ("Il conduttore non paga il canone.", "Il conduttore paga il canone."),
        ("De huurder betaalt de huur niet.", "De huurder betaalt de huur."),
        ("Он не живёт в Москве.", "Он живёт в Москве."),
        ("他不喜欢猫。", "他喜欢猫。"),
    ],
)
def test_the_opposite_is_known(sentence: str, source: str) -> None:
    assert contradicts(sentence, source)
    assert not contradicts(source, source)
    assert not contradicts(sentence, sentence)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("He didn't win.", "He did not win."),
        ("Denver Broncos", "The Denver Broncos won, not the Panthers."),
        ("30 days", "The notice is no more than 30 days."),
        ("Not only the roof is repaired.", "The roof is repaired."),
        ("A 4-week period.", "He cannot do so until a 4-week period has passed."),
        (
            "Neither party may assign without consent.",
            "Neither party may assign this Agreement without the consent of the other.",
        ),
        ("Penguins cannot fly.", "The rent is due."),
        ("Yes.", "The rent is not due."),
        ("", "Nothing."),
    ],
)
def test_what_is_no_opposite_is_left_alone(sentence: str, source: str) -> None:
    assert not contradicts(sentence, source)
