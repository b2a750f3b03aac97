"""Before the desk: the first folder, the passphrase, and a library that does not open."""

from strongroom_desktop.first_run.closed import Closed
from strongroom_desktop.first_run.unlock import Unlock
from strongroom_desktop.first_run.welcome import Welcome

__all__ = ["Closed", "Unlock", "Welcome"]
