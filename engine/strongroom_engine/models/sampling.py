"""Choosing tokens: from the logits of an evaluated prompt to the next token.

Only the answer worker imports this. With a grammar the token that would be chosen without it is
tried first, and only where the grammar forbids it are all tokens looked at: a vocabulary has
150,000, and most of the time the model keeps to the grammar by itself.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import llama_cpp
import numpy as np
import numpy.typing as npt

from strongroom_engine.errors import SchemaUnusable
from strongroom_engine.models.context import Context
from strongroom_engine.sentences import reasons

SEED = 1
"""The same question on the same sources gets the same answer, whatever the temperature."""
_TOP_K, _TOP_P, _MIN_P = 40, 0.95, 0.05
_TOKEN = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])
"""llama.cpp's `llama_token_data`."""


class Sampler:
    """Chooses the tokens of one answer, one after the other. Must be closed.

    Raises `SchemaUnusable` when llama.cpp does not take the grammar.
    """

    def __init__(self, context: Context, temperature: float, grammar: str = "") -> None:
        self._context = context
        self._grammar = _grammar(context.vocabulary, grammar) if grammar else None
        self._chain = _chain(temperature)

    def close(self) -> None:
        llama_cpp.llama_sampler_free(self._chain)
        if self._grammar is not None:
            llama_cpp.llama_sampler_free(self._grammar)

    def next(self, index: int, banned: Sequence[int] = ()) -> int | None:
        """The token after that one of the last batch, none of those `banned`; None when the grammar
        allows none."""
        if banned:
            logits(self._context, index)[list(banned)] = -np.inf
        token: int = llama_cpp.llama_sampler_sample(self._chain, self._context.ctx, index)
        if self._grammar is None:
            return token
        if not self._allows(token):
            return self._best(logits(self._context, index))
        llama_cpp.llama_sampler_accept(self._grammar, token)
        return token

    def first(self, found: npt.NDArray[np.float32], banned: Sequence[int] = ()) -> int | None:
        """Likewise the token after one whose logits are these."""
        if banned:
            found = found.copy()
            found[list(banned)] = -np.inf
        return self._best(found)

    def _allows(self, token: int) -> bool:
        one = np.array([(token, 1.0, 0.0)], _TOKEN)
        llama_cpp.llama_sampler_apply(self._grammar, ctypes.byref(_array(one)))
        return bool(np.isfinite(one["logit"][0]))

    def _best(self, found: npt.NDArray[np.float32]) -> int | None:
        """What is chosen of all tokens, or of those that the grammar allows."""
        every = np.zeros(len(found), _TOKEN)
        every["id"], every["logit"] = np.arange(len(found)), found
        array = _array(every)
        if self._grammar is not None:
            llama_cpp.llama_sampler_apply(self._grammar, ctypes.byref(array))
        if not np.isfinite(every["logit"]).any():
            return None
        llama_cpp.llama_sampler_apply(self._chain, ctypes.byref(array))
        token = int(array.data[array.selected].id)
        if self._grammar is not None:
            llama_cpp.llama_sampler_accept(self._grammar, token)
        return token


def logits(context: Context, index: int) -> npt.NDArray[np.float32]:
    """Those of a token of the last batch, as llama.cpp holds them: changes count."""
    size = llama_cpp.llama_vocab_n_tokens(context.vocabulary)
    held = llama_cpp.llama_get_logits_ith(context.ctx, index)
    return np.ctypeslib.as_array(held, shape=(size,))


def probability(context: Context, index: int, token: int) -> float:
    """How likely the model goes on with this token after one of the last batch, at temperature 1."""
    found = logits(context, index).astype(np.float64)
    found -= found.max()
    return float(np.exp(found[token]) / np.exp(found).sum())


def _grammar(vocabulary: Any, text: str) -> Any:
    sampler = llama_cpp.llama_sampler_init_grammar(vocabulary, text.encode(), b"root")
    if not sampler:
        raise SchemaUnusable(why=reasons.NO_GRAMMAR())
    return sampler


def _chain(temperature: float) -> Any:
    """The most likely token at temperature 0; otherwise one of the likely, by chance."""
    chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
    for sampler in _samplers(temperature):
        llama_cpp.llama_sampler_chain_add(chain, sampler)
    return chain


def _samplers(temperature: float) -> list[Any]:
    if temperature <= 0:
        return [llama_cpp.llama_sampler_init_greedy()]
    return [
        llama_cpp.llama_sampler_init_top_k(_TOP_K),
        llama_cpp.llama_sampler_init_top_p(_TOP_P, 1),
        llama_cpp.llama_sampler_init_min_p(_MIN_P, 1),
        llama_cpp.llama_sampler_init_temp(temperature),
        llama_cpp.llama_sampler_init_dist(SEED),
    ]


def _array(tokens: npt.NDArray[np.void]) -> Any:
    """llama.cpp's view of the tokens, which must outlive it."""
    data = tokens.ctypes.data_as(llama_cpp.llama_token_data_p)
    return llama_cpp.llama_token_data_array(data, len(tokens), -1, False)
