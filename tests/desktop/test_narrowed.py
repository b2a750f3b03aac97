"""The line about a narrowed search by itself: its words, and how it keeps to the room there is."""

from __future__ import annotations

import unicodedata

import pytest
from pytestqt.qtbot import QtBot

from strongroom_desktop.link_line import FewLines
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.narrowed import NarrowedLine, can_be_undone, sentence
from strongroom_desktop.text import as_tooltip
from strongroom_engine.types import Understood

MAILS = Understood("sender", "Searched only in mails from Keller.", (5, 23))
PDFS = Understood("type", "Searched only in PDFs (pdf).", (28, 39))
QUESTION = "Find mails  from Keller and in the PDFs"
LONG = "Searched only in " + "_".join(["Agreement_of_lease"] * 12) + "_final_2019.pdf."
NAMES = " and ".join(f"Lease of unit {n}, executed 2019-03-{n}.pdf" for n in range(10, 16))


def test_the_engine_s_sentences_are_said() -> None:
    assert sentence(QUESTION, (), ()) == ""
    assert sentence(QUESTION, (MAILS, PDFS), ()) == f"{MAILS.text} {PDFS.text}"


def test_what_was_undone_is_quoted_from_the_question() -> None:
    assert sentence(QUESTION, (), (MAILS, PDFS)) == (
        "Searched everywhere, though the question says ‘mails from Keller’ and ‘in the PDFs’."
    )


def test_spans_count_composed_letters() -> None:
    question = unicodedata.normalize("NFD", "Über die Mäuse in Häuser.pdf")
    part = Understood("document", "Searched only in Häuser.pdf.", (18, 28))
    assert sentence(question, (), (part,)).endswith("says ‘Häuser.pdf’.")


def test_what_the_engine_undid_cannot_be_undone() -> None:
    given_up = Understood("everywhere", "Nothing was found there.", (0, 4))
    assert can_be_undone((MAILS,))
    assert not can_be_undone(())
    assert not can_be_undone((MAILS, given_up))


def test_the_line_is_there_only_when_it_has_something_to_say(qtbot: QtBot, theme: Theme) -> None:
    line = NarrowedLine(theme, asks=True)
    qtbot.addWidget(line)
    line.show_parts(QUESTION, (MAILS,))
    assert (line.text, line.link.text()) == (MAILS.text, "Ask everywhere")
    line.show_parts(QUESTION, (), (MAILS,))
    assert line.link.text() == "Ask only there"
    line.show_parts(QUESTION, ())
    assert line.isHidden()
    assert line.text == ""


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("text", [LONG, f"Searched only in {NAMES}."])
def test_long_names_are_shortened_in_the_middle(
    qtbot: QtBot, theme: Theme, text: str, percent: int
) -> None:
    theme.set_text_percent(percent)
    label = FewLines(theme, "ui", "text_2")
    qtbot.addWidget(label)
    label.set_text(text)
    height = label.heightForWidth(300)
    assert height == 2 * theme.line_height("ui")
    label.resize(300, height)
    label.show()
    shown = label.shown_text
    ends = shown.split("…")
    assert len(ends) == 2
    assert ends[0].startswith("Searched only in ")
    assert text.startswith(ends[0])
    assert ends[1].endswith(".pdf.")
    assert text.endswith(ends[1])
    assert len(shown) > 50  # both lines are used
    assert label.toolTip() == as_tooltip(text)
    assert label.accessibleName() == text
    label.resize(4_000, height)
    assert label.shown_text == text
    assert label.toolTip() == ""


def test_a_name_is_never_markup(qtbot: QtBot, theme: Theme) -> None:
    label = FewLines(theme, "ui", "text_2")
    qtbot.addWidget(label)
    label.resize(600, 40)
    label.set_text("Searched only in <b>Lease</b> & deed.pdf.")
    assert "&lt;b&gt;Lease&lt;/b&gt; &amp; deed.pdf" in label.text()


def test_lines_follow_the_text_size(qtbot: QtBot, theme: Theme) -> None:
    label = FewLines(theme, "ui", "text_2")
    qtbot.addWidget(label)
    label.resize(260, 40)
    label.show()
    label.set_text("Searched only in Lease 14 Harbour Street, executed 2019.pdf.")
    assert "…" not in label.shown_text
    theme.set_text_percent(150)
    assert "…" in label.shown_text
