"""A GGUF model in this process, through llama-cpp-python. Only the answer worker imports this.

Three decisions, each measured with the 1.5B model on two cores without a GPU:

* The file is read, not mapped. llama.cpp repacks more than half of the weights for the
  processor's vector instructions; mapped, the unpacked ones stay resident too (1.9 GB instead of
  1.3 GB). Loading takes 0.9 s instead of 0.7 s.
* On the processor 128 tokens are computed at once instead of 512: as fast, with a working buffer
  of 76 MB instead of 306 MB.
* No flash attention and no quantized KV cache: the first changes nothing, the second makes
  prompts a quarter slower.

The KV cache always holds the tokens of what was evaluated last. A new prompt keeps the longest
common prefix of it and evaluates the rest; as all prompts begin with the same messages, those
are evaluated once, and so are sources that two questions in a row share.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from strongroom_engine.errors import Bug, Cancelled, ModelDamaged, ModelMissing
from strongroom_engine.models.grammar import grammar_of
from strongroom_engine.models.memory import BATCH_TOKENS, microbatch
from strongroom_engine.models.sampling import SEED, Sampler, probability
from strongroom_engine.sentences import reasons
from strongroom_engine.types import Message, ModelPlan, Prompt

_EVERY_LAYER = -1
"""Also the output, which llama.cpp counts as one more layer."""
_MAGIC = b"GGUF"
_CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""For the rare file that brings no chat template: the form most models know."""
_OPENING_WORDS = 2
"""So many words of a refusal tell it from other answers ('The sources …'), and so few that their
probability says how likely the refusal is, however it goes on."""
_OPENING_TOKENS = 4
_MARK = "\ue000{}\ue001"
"""Stands for a message's content while the template is rendered; from the private use area."""


