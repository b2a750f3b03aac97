"""What becomes of each file of a messy folder, against what is expected of it.

    python tests/bench/bench_messy.py FOLDER [--all] [--json FILE]

FOLDER holds `expected.jsonl` and, in `files` or `docs` or beside it, the files that it names, a JSON
object a line:

    {"file": "pdf/a.pdf", "outcome": "text", "must_contain": ["Lorem ipsum"], "confidence": "known"}

`outcome` is text, empty, no_text (pictures of pages), needs_password (then `password` may be given),
unsupported or corrupt. `must_contain` is compared after NFKC without soft hyphens and white space,
and every file that has a text has to be found by a sentence drawn from it, around the first of these
words; `ordered` are texts in the order in which they are read, `pages` how many there are. With the
`confidence` 'open' any outcome with a reason will do. All of it is indexed as a user's folder is, by
the real engine with its embedding model, text recognition and what lies inside the files.

Better than expected counts as right and is said: what was unsupported is read, a scanned page has
the text that was recognised, what is damaged is read all the same. A crash or a time-out never is.
The exit status is 1 if any file disagrees.
"""

from __future__ import annotations

import argparse
import json
import re
import secrets
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]

from strongroom_engine.library import Library  # noqa: E402  # after the path above
from strongroom_engine.store import LibraryKey, Store  # noqa: E402
from strongroom_engine.trees import contains  # noqa: E402
from strongroom_engine.types import DocumentRecord, State  # noqa: E402

