"""Which kind of text a text is: markup, data, subtitles, source code."""

from __future__ import annotations

import re

_BY_NAME = {
    **dict.fromkeys((".rst", ".rest"), "rst"),
    **dict.fromkeys((".adoc", ".asciidoc", ".asc"), "asciidoc"),
    **dict.fromkeys((".tex", ".ltx", ".latex"), "latex"),
    **dict.fromkeys((".json", ".geojson", ".jsonl", ".ndjson", ".webmanifest"), "json"),
    **dict.fromkeys((".xml", ".rss", ".atom", ".opml", ".xsd", ".xsl", ".xslt", ".kml"), "xml"),
    **dict.fromkeys((".srt", ".vtt", ".ass", ".ssa", ".sub"), "subtitles"),
    ".ipynb": "notebook",
    **dict.fromkeys((".csv", ".tsv", ".tab"), "table"),
}
# fmt: off
SOURCE_CODE = frozenset(
    {
        ".py",
        ".pyi",
        ".js",
        ".mjs",
        ".cjs",
        ".jsx",
        ".ts",
        ".tsx",
        ".java",
        ".kt",
        ".kts",
        ".scala",
        ".c",
        ".h",
        ".cc",
        ".cpp",
        ".cxx",
        ".hpp",
        ".hh",
        ".cs",
        ".fs",
        ".vb",
        ".go",
        ".rs",
        ".swift",
        ".m",
        ".mm",
        ".rb",
        ".php",
        ".pl",
        ".pm",
        ".lua",
        ".r",
        ".jl",
        ".dart",
        ".ex",
        ".exs",
        ".erl",
        ".hs",
        ".ml",
        ".clj",
        ".lisp",
        ".el",
        ".scm",
        ".sql",
        ".sh",
        ".bash",
        ".zsh",
        ".fish",
        ".ps1",
        ".bat",
        ".cmd",
        ".css",
        ".scss",
        ".sass",
        ".less",
        ".vue",
        ".svelte",
        ".toml",
        ".yaml",
        ".yml",
        ".ini",
        ".cfg",
        ".conf",
        ".properties",
        ".gradle",
        ".cmake",
        ".mk",
        ".tf",
        ".proto",
        ".graphql",
        ".groovy",
        ".pas",
        ".f90",
        ".f",
        ".for",
        ".asm",
        ".s",
        ".vhd",
        ".sv",
        ".cob",
        ".cbl",
        ".bas",
        ".jsp",
        ".asp",
        ".aspx",
        ".erb",
        ".j2",
        ".ejs",
        ".hbs",
        ".diff",
        ".patch",
        ".nix",
        ".zig",
    }
)
# fmt: on
_BY_START = (
    (re.compile(rb"\s*WEBVTT\b"), "subtitles"),
    (re.compile(rb"\s*\d+\s*\r?\n\d\d:\d\d:\d\d[,.]\d{3} --> "), "subtitles"),
    (re.compile(rb"\s*\[Script Info\]"), "subtitles"),
    (re.compile(rb"(?:\s*%[^\n]*\n)*\s*\\documentclass\b"), "latex"),
    (re.compile(rb"\s*<\?xml\b"), "xml"),
)


def text_kind(start: bytes, suffix: str) -> str:
    """The kind of a text by its name and beginning; '' for plain text."""
    if kind := _BY_NAME.get(suffix):
        return kind
    if suffix in SOURCE_CODE:
        return "code"
    for pattern, kind in _BY_START:
        if pattern.match(start):
            return kind
    return ""
