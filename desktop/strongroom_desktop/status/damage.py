"""A damaged library: said above everything, and rebuilt at a click."""

from __future__ import annotations

from PySide6.QtCore import QObject

from strongroom_desktop.client import Engine
from strongroom_desktop.figures import size
from strongroom_desktop.status.notice import NoticeBar
from strongroom_desktop.wording import number, plural, tr
from strongroom_engine.errors import LibraryDamaged
from strongroom_engine.protocol import (
    DropDamaged,
    Failed,
    Rebuilding,
    RebuildLibrary,
    RebuiltLibrary,
)
from strongroom_engine.types import Rebuilt


class Damage(QObject):
    """Offers in the notice bar what can be done, and says there how far it is."""

    def __init__(self, engine: Engine, notice: NoticeBar) -> None:
        super().__init__(notice)
        self._engine, self._notice = engine, notice
        self._rebuilding = 0
        engine.received.connect(self._on_event)

    def _on_event(self, event: object) -> None:
        match event:
            case Failed(code=LibraryDamaged.code) if event.id != self._rebuilding or not event.id:
                self._offer(tr("The library is damaged. Your documents are untouched."))
            case Failed() if self._is_ours(event.id):
                self._rebuilding = 0
                self._offer(str(event.error))
            case Rebuilding() if self._is_ours(event.id):
                self._tell(event)
            case RebuiltLibrary() if self._is_ours(event.id):
                self._rebuilding = 0
                self._say(event.rebuilt or Rebuilt())
            case _:
                pass

    def _is_ours(self, request: int) -> bool:
        return request != 0 and request == self._rebuilding

    def _offer(self, sentence: str) -> None:
        if not self._rebuilding:
            self._notice.offer(sentence, tr("Rebuild from your documents"), self._rebuild)

    def _rebuild(self) -> None:
        self._rebuilding = self._engine.send(RebuildLibrary())
        self._notice.offer(tr("The library is being rebuilt. Conversations are kept."))
        self._notice.calm()

    def _tell(self, event: Rebuilding) -> None:
        counts = {"n": number(event.done), "total": number(event.total)}
        how_far = tr("{n} of {total} documents", **counts)
        self._notice.offer(
            f"{tr('The library is being rebuilt. Conversations are kept.')} {how_far}"
        )
        self._notice.calm()

    def _say(self, made: Rebuilt) -> None:
        sentence = f"{tr('The library was rebuilt.')} {_what_is_left(made)}"
        self._show(sentence, made)
        if not made.lost:
            self._notice.calm()

    def _show(self, sentence: str, made: Rebuilt) -> None:
        if not made.aside:
            self._notice.say(sentence)
            return
        kept = tr("The damaged one is kept beside it ({size}).", size=size(made.aside_size))
        delete = tr("Delete the damaged one")
        self._notice.offer(f"{sentence} {kept}", delete, self._drop, more=made.aside)

    def _drop(self) -> None:
        self._engine.send(DropDamaged())
        self._notice.mention(tr("The damaged library is deleted."))


def _what_is_left(made: Rebuilt) -> str:
    """What came of it, in a sentence or two."""
    said = []
    if made.unread:
        said.append(
            plural(
                made.unread,
                "{n} document is being read again.",
                "{n} documents are being read again.",
            )
        )
    if made.lost:
        kinds = ", ".join(_kinds()[kind] for kind in made.lost)
        said.append(tr("Something of these may be lost: {kinds}.", kinds=kinds))
    return " ".join(said) or tr("Nothing was lost.")


def _kinds() -> dict[str, str]:
    return {
        "sources": tr("sources"),
        "exclusions": tr("what is left out"),
        "passwords": tr("passwords"),
        "conversations": tr("conversations"),
        "questions": tr("your own questions"),
        "reviews": tr("review grids"),
        "figures": tr("figures of quality"),
    }
