"""What a living index shows: true progress, pauses, drives that are away, damage and its repair."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pymupdf
from driver import Driver  # type: ignore[import-not-found]  # it lies beside this script
from PySide6.QtWidgets import QScrollArea
from scenes import QUESTION, Scene, place, settings  # type: ignore[import-not-found]  # likewise

from strongroom_desktop.selection import Place
from strongroom_engine import protocol as wire
from strongroom_engine.store import connection
from strongroom_engine.store.access.keys import key_from_file

MANY = 300
LONG_PAGES = 3_000
PAGE_BYTES = 4096
PAGE_LETTERS = 4_000
"""More is not put onto a page at all."""
PARAGRAPH = (
    "Minute {n}. The lessee of quay {n} reported that the crane had been inspected; the surveyor "
    "found {m} defects, which the harbour office asked to be repaired before the end of the quarter. "
)


def many(driver: Driver) -> Path:
    """The user's own folder, or one that is made: short letters and reports of several pages."""
    folder: Path = driver.home / "Papers" / "Harbour office"
    if driver.documents:
        shutil.copytree(driver.documents, folder)
        return folder
    for n in range(MANY):
        part = folder / f"Quay {n % 12}"
        part.mkdir(parents=True, exist_ok=True)
        text = "\n\n".join(PARAGRAPH.format(n=n * 31 + k, m=k + 2) * 4 for k in range(12))
        if n % 3:
            (part / f"Letter {n}.txt").write_text(text, encoding="utf-8")
        else:
            _pdf(part / f"Report {n}.pdf", text, 4)
    return folder


def _pdf(path: Path, text: str, pages: int) -> None:
    with closing(pymupdf.open()) as made:
        for number in range(pages):
            made.new_page().insert_textbox(
                pymupdf.Rect(72, 72, 523, 770),
                f"Page {number + 1}\n\n{text[:PAGE_LETTERS]}",
                fontsize=9,
            )
        made.save(path)


def _progress(driver: Driver) -> object:
    told = driver.of(wire.Progress)
    return getattr(told[-1], "progress", None) if told else None


def _is_under_way(driver: Driver) -> bool:
    now = _progress(driver)
    return bool(getattr(now, "left_s", None))


def page(driver: Driver, name: str) -> None:
    driver.window.show_collection(name)
    driver.turn(1_500)


def first(driver: Driver) -> None:
    """The samples, which are here to stay."""
    driver.wait(lambda: bool(driver.engine.ready))
    driver.drop(driver.papers)
    driver.wait(lambda: driver.window.stages.current == "desk")
    driver.turn(2_000)
    driver.wait(driver.at_rest)


def progress(driver: Driver) -> None:
    folder = many(driver)
    driver.drop(folder)
    driver.wait(lambda: folder.name in driver.window.selection.collections)
    driver.wait(lambda: _is_under_way(driver), 60)
    page(driver, folder.name)


def desk(driver: Driver) -> None:
    driver.window.go_to("desk")
    driver.turn(1_200)


def paused(driver: Driver) -> None:
    driver.engine.send(wire.PauseIndexing(paused=True))
    page(driver, "Harbour office")


def resumed(driver: Driver) -> None:
    driver.engine.send(wire.PauseIndexing(paused=False))
    driver.wait(lambda: _is_under_way(driver), 60)
    page(driver, "Harbour office")


def long_document(driver: Driver) -> None:
    """One file of very many pages, after all else has come to rest."""
    driver.wait(driver.at_rest, 600)
    folder = driver.home / "Papers" / "Records"
    folder.mkdir()
    text = " ".join(PARAGRAPH.format(n=n, m=n % 9) for n in range(14))
    _pdf(folder / "Proceedings of the harbour board 1987 to 2024.pdf", text, LONG_PAGES)
    driver.drop(folder)
    driver.wait(lambda: folder.name in driver.window.selection.collections)
    driver.wait(lambda: bool(getattr(_progress(driver), "pages_read", 0)), 60)
    page(driver, folder.name)


def away(driver: Driver) -> None:
    """The drive of the samples is gone while an answer that rests on them is shown."""
    driver.ask(QUESTION)
    driver.papers.rename(driver.home / "unplugged")
    driver.engine.send(wire.Rescan(path=str(driver.papers)))
    driver.turn(6_000)
    driver.window.conversation.turns[-1].open_citation(1)
    driver.turn(1_500)


