"""How sure a cell of a review is: what can be seen of an answer -> one figure from 0 to 1.

Set by hand so that it grows with what supports a cell, not calibrated: it orders the cells that a
person should check first, and below `LOW_CONFIDENCE` a cell is shown as one to check.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Said = Literal["answered", "nothing", "quoted"]


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a cell.

    `said`: the model answered, or that the document does not say, or there was no model and the
    nearest sentence is quoted. `support` is the score of the best source sentence that was cited,
    0 for none; `found` how well the best passage fits the question. Both are 0 to 1.
    """

    said: Said
    support: float = 0.0
    found: float = 0.0


def confidence(signs: Signs) -> float:
    """0 to 1; it grows with `support`, and with `found`, except for 'nothing': that the document
    does not answer is the surer the less of the question was found in it.

    An answer that nothing supports stays below `LOW_CONFIDENCE`, and so does a quotation without a model.
    """
    support, found = _clipped(signs.support), _clipped(signs.found)
    match signs.said:
        case "answered":
            value = 0.1 + 0.7 * support + 0.2 * found
        case "nothing":
            value = 0.9 - 0.6 * found
        case "quoted":
            value = 0.05 + 0.3 * found
    return round(value, 3)


def _clipped(value: float) -> float:
    return min(max(value, 0.0), 1.0)
