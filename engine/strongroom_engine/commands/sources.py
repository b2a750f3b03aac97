"""The commands that manage sources and indexing: collections, exclusions, pausing, reading again."""

from __future__ import annotations

from rich.text import Text

from strongroom_engine.commands import output
from strongroom_engine.commands.away import show_away
from strongroom_engine.commands.terminal import (
    Bars,
    Commands,
    Options,
    command,
    err,
    opened,
    out,
    text_argument,
)

WHY = {
    "user": "Indexing is paused; 'strongroom resume' goes on.",
    "battery": "Indexing rests while this computer runs on its battery.",
    "hours": "Indexing rests in your working hours.",
    "damage": "Indexing rests: the library is damaged; 'strongroom rebuild' makes it anew.",
}


def add_managing(commands: Commands) -> None:
    """Their grammar."""
    sources = command(commands, "sources", _sources, "what is in the library, or group it anew")
    change = sources.add_mutually_exclusive_group()
    change.add_argument(
        "--rename",
        nargs=2,
        type=text_argument,
        metavar=("COLLECTION", "NAME"),
        help="give a collection another name, or put its sources into the one that has it",
    )
    change.add_argument(
        "--move",
        nargs=2,
        metavar=("PATH", "COLLECTION"),
        help="put a source into another collection, a new one if need be",
    )

    exclude = command(commands, "exclude", _exclude, "leave files out, or list what is left out")
    exclude.add_argument(
        "patterns",
        nargs="*",
        metavar="PATTERN",
        help="a file or folder by its absolute path, or a line as in a .gitignore: '*.log', "
        "'/drafts/', '!keep.log'; files named .strongroomignore in a source hold such lines, too",
    )
    exclude.add_argument("--source", default="", metavar="PATH", help="in this source only")
    exclude.add_argument("--undo", action="store_true", help="take it back, and index it")

    retry = command(commands, "retry", _retry, "read documents again", json=False)
    retry.add_argument("paths", nargs="+", metavar="FILE")

    command(commands, "pause", _pause, "stop indexing until it is resumed", json=False)
    command(commands, "resume", _resume, "go on with indexing, and wait", json=False)


def say_rest(why: str, waiting: int) -> None:
    """That indexing rests, and how much waits for it."""
    if why:
        err.print(Text(f"{output.count(waiting, 'document')} waiting. {WHY[why]}", "yellow"))


def _sources(options: Options) -> int:
    if options.rename or options.move:
        with opened(options, "write") as library:
            if options.rename:
                library.indexing.rename_collection(*options.rename)
            else:
                library.indexing.move(*options.move)
    with opened(options, "read") as library:
        sources = library.sources()
    if options.json:
        print(output.to_json({"sources": sources}))
    else:
        output.show_sources(out, sources)
        show_away(out, sources)
    return 0


def _exclude(options: Options) -> int:
    if options.patterns:
        with Bars() as bars, opened(options, "write", on_progress=bars.indexing) as library:
            for pattern in options.patterns:
                if options.undo:
                    library.indexing.include(pattern, options.source)
                else:
                    library.indexing.exclude(pattern, options.source)
    with opened(options, "read") as library:
        exclusions = library.indexing.exclusions()
    if options.json:
        print(output.to_json({"exclusions": exclusions}))
    else:
        output.show_exclusions(out, exclusions)
    return 0


def _retry(options: Options) -> int:
    with Bars() as bars, opened(options, "write", on_progress=bars.indexing) as library:
        library.indexing.retry(options.paths)
        status = library.status()
        stand = library.indexing.stand
    say_rest(stand.why if stand.paused else "", status.documents["pending"])
    return 0


def _pause(options: Options) -> int:
    with opened(options, "write") as library:
        library.indexing.pause()
        waiting = library.status().documents["pending"]
    say_rest("user", waiting)
    return 0


def _resume(options: Options) -> int:
    with Bars() as bars, opened(options, "write", on_progress=bars.indexing) as library:
        library.indexing.pause(False)
        library.rescan()
        indexed = library.status().documents["indexed"]
    err.print(Text(f"In the index: {output.count(indexed, 'document')}."))
    return 0
