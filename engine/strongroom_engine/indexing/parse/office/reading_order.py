"""In which order a reader takes in boxes on a surface: by rows, by columns where there are such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""
MAX_BOXES = 400
"""More are a drawing, whose boxes have no order but that in which they were drawn."""


def in_reading_order(boxes: Sequence[Box | None]) -> list[int]:
    """The indexes of the boxes; one whose place is not known follows the one that it followed."""
    if len(boxes) > MAX_BOXES:
        return list(range(len(boxes)))
    following: dict[int, list[int]] = {-1: []}
    known = -1
    for index, box in enumerate(boxes):
        if box is None:
            following[known].append(index)
        else:
            known = index
            following[known] = []
    places = {index: box for index, box in enumerate(boxes) if box is not None}
    order = [-1, *_ordered(list(places), places)]
    return [one for index in order for one in ([index] if index >= 0 else []) + following[index]]


def _ordered(indexes: list[int], boxes: Mapping[int, Box]) -> list[int]:
    """Cut where a line across meets no box; where none does, the order stays."""
    if len(indexes) < 2:
        return indexes
    for axis in (1, 0):
        groups = _cut(indexes, boxes, axis)
        if len(groups) > 1:
            return [index for group in groups for index in _ordered(group, boxes)]
    return indexes


def _cut(indexes: list[int], boxes: Mapping[int, Box], axis: int) -> list[list[int]]:
    groups: list[list[int]] = []
    end = 0
    for index in sorted(indexes, key=lambda index: boxes[index][axis]):
        start = boxes[index][axis]
        if groups and start < end:
            groups[-1].append(index)
        else:
            groups.append([index])
            end = start
        end = max(end, boxes[index][axis + 2])
    return [sorted(group) for group in groups]
