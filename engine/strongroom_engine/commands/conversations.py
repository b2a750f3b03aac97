"""`strongroom conversations`, and asking within one."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from rich.table import Table
from rich.text import Text

from strongroom_engine.answering.conversation.followup import conversation
from strongroom_engine.commands import output
from strongroom_engine.commands.terminal import (
    Commands,
    Options,
    command,
    err,
    opened,
    out,
    text_argument,
)
from strongroom_engine.errors import UnknownConversation
from strongroom_engine.library import Library
from strongroom_engine.types import Answer, Asked, ConversationSummary, KeptTurn, Turn

Ask = Callable[[Sequence[Turn]], Answer]


def in_conversation(options: Options, library: Library, asked: Asked, ask: Ask) -> Answer:
    """The answer to a question that goes on from earlier ones, kept with them where a conversation
    is named: one that there is, or a new one of that name."""
    said = conversation(options.after or ())
    name: str | None = options.conversation
    if name is None:
        return ask(said)
    kept = library.conversations
    try:
        key = kept.find(name).key
    except UnknownConversation:
        key = uuid.uuid4().hex
        answer = kept.keep(key, asked, lambda: ask(said))
        kept.rename(key, name)
        return answer
    return kept.keep(key, asked, lambda: ask(said or kept.earlier(key)))


# --- commands ------------------------------------------------------------------------------------


def _list(options: Options) -> int:
    with opened(options, "read") as library:
        found = library.conversations.listed(" ".join(options.words))
    if options.json:
        print(output.to_json({"conversations": found}))
    elif found:
        out.print(_table(found))
    else:
        err.print("No conversation has all these words." if options.words else "None is kept yet.")
    return 0


def _table(found: Sequence[ConversationSummary]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Conversation", "Questions", "Last"):
        table.add_column(column, justify="right" if column == "Questions" else "left")
    for each in found:
        title = Text(output.clean(each.title))
        if each.found:
            title.append(f"\n  {output.clean(each.found)}", "dim")
        table.add_row(title, f"{each.turns:,}", _when(each.changed_ms))
    return table


def _show(options: Options) -> int:
    with opened(options, "read") as library:
        whole = library.conversations.get(library.conversations.find(options.name).key)
    if options.json:
        turns = [_turn_json(turn) for turn in whole.turns]
        print(output.to_json({"conversation": whole.summary, "turns": turns}))
        return 0
    for turn in whole.turns:
        out.print(Text.assemble((output.clean(turn.asked.question), "bold")))
        out.print(Text(_when(turn.asked_ms), "dim"))
        if turn.answer is not None:
            output.show_answer(out, turn.answer)
        else:
            out.print(Text(_missing(turn), "yellow"))
        out.print()
    return 0


def _turn_json(turn: KeptTurn) -> dict[str, object]:
    answer = None if turn.answer is None else output.answer_json(turn.answer)
    return {
        "asked": turn.asked,
        "asked_ms": turn.asked_ms,
        "answer": answer,
        "unreadable": turn.unreadable,
    }


def _missing(turn: KeptTurn) -> str:
    if turn.unreadable:
        return "The answer was kept by another release of Strongroom and cannot be read."
    return "This question was not answered."


def _export(options: Options) -> int:
    turn = None if options.question is None else options.question - 1
    with opened(options, "read") as library:
        kept = library.conversations
        kept.export(kept.find(options.name).key, options.file, turn)
    err.print(Text(f"Written to {output.clean(str(options.file))}."))
    return 0


def _rename(options: Options) -> int:
    with opened(options, "write") as library:
        kept = library.conversations
        named = kept.rename(kept.find(options.name).key, options.title)
    err.print(Text(f"It is named ‘{output.clean(named.title)}’ now."))
    return 0


def _remove(options: Options) -> int:
    with opened(options, "write") as library:
        kept = library.conversations
        found = kept.find(options.name)
        kept.remove(found.key)
    err.print(Text(f"‘{output.clean(found.title)}’ is removed for good."))
    return 0


def _when(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000).astimezone():%Y-%m-%d %H:%M}"


# --- grammar -------------------------------------------------------------------------------------


def add_conversation(ask: argparse.ArgumentParser) -> None:
    """The option of `ask` that keeps the question in a conversation."""
    ask.add_argument(
        "--conversation",
        type=text_argument,
        metavar="NAME",
        help="ask in this conversation and keep the answer there; a new name begins a new one",
    )


def add_conversations(commands: Commands) -> None:
    """The grammar of the command about conversations that are kept."""
    about = "the conversations that are kept: list, search, show, export, rename, remove"
    parser = command(commands, "conversations", _list, about)
    parser.set_defaults(words=())
    actions = parser.add_subparsers(metavar="ACTION", title="actions")
    command(actions, "list", _list, "every conversation, the newest first").set_defaults(words=())
    search = command(actions, "search", _list, "those that hold all of these words")
    search.add_argument("words", nargs="+", type=text_argument, metavar="WORD")
    _named(command(actions, "show", _show, "its questions and answers"))
    export = command(actions, "export", _export, "write it with its citations", json=False)
    _named(export)
    export.add_argument("file", type=Path, metavar="FILE", help=".md, .html, .pdf or .docx")
    export.add_argument("--question", type=int, metavar="N", help="only this one, from 1")
    rename = command(actions, "rename", _rename, "give it another title", json=False)
    _named(rename)
    rename.add_argument("title", type=text_argument, metavar="TITLE", help="'': its first question")
    _named(command(actions, "remove", _remove, "remove it for good", json=False))


def _named(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name", type=text_argument, metavar="NAME", help="its title, or how only its title begins"
    )