class LlamaModel:
    """A loaded model. Not thread-safe; `cancelled` callbacks may be answered by any thread."""

    def __init__(self, plan: ModelPlan) -> None:
        _check_file(plan)
        try:
            self._llama: Any = llama_cpp.Llama(
                plan.file,
                n_ctx=plan.context,
                n_batch=BATCH_TOKENS,
                n_ubatch=microbatch(plan.gpu_layers),
                n_threads=plan.threads,
                n_threads_batch=plan.threads,
                n_gpu_layers=_EVERY_LAYER if plan.gpu_layers == plan.layers else plan.gpu_layers,
                split_mode=llama_cpp.LLAMA_SPLIT_MODE_NONE,
                main_gpu=_device_index(plan.device) if plan.gpu_layers else -1,
                use_mmap=False,
                seed=SEED,
                verbose=False,
            )
        except ValueError as exc:
            why = reasons.NOT_ACCEPTED()
            raise ModelDamaged(file=plan.file, why=why) from exc
        self._context = plan.context
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._llama.model)
        self._recurrent = _is_recurrent(self._llama.model)
        self._formatter = _formatter(self._llama)
        self._weighed: tuple[list[int], str, float] | None = None

    def count_tokens(self, text: str) -> int:
        return len(self._tokens(text))

    def prepare(self, stable: Sequence[Message], cancelled: Callable[[], bool]) -> int:
        """Evaluate what every prompt with these first messages begins with; its tokens."""
        if not stable:
            return 0
        follower = "assistant" if stable[-1].role == "user" else "user"
        parts = self._parts((*stable, Message(follower, "")))
        tokens = [token for part in parts[: 2 * len(stable) + 1] for token in part]
        self._evaluate(tokens, cancelled)
        return len(tokens)

    def evaluate(self, prompt: Prompt, cancelled: Callable[[], bool]) -> tuple[list[int], int]:
        """The prompt's tokens, and how many of them had been evaluated before.

        `Bug` when there is no room for an answer: whoever built the prompt had to count.
        `Cancelled` when it was stopped; what was evaluated until then is kept.
        """
        tokens = [token for part in self._parts(prompt.messages) for token in part]
        if len(tokens) >= self._context:
            raise Bug(f"a prompt of {len(tokens)} tokens for a context of {self._context}")
        return tokens, self._evaluate(tokens, cancelled)

    def weigh(self, tokens: list[int], refusal: str, cancelled: Callable[[], bool]) -> float:
        """How likely the answer to an evaluated prompt begins as the refusal does, 0 to 1.

        Afterwards the prompt is evaluated again: but for its last token it is kept.
        """
        if self._weighed is not None and self._weighed[:2] == (tokens, refusal):
            return self._weighed[2]
        likely = 1.0
        opening = self._opening(refusal)[: 1 if self._recurrent else None]
        for number, token in enumerate(opening, 1):
            likely *= probability(self._llama.ctx, self._vocabulary, token)
            if number < len(opening):
                self._step([token], cancelled)
        if len(opening) > 1:
            self._evaluate(tokens, cancelled)
        self._weighed = tokens, refusal, likely
        return likely

    def pieces(self, tokens: list[int], prompt: Prompt) -> Iterator[bytes | None]:
        """The answer to an evaluated prompt, a token's bytes at a time; None when the model ends.

        Raises `SchemaUnusable`.
        """
        room = min(prompt.max_tokens, self._context - len(tokens))
        banned = self._opening(prompt.refusal) if prompt.refuse is False else []
        endings = self._beginnings(banned[-1]) if banned else ()
        grammar = grammar_of(prompt.schema) if prompt.schema else ""
        written: list[int] = []
        with Sampler(self._llama, prompt.temperature, grammar) as sampler:
            for _ in range(room):
                if written:
                    self._llama.eval(written[-1:])
                is_refusal = bool(banned) and written == banned[:-1]
                token = sampler.next(endings if is_refusal else ())
                if token is None or llama_cpp.llama_vocab_is_eog(self._vocabulary, token):
                    yield None
                    return
                written.append(token)
                yield self._piece(token)

    def _opening(self, refusal: str) -> list[int]:
        """The tokens of its first words."""
        words = refusal.split()[:_OPENING_WORDS]
        return self._tokens(" ".join(words))[:_OPENING_TOKENS]

    def _beginnings(self, token: int) -> list[int]:
        """The tokens that spell the beginning of this one, and itself: banned alone, it would be
        put together from them."""
        text = self._piece(token).decode("utf-8", "ignore")
        spelled = [self._tokens(text[:length]) for length in range(1, len(text) + 1)]
        return [token, *(one[0] for one in spelled if len(one) == 1)]

    def _parts(self, messages: Sequence[Message]) -> list[list[int]]:
        """Tokens of template, content, template, content, …, template: 2 x messages + 1 parts.

        Contents are tokenised apart from the template around them, and their control tokens
        stay plain text: a document that contains '<|im_end|>' cannot end its message.
        """
        rendered = self._render(messages)
        parts: list[list[int]] = []
        for index, message in enumerate(messages):
            before, mark, rendered = rendered.partition(_MARK.format(index))
            if not mark:
                why = reasons.TEMPLATE_LEAVES_OUT()
                raise ModelDamaged(file=self._llama.model_path, why=why)
            parts += [self._tokens(before, special=True), self._tokens(message.content)]
        return [*parts, self._tokens(rendered, special=True)]

    def _render(self, messages: Sequence[Message]) -> str:
        marked = [(m.role, _MARK.format(index)) for index, m in enumerate(messages)]
        try:
            return self._format(marked)
        except Exception:  # templates refuse with whatever they like
            try:
                return self._format(_without_system(marked))
            except Exception as exc:
                why = reasons.TEMPLATE_UNUSABLE()
                raise ModelDamaged(file=self._llama.model_path, why=why) from exc

    def _format(self, turns: Sequence[tuple[str, str]]) -> str:
        messages = [{"role": role, "content": content} for role, content in turns]
        rendered: str = self._formatter(messages=messages).prompt
        return rendered

    def _tokens(self, text: str, *, special: bool = False) -> list[int]:
        data = text.encode("utf-8", "replace")
        tokens: list[int] = self._llama.tokenize(data, add_bos=False, special=special)
        return tokens

    def _evaluate(self, tokens: list[int], cancelled: Callable[[], bool]) -> int:
        """Bring the KV cache to exactly `tokens`, with logits for the last; how many were kept."""
        llama = self._llama
        kept = min(_common(llama.input_ids[: llama.n_tokens], tokens), len(tokens) - 1)
        if self._recurrent and kept < llama.n_tokens:  # their state cannot be cut back
            llama.reset()
            kept = 0
        llama.n_tokens = kept
        with _Abort(llama, cancelled):
            for at in range(kept, len(tokens), BATCH_TOKENS):
                self._step(tokens[at : at + BATCH_TOKENS], cancelled)
        return kept

    def _step(self, tokens: list[int], cancelled: Callable[[], bool]) -> None:
        if cancelled():
            raise Cancelled
        try:
            self._llama.eval(tokens)
        except RuntimeError as exc:
            if cancelled():
                raise Cancelled from exc
            raise

    def _piece(self, token: int) -> bytes:
        size = 32
        while True:
            buffer = ctypes.create_string_buffer(size)
            used: int = llama_cpp.llama_token_to_piece(
                self._vocabulary, token, buffer, size, 0, False
            )
            if used >= 0:
                return buffer.raw[:used]
            size = -used


