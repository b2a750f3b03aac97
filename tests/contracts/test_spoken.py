"""Every word that the user sees goes through `wording`: no literal reaches a widget by itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import strongroom_desktop

WINDOW = Path(strongroom_desktop.__file__).parent
FILES = sorted(WINDOW.rglob("*.py"))
SPOKEN = {"tr", "plural", "heard"}

SHOWS = {
    # What is built with a text, and which argument that is.
    **dict.fromkeys(("label", "ElidedLabel", "QLabel", "QPushButton", "QToolButton"), 0),
    **dict.fromkeys(("QCheckBox", "QRadioButton", "QGroupBox", "QMenu"), 0),
    **dict.fromkeys(("Button", "Prose", "Page"), 1),
    "IconButton": 2,
    # What a text is given to.
    **dict.fromkeys(("setText", "setPlainText", "setToolTip", "setStatusTip"), 0),
    **dict.fromkeys(("setWhatsThis", "setWindowTitle", "setTitle", "setLabelText"), 0),
    **dict.fromkeys(("setAccessibleName", "setAccessibleDescription"), 0),
    **dict.fromkeys(("setPlaceholderText", "set_text", "addItem", "addMenu"), 0),
}
ANYWHERE = {"addAction", "QAction", "tell", "confirm"}
"""Calls whose every literal is shown."""

PROSE = re.compile(r"[A-Za-z’]{2,},? [A-Za-z’]{2,}")
"""At least two words."""
MARKUP = re.compile(r"<p |=\"|\">")
NAMES = {"Strongroom", "NVIDIA GeForce ", "AMD Radeon ", "sans serif", "*.tmp"}
"""What is called so in every language."""
ENGLISH = {
    "about.py": {"Answer model: ", "Embedding model: "},  # a report of a fault, to its maintainers
    "app.py": {"strongroom: a fault in Strongroom itself; ", " says where."},  # on the terminal
    "folders.py": {"*.log"},  # a pattern of names
    "library.py": {"key file"},  # a value of the engine, compared with
    "tokens.py": {"the desktop's"},  # a value in the design's file
}
"""What is English in every language, by file."""


def literals(node: ast.AST) -> Iterator[ast.Constant]:
    """The texts in an expression that `wording` does not see."""
    if isinstance(node, ast.Call) and _name(node) in SPOKEN:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    # What is compared with or looked up is no text, and what is called brings its own.
    for child in ast.iter_child_nodes(node):
        if not isinstance(node, ast.Compare | ast.Subscript | ast.Call):
            yield from literals(child)


def _name(call: ast.Call) -> str:
    called = call.func
    return getattr(called, "id", "") or getattr(called, "attr", "")


def shown(tree: ast.AST) -> Iterator[ast.Constant]:
    """The literals that calls show to the user."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if _name(node) in ANYWHERE:
            arguments = list(node.args)
        else:
            place = SHOWS.get(_name(node), len(node.args))
            arguments = node.args[place : place + 1]
        for argument in arguments:
            yield from literals(argument)


def prose(tree: ast.AST) -> Iterator[ast.Constant]:
    """The literals that are sentences, wherever they stand: but for docstrings, what `wording`
    says, and what programmers read (errors that are raised, assertions, the log)."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Raise | ast.Assert):
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Call) and (_name(node) in SPOKEN or _is_log(node)):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if PROSE.search(node.value):
                yield node
        else:
            yield from prose(node)


def _is_log(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in ("_log", "log")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(WINDOW)))
def test_no_literal_is_shown_by_itself(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = {
        f"{file.name}:{node.lineno}: {node.value!r}"
        for node in (*shown(tree), *prose(tree))
        if re.search(r"[^\W\d_]{2}", str(node.value))
        and not MARKUP.search(str(node.value))
        and node.value not in NAMES | ENGLISH.get(file.name, set())
    }
    assert found == set()
