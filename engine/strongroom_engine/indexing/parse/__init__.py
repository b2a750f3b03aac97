"""File -> `Document`: one module a format family, run in disposable worker processes."""
