"""How the fake engine host keeps settings and cares for its library: in memory, bounds and all."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import made_models  # type: ignore[import-not-found]  # it lies beside this script

from strongroom_engine import protocol as p
from strongroom_engine.errors import LibraryReadOnly, NoRoomToCompact, WrongKey
from strongroom_engine.parts.preferences import _report, changed
from strongroom_engine.settings import Settings
from strongroom_engine.types import LibraryFacts, Licence, PromptFile

if TYPE_CHECKING:
    from collections.abc import Callable

PROMPTS = (
    PromptFile("answer", "Answer", "A short answer with citations.", False, "/a/answer.toml"),
    PromptFile("draft", "Draft", "Drafts a letter.", True, "/own/draft.toml"),
)
LICENCES = (Licence("Strongroom", "0.1.0", "AGPL-3.0-or-later"), Licence("rich", "15", "MIT"))


class Setting:
    """Mixed into the host. It refuses to erase a library whose folder is read-only."""

    say: Callable[[p.Message], None]

    def begin_settings(self) -> None:
        self.settings = Settings()
        self.library: LibraryFacts = made_models.LIBRARY
        self.prompts: tuple[PromptFile, ...] = PROMPTS
        self.passphrase = ""

    def on_getsettings(self, request: p.GetSettings) -> None:
        self.say(p.SettingsTold(id=request.id, report=_report(self.settings, Settings())))

    def on_changesettings(self, request: p.ChangeSettings) -> None:
        self.settings = changed(self.settings, request.values)
        self.on_getsettings(p.GetSettings(id=request.id))

    def on_listprompts(self, request: p.ListPrompts) -> None:
        self.say(p.Prompts(id=request.id, folder="/own", prompts=self.prompts))

    def on_copyprompt(self, request: p.CopyPrompt) -> None:
        self._own(request.name, own=True)
        self.on_listprompts(p.ListPrompts(id=request.id))

    def on_restoreprompt(self, request: p.RestorePrompt) -> None:
        self._own(request.name, own=False)
        self.on_listprompts(p.ListPrompts(id=request.id))

    def _own(self, name: str, *, own: bool) -> None:
        self.prompts = tuple(
            replace(one, own=own) if one.name == name else one for one in self.prompts
        )

    def on_getlicences(self, request: p.GetLicences) -> None:
        text = f"Permission to use {request.name}." if request.name else ""
        self.say(p.Licences(id=request.id, name=request.name, text=text, parts=LICENCES))

    def on_getlibrary(self, request: p.GetLibrary) -> None:
        self.say(p.LibraryTold(id=request.id, library=self.library))

    def on_compactlibrary(self, request: p.CompactLibrary) -> None:
        if not self.library.free:
            raise NoRoomToCompact(needed="2 GB", of="memory", free="1 GB")
        time.sleep(0.2)
        before, after = self.library.size, self.library.size - self.library.free
        self.library = replace(self.library, size=after, free=0)
        self.say(p.Compacted(id=request.id, before=before, after=after))

    def on_changepassphrase(self, request: p.ChangePassphrase) -> None:
        if self.library.key == "passphrase" and request.old != self.passphrase:
            raise WrongKey(kind="passphrase", library="/library")
        self.passphrase = request.new
        self.library = replace(self.library, key="passphrase" if request.new else "keyring")
        self.say(p.Done(id=request.id))

    def on_eraselibrary(self, request: p.EraseLibrary) -> None:
        if self.library.chunks == 0:
            raise LibraryReadOnly(library="/library", why="it is read-only")
        self.library = replace(self.library, documents=0, chunks=0)
        self.say(p.Done(id=request.id))
        self.say(p.Hello(library="/library"))
        self.say(p.Ready(embedding_model="all-MiniLM-L6-v2"))