class _Abort:
    """While prompts are evaluated llama.cpp asks between operations whether to go on."""

    def __init__(self, llama: Any, cancelled: Callable[[], bool]) -> None:
        self._context = llama.ctx
        self._callback = llama_cpp.ggml_abort_callback(lambda _: cancelled())

    def __enter__(self) -> None:
        llama_cpp.llama_set_abort_callback(self._context, self._callback, None)

    def __exit__(self, *_: object) -> None:
        nothing = llama_cpp.ggml_abort_callback(0)
        llama_cpp.llama_set_abort_callback(self._context, nothing, None)


def _check_file(plan: ModelPlan) -> None:
    try:
        with Path(plan.file).open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise ModelDamaged(file=plan.file, why="it is not a GGUF file")
    except FileNotFoundError as exc:
        raise ModelMissing(model=plan.name) from exc
    except OSError as exc:
        raise ModelDamaged(file=plan.file, why=exc.strerror or exc) from exc


def _formatter(llama: Any) -> Any:
    def text(token: int) -> str:
        if token < 0:
            return ""
        vocabulary = llama_cpp.llama_model_get_vocab(llama.model)
        return str(llama_cpp.llama_vocab_get_text(vocabulary, token), "utf-8", "replace")

    return Jinja2ChatFormatter(
        template=llama.metadata.get("tokenizer.chat_template", _CHATML),
        eos_token=text(llama.token_eos()),
        bos_token=text(llama.token_bos()),
    )


def _is_recurrent(model: Any) -> bool:
    return bool(llama_cpp.llama_model_is_recurrent(model) or llama_cpp.llama_model_is_hybrid(model))


def _without_system(turns: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """For templates that know no system role: its text goes in front of the next message."""
    kept: list[tuple[str, str]] = []
    carried = ""
    for role, content in turns:
        if role == "system":
            carried += f"{content}\n\n"
        else:
            kept.append((role, carried + content))
            carried = ""
    return kept


def _common(held: np.ndarray, tokens: Sequence[int]) -> int:
    length = min(len(held), len(tokens))
    differing = np.flatnonzero(held[:length] != np.asarray(tokens[:length], held.dtype))
    return int(differing[0]) if len(differing) else length


def _device_index(name: str) -> int:
    """Where a GPU stands among those that llama.cpp would use; 0 for the processor."""
    from strongroom_engine.models.probe import devices

    gpus = [device.name for device in devices() if device.kind != "cpu"]
    return gpus.index(name) if name in gpus else 0
