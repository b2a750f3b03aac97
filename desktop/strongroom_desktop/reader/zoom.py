"""How large a page is shown: as wide as the reader, as a whole, or a step of that width."""

from __future__ import annotations

from dataclasses import dataclass

STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""Of the width that fits."""
WIDTH, PAGE = "width", "page"
_KEPT = {WIDTH: 1.0, PAGE: 1.0}


@dataclass(slots=True)
class Zoom:
    """`fit` is 'width', 'page', or '' where `factor`, of the width that fits, was chosen."""

    fit: str = WIDTH
    factor: float = 1.0

    def step(self, by: int, now: float) -> None:
        """To the next larger (1) or smaller (-1) step from `now`; 0 fits the width."""
        larger = [step for step in STEPS if step > now + 0.01]
        smaller = [step for step in STEPS if step < now - 0.01]
        wanted = {1: (larger or [now])[0], -1: (smaller or [now])[-1]}.get(by, 1.0)
        self.fit = WIDTH if wanted == 1.0 else ""
        self.factor = wanted

    def toggle_fit(self) -> None:
        """The whole page instead of the whole width, and back; from a step to the width."""
        self.fit = PAGE if self.fit == WIDTH else WIDTH
        self.factor = 1.0

    def saved(self) -> str:
        return self.fit or f"{self.factor:g}"

    def restore(self, saved: str) -> None:
        """As it was saved; nonsense is passed over."""
        if saved in _KEPT:
            self.fit, self.factor = saved, 1.0
            return
        try:
            factor = float(saved)
        except ValueError:
            return
        if STEPS[0] <= factor <= STEPS[-1]:
            self.fit, self.factor = "", factor
