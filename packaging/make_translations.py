"""Bring the translations up to date: collect what the window says, and compile what is translated.

python3 packaging/make_translations.py [--check]

Reads every `tr("…")` and `plural(n, "…", "…")` of the window, the sentences of the engine, those of
its errors, and the heads of the prompt templates, writes them into `assets/translations/strongroom_<language>.ts` (what is translated there is
kept, what nobody says any more is dropped), and compiles the .qm files with Qt's lrelease. With
`--check` nothing is written: the exit code says whether something is missing.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOW = ROOT / "desktop" / "strongroom_desktop"
FOLDER = ROOT / "assets" / "translations"
PROMPTS = ROOT / "assets" / "prompts"
CONTEXT = "Strongroom"

Said = dict[str, str]
"""What is said, and its singular where it has one ('' otherwise)."""


def main(arguments: list[str]) -> int:
    """Update and compile, or check; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args(arguments).check
    said = collect()
    missing = 0
    for file in sorted(FOLDER.glob("*.ts")):
        tree = merged(said, file)
        wanting = unfinished(tree)
        missing += len(wanting)
        for text in wanting:
            print(f"{file.name}: not translated: {text}")
        if check:
            missing += not is_current(tree, file)
        else:
            write(tree, file)
            compile_to(file, file.with_suffix(".qm"))
    return 1 if missing else 0


def collect() -> Said:
    """All that the window says, sorted."""
    said: Said = {}
    for file in sorted(WINDOW.rglob("*.py")):
        for text, singular in _calls(ast.parse(file.read_text("utf-8")), file):
            said[text] = singular or said.get(text, "")
    for text, singular in _engine_sentences():
        said[text] = said.get(text, "") or singular
    return dict(sorted(said.items()))


def _calls(tree: ast.AST, file: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id == "tr" and node.args:
            yield _literal(node.args[0], file), ""
        elif node.func.id == "plural" and len(node.args) == 3:
            yield _literal(node.args[2], file), _literal(node.args[1], file)


def _literal(node: ast.expr, file: Path) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    sys.exit(f"{file}:{node.lineno}: what is translated must be a literal")


def _engine_sentences() -> Iterator[tuple[str, str]]:
    """What the engine says in English and the window in its own language."""
    from strongroom_engine.errors import sentences
    from strongroom_engine.sentences import templates

    yield from ((text, "") for text in sentences())
    yield from ((saying.text, saying.one) for saying in templates())
    for file in sorted(PROMPTS.glob("*.toml")):
        head = tomllib.loads(file.read_text("utf-8"))
        yield from ((head[key], "") for key in ("title", "about"))


def merged(said: Said, file: Path) -> ET.ElementTree[ET.Element]:
    """The translation file with exactly what is said, and the translations that it has."""
    known = {
        message.findtext("source", ""): message.find("translation")
        for message in ET.parse(file).iter("message")
    }
    root = ET.Element("TS", version="2.1", language=file.stem.partition("_")[2])
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for text, singular in said.items():
        message = ET.SubElement(context, "message", {"numerus": "yes"} if singular else {})
        ET.SubElement(message, "source").text = text
        context_message(message, known.get(text), numerus=bool(singular))
    ET.indent(root, " ")
    return ET.ElementTree(root)


def context_message(message: ET.Element, known: ET.Element | None, *, numerus: bool) -> None:
    """Give a message its translation, or mark it as unfinished."""
    forms = [] if known is None else [form.text or "" for form in known.iter("numerusform")]
    text = "" if known is None else (known.text or "").strip("\n")
    done = all(forms) and len(forms) == 2 if numerus else bool(text) and not forms
    made = ET.SubElement(message, "translation", {} if done else {"type": "unfinished"})
    if numerus:
        for form in forms if done else ["", ""]:
            ET.SubElement(made, "numerusform").text = form
    elif done:
        made.text = text


def unfinished(tree: ET.ElementTree[ET.Element]) -> list[str]:
    return [
        message.findtext("source", "")
        for message in tree.iter("message")
        if message.find("translation[@type='unfinished']") is not None
    ]


def is_current(tree: ET.ElementTree[ET.Element], file: Path) -> bool:
    """Whether the file and its compiled twin hold just that."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / file.name
        write(tree, fresh)
        compile_to(fresh, fresh.with_suffix(".qm"))
        twin = file.with_suffix(".qm")
        same = fresh.read_bytes() == file.read_bytes() and twin.is_file()
        current = same and fresh.with_suffix(".qm").read_bytes() == twin.read_bytes()
    if not current:
        print(f"{file.name} is not up to date: run python3 packaging/make_translations.py")
    return current


def write(tree: ET.ElementTree[ET.Element], file: Path) -> None:
    body = ET.tostring(tree.getroot(), encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    file.write_text(f"{head}{body}\n", encoding="utf-8")


def compile_to(source: Path, target: Path) -> None:
    """Qt's lrelease, which PySide6 brings along."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([tool, source, "-qm", target, "-silent"], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
