"""What Strongroom is made of, and that every part has a licence and its text."""

from __future__ import annotations

from strongroom_engine.licences import OWN, licence_text, licences


def test_every_part_that_is_delivered_says_its_licence() -> None:
    parts = {one.name: one for one in licences()}
    assert parts[OWN].licence == "AGPL-3.0-or-later"
    assert {"Lucide icons", "pymupdf", "msgspec", "rich"} <= set(parts)
    assert not {"pytest", "ruff", "strongroom"} & set(parts)
    assert [one.name for one in parts.values() if not one.licence] == []


def test_the_texts_are_there() -> None:
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in licence_text(OWN)
    assert "Lucide" in licence_text("Lucide icons")
    assert "Redistribution and use in source" in licence_text("msgspec")
    assert licence_text("nothing of that name") == ""
