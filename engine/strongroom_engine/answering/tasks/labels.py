"""The numbers and letters by which documents call their clauses, and the marks of their lists."""

from __future__ import annotations

import re

ITEM = r"\((?:\d{1,2}|[a-zA-Z]{1,2}|[ivx]{1,5})\)"
"""A clause's letter in parentheses: '(a)', '(iv)'."""

_KIND = (
    r"(?i:article|section|clause|paragraph|schedule|exhibit|annex|appendix|part|chapter|artikel|"
    r"abschnitt|ziffer|anlage|anhang|teil|kapitel)"
)
_BEGINS = r"(?=\s+[^\Wa-zß-öø-ÿ\d_]|\s+[\"“„(\[])"
LABEL = re.compile(
    rf"[#*\s]*(?:(?P<named>(?:{_KIND}\s+(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVXLC]{{1,6}}|[A-Z])"
    rf"|§§?\s*\d{{1,4}}[a-z]?)\b)[.):]?(?:[^\S\n]*(?=\n|$)|{_BEGINS})"
    rf"|(?P<dotted>\d{{1,3}}(?:\.\d{{1,3}})+[a-z]?)[.)]?{_BEGINS}"
    rf"|(?P<number>\d{{1,3}})[.)]{_BEGINS}"
    rf"|(?P<lettered>{ITEM})(?=\s)"
    rf"|(?P<letter>[a-zA-Z]|[ivx]{{2,5}})[.)]{_BEGINS}"
    r"|[-*•▪◦–—](?=\s))"
)
"""A clause's name where it begins: 'Section 4', '§ 5', '4.2', '4.', '(a)', 'a.', or a bullet."""
ALONE = re.compile(
    rf"[#*\s]*(?:(?P<named>(?:{_KIND}\s+(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVXLC]{{1,6}}|[A-Z])"
    rf"|§§?\s*\d{{1,4}}[a-z]?))[.):]?|(?P<dotted>\d{{1,3}}(?:\.\d{{1,3}})+[a-z]?)[.)]?"
    rf"|(?P<number>\d{{1,3}})[.)]|(?P<lettered>{ITEM})|(?P<letter>[a-zA-Z]|[ivx]{{2,5}})[.)])\s*"
)
"""The same where nothing else stands in the line: what it names follows."""


def written(label: re.Match[str] | None) -> str:
    """The label without the stop behind it; '' for a bullet and for none."""
    group = label.lastgroup if label is not None else None
    return " ".join(label[group].split()) if label is not None and group else ""
