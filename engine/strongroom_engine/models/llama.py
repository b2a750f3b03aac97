"""A GGUF model in this process, through llama-cpp-python. Only the answer worker imports this.

How it is loaded: `context`. How little of a prompt is evaluated, and from what: `slots`, `reading`.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from strongroom_engine.errors import Bug, ModelDamaged, ModelMissing
from strongroom_engine.models import joining
from strongroom_engine.models.chat import Chat
from strongroom_engine.models.context import Context
from strongroom_engine.models.grammar import grammar_of
from strongroom_engine.models.reading import Pieces, Reading
from strongroom_engine.models.sampling import Sampler, logits, probability
from strongroom_engine.models.slots import Slot, Slots, Weighed
from strongroom_engine.models.writing import Writing
from strongroom_engine.sentences import reasons
from strongroom_engine.types import Message, ModelPlan, Prompt

_MAGIC = b"GGUF"
_OPENING_WORDS = 2
"""So many words of a refusal tell it from other answers ('The sources …'), and so few that their
probability says how likely the refusal is, however it goes on."""
_OPENING_TOKENS = 4


class LlamaModel:
    """A loaded model. Not thread-safe, but for `count_tokens` and `known`."""

    def __init__(self, plan: ModelPlan) -> None:
        _check_file(plan)
        try:
            self.context = Context(plan)
        except ValueError as exc:
            why = reasons.NOT_ACCEPTED()
            raise ModelDamaged(file=plan.file, why=why) from exc
        self._room = plan.context
        self._slots = Slots(self.context)
        self._chat = Chat(self.context)
        self.reading = Reading(self.context, self._slots, _budget(plan, self.context))

    def count_tokens(self, text: str) -> int:
        """May be called from any thread: the vocabulary does not change."""
        return len(self.context.tokens(text))

    def known(self, prompt: Prompt) -> list[bool]:
        """Which of a prompt's passages have been read; of the last one the greater part is enough.
        May be called from any thread."""
        pieces = self.pieces(prompt)
        known = self.reading.which(pieces)
        return known and [*known[:-1], known[-1] or self.reading.is_half_read(pieces)]

    def beginning(self, stable: Sequence[Message]) -> Pieces:
        """What every prompt with these first messages begins with."""
        tokens = self._chat.beginning(stable)
        return Pieces(tokens, stable=len(tokens))

    def pieces(self, prompt: Prompt) -> Pieces:
        """The prompt's tokens.

        `Bug` when there is no room for an answer: whoever built the prompt had to count.
        """
        pieces = self._chat.pieces(prompt)
        if (length := len(pieces.tokens)) >= self._room:
            raise Bug(f"a prompt of {length} tokens for a context of {self._room}")
        return pieces

    # --- slots -----------------------------------------------------------------------------------

    def take(self, pieces: Pieces, answer_tokens: int = 0, *, ahead: bool = False) -> Slot | None:
        """A slot for a prompt and its answer, or for a prompt that nobody has asked yet (`ahead`);
        None as long as others need the room."""
        tokens, spans = pieces.tokens, self.reading.spans(pieces)
        reserve = min(len(tokens) + answer_tokens, self._room)
        return self._slots.take(tokens, spans, reserve, pieces.stable, ahead=ahead)

    def take_before(self, pieces: Pieces) -> Slot | None:
        """A slot with what stands before the passages of a prompt."""
        length = len(pieces.before)
        # With a token more, as the last one of a prompt is always evaluated.
        return self._slots.take(pieces.tokens[: length + 1], (), length, pieces.stable)

    def give_back(self, slot: Slot) -> None:
        """What it holds stays, as long as nothing needs the room."""
        self._slots.give_back(slot)

    # --- evaluating ------------------------------------------------------------------------------

    def evaluate(self, slot: Slot, pieces: Pieces, refusal: str) -> Generator[None, None, float]:
        """Evaluate a prompt in its slot; how likely the answer begins as the refusal does, 0 to 1."""
        tokens, known = pieces.tokens, slot.weighed
        if known is not None and known.refusal == refusal and known.prompt == tokens == slot.tokens:
            return known.likely
        self._slots.cut(slot, len(tokens) - 1)  # the last one gives the logits
        opening = self._opening(refusal)
        if not self.context.copies:
            del opening[1:]
        yield from self.reading.bring(slot, pieces, opening[:-1])
        likely, last = self._likely(opening), logits(self.context, self._slots.logits_at)
        slot.weighed = Weighed(tokens, refusal, likely, last.copy())
        return likely

    def _likely(self, opening: Sequence[int]) -> float:
        """How likely the answer begins with these tokens, of which all but the last have been
        evaluated ahead; 0 where there are none."""
        likely = 1.0 if opening else 0.0
        for index, token in enumerate(opening, self._slots.logits_at):
            likely *= probability(self.context, index, token)
        return likely

    # --- writing ---------------------------------------------------------------------------------

    def begin(self, slot: Slot, prompt: Prompt) -> Writing:
        """Begin the answer to a prompt that was evaluated just now. Raises `SchemaUnusable`."""
        opening = self._opening(prompt.refusal) if prompt.refuse is False else []
        grammar = grammar_of(prompt.schema) if prompt.schema else ""
        return Writing(
            self.context,
            self._slots,
            slot,
            prompt,
            sampler=Sampler(self.context, prompt.temperature, grammar),
            room=min(prompt.max_tokens, self._room - len(slot.tokens)),
            banned=(opening, self._beginnings(opening[-1]) if opening else []),
        )

    def first(self, writing: Writing) -> str:
        """The text of an answer's first token."""
        assert writing.slot.weighed is not None
        return writing.first(writing.slot.weighed.logits)

    def go_on(self, writings: Sequence[Writing]) -> list[str]:
        """Evaluate the next tokens of all these answers in one batch; what each has to show."""
        alone = len(writings) == 1  # several fill a batch themselves
        parts = [writing.entries(drafts=alone) for writing in writings]
        self.context.decode([entry for part in parts for entry in part])
        at, texts = 0, []
        for writing, part in zip(writings, parts, strict=True):
            texts.append(writing.evaluated(at))
            at += len(part)
        return texts

    def _opening(self, refusal: str) -> list[int]:
        """The tokens of its first words."""
        words = refusal.split()[:_OPENING_WORDS]
        return self.context.tokens(" ".join(words))[:_OPENING_TOKENS]

    def _beginnings(self, token: int) -> list[int]:
        """The tokens that spell the beginning of this one, and itself: banned alone, it would be
        put together from them."""
        text = self.context.piece(token).decode("utf-8", "ignore")
        spelled = [self.context.tokens(text[:length]) for length in range(1, len(text) + 1)]
        return [token, *(one[0] for one in spelled if len(one) == 1)]


def _budget(plan: ModelPlan, context: Context) -> int:
    """Memory for blocks: none where joining them does not pay."""
    if not plan.block_bytes or not context.shifts:
        return 0
    # On the processor it does by a factor of a hundred, and to find that out takes seconds.
    return plan.block_bytes if not plan.gpu_layers or joining.pays(context) else 0


def _check_file(plan: ModelPlan) -> None:
    try:
        with Path(plan.file).open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise ModelDamaged(file=plan.file, why="it is not a GGUF file")
    except FileNotFoundError as exc:
        raise ModelMissing(model=plan.name) from exc
    except OSError as exc:
        raise ModelDamaged(file=plan.file, why=exc.strerror or exc) from exc
