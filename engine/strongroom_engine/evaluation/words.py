"""Words as metrics compare them: in one spelling, in every script."""

from __future__ import annotations

import re
import string
import unicodedata

_UNSEGMENTED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSEGMENTED}]|[^\W_{_UNSEGMENTED}]+")
_ARTICLES = frozenset({"a", "an", "the"})


def plain_words(text: str) -> list[str]:
    """Words in one spelling; in scripts without spaces each character is one."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def normal_words(text: str) -> list[str]:
    """SQuAD's normalisation: lower case, no punctuation, no articles. Scripts without spaces are
    compared by character, as in its translations."""
    kept = "".join(" " if char in "-–—/" else char for char in text)
    kept = "".join(char for char in kept if char not in string.punctuation + "’‘“”«»")
    return [word for word in plain_words(kept) if word not in _ARTICLES]
