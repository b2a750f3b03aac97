"""The root of the error tree, and faults of our own."""

from __future__ import annotations

from typing import ClassVar


class StrongroomError(Exception):
    """The root of what the world can do to us. Arguments fill the two sentences' braces."""

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
        return _fill(self.what, self.details)

    @property
    def advice(self) -> str:
        """What to do about it; may be empty."""
        return _fill(self.remedy, self.details)

    def __str__(self) -> str:
        return " ".join(part for part in (self.sentence, self.advice) if part)


class _Kept(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"({key})"


def _fill(template: str, args: dict[str, str]) -> str:
    return template.format_map(_Kept(args))


class Bug(Exception):
    """A fault in Strongroom itself, shown as such, with details to copy."""
