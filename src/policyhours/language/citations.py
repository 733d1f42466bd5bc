"""Citations: every clause of the document is either encoded or listed with a reason, and none twice.

A policy declares the structure of its document (articles 条, paragraphs 款, items 项). What is encoded
follows from the citations that its provisions carry; ``not_encoded`` lists the rest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from policyhours.language.words import child, entries_at, items_at, text_at
from policyhours.text.finding import Finding
from policyhours.text.tree import Mapping, Node, Scalar, Sequence

_DIGITS = "零一二三四五六七八九"
_CITATION = re.compile(
    r"第([零一二三四五六七八九十百]+)条(?:第([零一二三四五六七八九十百]+)款)?(?:第([零一二三四五六七八九十百]+)项)?"
)

_COUNT = r"([0-9]{1,2}|[零一二三四五六七八九十百]+)"
_LOOSE = re.compile(rf"(细则|通知)?第?{_COUNT}条(?:第?{_COUNT}款)?(?:第?[(]?{_COUNT}[)]?项?)?")
_SHORT = re.compile(r"(细则|通知)?第?([0-9]{1,2})(?:条)?[(]([0-9]{1,2})[)]()")


@dataclass(frozen=True, slots=True, order=True)
class Clause:
    """A clause of a document; 0 stands for a part that it does not have."""

    article: int
    paragraph: int
    item: int

    def __str__(self) -> str:
        parts = ((self.article, "条"), (self.paragraph, "款"), (self.item, "项"))
        return "".join(f"第{chinese_number(number)}{name}" for number, name in parts if number)


FILING: Final = "细则"
"""What stands before a clause of a filing, for the upper text's bear their numbers alone."""


def parse_citation(text: str, document: str = "") -> Clause | None:
    """The clause of a document that a citation names; ``None`` where it names another document's.

    Args:
        text: the citation.
        document: what stands before the clauses of the document: nothing, or `FILING`.
    """
    found = _CITATION.fullmatch(text.removeprefix(document)) if text.startswith(document) else None
    if found is None:
        return None
    return Clause(*(_number(part) if part else 0 for part in found.groups()))


def as_citation(raw: str) -> str | None:
    """The citation that a text such as ``第8条第6项``, ``8(6)`` or ``八条六项`` means; ``None`` for none."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", raw)).removeprefix("《").removesuffix("》")
    if found := _LOOSE.fullmatch(text):
        document, article, paragraph, item = found.groups()
    elif found := _SHORT.fullmatch(text):
        document, article, item, paragraph = found.groups()
    else:
        return None
    parts = ((article, "条"), (paragraph, "款"), (item, "项"))
    return (document or "") + "".join(f"第{_chinese(count)}{word}" for count, word in parts if count)


def _chinese(count: str) -> str:
    """A count in Chinese numerals; one that is already so as it is."""
    return chinese_number(int(count)) if count.isdecimal() else count


def chinese_number(number: int) -> str:
    """A number from 1 to 999 in Chinese."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if hundreds:
        inner = f"{_DIGITS[tens]}十" if tens else "零" if ones else ""
        return f"{_DIGITS[hundreds]}百{inner}{_DIGITS[ones] if ones else ''}"
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _number(text: str) -> int:
    hundreds, found, rest = text.rpartition("百")
    value = 100 * (_DIGITS.index(hundreds) if hundreds else 1) if found else 0
    tens, ten, ones = rest.rpartition("十")
    if ten:
        value += 10 * (_DIGITS.index(tens[-1]) if tens else 1)
    return value + (_DIGITS.index(ones[-1]) if ones else 0)


def clauses_of(structure: Node | None) -> list[Clause]:
    """Every clause that a document has by its structure: the paragraphs and items, else the article."""
    sizes = {entry.key: entry.value for entry in entries_at(structure)}
    last = sizes.get("条")
    found: list[Clause] = []
    for article in range(
        1, (last.value if isinstance(last, Scalar) and isinstance(last.value, int) else 0) + 1
    ):
        inside = sizes.get(f"第{chinese_number(article)}条")
        paragraphs, items = (_count(child(inside, key)) for key in ("款", "项"))
        found += [Clause(article, number, 0) for number in range(1, paragraphs + 1)]
        found += [Clause(article, 0, number) for number in range(1, items + 1)]
        if not paragraphs and not items:
            found.append(Clause(article, 0, 0))
    return found


def _count(node: Node | None) -> int:
    return node.value if isinstance(node, Scalar) and isinstance(node.value, int) else 0


def citations_in(node: Node) -> Iterator[Scalar]:
    """Every citation that the provisions of a tree carry."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Sequence):
            waiting += here.items
        elif isinstance(here, Mapping):
            for entry in here.entries:
                if entry.key == "article":
                    cited = items_at(entry.value) or (entry.value,)
                    yield from (item for item in cited if isinstance(item, Scalar))
                elif entry.key not in ("structure", "not_encoded"):
                    waiting.append(entry.value)


def check_citations(tree: Mapping) -> list[Finding]:
    """What is wrong with the ledger of a policy that declares the structure of its document."""
    structure = tree.get("structure")
    if structure is None:
        return []
    clauses = clauses_of(structure)
    document = FILING if text_at(tree.get("authority")) == "industry" else ""
    cited: dict[Clause, Scalar] = {}
    faults = []
    for scalar in citations_in(tree):
        clause = parse_citation(scalar.raw, document)
        if clause is None:
            continue
        cited.setdefault(clause, scalar)
        if clause not in clauses:
            faults.append(Finding("PH710", scalar.place, {"found": scalar.raw}))
    listed: set[Clause] = set()
    for entry in entries_at(tree.get("not_encoded")):
        clause = parse_citation(entry.key, document)
        if clause is None or clause not in clauses:
            faults.append(Finding("PH710", entry.key_place, {"found": entry.key}))
            continue
        listed.add(clause)
        if clause in cited:
            also = (("first", cited[clause].place),)
            faults.append(Finding("PH712", entry.key_place, {"found": entry.key}, also))
    entry_of = tree.entry("structure")
    assert entry_of is not None
    for clause in clauses:
        if clause not in cited and clause not in listed:
            faults.append(Finding("PH711", entry_of.key_place, {"found": f"{document}{clause}"}))
    return faults
