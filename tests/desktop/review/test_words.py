"""What cells say, how they are broken into lines, and in which order rows stand."""

from __future__ import annotations

from dataclasses import replace

import made_reviews as made  # type: ignore[import-not-found]
import pytest
from PySide6.QtGui import QFontMetricsF, QTextDocumentFragment
from PySide6.QtGui import Qt as Gui

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review.layouts import Layouts, broken
from strongroom_desktop.review.sorting import Order, figure, sorted_documents
from strongroom_desktop.review.words import (
    Chip,
    as_wrapped_tooltip,
    chips_of,
    shown_text,
    tied,
    whole,
)
from strongroom_engine.types import Cell

NB = "\u00a0"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("up 6.1 % on 2022", f"up 6.1{NB}% on 2022"),
        ("€ 31.4 million in all", f"€{NB}31.4{NB}million in all"),
        ("DKK 2,140 million", f"DKK{NB}2,140{NB}million"),
        ("until 31 December 2024", f"until 31{NB}December{NB}2024"),
        ("12 months' notice", f"12{NB}months' notice"),
        ("in 2023 and 14 offices", "in 2023 and 14 offices"),
        ("two\n lines", "two lines"),
    ],
)
def test_figures_never_part_from_their_units(said: str, shown: str) -> None:
    assert tied(said) == shown


def test_every_state_of_a_cell_has_its_words() -> None:
    first = made.DOCUMENTS[0]
    assert shown_text(None) == "–"
    failed = Cell(first, "Q", problem="The file is damaged.")
    assert (shown_text(failed), chips_of(failed)) == ("Could not be read", ())
    assert whole(failed) == "The file is damaged."
    nothing = Cell(first, "Q", abstained=True, confidence=0.8)
    assert (shown_text(nothing), chips_of(nothing)) == ("Not stated", ())
    doubtful = made.cell(made.DOCUMENTS[4], made.REVENUE.question)
    assert [chip.text for chip in chips_of(doubtful)] == ["p. 6", "check"]
    assert "only in part" in whole(doubtful)
    several = made.cell(made.DOCUMENTS[3], made.CONCERN.question)
    assert [chip.text for chip in chips_of(several)] == ["p. 31, 32"]
    own = replace(doubtful, verdict="corrected", correction="€188 million")
    assert shown_text(own) == "€188\u00a0million"
    assert [chip.text for chip in chips_of(own)] == ["p. 6", "yours"]
    assert "Found was: $188.3 million" in whole(own)


def test_text_gives_way_to_its_chips(theme: Theme) -> None:
    font = theme.font("ui")
    metrics = QFontMetricsF(font)
    text = "unmodified, with an emphasis of matter on the sale of the terminal " * 3
    lines = broken(text, font, 180, 60)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert metrics.horizontalAdvance(lines[-1]) <= 120
    assert broken("No", font, 180, 60) == ["No"]
    # the last word goes with the chip: it never begins a line alone
    pushed = broken(
        "Harlow Reed; unmodified",
        font,
        int(metrics.horizontalAdvance("Harlow Reed; unmodified")) + 4,
        60,
    )
    assert pushed == ["Harlow Reed;", "unmodified"]


def test_chips_stand_within_the_cell_in_both_directions(theme: Theme) -> None:
    layouts = Layouts(theme)
    chips = (Chip("p. 133", "page"), Chip("check", "check"))
    for text in (
        "No",
        "Weser Treuhand; unmodified",
        "a " * 200,
        "لا يوجد أي شك جوهري",
        "𝔘𝔫𝔦 " * 40,
    ):
        for mirrored in (False, True):
            laid = layouts.get(text, chips, 180, mirrored=mirrored)
            for rect, *_ in laid.chips:
                assert rect.left() >= -0.5
                assert rect.right() <= 180.5
                assert rect.bottom() <= 3 * theme.line_height("ui")
            (first, *_), (second, *_) = laid.chips
            assert not first.intersects(second)
    made_before = layouts.made
    layouts.get("No", chips, 180)
    assert layouts.made == made_before


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("€31.4 million on the Feeder vessels", 31.4e6),
        ("1.234,5 Mio. Euro", 1234.5e6),
        ("1,022.7", 1022.7),
        ("12,500 euros", 12500),
        ("-3 %", -3),
        ("3,5 %", 3.5),
        ("none", None),
    ],
)
def test_the_first_figure_is_read(text: str, value: float | None) -> None:
    assert figure(text) == pytest.approx(value)


def test_rows_are_sorted_by_figures_by_words_and_by_doubt() -> None:
    review = made.done()
    cells = review.by_place()
    names = [each.rpartition("/")[2].removesuffix(".pdf") for each in made.DOCUMENTS]

    def ordered(order: Order) -> list[str]:
        found = sorted_documents(made.DOCUMENTS, cells, order)
        return [names[made.DOCUMENTS.index(each)].split()[0] for each in found]

    assert ordered(Order()) == sorted((name.split()[0] for name in names), key=str.casefold)
    revenue = ordered(Order(made.REVENUE.question))
    assert revenue[:3] == ["Tamar", "Hellas", "Nordhaven"]  # 91.5, 188.3, 266.0 million
    assert revenue[-1] == "Polder"  # could not be read: last, whatever the direction
    assert ordered(Order(made.REVENUE.question, descending=True))[0] == "Vestfold"
    assert ordered(Order(made.REVENUE.question, descending=True))[-1] == "Polder"
    assert ordered(Order(made.AUDITOR.question))[0] == "Vestfold"  # Fjellvik
    assert ordered(Order(made.REVENUE.question, doubt=True))[0] == "Hellas"


def test_a_tooltip_breaks_its_lines_and_is_no_markup() -> None:
    hostile = "<b>Lease</b> & <img src=x>\n\n" + "word " * 80
    shown = as_wrapped_tooltip(hostile)
    assert Gui.mightBeRichText(shown)  # only these are broken into lines
    assert QTextDocumentFragment.fromHtml(shown).toPlainText() == hostile
