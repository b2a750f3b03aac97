"""What stands for pages in a document without, in words."""

from __future__ import annotations

from strongroom_desktop.wording import number, plural, tr


def of_units(kind: str, count: int) -> str:
    """'of 24 slides'."""
    match kind:
        case "slide":
            return plural(count, "of {n} slide", "of {n} slides")
        case "sheet":
            return plural(count, "of {n} sheet", "of {n} sheets")
        case "message":
            return plural(count, "of {n} message", "of {n} messages")
        case "chapter":
            return plural(count, "of {n} chapter", "of {n} chapters")
        case _:
            return tr("of {pages}", pages=number(count))


def unit_names(kind: str) -> tuple[str, str, str]:
    """What the field and the buttons are called."""
    match kind:
        case "slide":
            return tr("Slide"), tr("Previous slide"), tr("Next slide")
        case "sheet":
            return tr("Sheet"), tr("Previous sheet"), tr("Next sheet")
        case "message":
            return tr("Message"), tr("Previous message"), tr("Next message")
        case "chapter":
            return tr("Chapter"), tr("Previous chapter"), tr("Next chapter")
        case _:
            return tr("Entry"), tr("Previous entry"), tr("Next entry")
