"""The words of a question and what each may be, for one table: a column, a value, a number, a time,
or a word of the language. Every way to take all of them, the plainest first."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import count, pairwise

from rapidfuzz import fuzz, process

from strongroom_engine.answering.sheets.atoms import Atom, atoms
from strongroom_engine.answering.sheets.known import Column, Relation
from strongroom_engine.answering.sheets.naming import (
    COMPOUND,
    STEMMED,
    Name,
    Said,
    canonical,
    cost,
    in_brackets,
    key,
)
from strongroom_engine.answering.sheets.times import When, times_at
from strongroom_engine.answering.sheets.vocabulary import (
    inflections,
    number_pattern,
    phrases_by_atoms,
    words_of_phrases,
)
from strongroom_engine.answering.sheets.words import Tongue, tongues

LONGEST = 40
"""Words of a question that is read at all."""
MAX_COLUMN_WORDS = 6
MAX_VALUE_WORDS = 10
MAX_STEPS = 6_000
ALIKE, CLEARLY, SHORTEST = 88, 8, 5
"""How alike a misspelled word is to the value, how much less to the next one (of 100), and how many
letters it has at least."""
SIGN = 4
"""Letters of a sign, at most: 'DE', 'USD'."""
SMALL_PART = 0.7
NEAR_NAME = 0.4
"""What words cost, at most, that name a column rather than a table."""
MOST_MISSPELLED = 2
"""Words that are taken for misspelled; who has more of them speaks of something else."""
NOISE, PHRASE, GENERIC, NAMED, NUMBER, PART, INFLECTED, MISSPELLED = (
    *(0.5, 0.05, 0.3, 0.1),
    *(0.2, 0.45, 0.15, 1.0),
)
"""What it costs to take words so, beside 1 for each."""
FEW_VALUES = 40
"""So many values may hold a part."""


Window = Sequence[Atom]
Values = Sequence[tuple[int, str]]
"""Columns, and what stands in them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the question as one thing, by its `tag` (`words.TAGS`); [start, end) are atoms.
    `part`: the words themselves, where they are of the language or only a part of values."""

    tag: str
    start: int
    end: int
    cost: float
    name: str = ""
    hints: tuple[str, ...] = ()
    column: int = -1
    values: tuple[int | float | str, ...] = ()
    part: str = ""
    number: float = 0.0
    unit: str = ""
    when: When | None = None


class Lexer:
    """Reads one question for one relation in one language."""

    def __init__(self, question: str, relation: Relation, tongue: Tongue, today: date) -> None:
        self.text, self.relation, self.tongue, self.today = question, relation, tongue, today
        self.atoms = atoms(question)
        self._asking = frozenset(
            tuple(word.split()) for name in ("which", "who", "where") for word in tongue.tags[name]
        )
        """Words that ask where they come first, and say nothing further on."""
        called = key(relation.called, tongue.language)
        self._called = {*called, *canonical(called, tongue.language)}
        self._names = [Name.of(one.place, one.name, tongue.language) for one in relation.columns]

    @cached_property
    def _pieces(self) -> list[list[Piece]]:
        """What may begin at each atom."""
        found = [_longest_names(list(self._at(place))) for place in range(len(self.atoms))]
        covered = {at for here in found for one in here for at in range(one.start, one.end)}
        unknown = [place for place in range(len(self.atoms)) if place not in covered]
        for place in unknown if len(unknown) <= MOST_MISSPELLED else ():
            for one in self._misspelled(place):
                found[one.start].append(one)
        return found

    def lexings(self) -> Iterator[tuple[float, tuple[Piece, ...]]]:
        """Every way to take all words, the cheapest first."""
        size = len(self.atoms)
        if not 0 < size <= LONGEST:
            return
        if self._unknown() > MOST_MISSPELLED:
            return
        pieces = self._pieces
        reach = self._reachable(pieces)
        if not reach[0]:
            return
        ticket, steps = count(), 0
        heap: list[tuple[float, int, int, tuple[Piece, ...]]] = [(0.0, next(ticket), 0, ())]
        while heap and steps < MAX_STEPS:
            steps += 1
            spent, _, at, taken = heapq.heappop(heap)
            if at == size:
                if not (self._is_of_another(taken) or self._is_passed_over(taken)):
                    yield round(spent, 4), taken
                continue
            for one in pieces[at]:
                if reach[one.end]:
                    heapq.heappush(
                        heap, (spent + 1 + one.cost, next(ticket), one.end, (*taken, one))
                    )

    def _is_of_another(self, taken: tuple[Piece, ...]) -> bool:
        """Whether a value right behind a column was taken for one of another column, though it
        stands in that one."""
        return any(
            one.tag == "C"
            and value.tag == "V"
            and one.column != value.column
            and any(
                each.tag == "V" and (each.end, each.column) == (value.end, one.column)
                for each in self._pieces[value.start]
            )
            for one, value in pairwise(taken)
        )

    def _is_passed_over(self, taken: tuple[Piece, ...]) -> bool:
        """Whether a word that names a column was taken for one of the table's name where it is none
        of what is counted or asked for: 'tattoos' in 'how many players have tattoos'."""
        said = [one for one in taken if one.tag != "."]
        for before, one, after in zip([None, *said], said, [*said[1:], None], strict=False):
            stands = before is None or before.tag in "#wLsam+-tV" or before.end == one.start
            stands = stands or bool(after and after.tag == "t")
            if one.tag == "t" and one.name == "named" and not stands:
                here = self._pieces[one.start]
                if any(each.tag == "C" and each.cost <= NEAR_NAME for each in here):
                    return True
        return False

    def _unknown(self) -> int:
        """How many words are none of the language, and stand nowhere in the table: a quick look."""
        known, table = words_of_phrases(self.tongue), self.relation.vocabulary
        names = [part for one in self._names for part in (*one.whole.forms, *one.whole.same)]
        rare = [
            atom.text
            for atom in self.atoms
            if not (atom.text in known or atom.text in table or atom.text[0].isdigit())
        ]
        return sum(not self._is_near(word, names) for word in rare)

    def _is_near(self, word: str, names: list[str]) -> bool:
        (form,) = key((word,), self.tongue.language) or ("",)
        same = canonical((form,), self.tongue.language)[0]
        if self._called & {form, same} or same in names:
            return True
        return (
            any(
                form.startswith(one)
                or one.startswith(form)
                or one.endswith(form)
                or word[:-1] == one
                for one in names
            )
            or not self.relation.vocabulary.isdisjoint(last for *_, last in inflections((word,)))
            or any(word.endswith(column) for column in names)
        )

    def _reachable(self, pieces: list[list[Piece]]) -> list[bool]:
        """From where the end can be reached."""
        reach = [False] * len(self.atoms) + [True]
        for place in reversed(range(len(self.atoms))):
            reach[place] = any(reach[one.end] for one in pieces[place])
        return reach

    def _at(self, place: int) -> Iterator[Piece]:
        yield from self._phrases(place)
        yield from self._columns(place)
        yield from self._values(place)
        yield from self._numbers(place)
        yield from self._times(place)
        yield from self._negated(place)
        said = canonical(key((self.atoms[place].text,), self.tongue.language), self.tongue.language)
        if said and said[0] in self._called:
            yield Piece("t", place, place + 1, NAMED, "named")

    def _phrases(self, place: int) -> Iterator[Piece]:
        known = phrases_by_atoms(self.tongue.language)
        for size in range(1, 7):
            said = tuple(atom.text for atom in self.atoms[place : place + size])
            if len(said) < size:
                return
            for tag, name, hints in known.get(said, ()):
                if tag == "." and place == 0 and (said in self._asking):
                    continue
                if tag == "L" and not self._begins(place):  # 'which name'
                    continue
                costs = {".": NOISE, "t": GENERIC, "r": 0.2}
                price = costs.get(tag, PHRASE)
                yield Piece(tag, place, place + size, price, name, hints, part=" ".join(said))

    def _begins(self, place: int) -> bool:
        """Whether only words that say nothing stand before."""
        known = phrases_by_atoms(self.tongue.language)
        return all(
            any(tag == "." for tag, *_ in known.get((atom.text,), ()))
            and (atom.text,) not in self._asking
            for atom in self.atoms[:place]
        )

    def _columns(self, place: int) -> Iterator[Piece]:
        for size in range(1, MAX_COLUMN_WORDS + 1):
            window = self.atoms[place : place + size]
            if len(window) < size:
                return
            small = self.tongue.names.small
            if window[0].text in small or window[-1].text in small:
                continue
            whole = Said.of([atom.text for atom in window], self.tongue.language)
            fits = [
                (price, name) for name in self._names if (price := cost(name, whole)) is not None
            ]
            least = min((price for price, _ in fits), default=0.0)
            if least > STEMMED and all(self._is_noise((atom.text,)) for atom in window):
                continue  # 'is' is no 'is_independent'
            for price, name in fits:
                if price == least:
                    spelled = " ".join(atom.text for atom in window)
                    yield Piece("C", place, place + size, price, column=name.column, part=spelled)

    def _values(self, place: int) -> Iterator[Piece]:
        lexicon = self.relation.lexicon
        for size in range(1, MAX_VALUE_WORDS + 1):
            window = self.atoms[place : place + size]
            if len(window) < size or not (window[0].is_word and window[-1].is_word):
                continue
            said = tuple(atom.text for atom in window if atom.is_word)
            spelled = self.text[window[0].start : window[-1].end]
            whole = self._spelled_so(lexicon.whole.get(said, ()), said, window)
            yield from self._of_columns(whole, place, size, self._price(said))
            for form in inflections(said):
                inflected = self._spelled_so(lexicon.whole.get(form, ()), said, window)
                yield from self._of_columns(inflected, place, size, INFLECTED)
            yield from self._truths(place, size, said)
            yield from self._parts(lexicon.inside(said), place, size, said, spelled)

    def _truths(self, place: int, size: int, said: tuple[str, ...]) -> Iterator[Piece]:
        """'Yes' and 'no' of columns that hold nothing else."""
        if len(said) > 1 or len(said[0]) == 1:
            return
        yes = any(said[0] in tongue.values.yes for tongue in tongues())
        if not yes and not any(said[0] in tongue.values.no for tongue in tongues()):
            return
        for column in self.relation.columns:
            if meant := column.yes if yes else column.no:
                yield Piece("V", place, place + size, PART, column=column.place, values=meant)

    def _parts(
        self, found: Values, place: int, size: int, said: tuple[str, ...], spelled: str
    ) -> Iterator[Piece]:
        """Values of which the words are a part: names with a capital, or of one value alone."""
        if not found:
            return
        whole = Said.of(said, self.tongue.language)
        named = [cost(one, whole) for one in self._names]
        if any(price is not None and price <= COMPOUND for price in named):
            return  # a column's name is no part of a value
        if not self._says_something(said):
            found = [one for one in found if self._is_source(one[0])]
        texts = {text for _, text in found}
        capital = spelled[:1].isupper() and place > 0
        if 0 < len(texts) <= FEW_VALUES and (capital or spelled[:1].isdigit()):
            yield from self._of_columns(found, place, size, PART, spelled)
        elif len(texts) == 1 and len(spelled) >= SHORTEST:
            yield from self._of_columns(found, place, size, SMALL_PART, spelled)

    def _spelled_so(self, found: Values, said: tuple[str, ...], window: Window) -> Values:
        """The values that may be meant. 'in' is no 'IN': words of the language, and short signs
        in capitals, have to be spelled so; and 'A+' is no 'A'."""
        spelled = self.text[window[0].start : window[-1].end]
        rest = self.text[window[0].start :].casefold()
        exact = [one for one in found if _begins_with(rest, one[1].strip().casefold())]
        if not exact and _SIGN_BEHIND.match(self.text, window[-1].end):
            return ()
        common = len(said) == 1 and (said in phrases_by_atoms(self.tongue.language))
        return [
            one
            for one in exact or [one for one in found if not _SIGNED.search(one[1])]
            if not (self._is_noise(said) and spelled.islower())
            and (
                self.text.startswith(one[1], window[0].start)
                or spelled == one[1]
                or not (common or (len(one[1]) <= SIGN and one[1].isupper() and one[1].isalpha()))
            )
        ]

    def _is_noise(self, said: tuple[str, ...]) -> bool:
        meanings = phrases_by_atoms(self.tongue.language).get(said, ())
        return bool(meanings) and all(tag == "." for tag, *_ in meanings)

    def _price(self, said: tuple[str, ...]) -> float:
        """A word that names a column, too, is rather that."""
        spelled = key(said, self.tongue.language)
        return (
            INFLECTED
            if any(spelled in (one.whole.forms, one.bare.forms) for one in self._names)
            else 0.0
        )

    def _is_source(self, column: int) -> bool:
        """Whether the column says which sheet or file a row is of: '2024' of 'Budget 2024'."""
        return not self.relation.columns[column].letter

    def _says_something(self, said: tuple[str, ...]) -> bool:
        """Whether a part of a value is more than words of the language, and no mere figure."""
        known = phrases_by_atoms(self.tongue.language)
        return any((word,) not in known and not word.isdigit() and len(word) > 2 for word in said)

    def _of_columns(
        self,
        found: Values,
        place: int,
        size: int,
        price: float,
        part: str = "",
    ) -> Iterator[Piece]:
        by_column: dict[int, list[str]] = {}
        for column, text in found:
            by_column.setdefault(column, []).append(text)
        for column, texts in by_column.items():
            yield Piece(
                "V", place, place + size, price, column=column,
                values=tuple(dict.fromkeys(texts)), part=part,
            )  # fmt: skip

    def _numbers(self, place: int) -> Iterator[Piece]:
        start = self.atoms[place].start
        match = number_pattern(self.tongue).match(self.text, start)
        if not match or (
            start and self.text[start - 1] in ".," and self.text[start - 2 : start - 1].isdigit()
        ):
            word = self.tongue.values.numbers.get(self.atoms[place].text)
            if word is not None:
                yield Piece("N", place, place + 1, NUMBER, number=float(word))
            return
        end = next((n + 1 for n, atom in enumerate(self.atoms) if atom.end == match.end()), None)
        if end is None:
            return
        digits = (
            match["digits"].replace(self.tongue.thousands, "").replace(self.tongue.decimal, ".")
        )
        number = float(digits) * self._factor(match["times"])
        if self.text[start - 1 : start] == "-" and not self.text[start - 2 : start - 1].isalnum():
            number = -number
        unit = match["sign"] or ""
        following = self.atoms[end].text if end < len(self.atoms) else ""
        if following and (following in self.tongue.values.units or self._is_unit(following)):
            yield Piece("N", place, end + 1, NUMBER, number=number, unit=following)
        yield Piece("N", place, end, NUMBER, number=number, unit=unit)

    def _is_unit(self, word: str) -> bool:
        return any(
            one.unit.casefold() == word or word in in_brackets(one.name)
            for one in self.relation.columns
            if one.is_number
        )

    def _factor(self, said: str | None) -> float:
        values, word = self.tongue.values, (said or "").strip().lower()
        if not word:
            return 1
        known = ((values.thousand, 1e3), (values.million, 1e6), (values.billion, 1e9))
        return next((factor for words, factor in known if word in words), 1)

    def _times(self, place: int) -> Iterator[Piece]:
        for when in times_at(self.text, self.atoms[place].start, self.tongue, self.today):
            end = next((n + 1 for n, atom in enumerate(self.atoms) if atom.end == when.end), None)
            if end is not None:
                yield Piece("D", place, end, 0.0, when=when)

    def _negated(self, place: int) -> Iterator[Piece]:
        """'unpaid', 'inactive' where there is a column 'paid', 'active'."""
        word = self.atoms[place].text
        for column in self.relation.columns:
            bare = "".join(key((column.name,), self.tongue.language))
            said = key((word,), self.tongue.language)
            if column.is_truth and said and bare and said[0] in (f"un{bare}", f"in{bare}"):
                yield Piece("U", place, place + 1, 0.1, column=column.place)

    def _around(self, place: int) -> Iterator[tuple[int, int]]:
        """Up to three words with this one among them, the most first."""
        for size in (3, 2, 1):
            for start in range(place - size + 1, place + 1):
                if start >= 0 and start + size <= len(self.atoms):
                    yield start, start + size

    def _misspelled(self, place: int) -> Iterator[Piece]:
        """The one value that the words are nearly, where nothing else is near."""
        for start, end in self._around(place):
            if any(self._is_noise((self.atoms[at].text,)) for at in (start, end - 1)):
                continue
            said = " ".join(atom.text for atom in self.atoms[start:end])
            if len(said) < SHORTEST or not said.replace(" ", "").isalpha():
                continue
            columns = [one for one in self.relation.columns if one.is_text or one.is_truth]
            best = [(hit, one) for one in columns for hit in _near(said, one)]
            best.sort(key=lambda each: -each[0][1])
            if not best or best[0][0][1] < ALIKE:
                continue
            others = [
                hit
                for hit, one in best[1:]
                if (hit[0], one.place) != (best[0][0][0], best[0][1].place)
            ]
            if others and others[0][1] > best[0][0][1] - CLEARLY:
                continue
            hit, column = best[0]
            yield Piece("V", start, end, MISSPELLED, column=column.place, values=(hit[0],))
            return


def _longest_names(pieces: list[Piece]) -> list[Piece]:
    """Without names of columns that only begin as one does that is spelled out whole: no
    'incidents 85' of 'incidents 85 99'."""
    spelled = [one for one in pieces if one.tag == "C" and one.cost <= STEMMED]
    whole = max((one.end for one in spelled), default=0)
    return [one for one in pieces if one.tag != "C" or one.end >= whole]


_SIGN_BEHIND = re.compile(r"[+#*°]|-(?![\w])")
"""A sign that belongs to the word before it."""


_SIGNED = re.compile(r"\w[+#*]|\w-$")


def _begins_with(text: str, value: str) -> bool:
    rest = text[len(value) :]
    return text.startswith(value) and not (rest[:1].isalnum() or _SIGN_BEHIND.match(rest))


def _near(said: str, column: Column) -> list[tuple[str, float]]:
    found = process.extract(
        said, column.texts, scorer=fuzz.ratio, processor=str.casefold, limit=2,
        score_cutoff=ALIKE - CLEARLY,
    )  # fmt: skip
    return [(text, score) for text, score, _ in found]
