"""The states that are shown, in the order in which they follow from each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import kinds  # type: ignore[import-not-found]  # it lies beside this script
from driver import Driver  # type: ignore[import-not-found]  # it lies beside this script
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from strongroom_desktop.review.page import ReviewPage
from strongroom_engine import protocol as wire
from strongroom_engine.types import Column

SECTIONS = ("general", "folders", "indexing", "answers", "library", "keyboard", "about")
QUESTION = "How can the tenant end the lease, and when must notice be given?"


@dataclass(frozen=True)
class Scene:
    """`needed`: later scenes build on it, so it is played even where it is not saved. `looks`: it is
    saved in light and dark, small and large."""

    play: Callable[[Driver], None]
    needed: bool = False
    looks: bool = False


def first_run(driver: Driver) -> None:
    driver.wait(lambda: driver.window.stages.current == "welcome")
    driver.wait(lambda: bool(driver.engine.ready and driver.engine.ready.plan))


def indexing(driver: Driver) -> None:
    driver.drop(driver.papers)
    driver.drop(driver.more)
    driver.wait(lambda: driver.window.stages.current == "desk")
    driver.wait(lambda: driver.more.name in driver.window.selection.collections)
    driver.window.show_collection(driver.more.name)
    driver.turn(1500)


def desk_empty(driver: Driver) -> None:
    driver.wait(driver.at_rest)
    driver.turn(1500)
    driver.window.go_to("desk")


def hits(driver: Driver) -> None:
    driver.window.ask.focus_field()
    driver.type_("notice tenant lease")


def read_ahead(driver: Driver) -> None:
    """A question that is typed, when the first of its passages has been read, or all."""
    driver.window.ask.set_question("")
    driver.type_(QUESTION)
    driver.wait(lambda: any(getattr(one, "passages", 0) for one in driver.of(wire.PassagesRead)))


def answer(driver: Driver) -> None:
    driver.window.ask.set_question("")
    driver.ask(QUESTION)
    driver.window.conversation.turns[-1].open_citation(1)
    driver.turn(1500)


def answer_quote(driver: Driver) -> None:
    driver.window.conversation.focus_answer()
    driver.press(Qt.Key.Key_Right)


def answer_details(driver: Driver) -> None:
    foot = driver.window.conversation.turns[-1].foot
    if foot is not None:
        foot.disclosure.setChecked(True)


def follow_up(driver: Driver) -> None:
    driver.ask("And who pays for the parking spaces on Mars?")


def dark(driver: Driver) -> None:
    driver.window.conversation.turns[0].open_citation(1)
    driver.window.theme.set_scheme("dark")
    driver.turn(800)


def place(name: str) -> Callable[[Driver], None]:
    def play(driver: Driver) -> None:
        driver.window.go_to(name)
        driver.turn(800)

    return play


def light(name: str) -> Callable[[Driver], None]:
    def play(driver: Driver) -> None:
        driver.window.theme.set_scheme("light")
        place(name)(driver)

    return play


def review(driver: Driver) -> None:
    """Two questions over the reports, asked of the engine, as the page would ask."""
    reports = sorted(driver.more.glob("Annual reports/*/*2023.pdf"))
    columns = (
        Column("How high was the revenue?", "Revenue"),
        Column("Was an impairment recognised, and of how much?", "Impairments"),
        Column("Who is the auditor?", "Auditor"),
    )
    documents = tuple(map(str, reports))
    driver.engine.send(
        wire.RunReview(name="Annual reports 2023", columns=columns, documents=documents)
    )
    driver.wait(lambda: bool(driver.of(wire.Reviewed)))
    page = driver.window.centre.page("reviews")
    assert isinstance(page, ReviewPage)
    page.show_all()
    page.open_review("Annual reports 2023")
    driver.turn(2000)


def settings(section: str) -> Callable[[Driver], None]:
    def play(driver: Driver) -> None:
        driver.window.show_settings(section)
        driver.turn(900)

    return play


def settings_dark(driver: Driver) -> None:
    driver.window.theme.set_scheme("dark")
    settings("general")(driver)


def review_dark(driver: Driver) -> None:
    place("reviews")(driver)


def small(driver: Driver) -> None:
    driver.window.theme.set_scheme("light")
    driver.window.go_to("desk")
    driver.size(900, 600)


def large_text(driver: Driver) -> None:
    driver.size(1440, 900)
    driver.window.theme.set_text_percent(150)
    driver.turn(500)


def wide(driver: Driver) -> None:
    driver.window.theme.set_text_percent(100)
    driver.size(2560, 1440)


def restarting(driver: Driver) -> None:
    driver.size(1440, 900)
    driver.engine._process.kill()
    driver.turn(250)


def german(driver: Driver) -> None:
    driver.wait(lambda: driver.engine.ready is not None)
    driver.turn(2000)
    driver.shell.choose_language("de")
    driver.size(1440, 900)
    driver.wait(lambda: driver.window.stages.current == "desk")
    driver.turn(1500)


def right_to_left(driver: Driver) -> None:
    driver.shell.choose_language("en")
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    driver.size(1440, 900)
    driver.wait(lambda: driver.window.stages.current == "desk")
    driver.turn(1500)
    QApplication.processEvents()


def ask_again(driver: Driver) -> None:
    right_to_left(driver)
    driver.ask(QUESTION)
    driver.window.conversation.turns[-1].open_citation(1)
    driver.turn(1200)
    assert driver.of(wire.Answered)


SCENES: dict[str, Scene] = {
    "01-first-run": Scene(first_run, needed=True),
    "02-indexing": Scene(indexing, needed=True),
    "03-desk-empty": Scene(desk_empty, needed=True),
    "04-hits-while-typing": Scene(hits),
    "04a-read-ahead": Scene(read_ahead, looks=True),
    "05-answer": Scene(answer, needed=True),
    "06-answer-quote": Scene(answer_quote),
    "07-answer-details": Scene(answer_details),
    "08-follow-up": Scene(follow_up),
    "09-desk-dark": Scene(dark),
    "10-problems-dark": Scene(place("problems")),
    "11-problems": Scene(light("problems")),
    "12-conversations": Scene(place("conversations")),
    "13-reviews-empty": Scene(place("reviews")),
    "14-review": Scene(review, needed=True),
    "15-models": Scene(place("models")),
    "16-quality": Scene(place("quality")),
    **{f"17-settings-{name}": Scene(settings(name)) for name in SECTIONS},
    "18-settings-dark": Scene(settings_dark),
    "19-review-dark": Scene(review_dark),
    "20-small": Scene(small),
    "21-large-text": Scene(large_text),
    "22-wide": Scene(wide),
    "23a-harbour": Scene(kinds.harbour, needed=True),
    "23b-password": Scene(kinds.password, needed=True),
    "23c-password-wrong": Scene(kinds.password_wrong),
    "23d-password-fits": Scene(kinds.password_fits, needed=True),
    "23e-report": Scene(kinds.report),
    "23f-slides": Scene(kinds.slides),
    "23g-sheet": Scene(kinds.sheet),
    "23h-archive": Scene(kinds.archive),
    "23i-hits-elsewhere": Scene(kinds.hits_elsewhere),
    "23j-sheet-answer": Scene(kinds.sheet_answer),
    "23k-hits-versions": Scene(kinds.hits_versions),
    "23l-answer-versions": Scene(kinds.answer_versions),
    "23m-report-versions": Scene(kinds.report_versions),
    "23n-restarting": Scene(restarting),
    "24-german": Scene(german),
    "25-right-to-left": Scene(ask_again),
}
