"""The sources of an open library: what is indexed, when, and what is left out."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from strongroom_engine.errors import (
    Cancelled,
    CollectionUnnamed,
    IndexingPaused,
    LibraryModelMissing,
    NeedsPassword,
    NotASource,
    SourceKnown,
    SourceMissing,
    SourceNameInvalid,
    StrongroomError,
)
from strongroom_engine.indexing.looking.excluding import is_place, takes_in
from strongroom_engine.indexing.looking.presence import is_here
from strongroom_engine.indexing.looking.ruling import Ruling
from strongroom_engine.indexing.looking.scan import printable
from strongroom_engine.indexing.looking.taking_over import Arrivals
from strongroom_engine.indexing.manners import Manners, Stand
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.parts import excluding
from strongroom_engine.parts.embedding import LibraryEmbedding
from strongroom_engine.parts.tending import glanced_at
from strongroom_engine.parts.watching import Watching
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.trees import absolute_path, contains
from strongroom_engine.types import Exclusion, Happening, Progress, Source, State, Unlocked

Stop = Callable[[], bool]

LET_OTHERS_S = 0.005
"""Between two parts of a long removal, for others who write."""
LOCKED = frozenset({NeedsPassword.code})
"""Problems that a password mends."""


def never() -> bool:
    return False


class LibrarySources:
    """Every method may be called from any thread.

    While indexing rests nothing is read and embedded: what is added or has changed is noted and
    waits, and whoever wants it indexed need not wait for it. `on_progress` and `on_change` hear of
    indexing, `on_document` of each document, `on_stand` of whether it rests. `manners`
    replace those of the settings (tests).
    """

    def __init__(
        self,
        store: Store,
        embedding: LibraryEmbedding,
        settings: Settings,
        *,
        on_progress: Callable[[Progress | None], None],
        on_change: Callable[[], None],
        on_stand: Callable[[Stand], None] = lambda _stand: None,
        on_document: Callable[[Happening], None] = lambda _happening: None,
        manners: Manners | None = None,
    ) -> None:
        self._store, self._embedding, self._settings = store, embedding, settings
        self._on_progress, self._on_change, self._on_stand = on_progress, on_change, on_stand
        self._on_document = on_document
        self.manners = manners or Manners(settings, paused=store.managing.paused())
        """When indexing rests or holds back."""
        self.manners.on_change = self._stands_otherwise
        self._rested = self.manners.stand.paused
        self._opening = threading.Lock()
        self._ruling = Ruling(store.managing.exclusions, hidden=settings.index_hidden)
        self._watching = Watching(
            store,
            self._ruling,
            sync=self._sync,
            drop_left_out=self._drop_left_out,
            tell=embedding.tell,
        )
        self._indexer_made: Indexer | None = None
        self._pool_made: ParserPool | None = None
        self._closed = False

    def close(self) -> None:
        """End every worker; none is made from then on: whoever wants one meets `Cancelled`."""
        with self._opening:
            self._closed = True
        if self._indexer_made is not None:
            self._indexer_made.stop()  # first, so that nothing waits for the end of a long look
        self.manners.stop()
        self._watching.stop()
        if self._pool_made is not None:
            self._pool_made.close()
        if self._indexer_made is not None:
            self._indexer_made.close()

    # --- adding and removing ---------------------------------------------------------------------

    def add(self, path: str, collection: str = "", cancelled: Stop = never) -> Source:
        """Index a folder or file and keep it as a source; returns when all of it is indexed.

        While the library is re-embedded: when all of it is readable; while indexing rests: when it
        is known what waits. Cancelled, what was read stays, and a look goes on with the rest. A
        source that is there already is looked at again; what is left out of the source that it lies
        in becomes one of its own. Raises `SourceMissing`, and `SourceKnown`
        for a path inside another source (after looking at it again, too).
        """
        absolute = absolute_path(path)
        if not path.strip() or not is_here(absolute):
            raise SourceMissing(path=path or "(nothing)")
        if printable(absolute) != absolute:
            raise SourceNameInvalid(path=printable(absolute))
        if absolute not in self._paths() and (outer := self._taking_in(absolute)):
            self._sync(outer, under=[absolute], cancelled=cancelled)
            self._wait_embedded(cancelled)
            raise SourceKnown(path=absolute, source=outer)
        if absolute not in self._paths():
            self._finish_removing()  # its documents may be known from before
            self._store.add_source(absolute, collection or _collection_name(absolute))
            self._on_change()
        self._watching.add(absolute)
        self._sync(absolute, cancelled=cancelled)
        self._wait_embedded(cancelled)
        return next(source for source in self._store.sources() if source.path == absolute)

    def remove(self, path: str) -> None:
        """Take a source out of the library; the files are not touched. Raises `NotASource`.

        What lies inside another source belongs to that one from then on.
        """
        absolute = self._known(path)
        self._watching.remove(absolute)
        self._indexer.remove(absolute)
        self._finish_removing()
        if outer := self.around(absolute):
            self._look_soon(outer, absolute)

    def _finish_removing(self) -> None:
        """Delete, part by part, what removed sources have left; they are gone already."""
        while not self._closed and self._store.managing.delete_some():
            time.sleep(LET_OTHERS_S)

    def around(self, path: str) -> str:
        """The innermost source that the path lies inside; '' where there is none."""
        outer = (source for source in self._paths() - {path} if contains(source, path))
        return max(outer, key=len, default="")

    def _taking_in(self, path: str) -> str:
        """The source that the path lies inside, unless it is left out there; '' for none."""
        outer = self.around(path)
        return "" if outer and self._ruling.of(outer).omit_below(path) else outer

    def _paths(self) -> set[str]:
        return self._store.managing.source_paths()

    def _known(self, path: str) -> str:
        absolute = absolute_path(path)
        if absolute not in self._paths():
            raise NotASource(path=path)
        return absolute

    def listed(self) -> tuple[Source, ...]:
        """Every source, with the counts and sizes of its documents and whether it is there now."""
        sizes = self._store.managing.sizes()
        return tuple(
            replace(glanced_at(source), size=sizes.get(source.path, 0))
            for source in self._store.sources()
        )

    # --- collections -----------------------------------------------------------------------------

    def rename_collection(self, name: str, new_name: str) -> None:
        """Give it another name; one that there is takes its sources in.

        Raises `UnknownCollection` and `CollectionUnnamed`.
        """
        self._store.managing.rename_collection(name, _named(new_name))
        self._on_change()

    def move(self, path: str, collection: str) -> None:
        """Put a source into a collection, a new one if there is none of the name.

        Raises `NotASource` and `CollectionUnnamed`.
        """
        self._store.managing.move_source(self._known(path), _named(collection))
        self._on_change()

    # --- looking again ---------------------------------------------------------------------------

    def rescan(self, path: str = "", cancelled: Stop = never) -> None:
        """Look at every source (or the one at `path`) for what changed, and index that.

        What was left to embed, or has its words from an older Strongroom, is taken up beside it.
        """
        self._finish_removing()
        places = [absolute_path(path)] if path else [each.path for each in self._store.sources()]
        if path and places[0] not in self._paths():
            raise NotASource(path=path)
        arrivals = Arrivals()
        for place in places:
            with suppress(SourceMissing):  # its drive is away: its documents stay
                self._sync(place, cancelled=cancelled, arrivals=arrivals)
        self._wait_embedded(cancelled)

    def retry(self, paths: Sequence[str], cancelled: Stop = never) -> None:
        """Read these documents again, though they have not changed; what was known of them is
        searched meanwhile. Raises `NotASource` for what lies in no source, and `SourceMissing`."""
        wanted: dict[str, list[str]] = {}
        for path in map(absolute_path, paths):
            source = path if path in self._paths() else self.around(path)
            if not source:
                raise NotASource(path=path)
            wanted.setdefault(source, []).append(path)
        for source, places in wanted.items():
            if not is_here(source):
                raise SourceMissing(path=source)
            self._store.managing.note_unread(places)
            self._sync(source, under=places, again=places, cancelled=cancelled)
        self._wait_embedded(cancelled)

    # --- passwords -------------------------------------------------------------------------------

    def give_password(self, path: str, password: str, cancelled: Stop = never) -> Unlocked:
        """Try a password on all that waits for one at the path: a document, or whatever lies in a
        folder or archive. It is kept, beside those that were given before, if it opens any of it,
        and while indexing rests. Raises as `retry` does."""
        absolute = absolute_path(path)
        if not self.around(absolute) and not any(contains(absolute, one) for one in self._paths()):
            raise NotASource(path=path)
        before = self._locked(absolute)
        new = self._store.passwords.give(absolute, password)
        tried = Unlocked(locked=before)
        try:
            self.retry(before, cancelled)
            locked, waiting = self._locked(absolute), tuple(filter(self._is_pending, before))
            opened = tuple(one for one in before if one not in {*locked, *waiting})
            tried = Unlocked(opened, locked, waiting)
        finally:
            if new and not tried.opened and not self.stand.paused:
                self._store.passwords.take_back(absolute, password)
        return tried

    def _locked(self, path: str) -> tuple[str, ...]:
        """The documents at or in the path that wait for a password."""
        problems = self._store.status().problems
        locked = (one.path for one in problems if one.code in LOCKED)
        return tuple(each for each in locked if contains(path, each))

    def _is_pending(self, path: str) -> bool:
        record = self._store.reading.record(path)
        return record is None or record.state is State.PENDING

    def forget_password(self, path: str) -> None:
        """All that were given for the path. What they opened stays in the library, and is read no
        more when it changes."""
        self._store.passwords.forget(absolute_path(path))

    def passwords(self) -> tuple[str, ...]:
        """The documents and folders for which a password is kept."""
        return self._store.passwords.paths()

    def _wait_embedded(self, cancelled: Stop = never) -> None:
        """Until all is embedded. Re-embedding is not waited for, nor a model that is not here."""
        with suppress(LibraryModelMissing):  # told already
            self._indexer.wait_embedded(cancelled, enough=lambda: self._embedding.building)

    def wait_re_embedded(self, cancelled: Stop = never) -> None:
        """Return when the chosen model answers; raises what stopped the embedding, and
        `IndexingPaused`."""
        self._indexer.wait_embedded(cancelled)
        if self._embedding.building:
            raise IndexingPaused

    def embed_more(self) -> None:
        """Embed what waits now, in the background."""
        self._indexer.embed_more()

    def watch(self) -> None:
        """Index by itself what changes in the sources from now on, until the library is closed."""
        self._watching.start(self._settings.settle_s)
        self.manners.follow()

    def use_settings(self, settings: Settings) -> None:
        """Take up other settings; where they change what is a document, all is looked over."""
        self.manners.use(settings)
        before, self._settings = self._settings.index_hidden, settings
        self._ruling.use(hidden=settings.index_hidden)
        if before != settings.index_hidden:
            for path in self._paths():
                self._watching.anew(path)
            self._watching.look_at_all()

    def _sync(self, source: str, **how: Any) -> None:
        """`Indexer.sync`; what passes is waited for where sources are watched."""
        with self._watching.recovering.heeding():
            self._indexer.sync(source, **how)

    def _drop_left_out(self, source: str) -> None:
        self._indexer.drop_left_out(source)

    def _embedding_stopped(self, error: StrongroomError) -> None:
        self._embedding.tell(error)
        self._watching.recovering.note(error)

    def _look_soon(self, source: str, path: str) -> None:
        """Look at a path of a source: beside what goes on where the sources are watched."""
        if self._watching.is_on:
            self._watching.look_at(source, path)
            return
        with suppress(SourceMissing):
            self._sync(source, under=[path])
        self._wait_embedded()

    # --- leaving out -----------------------------------------------------------------------------

    def exclude(self, pattern: str, source: str = "", cancelled: Stop = never) -> None:
        """Leave out of a source, or of all of them, a file or folder (an absolute path), or what a
        line as in a .gitignore says: '*.tmp', '/drafts/', '!keep.tmp'. What is in the library of it
        goes at once, and what a line takes in again is indexed.

        Raises `NothingExcluded`, `NotASource` and `SourceNotExcludable`.
        """
        exclusion = self._exclusion(pattern, source)
        excluding.check(exclusion, self._paths())
        self._indexer.exclude(exclusion)
        self._ruling.renew()
        if takes_in(exclusion.pattern):
            self._look_over(exclusion, cancelled)

    def _exclusion(self, pattern: str, source: str) -> Exclusion:
        of = self._known(source) if source else ""
        return excluding.exclusion_of(pattern, of, self._paths())

    def include(self, pattern: str, source: str = "", cancelled: Stop = never) -> None:
        """Take back an exclusion, and index what it kept out."""
        exclusion = self._exclusion(pattern, source)
        self._store.managing.include(exclusion)
        self._ruling.renew()
        self._on_change()
        self._look_over(exclusion, cancelled)

    def _look_over(self, exclusion: Exclusion, cancelled: Stop) -> None:
        """Bring all up to date for which the exclusion holds, or held."""
        for each in sorted(self._paths()):
            if exclusion.source not in ("", each):
                continue
            place = is_place(exclusion.pattern, each)
            if place and not contains(each, exclusion.pattern):
                continue
            self._watching.anew(each)
            if takes_in(exclusion.pattern):
                self._drop_left_out(each)
            with suppress(SourceMissing):
                under = [exclusion.pattern] if place else []
                self._sync(each, under=under, cancelled=cancelled)
        self._wait_embedded(cancelled)

    def exclusions(self) -> tuple[Exclusion, ...]:
        """What is left out, that of all sources first."""
        return self._store.managing.exclusions()

    # --- resting ---------------------------------------------------------------------------------

    def pause(self, paused: bool = True) -> None:
        """Stop reading and embedding after what is in hand, or go on; it is remembered.

        Where sources are watched, what waits is then taken up in the background; else `rescan`
        does.
        """
        self._store.managing.pause(paused)
        self.manners.pause(paused)

    @property
    def stand(self) -> Stand:
        """Whether indexing rests, and why."""
        return self.manners.stand

    def _stands_otherwise(self, stand: Stand) -> None:
        self._on_stand(stand)
        rested, self._rested = self._rested, stand.paused
        if self._indexer_made is None:
            return
        self._indexer_made.stands_otherwise()
        if rested and not stand.paused:
            self._watching.look_at_all()

    # --- parts, made when first needed -----------------------------------------------------------

    @property
    def pool(self) -> ParserPool:
        """The processes that read documents and draw pages."""
        with self._opening:
            self._refuse_closed()
            if self._pool_made is None:
                self._pool_made = ParserPool(
                    self._workers,
                    self._settings,
                    passwords=self._store.passwords.candidates,
                    within=lambda path: path if path in self._paths() else self.around(path),
                )
            return self._pool_made

    def _refuse_closed(self) -> None:
        if self._closed:
            raise Cancelled

    @property
    def _workers(self) -> int:
        """How many documents are parsed at once: half of the processors, the rest embed."""
        return self._settings.parser_workers or max((os.cpu_count() or 2) // 2, 1)

    @property
    def _indexer(self) -> Indexer:
        pool = self.pool
        with self._opening:
            self._refuse_closed()
            if self._indexer_made is None:
                self._indexer_made = Indexer(
                    self._store,
                    pool,
                    self._embedding,
                    self._settings,
                    manners=self.manners,
                    ruling=self._ruling,
                    parallel=self._workers,
                    on_progress=lambda one: self._on_progress(self._embedding.named_progress(one)),
                    on_change=self._on_change,
                    on_document=self._on_document,
                    on_restless=self._watching.look_at,
                    on_trouble=self._embedding_stopped,
                )
            return self._indexer_made


def _collection_name(path: str) -> str:
    """The folder's own name; for a single file that of the folder it is in."""
    named = Path(path) if Path(path).is_dir() else Path(path).parent
    return named.name or str(named)


def _named(collection: str) -> str:
    """The name without spaces around it."""
    if not collection.strip():
        raise CollectionUnnamed
    return collection.strip()
