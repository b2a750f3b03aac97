"""The states that documents of many kinds bring: reports, passwords, slides, archives, sheets."""

from __future__ import annotations

from driver import Driver  # type: ignore[import-not-found]  # it lies beside this script
from made_papers_of_kinds import PASSWORD, make_kinds  # type: ignore[import-not-found]

from strongroom_desktop.passwords import PasswordSheet
from strongroom_desktop.problems import Problems
from strongroom_desktop.selection import Place


def harbour(driver: Driver) -> None:
    """Read a folder with one document of each kind; text recognition comes last."""
    folder = driver.home / "Papers" / "Harbour"
    make_kinds(folder)
    driver.events.clear()
    driver.window.theme.set_scheme("light")
    driver.size(1440, 900)
    driver.drop(folder)
    driver.wait(lambda: folder.name in driver.window.selection.collections)
    driver.turn(2000)
    driver.wait(driver.at_rest)
    driver.window.go_to("desk")
    driver.turn(1000)


def _file(driver: Driver, name: str) -> str:
    return str(driver.home / "Papers" / "Harbour" / name)


def password(driver: Driver) -> None:
    driver.window.go_to("problems")
    driver.turn(1200)
    _problems(driver)._boxes["needs-password"]._remedy.click()
    driver.turn(500)


def _problems(driver: Driver) -> Problems:
    page = driver.window.pages.problems
    assert isinstance(page, Problems)
    return page


def _sheet(driver: Driver) -> PasswordSheet:
    sheets: list[PasswordSheet] = driver.window.findChildren(PasswordSheet)
    return next(each for each in sheets if each.isVisible())


def password_wrong(driver: Driver) -> None:
    sheet = _sheet(driver)
    sheet.field.setText("quayside")
    sheet.submit()
    driver.wait(lambda: bool(sheet.problem()), 30)
    driver.turn(300)


def password_fits(driver: Driver) -> None:
    sheet = _sheet(driver)
    sheet.field.setText(PASSWORD)
    sheet.submit()
    driver.turn(4000)


def report(driver: Driver) -> None:
    scan = _file(driver, "Deed of 1987.pdf")
    driver.window.selection.open(Place(scan, 4))
    driver.turn(2000)
    driver.window.document_sheets.show_report(scan)
    driver.turn(1200)


def slides(driver: Driver) -> None:
    driver.window.document_sheets.show_report(_file(driver, "Board pack 2024.pptx")).accept()
    driver.window.selection.open(Place(_file(driver, "Board pack 2024.pptx")))
    driver.turn(1500)
    driver.window.reader.go_to(3)
    driver.turn(600)


def sheet(driver: Driver) -> None:
    driver.window.selection.open(Place(_file(driver, "Budget 2024.xlsx")))
    driver.turn(1500)


def archive(driver: Driver) -> None:
    """The archive unfolded in the tree, one of its mails open."""
    model, tree = driver.window.sidebar.model, driver.window.sidebar.tree
    top = next(node for node in model.collections if node.name == "Harbour")
    tree.expand(model.index_of(top))
    driver.turn(1500)
    packed = next(node for node in top.children if node.name.endswith(".zip"))
    tree.expandRecursively(model.index_of(packed))
    driver.turn(500)
    mail = packed.children[0].children[0]
    driver.window.selection.open(Place(mail.path))
    driver.turn(1500)


def hits_elsewhere(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.window.ask.focus_field()
    driver.type_("contractor crane rails notice")


def sheet_answer(driver: Driver) -> None:
    driver.window.ask.set_question("")
    driver.window.conversation.new()
    driver.ask("What is the sum of the cost in euros in the budget?")
    foot = driver.window.conversation.turns[-1].foot
    if foot is not None:
        foot.disclosure.setChecked(True)
    driver.window.conversation.turns[-1].open_citation(1)
    driver.turn(1200)


def hits_versions(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.window.ask.focus_field()
    driver.type_("rent of the mill flat payable in advance")


def answer_versions(driver: Driver) -> None:
    driver.window.ask.set_question("")
    driver.window.conversation.new()
    driver.ask("What is the rent of the mill flat a month?")
    driver.turn(1200)


def report_versions(driver: Driver) -> None:
    draft = _file(driver, "Mill flat/Lease of the mill flat, draft 2.txt")
    driver.window.document_sheets.show_report(draft)
    driver.turn(1200)
