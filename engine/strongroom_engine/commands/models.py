"""The command for answer models: what fits this computer, and bringing in, using, removing one."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table
from rich.text import Text

from strongroom_engine.commands import output
from strongroom_engine.commands.terminal import (
    Bars,
    Commands,
    Options,
    command,
    err,
    out,
    text_argument,
)
from strongroom_engine.models.hardware import probe_hardware
from strongroom_engine.parts.models import LibraryModels, Unopened
from strongroom_engine.parts.preferences import change_settings
from strongroom_engine.types import KnownModel, ModelsReport

_GB = 10**9


def add_choosing(commands: Commands) -> None:
    """The grammar of 'models'."""
    models = command(commands, "models", _list, "the answer models, and which of them fit here")
    actions = models.add_subparsers(metavar="ACTION")
    use = command(actions, "use", _use, "answer with this one, or with the best that fits")
    choice = use.add_mutually_exclusive_group(required=True)
    choice.add_argument("name", nargs="?", default="", type=text_argument, metavar="NAME")
    choice.add_argument("--automatic", action="store_true", help="let Strongroom choose")
    bring = command(actions, "import", _import, "check a GGUF file and copy it to the others")
    bring.add_argument("file", type=Path, metavar="FILE")
    remove = command(actions, "remove", _remove, "delete a model file from this computer")
    remove.add_argument("file", type=text_argument, metavar="FILE")


def _models() -> LibraryModels:
    answers = Unopened(probe_hardware())
    return LibraryModels(answers, lambda model: change_settings({"answer_model": model}))


def _list(options: Options) -> int:
    _show(options, _models().report())
    return 0


def _use(options: Options) -> int:
    models = _models()
    models.use("" if options.automatic else options.name)
    _show(options, models.report())
    return 0


def _import(options: Options) -> int:
    models = _models()
    with Bars() as bars:
        name = models.bring_in(options.file, on_progress=bars.megabytes)
    err.print(Text(f"{output.clean(name)} is here now."))
    _show(options, models.report())
    return 0


def _remove(options: Options) -> int:
    models = _models()
    models.remove(options.file)
    _show(options, models.report())
    return 0


def _show(options: Options, report: ModelsReport) -> None:
    if options.json:
        print(output.to_json(report))
        return
    out.print(Text(output.clean(report.plan.why if report.plan else report.problem), "bold"))
    if report.plan:
        out.print(Text(f"Passages that it has read {output.passages_kept(report.plan)}.", "dim"))
    table = Table(box=None, pad_edge=False)
    for name in ("Model", "File", "Size", "On this computer", ""):
        table.add_column(Text(name, "dim"), overflow="fold")
    for model in report.models:
        size = f"{model.size / _GB:.1f} GB"
        name = f"{model.name} ({model.quantization})"
        cells = (name, model.file, size, _fits(model), _place(model))
        table.add_row(*(Text(output.clean(cell)) for cell in cells))
    out.print(table)


def _fits(model: KnownModel) -> str:
    if model.fit == "not":
        return f"does not fit, needs {model.needs / _GB:.1f} GB"
    if model.fit == "partly":
        return f"fits partly, {model.gpu_layers} of {model.layers} layers"
    if model.slow_s:
        return f"fits, but the first word takes about {model.slow_s:.0f} s"
    return "fits"


def _place(model: KnownModel) -> str:
    return "in use" if model.in_use else "here" if model.here else ""
