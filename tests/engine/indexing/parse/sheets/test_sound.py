"""Workbooks over which calamine would end the process are refused before it sees them."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from tests.engine.office_files import zipped
from tests.engine.parsing import read
from tests.engine.samples import SAMPLES

from strongroom_engine.errors import DamagedDocument, DocumentProblem, ParserOutOfMemory


def test_a_container_that_leads_in_a_circle_is_damaged() -> None:
    data = bytearray(SAMPLES["rent.xls"]())
    data[512:1024] = bytes(512)  # the sector after each is the first
    with pytest.raises(DamagedDocument):
        read("a.xls", bytes(data))


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [(2**20 - 1, 2**14 - 1, ParserOutOfMemory), (0, 2**31, DamagedDocument)],
)
def test_cells_as_far_apart_as_may_be(
    row: int, column: int, problem: type[DocumentProblem]
) -> None:
    with zipfile.ZipFile(io.BytesIO(SAMPLES["rent.xlsb"]())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.bin"]
    head, _, tail = sheet.rpartition(b"\0\x19" + struct.pack("<I", 4))
    tail = tail.replace(b"\5\x10" + struct.pack("<I", 1), b"\5\x10" + struct.pack("<I", column))
    parts["xl/worksheets/sheet1.bin"] = head + b"\0\x19" + struct.pack("<I", row) + tail
    with pytest.raises(problem):
        read("a.xlsb", zipped(parts))
