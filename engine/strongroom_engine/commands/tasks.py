"""What can be done with a question beyond answering it, and the prompts that are used for it."""

from __future__ import annotations

import argparse

from rich.text import Text

from strongroom_engine.answering.templates import (
    copy_template,
    is_own,
    restore_template,
    template_files,
)
from strongroom_engine.commands import output
from strongroom_engine.commands.terminal import Commands, Options, command, err, out, text_argument

TASKS = (
    "answer",
    "quotes",
    "summary",
    "compare",
    "table",
    "timeline",
    "explain",
    "draft",
)
"""Those that a user can choose; `structured` is meant by giving a schema."""


def add_task(ask: argparse.ArgumentParser) -> None:
    """The option of `ask` that says what is to be done."""
    ask.add_argument(
        "--task",
        choices=TASKS,
        default="answer",
        help="summary and compare are about the documents chosen with --document or named in the"
        " question (default: answer)",
    )


def add_prompts(commands: Commands) -> None:
    """The grammar of the command about prompts."""
    prompts = command(
        commands, "prompts", _prompts, "the prompts that the answer model is given, or copy one"
    )
    prompts.add_argument(
        "--copy",
        type=text_argument,
        metavar="NAME",
        help="copy it into your configuration folder, to be edited; yours is used from then on",
    )
    prompts.add_argument(
        "--restore",
        type=text_argument,
        metavar="NAME",
        help="use the shipped one again; your copy is set aside",
    )


def _prompts(options: Options) -> int:
    if options.copy is not None:
        had = is_own(options.copy)
        file = copy_template(options.copy)
        said = "is yours already and stays as it is" if had else "is yours to edit now"
        err.print(Text(f"{output.clean(str(file))} {said}.", overflow="fold"), soft_wrap=True)
    if options.restore is not None:
        kept = restore_template(options.restore)
        said = f"Your copy is kept as {kept}." if kept else "There is no copy of yours."
        err.print(Text(output.clean(said), overflow="fold"), soft_wrap=True)
    files = [
        one for one in template_files() if (options.copy or options.restore) in (None, one.name)
    ]
    if options.json:
        print(output.to_json({"prompts": files}))
    elif options.copy is None and options.restore is None:
        output.show_prompts(out, files)
    return 0