def away_hits(driver: Driver) -> None:
    driver.window.ask.focus_field()
    driver.type_("notice tenant lease")


def away_document(driver: Driver) -> None:
    driver.window.ask.set_question("")
    lease = next(iter(sorted((driver.home / "unplugged").rglob("*.pdf"))))
    driver.window.selection.open(
        Place(str(driver.papers / lease.relative_to(driver.home / "unplugged")), 1)
    )
    driver.turn(1_500)


def away_page(driver: Driver) -> None:
    page(driver, driver.papers.name)


def clouds(driver: Driver) -> None:
    """Files that a cloud keeps: what stands in their place says so."""
    (driver.home / "unplugged").rename(driver.papers)
    for name in ("Deed of the mill", "Minutes of March", "Plan of the yard"):
        (driver.papers / f".{name}.pdf.icloud").write_bytes(b"bplist00")
    driver.engine.send(wire.Rescan(path=str(driver.papers)))
    driver.turn(5_000)
    driver.wait(driver.at_rest)
    driver.window.go_to("problems")
    driver.turn(1_000)


def damaged(driver: Driver) -> None:
    """Bytes change beneath the engine, which is then started anew."""
    driver.engine.restart()
    driver.wait(lambda: not driver.engine.running)
    _damage(driver.home / "library", driver.home / "key")
    notice = driver.window.notice
    driver.wait(lambda: notice.isVisible() and "damaged" in notice.text())
    driver.turn(500)


def _damage(folder: Path, key_file: Path) -> None:
    """Change a byte of each page on which texts are."""
    key = key_from_file(key_file, create=False)
    with closing(connection.connect(folder, key.raw, write=True)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        sql = "SELECT pageno FROM dbstat WHERE name = 'texts'"
        pages = [int(str(number)) for (number,) in db.execute(sql)]
    data = bytearray((folder / "library.db").read_bytes())
    for number in pages:
        data[(number - 1) * PAGE_BYTES + 99] ^= 1
    (folder / "library.db").write_bytes(data)


def rebuilding(driver: Driver) -> None:
    driver.window.notice._remedy.click()
    driver.turn(100)


def rebuilt(driver: Driver) -> None:
    driver.wait(lambda: bool(driver.of(wire.RebuiltLibrary)), 60)
    driver.turn(4_000)


def rules(driver: Driver) -> None:
    """Lines of what is left out, in every folder and in one."""
    for source, line in (
        ("", "*.bak"),
        (str(driver.papers), "drafts/"),
        (str(driver.papers), "!keep.log"),
    ):
        driver.engine.send(wire.Exclude(source=source, pattern=line))
    settings("folders")(driver)


def rules_end(driver: Driver) -> None:
    """The same page, its end."""
    for area in driver.window.centre.page("settings").findChildren(QScrollArea):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    driver.turn(300)


PROGRESS: dict[str, Scene] = {
    "30-first": Scene(first, needed=True),
    "31-progress": Scene(progress, needed=True, looks=True),
    "32-progress-desk": Scene(desk, looks=True),
    "33-paused": Scene(paused, looks=True),
    "34-resumed": Scene(resumed, needed=True),
    "35-long-document": Scene(long_document, looks=True),
}
TROUBLE: dict[str, Scene] = {
    "40-first": Scene(first, needed=True),
    "41-away": Scene(away, needed=True, looks=True),
    "42-away-hits": Scene(away_hits, looks=True),
    "43-away-document": Scene(away_document, looks=True),
    "44-away-page": Scene(away_page, looks=True),
    "45-away-problems": Scene(place("problems"), looks=True),
    "46-clouds": Scene(clouds, needed=True, looks=True),
    "47-rules": Scene(rules, looks=True),
    "48-rules-end": Scene(rules_end, looks=True),
    "49-damaged": Scene(damaged, needed=True, looks=True),
    "50-rebuilding": Scene(rebuilding, needed=True),
    "51-rebuilt": Scene(rebuilt, needed=True, looks=True),
    "52-conversations": Scene(place("conversations"), looks=True),
}
