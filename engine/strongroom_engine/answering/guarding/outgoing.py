"""Links and images that could carry text away, and answers without them.

An image whose address the model fills in sends what stands in it to whoever owns the address, as
soon as it is shown. Strongroom shows none and opens none by itself; here they are taken out all
the same, so that nothing that is copied from an answer does it elsewhere either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from strongroom_engine.answering.guarding.disguise import Span, without_unseen

_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\]\s?(?:\(\s*<?([^\s)>]*)>?[^)\n]{0,300}\)?|\[[^\]\n]*\])")
_LINK = re.compile(r"(?<!!)\[([^\]\n]{1,300})\]\(\s*<?([^\s)>]*)>?[^)\n]{0,300}\)")
_REFERENCE = re.compile(r"^[ \t]*\[[^\]\n]+\]:[ \t]*(\S+).*$", re.MULTILINE)
_ADDRESS = re.compile(
    r"\b(?:(?:https?|ftp|file|wss?)://|www\.|(?:data|javascript|vbscript):(?=[\w/])|"
    r"mailto:(?=\S+\?))[^\s<>\"'`]*[^\s<>\"'`.,;:!?)\]}*_]",
    re.IGNORECASE,
)
_ELEMENT = re.compile(
    r"</?(?:a|img|iframe|script|style|object|embed|link|form|input|video|audio|source|svg|meta|base|"
    r"picture|button)\b[^>]{0,2000}>?",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"<(?:img|iframe|embed|source|video|audio)\b[^>]{0,2000}", re.IGNORECASE)
_QUERY = re.compile(r"[?&#;]([\w.-]*)=([^&#\s)\"'>]*)")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CARRYING = _listed(
    "a answer body c chat content conversation ctx context d data dump exfil history info input "
    "leak log m message msg note p password payload prompt q query question response s secret "
    "secrets stolen summary t text user"
)
_TO_BE_FILLED = re.compile(
    r"^$|^[{<\[$]|^%s$|^%7B|^(?:your|the|insert|encoded?|base64|summary|here|user|question|answer|"
    r"data|conversation|secret|contents?)(?:$|[_+%-])",
    re.IGNORECASE,
)
TOKENS = re.compile(
    r"<\|[a-z_ ]{2,40}\|>|<[|｜][a-z▁_ ]{2,40}[|｜]>|\[/?INST\]|<</?SYS>>|</?(?:start|end)_of_turn>|"
    r"\[/?(?:SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]|"
    r"</?(?:tool_call|tool_response|system_prompt|function_call)>|"
    r"^[ \t]*#{2,4} ?(?:Instruction|System|Assistant|Human|User)s?:",
    re.IGNORECASE | re.MULTILINE,
)
"""Marks with which the prompts of language models are built: ChatML, Llama, Gemma, Mistral,
DeepSeek and Alpaca write them so."""
FORGED = re.compile(
    r"<\|im_start\|>.{0,4000}?<\|im_end\|>|<\|start_header_id\|>.{0,4000}?<\|eot_id\|>|"
    r"\[INST\].{0,4000}?\[/INST\]|<<SYS>>.{0,4000}?<</SYS>>|"
    r"<start_of_turn>.{0,4000}?<end_of_turn>|"
    r"<\|(?:im_start|system|user|assistant|start_header_id)\|>[^\n<]{0,1000}",
    re.IGNORECASE | re.DOTALL,
)
"""Whole turns of a conversation that never was."""
LEFT_OUT = "[link left out]"


def carrying(text: str) -> Iterator[Span]:
    """Where the text holds images and links that are made to carry text away: images with a query
    that is named like one for text, and any address with a place to be filled in."""
    if "://" not in text and "www." not in text:
        return
    for match in _IMAGE.finditer(text):
        if _carries(match[2] or "", is_image=True):
            yield match.span()
    for match in _PICTURE.finditer(text):
        if _carries(match[0], is_image=True):
            yield match.start(), min(match.end() + 1, len(text))
    for match in _LINK.finditer(text):
        if _carries(match[2], is_image=False):
            yield match.span()
    for match in _ADDRESS.finditer(text):
        after = text[match.end() : match.end() + 40]
        if _to_fill(match[0] + re.split(r"\s", after, maxsplit=1)[0]):
            yield match.span()


def _carries(address: str, *, is_image: bool) -> bool:
    queries = _QUERY.findall(address)
    named = is_image and any(name.lower() in _CARRYING for name, _ in queries)
    return "://" in address and (named or _to_fill(address))


def _to_fill(address: str) -> bool:
    """Whether a value of the query is left for somebody to fill in: '?q={answer}'."""
    return any(
        _TO_BE_FILLED.search(value) and (name.lower() in _CARRYING or _braced(value))
        for name, value in _QUERY.findall(address)
    )


def _braced(value: str) -> bool:
    return re.search(r"[{\[<]\s*\w+\s*[}\]>]|%7B\w+%7D", value) is not None


def safe_output(text: str, sources: Sequence[str] = ()) -> str:
    """An answer as it may be shown: no image, no markup that loads anything, no address that does
    not stand word for word in `sources` (the texts it was written from) or carries text away, no
    marks of prompts, no unseen characters. Doing it twice changes nothing."""
    text = without_unseen(text)
    text = TOKENS.sub("", text)
    text = _IMAGE.sub(lambda match: match[1], text)
    text = _ELEMENT.sub("", text)
    text = _REFERENCE.sub(lambda match: _allowed(match[1], sources), text)
    text = _LINK.sub(lambda match: _link(match, sources), text)
    return _ADDRESS.sub(lambda match: _allowed(match[0], sources), text)


def _link(match: re.Match[str], sources: Sequence[str]) -> str:
    """A link of Markdown: its words, with the address behind it where that may stand."""
    words, address = match[1], match[2]
    kept = _allowed(address, sources)
    return words if kept == LEFT_OUT or kept in words else f"{words} ({kept})"


def _allowed(address: str, sources: Sequence[str]) -> str:
    known = any(address in source for source in sources)
    risky = not _ADDRESS.match(address) or address.lower().startswith(
        ("data:", "java", "vbs", "file")
    )
    return address if known and not risky and not _to_fill(address) else LEFT_OUT
