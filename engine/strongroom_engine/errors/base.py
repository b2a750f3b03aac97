"""The root of the error tree, and faults of our own."""

from __future__ import annotations

from typing import ClassVar

from strongroom_engine.errors.speaking import filled


class StrongroomError(Exception):
    """The root of what the world can do to us. Arguments fill the two sentences' braces.

    The sentences are said in the language of the process (`speaking`).
    """

    code: ClassVar[str] = "error"
    what: ClassVar[str] = "Something went wrong."
    remedy: ClassVar[str] = ""
    details: dict[str, str]

    def __init__(self, **args: object) -> None:
        self.details = {name: str(value) for name, value in args.items()}
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """What happened."""
        return filled(self.what, self.details)

    @property
    def advice(self) -> str:
        """What to do about it; may be empty."""
        return filled(self.remedy, self.details)

    def __str__(self) -> str:
        return " ".join(part for part in (self.sentence, self.advice) if part)


class Bug(Exception):
    """A fault in Strongroom itself, shown as such, with details to copy."""
