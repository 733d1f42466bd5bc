"""People in the plan: which scheme a person belongs to, and what is stated of the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlglot import exp

from policyhours.language.pattern import fits as settled
from policyhours.language.rules import Conditions, Rules
from policyhours.roster import causes
from policyhours.roster.plan import sql
from policyhours.roster.plan.facts import NOTHING, UNSAID, literal
from policyhours.roster.plan.sql import Sql, Truth
from policyhours.roster.plan.tables import Columns, step_in
from policyhours.roster.plan.term import Beyond, Key, Term, constant, fits, number_column, term_of
from policyhours.roster.plan.term import Scope as Names
from policyhours.roster.schemes import Scheme


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """The facts of a person in the year reported.

    Attributes:
        present: the columns that the table of persons has.
    """

    rules: Rules
    year: int
    present: Columns

    def key(self, name: str) -> Key:
        """A fact as a key; NULL where it is not known.

        Raises:
            Beyond: where it is not one of persons.
        """
        if name == "year":
            return Key(sql.whole(self.year), Fraction(1))
        fact = self.rules.facts[name]
        if fact.of != "person":
            raise Beyond("fact")
        here: Sql = sql.column(name) if name in self.present else sql.null()
        if UNSAID in fact.options and name in self.present:
            here = exp.Nullif(this=here, expression=sql.text(UNSAID))
        if fact.attested is not None:
            said = sql.column(name)
            silent = sql.is_null(said) if name in self.present else True
            here = sql.case([(silent, literal(fact, self.present))], here)
        return Key(here, step_in(self.present, fact), fact.kind == "boolean")

    def number(self, name: str) -> Term:
        """A fact, or a value that a decision may replace, as a number.

        Raises:
            Beyond: where the fact is no number of persons, or has no step or no bounds.
        """
        if name in self.rules.parameters:
            return term_of(self.rules.parameters[name].expression, NOTHING)
        if name == "year":
            return constant(self.year)
        fact, step = self.rules.facts.get(name), None
        if fact is not None:
            step = step_in(self.present, fact)
        if fact is None or step is None:
            raise Beyond("fact")
        return number_column(self.key(name).sql, step, fact.at_least, fact.at_most, surely=False)

    @property
    def scope(self) -> Names:
        """The names that expressions over a person may use."""
        return Names(self.number, self.key)


@dataclass(frozen=True, slots=True)
class Inside:
    """Whether the policy applies to a person (article 2).

    Attributes:
        fails: the cause of each condition of the scope, and when it surely fails.
        open: the cause of each fact that leaves it open, and when.
    """

    fails: tuple[tuple[str, Truth], ...]
    open: tuple[tuple[str, Truth], ...]


def inside(said: Conditions | None, facts: PersonFacts) -> Inside:
    """The conditions of the scope as truths over a person's columns."""
    fails: list[tuple[str, Truth]] = []
    opened: list[tuple[str, Truth]] = []
    for condition in said.requires if said else ():
        for name, pattern in condition.patterns:
            key = facts.key(name)
            fails.append((causes.of_condition(condition), sql.not_(fits(pattern, key))))
            if isinstance(key.sql, exp.Literal | exp.Boolean):
                continue
            unknown = sql.is_null(key.sql)
            match settled(pattern, facts.rules.facts[name].domain()):
                case None:
                    opened.append((causes.of_fact(name), unknown))
                case False:
                    fails.append((causes.of_condition(condition), unknown))
    return Inside(tuple(fails), tuple(opened))


def scheme_number(schemes: Sequence[Scheme], present: Columns) -> Sql:
    """Which of the schemes is a person's, by the industry; the last is for everybody of no other."""
    if "industry" not in present:
        return sql.whole(len(schemes) - 1)
    branches: list[tuple[Truth, Sql]] = [
        (
            sql.one_of(sql.column("industry"), [sql.text(name) for name in scheme.industries]),
            sql.whole(number),
        )
        for number, scheme in enumerate(schemes)
        if scheme.industries
    ]
    return sql.case(branches, sql.whole(len(schemes) - 1))
