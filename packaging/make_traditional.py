"""Make `assets/words/traditional.txt` anew: traditional Chinese characters and, in the same order
on the second line, the simplified ones that are written for them.

    python3 packaging/make_traditional.py

Needs the network: OpenCC is not a part of Strongroom and is installed into a folder of its own.
Its first choice is taken where a character has several; characters beyond the Basic Multilingual
Plane, on either side, are left out: hardly a document holds them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

OPENCC = "opencc==1.4.2"
TARGET = Path(__file__).resolve().parents[1] / "assets" / "words" / "traditional.txt"

CHARACTERS = "".join(map(chr, range(0x3400, 0xA000)))
"""Those that `store.words` looks at: all but radicals and compatibility forms."""
LAST = "\uffff"
CONVERT = """
import opencc, sys
text = sys.stdin.buffer.read().decode("utf-8")
convert = opencc.OpenCC("t2s").convert
sys.stdout.buffer.write("\\n".join(map(convert, text)).encode("utf-8"))
"""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        install = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, OPENCC]
        subprocess.run([sys.executable, *install], check=True)
        simplified = _converted(folder)
    pairs = [
        (one, other)
        for one, other in zip(CHARACTERS, simplified, strict=True)
        if one != other and len(other) == 1 and other <= LAST
    ]
    lines = ("".join(side) for side in zip(*pairs, strict=True))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(pairs):,} characters", file=sys.stderr)
    return 0


def _converted(folder: str) -> list[str]:
    """Each character as OpenCC writes it when it stands alone."""
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {folder!r})\n{CONVERT}"]
    given = CHARACTERS.encode("utf-8")
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode("utf-8").split("\n")


if __name__ == "__main__":
    sys.exit(main())
