"""Edits of the kinds that people make when they write a policy, one at a time.

Every edit says of what kind it is. A kind belongs to one of three families: it changes the form of a file
(anything that names, forms or bounds something), only what the file means, or which clause it cites.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

FORM = frozenset({
    "typo in a key", "typo in a name", "typo in an option", "unit confused", "line mis-indented",
    "full-width colon", "full-width comma", "clause that does not exist", "impossible date",
    "date out of range", "number out of bounds", "ceiling raised", "share lowered",
    "name of a formula misspelt", "line doubled",
})  # fmt: skip
"""The kinds that lint alone is to catch: structure, references, formulas, conformity."""

CITING = frozenset({"another clause", "clause that does not exist, number of clauses not given"})
"""Citations that cannot be checked: only who reads the law knows that the clause is another."""

DECLARING = frozenset({"values", "facts", "readings", "standards", "subjects"})
"""Sections whose entries are names that the file itself chooses."""

CHOICES = re.compile(r"(?:one_of|extends|options|grounds|certified_by|routes|channels): \{([^}]*)")
KEYS = re.compile(r"(?<![\w.])([a-z_]{3,}):(?= )")
NUMBER = re.compile(r"(?<=: )(\d+(?:/\d+|\.\d+)?)(?=[,}\s])")
CLAUSE = re.compile(r"第([一二三四五六七八九十]+)条(第[一二三四五六七八九十]+[款项])?")
DATE = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")
UNITS = {"hour": "day", "day": "hour", "minute": "hour", "year": "hour", "subject": "item"}


Change = tuple[str, tuple[str, ...]]
"""The kind of an edit, and what stands in place of the line."""


@dataclass(frozen=True)
class Edit:
    """One edit of a file: the line number from 1, what stood there, what stands there now (several lines)."""

    kind: str
    line: int
    before: str
    after: tuple[str, ...]

    def of(self, lines: list[str]) -> bytes:
        """The file with the edit."""
        return "\n".join([*lines[: self.line - 1], *self.after, *lines[self.line :], ""]).encode()

    @property
    def key(self) -> str:
        """What names the edit in the list of equivalent ones."""
        return f"{self.before.strip()} => {' ⏎ '.join(part.strip() for part in self.after) or '—'}"


def edits(lines: list[str], chance: random.Random) -> Iterator[Edit]:
    """Every edit that is tried on a file; `chance` picks places within a line."""
    filing = any(line.startswith("implements:") for line in lines)
    counted = filing or any(line.startswith("structure:") for line in lines)
    section = ""
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line.startswith(" "):
            section = line.partition(":")[0]
        declares = section in DECLARING
        changed = (*_of_line(line, chance, counted, declares), *_of_numbers(line, filing), *_of_meaning(line))
        for kind, after in changed:
            if after != (line,):
                yield Edit(kind, number, line, after)


def _of_line(line: str, chance: random.Random, counted: bool, declares: bool) -> Iterator[Change]:
    yield "line dropped", ()
    yield "line doubled", (line, line)
    if line.startswith("  "):
        yield "line mis-indented", (line[1:],)
    yield "line mis-indented", (f" {line}",)
    for found in KEYS.finditer(line):
        name = found[1]
        option = any(choice.start(1) <= found.start() < choice.end(1) for choice in CHOICES.finditer(line))
        named = declares and re.match(r"  [a-z]", line) is not None and found.start() == 2
        kind = "typo in a name declared here" if option or named else "typo in a key"
        yield kind, (line[: found.start(1)] + _typo(name, chance) + line[found.end(1) :],)
    if (colon := re.search(r"(?<=[\w}\]]): (?=[^ ])", line)) is not None:
        yield "full-width colon", (line[: colon.start()] + "：" + line[colon.end() :],)
    if (comma := re.search(r", ", line)) is not None and "{" in line:
        yield "full-width comma", (line[: comma.start()] + "，" + line[comma.end() :],)
    for found in re.finditer(r"(?<=[:\[] )([a-z_]{4,})(?=[,}\]]|$)|(?<=\[)([a-z_]{4,})(?=[,\]])", line):
        word = found[0]
        yield "typo in a name", (line[: found.start()] + _typo(word, chance) + line[found.end() :],)
    if (formula := re.search(r"is: ([a-z_]+(?: [*/+-] [a-z_]+)+)", line)) is not None:
        yield from _of_formula(line, formula, chance)
    for found in re.finditer(r"unit: ([a-z/]+)", line):
        first = found[1].partition("/")[0]
        other = found[1].replace(first, UNITS.get(first, "person"), 1)
        yield "unit confused", (line[: found.start(1)] + other + line[found.end(1) :],)
    for found in CLAUSE.finditer(line):
        if "article" in line:
            there = "细则第九十九条" if line[: found.start()].endswith("细则") else "第九十九条"
            yield (
                f"clause that does not exist{'' if counted else ', number of clauses not given'}",
                (line[: found.start()].removesuffix("细则") + there + line[found.end() :],),
            )
            yield "another clause", (line[: found.start()] + _other_clause(found[0]) + line[found.end() :],)
    for found in DATE.finditer(line):
        yield "impossible date", (line[: found.start()] + f"{found[1]}-02-30" + line[found.end() :],)
        yield (
            "date out of range",
            (line[: found.start()] + f"1{found[1][1:]}-{found[2]}-{found[3]}" + line[found.end() :],),
        )
        yield "another day", (line[: found.start()] + f"{found[1]}-{found[2]}-17" + line[found.end() :],)


def _of_formula(line: str, formula: re.Match[str], chance: random.Random) -> Iterator[Change]:
    text = formula[1]
    for sign, other in (("*", "/"), ("*", "+"), ("/", "*"), ("+", "-"), ("-", "+")):
        if f" {sign} " in text:
            changed = text.replace(f" {sign} ", f" {other} ", 1)
            yield "operator changed", (line.replace(text, changed),)
    name = chance.choice(re.findall("[a-z_]+", text))
    yield "name of a formula misspelt", (line.replace(text, text.replace(name, _typo(name, chance), 1)),)


def _of_numbers(line: str, filing: bool) -> Iterator[Change]:
    for found in NUMBER.finditer(line):
        value = found[1]

        def put(other: str, found: re.Match[str] = found) -> tuple[str, ...]:
            return (line[: found.start()] + other + line[found.end() :],)

        if (
            filing and ".ceiling:" in line
        ):  # one of the upper text; what a text sets itself is ten times as much
            yield "ceiling raised", put(f"{value}0" if value.isdigit() else "99")
        if filing and line.lstrip().startswith("professional_share:"):
            yield "share lowered", put("1/2" if value != "1/2" else "1/3")
        elif "/" in value:
            yield "number changed", put("1/2" if value != "1/2" else "1/3")
        of_fact = "type:" in line  # its bounds; what lies between them is the same
        if value.isdigit() and not of_fact:
            yield "number changed", put(str(int(value) + 1))
            yield "number changed", put(str(max(0, int(value) - 1)) if int(value) else "2")
            yield "number out of bounds", put(f"-{value}" if int(value) else "-1")
            yield "ten times as much", put(f"{value}0")
        if value.isdigit() and of_fact:
            yield "bound of a fact changed", put(f"{value}0" if int(value) else "3")


def _of_meaning(line: str) -> Iterator[Change]:
    for one, other in (("true", "false"), ("passed", "failed"), ("any", "none")):
        if re.search(rf": {one}(?=[,}}])", line):
            yield "condition negated", (re.sub(rf": {one}(?=[,}}])", f": {other}", line, count=1),)
    if line.lstrip().startswith("- {") and "otherwise:" in line:
        yield "condition dropped", ()
    if (several := re.search(r"\[([a-z_]+), ([a-z_, ]+)\]", line)) is not None:
        yield "option dropped from a list", (line.replace(several[0], f"[{several[2]}]"),)
    for found in re.finditer(r"(\d+)\.\.", line):
        yield "range shifted", (line[: found.start()] + f"{int(found[1]) + 1}.." + line[found.end() :],)


def _typo(word: str, chance: random.Random) -> str:
    """The word with two letters swapped, one left out or one doubled."""
    at = chance.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    ways = [w for w in (swapped, word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]) if w != word]
    return chance.choice(ways)


def _other_clause(clause: str) -> str:
    digits = "一二三四五六七八九"
    for old, new in pairwise(digits):
        if f"第{old}条" in clause:
            return clause.replace(f"第{old}条", f"第{new}条")
    return "第三条"
