"""The encrypted SQLite library: the only place that knows SQL."""