OUTCOMES = {
    "empty": "empty",
    "no-text": "no_text",
    "needs-password": "needs_password",
    "unsupported": "unsupported",
    "damaged": "corrupt",
    "unreadable": "corrupt",
}
"""What a problem's code is called in expected.jsonl; any other is told by its own name."""
CRASHES = frozenset({"timed-out", "parser-died", "out-of-memory", "not-findable"})
WILLING = {
    "unsupported": frozenset({"text", "no_text", "empty"}),
    "no_text": frozenset({"text"}),
    "corrupt": frozenset({"text"}),
    "empty": frozenset({"no_text"}),
}
"""By what is expected: what is better."""
HITS = 20
DRAWN_WORDS, DRAWN_CHARACTERS = 10, 80
_QUOTES = re.compile(r"[\"'“”„«»‘’「」]")  # they would ask for a phrase


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one file. `wrong` says what disagrees; '' where nothing does."""

    file: str
    expected: str
    outcome: str
    reason: str
    ms: int
    members: int
    wrong: str = ""
    better: str = ""


def main() -> int:
    options = _options()
    wanted = [
        json.loads(line)
        for line in (options.folder / "expected.jsonl").read_text("utf-8").splitlines()
        if line.strip()
    ]
    root = next(
        place
        for place in (options.folder / "files", options.folder / "docs", options.folder)
        if (place / wanted[0]["file"]).exists()
    ).resolve()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        key = LibraryKey(secrets.token_bytes(32), "key file")
        with Library(Path(scratch) / "library", key) as library:
            library.add(str(root))
            with Store.open(Path(scratch) / "library", key, mode="read") as store:
                verdicts = list(Judge(library, store, root).judged(wanted))
    took_s = time.monotonic() - began
    if options.json:
        made = json.dumps([asdict(one) for one in verdicts], ensure_ascii=False, indent=1)
        options.json.write_text(made + "\n", "utf-8")
    return _told(verdicts, took_s, everything=options.all)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="tell of what is as expected, too")
    parser.add_argument("--json", type=Path, help="write the table to this file, too")
    return parser.parse_args()


class Judge:
    """Compares the documents of a library with what is expected of them."""

    def __init__(self, library: Library, store: Store, root: Path) -> None:
        self._library, self._store, self._root = library, store, root

    def judged(self, wanted: Sequence[dict[str, Any]]) -> Iterator[Verdict]:
        """A verdict a file; then once more for each that a password is given for."""
        yield from (self._verdict(one) for one in wanted)
        for one in wanted:
            if one.get("password"):
                path = str(self._root / one["file"])
                self._library.indexing.give_password(path, one["password"])
                opened = {**one, "outcome": "opened"}
                yield self._verdict(opened)

    def _verdict(self, one: dict[str, Any]) -> Verdict:
        path = str(self._root / one["file"])
        record = self._store.reading.record(path)
        report = self._store.reports.of(path)
        outcome = self._outcome(record)
        wrong = list(self._faults(one, path, record, outcome))
        allowed = WILLING.get(one["outcome"], frozenset())
        better = outcome if outcome in allowed and not wrong else ""
        return Verdict(
            one["file"],
            one["outcome"] + (" (open)" if one["confidence"] == "open" else ""),
            outcome,
            record.reason if record else "",
            report.took_ms if report else 0,
            report.members if report else 0,
            "; ".join(wrong),
            better,
        )

    @staticmethod
    def _outcome(record: DocumentRecord | None) -> str:
        if record is None:
            return "not listed"
        if record.state in (State.READABLE, State.INDEXED):
            return "text"
        return OUTCOMES.get(record.code, record.code or str(record.state))

    def _faults(
        self, one: dict[str, Any], path: str, record: DocumentRecord | None, outcome: str
    ) -> Iterator[str]:
        """What is not as it should be, a sentence each."""
        is_open = one["confidence"] == "open"
        if outcome == "not listed" and is_open:
            return  # left out by its name, as the README says
        if outcome in CRASHES or outcome in ("pending", "not listed"):
            yield f"it ended as '{outcome}'"
            return
        if outcome != "text" and not (record and record.reason):
            yield "no reason is given"
        fits = outcome in self._fitting(one)
        if not fits and not is_open:
            yield f"expected {one['outcome']}, was {outcome}"
        if outcome == "text":
            yield from self._faults_of_text(one, path, record)

    @staticmethod
    def _fitting(one: dict[str, Any]) -> frozenset[str]:
        if one["outcome"] == "opened":
            return frozenset({"text", "no_text", "empty"})
        return frozenset({one["outcome"]}) | WILLING.get(one["outcome"], frozenset())

    def _faults_of_text(
        self, one: dict[str, Any], path: str, record: DocumentRecord | None
    ) -> Iterator[str]:
        texts = self._texts(path)
        folded = _folded("\n".join(texts.values()))
        for words in one.get("must_contain") or ():
            if _folded(words) not in folded:
                yield f"'{words}' is not in its text"
        places = [folded.find(_folded(words)) for words in one.get("ordered") or ()]
        if -1 in places or places != sorted(places):
            yield "its columns are read in another order"
        if "pages" in one and record and record.pages != one["pages"]:
            yield f"expected {one['pages']} pages, has {record.pages}"
        if record and record.state != State.INDEXED:
            yield "it is not indexed"
        for inner, text in texts.items():
            if not self._is_found(inner, text, (one.get("must_contain") or [""])[0]):
                yield f"a sentence drawn from {Path(inner).name} does not find it"

    def _texts(self, path: str) -> dict[str, str]:
        """The text of the document and of each inside it."""
        return {
            each.path: self._store.document_text(each.path)
            for each in self._store.documents()
            if contains(path, each.path) and each.state in (State.READABLE, State.INDEXED)
        }

    def _is_found(self, path: str, text: str, words: str) -> bool:
        sentence = _sentence(text, words)
        if not sentence:
            return True  # signs alone
        # Of passages that say the same the best is shown; then the file is named.
        for asked in (sentence, f'{sentence} file:"{Path(path).name}"'):
            hits = self._library.search(asked, HITS).hits
            if any(path in (hit.file, *hit.copies, *hit.versions) for hit in hits):
                return True
        return False


def _sentence(text: str, words: str) -> str:
    """Some words of the text in a row: around these, else from its middle."""
    found = list(re.finditer(r"\w\S*", text))
    if not found:
        return ""
    at = text.find(words) if words else -1
    near = at if at >= 0 else found[len(found) // 3].start()
    first = next((n for n, word in enumerate(found) if word.end() > near), 0)
    drawn = found[max(first - 2, 0) :][:DRAWN_WORDS]
    said = text[drawn[0].start() : drawn[-1].end()]
    return " ".join(_QUOTES.sub(" ", said).split())[:DRAWN_CHARACTERS]


def _folded(text: str) -> str:
    """NFKC, without soft hyphens and white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).replace("\xad", ""))


def _told(verdicts: Sequence[Verdict], took_s: float, *, everything: bool) -> int:
    wrong = [one for one in verdicts if one.wrong]
    shown = verdicts if everything else [one for one in verdicts if one.wrong or one.better]
    width = max((len(one.file) for one in shown), default=0)
    for one in shown:
        remark = f"WRONG: {one.wrong}" if one.wrong else ("better" if one.better else "")
        facts = f"{one.ms:>6} ms  " + (f"{one.members} inside  " if one.members else "")
        outcome = f"{one.expected:<22} {one.outcome:<15}"
        print(f"{one.file:<{width}}  {outcome} {facts}{remark}  {one.reason}".rstrip())
    print(dict(Counter(one.outcome for one in verdicts)))
    better = sum(bool(one.better) for one in verdicts)
    print(
        f"{len(verdicts) - len(wrong)} of {len(verdicts)} as expected, {better} of them better;"
        f" {len(wrong)} wrong; {took_s:.0f} s"
    )
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
