"""Answers: the model, how much it reads and writes, when it declines, how it is asked."""

from __future__ import annotations

from PySide6.QtCore import Signal

from strongroom_desktop.controls import Choice, Segments
from strongroom_desktop.forms import Group, Row
from strongroom_desktop.outside import show_in_folder
from strongroom_desktop.settings.section import OWN, Context, Section
from strongroom_desktop.widgets import Button
from strongroom_desktop.wording import heard, number, tr
from strongroom_engine.protocol import CopyPrompt, Failed, ListPrompts, Prompts, RestorePrompt
from strongroom_engine.types import PromptFile, SettingValue

_CONTEXTS = (2048, 4096, 8192, 16_384, 32_768)
_LENGTHS = (128, 256, 512, 1024)
_KEPT_MB = (0, 256, 1024, 4096)
_WORDS_A_TOKEN = 0.75


class Answers(Section):
    """`models_wanted`: the page of models is wanted."""

    models_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._prompt_requests: dict[int, str] = {}
        self._prompt_rows: dict[str, Row] = {}
        self._folder = ""
        self._model(self.group(tr("Model")))
        self._declining(self.group(tr("When the documents do not say")))
        self._reading(self.group(tr("What is read")))
        self.prompts = self.group(tr("Prompt templates"))
        context.engine.received.connect(self._on_event)

    def entered(self) -> None:
        self._send(ListPrompts(), "")

    def _send(self, request: ListPrompts | CopyPrompt | RestorePrompt, name: str) -> None:
        self._prompt_requests[self.context.engine.send(request)] = name

    # --- the model -------------------------------------------------------------------------------

    def _model(self, group: Group) -> None:
        models = Button(self.theme, tr("Models"))
        models.clicked.connect(self.models_wanted)
        self.model = Row(self.theme, tr("Answer model"), "", models)
        group.add(self.model)
        values = self.context.values
        values.told.connect(self._show_model)
        self._show_model()
        tokens = Choice(self.theme, tr("Context"), [(str(n), in_tokens(n)) for n in _CONTEXTS])
        line = tr("What the model has before it at a time, question and answer included")
        self.pick(group, "context_tokens", tr("Context"), line, tokens, to_value=int, other=_tokens)
        line = tr("It need not read them again then. Never saved, and less where memory is short")
        title = tr("Memory for passages it has read")
        kept = Choice(self.theme, title, [(str(mb), _at_most(mb)) for mb in _KEPT_MB])
        self.pick(group, "passage_memory_mb", title, line, kept, to_value=int, other=_at_most)
        freedom = (
            (OWN, tr("As the template says")),
            ("0", tr("None: the likeliest word")),
            ("0.3", tr("A little")),
            ("0.7", tr("More")),
        )
        free = Choice(self.theme, tr("Freedom of wording"), freedom)
        line = tr("The temperature. With none, the same question gets the same answer")
        self.pick(
            group,
            "temperature",
            tr("Freedom of wording"),
            line,
            free,
            to_value=lambda key: float(key) if key else None,
            other=lambda value: number(float(value or 0), 2),
        )
        lengths = [(OWN, tr("As the template says")), *((str(n), in_tokens(n)) for n in _LENGTHS)]
        length = Choice(self.theme, tr("Longest answer"), lengths)
        self.pick(
            group,
            "answer_tokens",
            tr("Longest answer"),
            tr("What is longer is cut off there"),
            length,
            to_value=lambda key: int(key) if key else None,
            other=_tokens,
        )

    def _show_model(self) -> None:
        chosen = self.context.values.value("answer_model")
        self.model.explain(
            str(chosen) if chosen else tr("Chosen by Strongroom: the best that fits")
        )

    # --- declining -------------------------------------------------------------------------------

    def _declining(self, group: Group) -> None:
        strict = (
            ("looser", tr("Looser")),
            ("balanced", tr("Balanced")),
            ("stricter", tr("Stricter")),
        )
        control = Segments(self.theme, tr("Strictness"), strict)
        row = self.pick(group, "strictness", tr("Strictness"), "", control)
        values = self.context.values

        def explain() -> None:
            row.explain(_strictness(str(values.value("strictness"))))

        values.told.connect(explain)
        explain()

    # --- reading ---------------------------------------------------------------------------------

    def _reading(self, group: Group) -> None:
        self.count(
            group,
            "passages",
            tr("Passages for an answer"),
            tr("Where the processor does the work. More takes longer"),
        )
        self.count(
            group,
            "passages_gpu",
            tr("Passages for an answer, with a graphics card"),
            "",
        )
        self.count(
            group,
            "summary_calls",
            tr("Parts of a document read for its summary"),
            tr("What does not fit into so many is left to its weightiest sentences"),
        )

    # --- prompt templates ------------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case Prompts() if event.id in self._prompt_requests:
                del self._prompt_requests[event.id]
                self._folder = event.folder
                self._show_prompts(event.prompts)
            case Failed() if event.id in self._prompt_requests:
                name = self._prompt_requests.pop(event.id)
                if name in self._prompt_rows:
                    self._prompt_rows[name].say(str(event.error))
            case _:
                pass

    def _show_prompts(self, prompts: tuple[PromptFile, ...]) -> None:
        self.prompts.clear()
        self._prompt_rows = {one.name: self._prompt_row(one) for one in prompts}
        for row in self._prompt_rows.values():
            self.prompts.add(row)

    def _prompt_row(self, prompt: PromptFile) -> Row:
        row = Row(
            self.theme, heard(prompt.title), heard(prompt.about), *self._prompt_buttons(prompt)
        )
        if prompt.problem:
            row.say(heard(prompt.problem))
        return row

    def _prompt_buttons(self, prompt: PromptFile) -> tuple[Button, ...]:
        name = prompt.name
        if not prompt.own:
            copy = Button(self.theme, tr("Copy to change"))
            copy.setAccessibleName(tr("Copy to change: {name}", name=heard(prompt.title)))
            copy.clicked.connect(lambda: self._send(CopyPrompt(name=name), name))
            return (copy,)
        show = Button(self.theme, tr("Show"))
        show.setAccessibleName(tr("Show the file of “{name}”", name=heard(prompt.title)))
        show.clicked.connect(lambda: show_in_folder(prompt.path))
        back = Button(self.theme, tr("Back to the shipped one"))
        back.setToolTip(tr("Your copy is kept beside it."))
        back.clicked.connect(lambda: self._send(RestorePrompt(name=name), name))
        return (back, show)


def in_tokens(tokens: int) -> str:
    """What so many tokens hold, as a person counts: 'About 3,100 words' for 4,096."""
    words = round(tokens * _WORDS_A_TOKEN, -2 if tokens >= 1000 else -1)
    return tr("About {words} words", words=number(words))


def _tokens(value: SettingValue) -> str:
    return in_tokens(int(value or 0))


def _at_most(megabytes: SettingValue) -> str:
    size = int(megabytes or 0)
    if not size:
        return tr("None: nothing is kept")
    if size % 1024:
        return tr("At most {n} MB", n=number(size))
    return tr("At most {n} GB", n=number(size // 1024))


def _strictness(value: str) -> str:
    match value:
        case "looser":
            return tr("Answers more often, and is wrong more often. Check what it says.")
        case "stricter":
            return tr("Declines more often, and is wrong less. Passages are shown in its place.")
        case _:
            return tr("Declines where the passages found are far from the question.")
