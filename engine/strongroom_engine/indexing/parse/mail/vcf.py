"""Contacts (VCF, vCard 2.1 to 4.0): every person with what is known of them, a line each.

The lines are read here: they are few rules, and the libraries for them either refuse the 2.1 that
telephones write or bring what opens connections.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from strongroom_engine.errors import NoText, UnsupportedFormat
from strongroom_engine.indexing.parse.clean import TextBuilder, clean, one_line
from strongroom_engine.indexing.parse.decode import NotText, decode
from strongroom_engine.indexing.parse.mail import headers
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.sentences import left_out as say
from strongroom_engine.types import Document, LeftOut, Page, Place

MEDIA_TYPE = "text/vcard"
PARSER = "Strongroom's reader of contacts"
_FIELDS = {
    "NICKNAME": "Nickname",
    "ORG": "Organisation",
    "TITLE": "Position",
    "ROLE": "Role",
    "TEL": "Phone",
    "EMAIL": "Email",
    "IMPP": "Messenger",
    "ADR": "Address",
    "BDAY": "Birthday",
    "ANNIVERSARY": "Anniversary",
    "URL": "Website",
    "CATEGORIES": "Categories",
    "RELATED": "Related",
    "MEMBER": "Member",
    "LANG": "Language",
    "GENDER": "",
    "X-SKYPE": "Skype",
    "X-JABBER": "Messenger",
    "X-SPOUSE": "Spouse",
    "X-MANAGER": "Manager",
    "X-ASSISTANT": "Assistant",
}
_PICTURES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_KINDS = {"cell": "mobile", "pref": "preferred", "voice": "", "internet": "", "x-mobile": "mobile"}
_BOUNDARY = re.compile(r"(?:BEGIN|END):VCARD[ \t]*", re.IGNORECASE)
_NAME = re.compile(r"(?:([\w-]+)\.)?([\w-]+)")
_PARAMETER = re.compile(r';([^:;="]*)(?:=((?:"[^"]*"|[^:;"])*))?')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SPLIT = re.compile(r"(?<!\\);")
_HEAD_PARTS = 4
_LABEL = re.compile(r"^_\$!<(.*)>!\$_$")


@dataclass(frozen=True, slots=True)
class _Line:
    """'item1.TEL;TYPE=work:+49 30 1234'."""

    group: str
    name: str
    parameters: tuple[tuple[str, str], ...]
    value: str

    @property
    def kinds(self) -> list[str]:
        named = [value for name, value in self.parameters if name in ("TYPE", "")]
        found = [one.strip('" ').lower() for value in named for one in value.split(",")]
        return [_KINDS.get(one, one) for one in found if one.isascii()]

    def parts(self) -> list[str]:
        return [_unescaped(part) for part in _SPLIT.split(self.value)]


def parse(file: OpenFile) -> Document:
    try:
        source = decode(file.read())
    except NotText as exc:
        raise UnsupportedFormat(kind="data without text") from exc
    builder, places, pictures = TextBuilder(), [], 0
    for lines in _contacts(source):
        name = one_line(_called(lines)) or "Without a name"
        start = builder.next_start()
        builder.add(name, level=1)
        places.append(Place(start, 1, "contact", name))
        for said in _said(lines):
            builder.add(said, gap="\n")
        for note in (line for line in lines if line.name == "NOTE" and line.value.strip()):
            builder.add(_unescaped(note.value))
        pictures += sum(line.name in _PICTURES for line in lines)
    if not places:
        raise NoText
    return Document(
        title=places[0].name if len(places) == 1 else one_line(file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, builder.text),),
        paged=False,
        headings=builder.headings,
        places=tuple(places),
        parser=PARSER,
        left_out=(LeftOut(say.PICTURES(), pictures),) if pictures else (),
    )


def _contacts(source: str) -> Iterator[list[_Line]]:
    """The lines of each contact; one that is not ended ends with the next, or with the file."""
    lines: list[_Line] = []
    for written in _unfolded(source):
        if _BOUNDARY.fullmatch(written):
            if lines:
                yield lines
            lines = []
        elif line := _line(written):
            lines.append(line)
    if lines:
        yield lines


def _unfolded(source: str) -> list[str]:
    """Whole lines: long ones go on after a line break and a space, or in 2.1 after a '='."""
    found: list[list[str]] = []
    soft = False
    for written in clean(source.replace("\r\n", "\n").replace("\r", "\n")).split("\n"):
        if soft:
            found[-1][-1] = found[-1][-1][:-1]
            found[-1].append(written.lstrip(" \t"))
        elif found and written[:1] in (" ", "\t"):
            found[-1].append(written[1:])
        else:
            found.append([written])
        soft = found[-1][-1].endswith("=") and "QUOTED-PRINTABLE" in _head(found[-1])
    return ["".join(parts) for parts in found]


def _head(parts: list[str]) -> str:
    """What stands before the value of a line; it is said in its first parts."""
    return "".join(parts[:_HEAD_PARTS]).partition(":")[0].upper()


def _line(written: str) -> _Line | None:
    name = _NAME.match(written)
    if name is None:
        return None
    at, parameters = name.end(), []
    while match := _PARAMETER.match(written, at):
        first, second = match[1].strip().upper(), match[2]
        parameters.append((first, second) if second is not None else ("", match[1].strip()))
        at = match.end()
    if written[at : at + 1] != ":":
        return None
    value = _decoded(written[at + 1 :], parameters)
    return _Line(name[1] or "", name[2].upper(), tuple(parameters), value)


def _decoded(value: str, parameters: list[tuple[str, str]]) -> str:
    if not any(said.upper() == "QUOTED-PRINTABLE" for _, said in parameters):
        return value
    charset = next((said for name, said in parameters if name == "CHARSET"), "utf-8")
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    return clean(headers.decoded(data, charset))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text).strip()


# --- what is known -------------------------------------------------------------------------------


def _called(lines: list[_Line]) -> str:
    by_name = {line.name: line for line in reversed(lines)}
    if "FN" in by_name and (said := _unescaped(by_name["FN"].value)):
        return said
    if "N" in by_name:
        family, given, middle, before, after = (*by_name["N"].parts(), *[""] * 5)[:5]
        if said := " ".join(part for part in (before, given, middle, family, after) if part):
            return said
    for name in ("ORG", "NICKNAME", "EMAIL", "TEL"):
        if name in by_name and (said := ", ".join(filter(None, by_name[name].parts()))):
            return said
    return ""


def _said(lines: list[_Line]) -> Iterator[str]:
    labels = {line.group: line.value for line in lines if line.name == "X-ABLABEL"}
    for line in lines:
        label = _FIELDS.get(line.name, "")
        value = _value(line) if label else ""
        if value:
            own = _LABEL.sub(r"\1", _unescaped(labels.get(line.group, ""))) if line.group else ""
            kinds = [one for one in dict.fromkeys([*line.kinds, own.lower()]) if one]
            described = f" ({', '.join(kinds)})" if kinds else ""
            yield f"{label}{described}: {value}"


def _value(line: _Line) -> str:
    if line.name in ("BDAY", "ANNIVERSARY"):
        return _date(_unescaped(line.value))
    value = ", ".join(part for part in line.parts() if part)
    if line.name in ("TEL", "EMAIL", "RELATED", "MEMBER"):
        value = re.sub(r"^(tel|mailto):", "", value, flags=re.IGNORECASE)
    return one_line(value, 2000)


def _date(written: str) -> str:
    """'2 March 1980' of '19800302' or '1980-03-02', '2 March' of '--0302'."""
    with suppress(ValueError):
        return headers.day(date.fromisoformat(written[:10].partition("T")[0]))
    if match := re.fullmatch(r"--(\d\d)-?(\d\d)", written):
        return f"{int(match[2])} {headers.month(int(match[1]))}".strip()
    return one_line(written)
