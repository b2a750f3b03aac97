"""What opens a library and ends the host, and what any request may be closed by."""

from __future__ import annotations

import msgspec

from strongroom_engine.errors import StrongroomError, from_wire
from strongroom_engine.protocol.base import VERSION, Message
from strongroom_engine.types import ModelPlan

# --- requests: window -> host --------------------------------------------------------------------


class Unlock(Message, frozen=True):
    """Open a library whose key comes from a passphrase; `create` when it is a new one."""

    passphrase: str = ""
    create: bool = False


class Cancel(Message, frozen=True):
    """Stop the request with the id `target`; that one is then closed by `Answered` or `Failed`."""

    target: int = 0


class Shutdown(Message, frozen=True):
    """End the host when the writes in flight are done."""


# --- events: host -> window ----------------------------------------------------------------------


class Hello(Message, frozen=True):
    """The first line. `locked` says what the library needs before it opens: '', 'passphrase' or
    'new-passphrase' (there is no keyring, and the library is new)."""

    version: int = VERSION
    library: str = ""
    locked: str = ""


class Ready(Message, frozen=True):
    """The library is open, and the answer model has been chosen."""

    plan: ModelPlan | None = None
    embedding_model: str = ""


class Done(Message, frozen=True):
    pass


class Failed(Message, frozen=True):
    """What went wrong, as a code and its arguments; the window finds the words (`error`).

    `code` is 'bug' for a fault in Strongroom itself; `details['trace']` may be copied then.
    """

    code: str = ""
    details: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def error(self) -> StrongroomError:
        return from_wire(self.code, self.details)


def failed(request: int, error: StrongroomError) -> Failed:
    """The event for an error that was met while answering `request`."""
    return Failed(id=request, code=error.code, details=error.details)


Request = Unlock | Cancel | Shutdown
Event = Hello | Ready | Done | Failed
CLOSING = (Done, Failed)
