"""Vocabulary: what may stand in each of the four tables of a roster, under one or several sets of rules.

Every industry has its own filing, and one run covers them all. So their facts, options and kinds are united:
a cell that fits the rules of some industry fits here. Whether it fits the person's own is a question for
`rows.read_row`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm

from policyhours.language.number import Rational, exact
from policyhours.language.rules import Entity, Fact, Rules
from policyhours.language.vocabulary import WORKED_OUT
from policyhours.roster.intake.columns import TABLES, Column, Table
from policyhours.roster.intake.fixed import COMMON, FIXED, spellings
from policyhours.roster.intake.folding import head_keys, key

_OF: Mapping[Table, Entity] = {"persons": "person", "activities": "activity"}
_REMEDIES = {"defer": "顺延", "reduce": "减少"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The columns of each table, by id, those that are no facts first."""

    tables: Mapping[Table, Mapping[str, Column]]

    def heads(self, table: Table) -> dict[str, tuple[str, ...]]:
        """Every word that may head a column, as `folding.key` gives it → the columns that it heads.

        One title may head several: the industries' filings are free to name different facts alike.
        """
        fixed = {column.id for column in FIXED[table]}
        whole: dict[str, list[str]] = {}
        bare: dict[str, list[str]] = {}
        for column in self.tables[table].values():
            for title in column.titles:
                as_it_stands, *without_brackets = head_keys(title)
                whole.setdefault(as_it_stands, []).append(column.id)
                for word in without_brackets:
                    bare.setdefault(word, []).append(column.id)
        found: dict[str, tuple[str, ...]] = {}
        for word, ids in (bare | whole).items():
            own = [id_ for id_ in ids if id_ in fixed]
            found[word] = tuple(dict.fromkeys(own[:1] or ids))
        return found | {key(id_): (id_,) for id_ in self.tables[table]}

    def named(self, table: Table, name: str) -> tuple[str, ...]:
        """The columns that an id or a title means."""
        heads = self.heads(table)
        return next((heads[word] for word in head_keys(name) if word in heads), ())


def vocabulary(rules: Sequence[Rules]) -> Vocabulary:
    """The vocabulary of all these rules together."""
    return Vocabulary({table: {c.id: c for c in _columns(table, rules)} for table in TABLES})


def _columns(table: Table, rules: Sequence[Rules]) -> list[Column]:
    fixed = [_with_options(column, rules) for column in FIXED[table]]
    facts: dict[str, list[Fact]] = {}
    for each in rules:
        for fact in each.facts.values():
            if fact.of == _OF.get(table) and fact.id not in WORKED_OUT:
                facts.setdefault(fact.id, []).append(fact)
    common = {c.id: c for c in COMMON} if table == "persons" else {}
    united = {id_: _united(several) for id_, several in facts.items()}
    for id_ in common.keys() & united.keys():
        titles = dict.fromkeys((*united[id_].titles, *common[id_].titles))
        united[id_] = replace(united[id_], titles=tuple(titles))
    return [*fixed, *(common | united).values()]


def _with_options(column: Column, rules: Sequence[Rules]) -> Column:
    """A column that is no fact, with the options that the rules give it."""
    reliefs = [each.relief for each in rules if each.relief is not None]
    match column.id:
        case "kind":
            found = _choice(column, [{s.id: s.title for s in r.standards.values()} for r in rules])
            return replace(found, policies=tuple(dict.fromkeys(r.ref for r in rules)))
        case "ground":
            return _choice(column, [relief.grounds for relief in reliefs])
        case "certified_by":
            return _choice(column, [relief.certifiers for relief in reliefs])
        case "remedy":
            titles = [{r.id: r.title for r in relief.remedies.values()} for relief in reliefs]
            return _choice(column, [_REMEDIES, *titles])
        case "level":
            levels = [r.facts["base_level"].options for r in rules if "base_level" in r.facts]
            return _choice(column, levels) if levels else replace(column, type="text")
        case _:
            return column


def _choice(column: Column, options: Iterable[Mapping[str, str]]) -> Column:
    """The column with all these options; a label that means several of them is contested."""
    united: dict[str, str] = {}
    means: dict[str, set[str]] = {}
    for some in options:
        for option, label in some.items():
            united[option] = label
        for spelling, option in spellings(some).items():
            means.setdefault(spelling, set()).add(option)
    contested = frozenset(spelling for spelling, found in means.items() if len(found) > 1)
    labels = {spelling: next(iter(found)) for spelling, found in means.items() if len(found) == 1}
    return replace(column, type="choice", options=united, labels=labels, contested=contested)


def _united(facts: Sequence[Fact]) -> Column:
    """One column for a fact that several rules declare; what no two agree on stays as it is stated."""
    first = facts[0]
    titles = tuple(dict.fromkeys(fact.title for fact in facts))
    kinds = {"text" if fact.kind == "identity" else fact.kind for fact in facts}
    if kinds == {"integer", "number"}:
        kinds = {"number"}
    if len(kinds) > 1:
        return Column(first.id, titles, "stated")
    (kind,) = kinds
    column = Column(first.id, titles, kind, unit=first.unit if len({f.unit for f in facts}) == 1 else None)
    if kind == "choice":
        return _choice(column, [fact.options for fact in facts])
    if kind not in ("integer", "number"):
        return column
    lows, highs = [f.at_least for f in facts], [f.at_most for f in facts]
    return replace(
        column,
        step=_common_step([f.step for f in facts]),
        at_least=None if None in lows else min(low for low in lows if low is not None),
        at_most=None if None in highs else max(high for high in highs if high is not None),
    )


def _common_step(steps: Sequence[Rational | None]) -> Rational | None:
    """The greatest number of which every step is a multiple; ``None`` where one has no step."""
    known = [Fraction(step) for step in steps if step is not None]
    if len(known) < len(steps):
        return None
    over, under = gcd(*(s.numerator for s in known)), lcm(*(s.denominator for s in known))
    return exact(Fraction(over, under))
