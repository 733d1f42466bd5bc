"""Leaves: what a node without parts says: an amount, a word, a plain list, a pattern, a citation."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Final

from policyhours.desk.changes.meaning import comparable, pattern_of, pattern_text
from policyhours.desk.changes.naming import Names
from policyhours.desk.changes.statement import Statement, Where
from policyhours.language.expression import Expression, Name
from policyhours.language.words import items_at, texts_at
from policyhours.text.tree import Node, Scalar

_SETS: Final = frozenset({"article", "issuers", "instead_of", "once_per", "over", "of", "requires"})
"""The keys of lists whose order says nothing."""


def leaf(node: Node, where: Where, names: Names) -> Statement:
    """What a scalar says, or a list of scalars."""
    if isinstance(node, Scalar):
        meaning, text, amount, data = names.scalar(node, where)
        sense = where.sense
        if amount is None or (sense is None and not where.of_value and where.last == "sets"):
            return where.says(meaning, text)
        return where.says(meaning, text, amounts=((amount, sense),), data=data)
    found = [names.scalar(item, where) for item in items_at(node) if isinstance(item, Scalar)]
    told: tuple[Hashable, ...] = tuple(meaning for meaning, *_ in found)
    texts = [text for _, text, *_ in found]
    if where.last == "years" and len(found) == 2:
        senses = (-1, 1) if where.kind == "completes" else (None, None)
        ends = [(a, s) for (_, _, a, _), s in zip(found, senses, strict=True) if a is not None]
        years = [_year(text) for text in texts]
        text = f"{years[0]}度" if years[0] == years[1] else f"自{years[0]}至{years[1]}"
        return where.says(told, text, amounts=tuple(ends))
    if where.last in _SETS:
        return where.says(frozenset(told), "、".join(texts))
    text = (" → " if where.address.startswith("review.") else "、").join(texts)
    uses = tuple((a, where.sense) for _, _, a, _ in found if a is not None)
    return where.says(told, text, amounts=uses)


def pattern(node: Node, where: Where, names: Names) -> Statement:
    """What a fact or a named value has to fit."""
    fits = pattern_of(node, where.fact)
    name = where.address.rpartition("requires.")[2].partition(".")[0]
    measured: tuple[tuple[Expression, int | None], ...] = ()
    if name in names.values:
        measured = ((Name(name), None),)
    said = where.says(comparable(fits), pattern_text(fits, where.fact), amounts=measured)
    return replace(said, pattern=(fits, where.fact), sense=-1 if where.presence else None)


def citation(node: Node, where: Where) -> Statement:
    """The articles that are cited."""
    cited = texts_at(node)
    said = replace(where, kind="citation", article=(), of_value="", sense=0)
    return said.says(frozenset(cited), "、".join(cited))


def _year(shift: str) -> str:
    """A year, relative to the activity's own."""
    if shift == "0":
        return "当年"
    if shift.removeprefix("-").isdigit():
        return f"前{shift[1:]}年" if shift.startswith("-") else f"后{shift}年"
    return f"当年＋（{shift}）"
