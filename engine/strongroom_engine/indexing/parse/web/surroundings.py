"""What of a web page stands around its text: menus, banners, feet, lists of other pages.

By three signs: what the page itself calls its main part, how it calls the other parts, and lists
that are nothing but links. All give way to the text: a page of which no text stands out (an index,
a form, a table) is kept whole, and so is a part that holds much of the text, whatever it is called.
Comments of readers are text. On the pages that Readability is tested with, 89 of 100 words kept
are of the article, 78 without this; of the article's words 996 of 1,000 are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

Tag = Any
"""An element of lxml, which has no types."""

LEAST_PROSE = 200
"""Bytes in paragraphs below which nothing stands out; so much is 40 words, or 70 characters of
Chinese: bytes say more evenly than characters how much is said."""
_PARAGRAPH = 60
_LINKS_IN_PROSE = 0.4
_MAIN = 0.6
"""The share of the page's prose that its main part has to hold."""
_LITTLE = 0.1
"""The share of the page's text up to which a part outside the main one, a foot or an aside goes."""
_HARDLY_ANY = 0.05
"""The share of the page's prose up to which a part goes for what it is called."""
_LINKED = 0.6
_LINKS = 5
_SHORT_LINK = 40
"""Links of a menu are shorter than the titles in a list of documents."""
# fmt: off
_PARTS = frozenset({
    "div", "section", "ul", "ol", "dl", "table", "header", "footer", "aside", "form", "td", "center",
})
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "br", "caption", "dd", "details", "dt", "fieldset",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "li", "main", "p",
    "pre", "summary", "tbody", "tfoot", "th", "thead", "tr", *_PARTS,
})
_ROLES = frozenset({
    "alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "menubar",
    "navigation", "search", "tablist", "toolbar",
})
# fmt: on
_NAMES = re.compile(
    r"(?<![a-z0-9])(?:ads?|advert\w*|banner|breadcrumbs?|consent|cookies?|crumbs?|disqus\w*|foot|footer"
    r"|gdpr|login|masthead|menus?|modal|more-?stories|most-?read|nav|nav(?:bar|box|igation|links?"
    r"|menu|s)|newsletter|outbrain|pager|pagination|popular|popup|promo\w*|rail|recommend\w*"
    r"|related\w*|share\w*|sharing|side-?bar|sign-?up|skip\w*|social\w*|sponsor\w*|subscri\w*"
    r"|taboola|tag-?list|tags?|toolbar|topbar|trending|widgets?)(?![a-z0-9])"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(slots=True)
class _Size:
    """How much an element holds, in bytes without spaces: all, within links, in paragraphs."""

    all: int = 0
    linked: int = 0
    prose: int = 0
    links: int = 0

    @property
    def unlinked(self) -> int:
        return self.all - self.linked

    def add(self, other: _Size) -> None:
        self.all += other.all
        self.linked += other.linked
        self.prose += other.prose
        self.links += other.links


def surroundings(root: Tag, is_unseen: Callable[[Tag], bool]) -> frozenset[Tag]:
    """The outermost elements that are not of the page's text; none where no text stands out.

    What `is_unseen` is looked into by nobody.
    """
    sizes = _Measure(is_unseen).of(root)
    whole = sizes.get(root, _Size())
    if whole.prose < LEAST_PROSE:
        return frozenset()
    found = _Parts(sizes, whole, _main(sizes, whole))
    found.look(root)
    listed = sum(sizes[tag].all for tag in found.lists)
    left = whole.all - listed - sum(sizes[tag].all for tag in found.around)
    # Where most of a page is links, they may be what it is for.
    return frozenset(found.around | found.lists if listed <= left else found.around)


class _Measure:
    """Measures every element, in one walk over the tree and without recursion."""

    def __init__(self, is_unseen: Callable[[Tag], bool]) -> None:
        self._is_unseen = is_unseen
        self._sizes: dict[Tag, _Size] = {}
        self._open: list[Tag] = []
        self._links = 0
        self._block = _Size()

    def of(self, root: Tag) -> dict[Tag, _Size]:
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped: Tag | None = None
        for event, tag in walk:
            if event == "start" and self._is_unseen(tag):
                skipped = tag
                walk.skip_subtree()
            elif event == "start":
                self._begin(tag)
            else:
                if event == "end" and tag is not skipped:
                    self._end(tag)
                self._say(tag.tail)
        return self._sizes

    def _begin(self, tag: Tag) -> None:
        if tag.tag in _BLOCKS:
            self._end_block()
        self._links += _is_link(tag)
        self._sizes[tag] = _Size(links=int(_is_link(tag)))
        self._open.append(tag)
        self._say(tag.text)

    def _end(self, tag: Tag) -> None:
        if tag.tag in _BLOCKS:
            self._end_block()
        self._links -= _is_link(tag)
        self._open.pop()
        if self._open:
            self._sizes[self._open[-1]].add(self._sizes[tag])

    def _say(self, text: str | None) -> None:
        if text and self._open:
            length = len("".join(text.split()).encode("utf-8", "replace"))
            said = _Size(length, length if self._links else 0)
            self._sizes[self._open[-1]].add(said)
            self._block.add(said)

    def _end_block(self) -> None:
        block, self._block = self._block, _Size()
        if block.all >= _PARAGRAPH and block.linked < _LINKS_IN_PROSE * block.all:
            self._sizes[self._open[-1]].prose += block.all


def _is_link(tag: Tag) -> bool:
    """Whether it leads to another page; footnotes and contents lead to places of this one."""
    return tag.tag == "a" and not tag.get("href", "#").startswith("#")


def _main(sizes: dict[Tag, _Size], whole: _Size) -> Tag | None:
    """The part that the page calls its main one, where most of its text is in it."""
    called = [tag for tag in sizes if tag.tag == "main" or tag.get("role") == "main"]
    called = called or [
        tag for tag in sizes if tag.tag == "article" or "articleBody" in tag.get("itemprop", "")
    ]
    best = max(called, key=lambda tag: sizes[tag].prose, default=None)
    return best if best is not None and sizes[best].prose >= _MAIN * whole.prose else None


@dataclass(slots=True)
class _Parts:
    """Goes down the tree and finds what is not of the text."""

    sizes: dict[Tag, _Size]
    whole: _Size
    main: Tag | None
    around: set[Tag] = field(default_factory=set)
    lists: set[Tag] = field(default_factory=set)
    """Of links, which are nothing else by what the page says."""

    def look(self, root: Tag) -> None:
        above = set() if self.main is None else {self.main, *self.main.iterancestors()}
        waiting = [(root, False)]
        while waiting:
            parent, is_main = waiting.pop()
            for tag in self._below(parent):
                if tag in above:
                    waiting.append((tag, tag is self.main))
                elif self._is_around(tag, is_main):
                    self.around.add(tag)
                elif not is_main and _is_menu(tag, self.sizes[tag]):
                    self.lists.add(tag)
                else:
                    waiting.append((tag, is_main))

    def _below(self, parent: Tag) -> Iterator[Tag]:
        return (tag for tag in parent if tag in self.sizes and self.sizes[tag].all)

    def _is_around(self, tag: Tag, is_main: bool) -> bool:
        size, whole = self.sizes[tag], self.whole
        if tag.tag not in _PARTS:
            return False
        if size.prose <= _HARDLY_ANY * whole.prose and _is_named(tag):
            return True
        is_outside = self.main is not None and not is_main and next(tag.iter("h1"), None) is None
        return (tag.tag in {"footer", "aside"} or is_outside) and (
            size.unlinked <= _LITTLE * whole.unlinked and size.prose <= _LITTLE * whole.prose
        )


def _is_named(tag: Tag) -> bool:
    """Whether it is called what surroundings are called, in the words of those who make pages."""
    said = f"{tag.get('class', '')} {tag.get('id', '')}"
    return tag.get("role") in _ROLES or _NAMES.search(_HUMP.sub("-", said).lower()) is not None


def _is_menu(tag: Tag, size: _Size) -> bool:
    return (
        tag.tag in _PARTS
        and size.links >= _LINKS
        and size.linked >= _LINKED * size.all
        and size.linked <= _SHORT_LINK * size.links
    )
