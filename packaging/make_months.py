"""Make `assets/words/months.txt` anew: what a month is called, a line for each, January first.

    python3 packaging/make_months.py

Needs the network: Babel, which brings the tables of CLDR, is not a part of Strongroom and is
installed into a folder of its own. A name that is two months' in different languages is an error.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

BABEL = "babel==2.19.0"
TARGET = Path(__file__).resolve().parents[1] / "assets" / "words" / "months.txt"

LOCALES = (
    "en en_GB de de_AT fr fr_CA es it nl pt pt_PT pl da nb sv fi cs hu ro tr ca id ru uk bg el"
)
"""The languages of `store.languages` that call months by name, English first."""
READ = """
import sys
from babel.dates import get_month_names
lines = [{} for _ in range(12)]
for locale in sys.argv[1].split():
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for month, name in get_month_names(width, context, locale).items():
                lines[month - 1][name.lower()] = None
sys.stdout.buffer.write("\\n".join("\\t".join(line) for line in lines).encode("utf-8"))
"""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        install = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, BABEL]
        subprocess.run([sys.executable, *install], check=True)
        months = [[_bare(name) for name in line.split("\t")] for line in _names(folder)]
    if twice := [name for line in months for name in line if sum(name in m for m in months) > 1]:
        raise ValueError(f"names of two months: {twice}")
    lines = "".join(" ".join(dict.fromkeys(line)) + "\n" for line in months)
    TARGET.write_text(lines, encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(lines.split()):,} names", file=sys.stderr)
    return 0


def _names(folder: str) -> list[str]:
    """The names of each month as CLDR has them, with tabs between."""
    code = f"import sys; sys.path.insert(0, {folder!r})\n{READ}"
    done = subprocess.run([sys.executable, "-c", code, LOCALES], stdout=subprocess.PIPE, check=True)
    return done.stdout.decode("utf-8").split("\n")


def _bare(name: str) -> str:
    """Without the full stop of an abbreviation and the 'de' that Catalan writes before a month."""
    return name.removeprefix("de ").removeprefix("d’").rstrip(".")


if __name__ == "__main__":
    sys.exit(main())
