"""Facts in the plan: what an activity's columns say of it, for one standard.

A column that the input does not have is left out of the query: what registration attests then holds, of the
facts that state one amount in different ways the missing one is nothing, anything else is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from sqlglot import exp

from policyhours.language.rules import Fact, Rules, Standard
from policyhours.roster.plan import sql
from policyhours.roster.plan.sql import Sql, Truth
from policyhours.roster.plan.tables import Columns, step_in
from policyhours.roster.plan.term import Beyond, Key, Scope, Term, constant, number_column, term_of

MONTH: Final = "month"
"""The fact that is worked out from an activity's day."""

UNSAID: Final = "unknown"
"""The option of a choice that says that it is not known; only the evaluator can tell what it may be."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of activities of one kind.

    Attributes:
        present: the columns that the table of activities has.
    """

    rules: Rules
    standard: Standard
    present: Columns

    def key(self, name: str) -> Key:
        """A fact as a key; NULL where it is not known.

        Raises:
            Beyond: where the fact is not one of activities, or its column holds something else.
        """
        if name == MONTH:
            return Key(_month(), Fraction(1))
        fact = self._fact(name)
        return Key(self._column(fact), step_in(self.present, fact), fact.kind == "boolean")

    def number(self, name: str) -> Term:
        """A fact, or a value that a decision may replace, as a number.

        Raises:
            Beyond: where the fact is not a number of activities, or has no step or no bounds.
        """
        if name in self.rules.parameters:
            return term_of(self.rules.parameters[name].expression, NOTHING)
        if name == MONTH:
            return Term(_month(), 1, 1, 12, True)
        fact = self._fact(name)
        step = step_in(self.present, fact)
        if step is None:
            raise Beyond("fact")
        if name in self.standard.amounts and name not in self.present:
            return constant(0)
        surely = name in self.standard.amounts
        return number_column(self._column(fact), step, fact.at_least, fact.at_most, surely=surely)

    @property
    def scope(self) -> Scope:
        """The names that the standard's expressions may use."""
        return Scope(self.number, self.key)

    def raw(self, name: str) -> Sql | None:
        """A fact's column as it is; ``None`` where the input has none."""
        return sql.column(name) if name in self.present else None

    def silent(self) -> Truth:
        """Whether a timed activity states no time at all."""
        amounts = sorted(self.standard.amounts)
        return sql.all_of(sql.not_(stated(self.present, name)) for name in amounts) if amounts else False

    def unsaid(self) -> Truth:
        """Whether a choice that matters here is stated as unknown."""
        return sql.any_of(
            sql.compare(sql.column(name), exp.EQ, sql.text(UNSAID))
            for name in self.standard.reads
            if name in self.present and UNSAID in self.rules.facts[name].options
        )

    def _fact(self, name: str) -> Fact:
        fact = self.rules.facts[name]
        if fact.of != "activity":
            raise Beyond("person")
        return fact

    def _column(self, fact: Fact) -> Sql:
        """The fact's column, with what holds where it is silent."""
        here = sql.column(fact.id) if fact.id in self.present else None
        if fact.id in self.standard.amounts:
            return sql.coalesce(here, sql.whole(0)) if here is not None else sql.whole(0)
        if fact.attested is None:
            return here if here is not None else sql.null()
        holds = literal(fact, self.present)
        if "status" not in self.present:
            return sql.coalesce(here, holds) if here is not None else holds
        silent: list[Truth] = [is_registered()]
        if here is not None:
            silent.append(sql.is_null(here))
        return sql.case([(sql.all_of(silent), holds)], here if here is not None else sql.null())


def stated(present: Columns, name: str) -> Truth:
    """Whether a fact is stated."""
    return sql.is_known(sql.column(name)) if name in present else False


def clashing(rules: Rules, present: Columns) -> Truth:
    """Whether one amount is stated in two ways."""
    return sql.any_of(
        sql.all_of((stated(present, fact.id), stated(present, other)))
        for fact in rules.facts.values()
        if fact.of == "activity"
        for other in fact.instead_of
    )


def is_registered() -> Sql:
    """Whether the activity is registered; a silent cell says that it is."""
    registered = sql.text("registered")
    return sql.compare(sql.coalesce(sql.column("status"), registered), exp.EQ, registered)


def literal(fact: Fact, present: Columns) -> Sql:
    """What registration attests, as the fact's column would have it."""
    match fact.attested:
        case bool() as truth:
            return sql.as_sql(truth)
        case str() as option:
            return sql.text(option)
        case number if number is not None and (step := step_in(present, fact)) is not None:
            return sql.whole(int(Fraction(number) / step))
    raise Beyond("fact")


def _no_number(name: str) -> Term:
    raise Beyond(f"name {name}")


def _no_key(name: str) -> Key:
    raise Beyond(f"name {name}")


NOTHING: Final = Scope(_no_number, _no_key)
"""No names at all: what is the same for everybody."""


def _month() -> Sql:
    return exp.Extract(this=exp.Var(this="MONTH"), expression=sql.column("date"))
