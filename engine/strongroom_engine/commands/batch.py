"""`strongroom ask --batch`: the questions of a file, each answered as if it was asked alone."""

from __future__ import annotations

from contextlib import closing

import msgspec
from rich.text import Text

from strongroom_engine.answering.batch import Ask, Failure, ask_each
from strongroom_engine.answering.together import Stop
from strongroom_engine.commands import output
from strongroom_engine.commands.interrupting import INTERRUPTED, interruptible
from strongroom_engine.commands.terminal import Options, err, opened, out
from strongroom_engine.library import Library
from strongroom_engine.reviews.questions import every_question
from strongroom_engine.types import Answer


def batch_command(options: Options) -> int:
    """Answer each question, and give each answer as soon as it is there, in the order of the file."""
    _refuse_unusable(options)
    questions = every_question(options.batch)
    done = failed = 0
    with (
        opened(options, "read") as library,
        interruptible() as ended,
        closing(ask_each(questions, _asking(options, library), ended.is_set)) as answers,
    ):
        for question, made in answers:
            done += 1
            failed += not isinstance(made, Answer)
            _give(options, question, made)
            _say_how_far(done, len(questions))
    return _ended(done, failed, len(questions))


def _refuse_unusable(options: Options) -> None:
    if options.question is not None:
        options.usage("the questions are those of --batch; ask a single one without it")
    if options.schema or options.fields:
        options.usage("--schema and --fields are for a single question")
    if options.after or options.conversation is not None:
        options.usage(
            "each question of --batch stands alone: there is no --after or --conversation"
        )


def _asking(options: Options, library: Library) -> Ask:
    def ask(question: str, stopped: Stop) -> Answer:
        return library.answers.ask(
            question,
            [options.collection] if options.collection else [],
            model=options.model or "",
            everywhere=options.everywhere,
            task=options.task,
            documents=options.document or (),
            cancelled=stopped,
        )

    return ask


# --- what is given -------------------------------------------------------------------------------


def _give(options: Options, question: str, made: Answer | Failure) -> None:
    if options.json:
        told = output.answer_json(made) if isinstance(made, Answer) else _failed(question, made)
        print(msgspec.json.encode(told).decode(), flush=True)  # a line each
        return
    out.print(Text(output.clean(question), "bold"))
    if isinstance(made, Answer):
        output.show_answer(out, made)
    else:
        out.print(Text(output.clean(str(made)), "red"))
    out.print()


def _failed(question: str, error: Failure) -> dict[str, str]:
    return {
        "question": question,
        "problem": error.sentence,
        "remedy": error.advice,
        "code": error.code,
    }


def _say_how_far(done: int, total: int) -> None:
    """A line each, where the answers go elsewhere than to the terminal."""
    if err.is_terminal and not out.is_terminal:
        err.print(Text(f"{done:,} of {output.count(total, 'question')}", "dim"))


def _ended(done: int, failed: int, total: int) -> int:
    """Say what was done; the exit code."""
    problems = f" {failed:,} could not be answered." if failed else ""
    if done < total:
        err.print(
            Text(f"Interrupted: {done:,} of {output.count(total, 'question')} done.{problems}")
        )
        return INTERRUPTED
    err.print(Text(f"{output.count(total, 'question')}.{problems}"))
    return 1 if failed else 0
