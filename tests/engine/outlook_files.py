"""Messages as Outlook keeps them, made byte by byte: MSG and TNEF (winmail.dat)."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)

Said = str | bytes | int | float | datetime | Sequence[str]
Tree = Mapping[str, "bytes | Tree"]


@dataclass
class Made:
    """A message: number of a property -> what it says; of named ones (set, number or text)."""

    says: Mapping[int, Said] = field(default_factory=dict)
    names: Mapping[int | str, Said] = field(default_factory=dict)
    people: Sequence[Mapping[int, Said]] = ()
    files: Sequence[Mapping[int, Said] | Made] = ()
    page: str = ""
    """Texts are kept in this encoding; in Unicode where it is ''."""


# --- MSG -------------------------------------------------------------------------------------------


def msg(made: Made) -> bytes:
    """The message as a file."""
    names = names_in(made)
    return compound({**_storage(made, 32, names), "__nameid_version1.0": name_streams(names)})


def names_in(made: Made) -> list[int | str]:
    inner = [name for one in made.files if isinstance(one, Made) for name in names_in(one)]
    return list(dict.fromkeys([*made.names, *inner]))


def name_streams(names: Sequence[int | str]) -> Tree:
    entries, texts = b"", b""
    for number, name in enumerate(names):
        is_text = isinstance(name, str)
        entries += struct.pack("<IHH", len(texts) if is_text else name, 7 << 1 | is_text, number)
        if isinstance(name, str):
            data = name.encode("utf-16-le")
            texts += struct.pack("<I", len(data)) + data + bytes(-len(data) % 4)
    start = "__substg1.0_"
    return {f"{start}00020102": b"", f"{start}00030102": entries, f"{start}00040102": texts}


def _storage(made: Made, header: int, names: Sequence[int | str]) -> dict[str, bytes | Tree]:
    numbered = {0x8000 + names.index(name): said for name, said in made.names.items()}
    found = _properties({**made.says, **numbered}, header, made.page)
    for number, person in enumerate(made.people):
        found[f"__recip_version1.0_#{number:08X}"] = _properties(person, 8, made.page)
    for number, one in enumerate(made.files):
        found[f"__attach_version1.0_#{number:08X}"] = (
            {**_properties({0x3705: 5}, 8), "__substg1.0_3701000D": _storage(one, 24, names)}
            if isinstance(one, Made)
            else _properties(one, 8, made.page)
        )
    return found


def _properties(says: Mapping[int, Said], header: int, page: str = "") -> dict[str, bytes | Tree]:
    found: dict[str, bytes | Tree] = {}
    listed = bytes(header)
    for number, said in says.items():
        kind, data = typed(said, page)
        if isinstance(data, list):
            for place, each in enumerate(data):
                found[f"__substg1.0_{number:04X}{kind:04X}-{place:08X}"] = each
        elif kind in (0x1E, 0x1F, 0x102):
            found[f"__substg1.0_{number:04X}{kind:04X}"] = data
        is_fixed = isinstance(data, bytes) and kind not in (0x1E, 0x1F, 0x102)
        value = data if is_fixed and isinstance(data, bytes) else b""
        if isinstance(data, list):
            found[f"__substg1.0_{number:04X}{kind:04X}"] = bytes(4 * len(data))
        listed += struct.pack("<HHI", kind, number, 6) + value.ljust(8, b"\0")
    found["__properties_version1.0"] = listed
    return found


def typed(said: Said, page: str = "") -> tuple[int, bytes | list[bytes]]:
    """The type and the bytes of a value."""
    if isinstance(said, str):
        return (0x1E, said.encode(page)) if page else (0x1F, said.encode("utf-16-le"))
    if isinstance(said, bytes):
        return 0x102, said
    if isinstance(said, int):
        return (0x0B, struct.pack("<H", said)) if said is True else (3, struct.pack("<i", said))
    if isinstance(said, float):
        return 5, struct.pack("<d", said)
    if isinstance(said, datetime):
        return 0x40, struct.pack("<Q", round((said - _EPOCH).total_seconds()) * 10_000_000)
    return 0x101F, [each.encode("utf-16-le") for each in said]


# --- its container (OLE) ----------------------------------------------------------------------------


def compound(tree: Tree) -> bytes:
    """An OLE file of these streams and storages."""
    entries: list[list[object]] = [["Root Entry", 5, _FREE, _FREE, _END, 0]]
    _add(tree, entries, 0)
    mini, mini_table, big, table = b"", list[int](), b"", list[int]()
    for entry in entries:
        data = entry[4]
        if not isinstance(data, bytes):
            continue
        entry[4], entry[5] = _END, len(data)
        if 0 < len(data) < _CUTOFF:
            entry[4] = len(mini_table)
            mini_table += _run(len(mini_table), -(-len(data) // _MINI))
            mini += data + bytes(-len(data) % _MINI)
        elif data:
            entry[4] = len(table)
            table += _run(len(table), -(-len(data) // _SECTOR))
            big += data + bytes(-len(data) % _SECTOR)
    return _file(entries, mini, mini_table, big, table)


def _add(tree: Tree, entries: list[list[object]], parent: int) -> None:
    last = 0
    for name, held in tree.items():
        number = len(entries)
        is_stream = isinstance(held, bytes)
        entries.append([name, 2 if is_stream else 1, _FREE, _FREE, held if is_stream else _END, 0])
        entries[last or parent][2 if last else 3] = number
        last = number
        if not isinstance(held, bytes):
            _add(held, entries, number)


def _run(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END]


def _file(
    entries: list[list[object]], mini: bytes, mini_table: list[int], big: bytes, table: list[int]
) -> bytes:
    small = struct.pack(f"<{len(mini_table)}I", *mini_table)
    small += b"\xff" * (-len(small) % _SECTOR)
    mini += bytes(-len(mini) % _SECTOR)
    counts = [-(-len(entries) // 4), len(small) // _SECTOR, len(mini) // _SECTOR]
    fats = 1
    while fats * _SECTOR // 4 < fats + sum(counts) + len(table):
        fats += 1
    starts = [fats, fats + counts[0], fats + counts[0] + counts[1]]
    after = fats + sum(counts)
    sectors = [_FAT] * fats
    for count in counts:
        sectors += _run(len(sectors), count) if count else []
    sectors += [one if one == _END else one + after for one in table]
    entries[0][4], entries[0][5] = starts[2] if mini else _END, len(mini)
    directory = b"".join(_entry(one, after) for one in entries)
    fat = struct.pack(f"<{len(sectors)}I", *sectors)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    first_small = starts[1] if small else _END
    head += struct.pack(
        "<IIIIIIIII", 0, fats, starts[0], 0, _CUTOFF, first_small, counts[1], _END, 0
    )
    head += struct.pack("<109I", *range(fats), *[_FREE] * (109 - fats))
    fat += b"\xff" * (fats * _SECTOR - len(fat))
    return head + fat + directory.ljust(counts[0] * _SECTOR, b"\0") + small + mini + big


def _entry(entry: list[object], after: int) -> bytes:
    name, kind, right, child, first, size = entry
    assert isinstance(name, str)
    assert isinstance(first, int)
    assert isinstance(size, int)
    if kind == 2 and size >= _CUTOFF:
        first += after
    letters = name.encode("utf-16-le")
    head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters) + 2, kind, 1)
    return head + struct.pack("<III36xIQ", _FREE, right, child, first, size)


# --- TNEF ------------------------------------------------------------------------------------------


def tnef(made: Made) -> bytes:
    """What Outlook sends along with the message, as `winmail.dat`."""
    data = b"\x78\x9f\x3e\x22\x01\x00"
    data += _attribute(
        1, 0x00069003, _tnef_properties(dict[int | str, Said](made.names) | dict(made.says))
    )
    for one in made.files:
        data += _attribute(2, 0x00069002, bytes(14))
        says = {0x3701: tnef(one)} if isinstance(one, Made) else one
        data += _attribute(2, 0x00069005, _tnef_properties(says, is_message=isinstance(one, Made)))
    return data


def _attribute(level: int, number: int, data: bytes) -> bytes:
    return (
        struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    )


def _tnef_properties(
    says: Mapping[int, Said] | Mapping[int | str, Said], *, is_message: bool = False
) -> bytes:
    data = struct.pack("<I", len(says))
    for place, (name, said) in enumerate(says.items()):
        kind, held = typed(said)
        kind = 0x0D if is_message and name == 0x3701 else kind
        data += struct.pack("<H", kind)
        if isinstance(name, int) and name < 0x8000:
            data += struct.pack("<H", name)
        elif isinstance(name, int):
            data += struct.pack("<H16xII", 0x8000 + place, 0, name)
        else:
            written = f"{name}\0".encode("utf-16-le")
            data += struct.pack("<H16xI", 0x8000 + place, 1) + _padded(written)
        many = held if isinstance(held, list) else [held]
        if kind in (0x1F, 0x1E, 0x102, 0x0D, 0x101F):
            start = bytes(16) if kind == 0x0D else b""
            data += struct.pack("<I", len(many)) + b"".join(_padded(start + each) for each in many)
        else:
            data += b"".join(each + bytes(-len(each) % 4) for each in many)
    return data


def _padded(data: bytes) -> bytes:
    return struct.pack("<I", len(data)) + data + bytes(-len(data) % 4)
