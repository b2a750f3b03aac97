"""Folder -> searchable library: watch, scan, parse, chunk, embed, ordered by `pipeline`."""
