"""The two graphs that find and read lines: PP-OCRv6 (small) by the PaddleOCR authors, as the
package RapidOCR brings them, under the Apache licence 2.0.

Of that package only the files are used. Its own code imports a network client and four large
libraries; the steps around the graphs are short and stand here (`lines`, `reading`), after its model.
"""

from __future__ import annotations

import importlib.util
import os
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from strongroom_engine.models.graphs import open_graph

PACKAGE = "rapidocr"
_DETECTOR = "PP-OCRv6_det_small.onnx"
_READER = "PP-OCRv6_rec_small.onnx"
BLANK = ""


def name() -> str:
    """What reads, with its version."""
    return f"PP-OCRv6 small (RapidOCR {version(PACKAGE)})"


@lru_cache(maxsize=1)
def detector(threads: int = 0) -> Any:
    """Finds where text is on a picture."""
    return open_graph(_file(_DETECTOR), threads or usual_threads(), gpu=False, arena=False)


@lru_cache(maxsize=1)
def reader(threads: int = 0) -> Any:
    """Reads one line."""
    return open_graph(_file(_READER), threads or usual_threads(), gpu=False, arena=False)


@lru_cache(maxsize=1)
def characters() -> tuple[str, ...]:
    """What the reader can read, by the number it has in its output; the first is no character."""
    said = reader().get_modelmeta().custom_metadata_map["character"]
    return (BLANK, *said.splitlines(), " ")


def run(graph: Any, pictures: np.ndarray) -> np.ndarray:
    """What the graph makes of its one input."""
    (made,) = graph.run(None, {graph.get_inputs()[0].name: pictures})
    return np.asarray(made)


def as_input(picture: np.ndarray) -> np.ndarray:
    """Red, green, blue from 0 to 255 -> what the graphs were trained on: blue first, from -1 to 1."""
    bgr = picture[:, :, ::-1].astype(np.float32)
    return (bgr / 127.5 - 1.0).transpose(2, 0, 1)[None]


def usual_threads() -> int:
    """Half of the processors: one page is read at a time."""
    return max(1, (os.cpu_count() or 2) // 2)


def _file(name: str) -> Path:
    # The package is found without being imported.
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError(PACKAGE)
    return Path(found.submodule_search_locations[0]) / "models" / name
