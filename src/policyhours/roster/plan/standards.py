"""Standards in the plan: what one activity of a kind is worth, what is against it, what it completes."""

from __future__ import annotations

from dataclasses import dataclass

from policyhours.language.calculator import Calculator
from policyhours.language.expression import Unfiled
from policyhours.language.number import Range, Rational, as_range
from policyhours.language.rules import Ceiling, Rules, Standard
from policyhours.language.values import TOTAL
from policyhours.roster import causes
from policyhours.roster.plan import sql
from policyhours.roster.plan.conditions import conditions_of
from policyhours.roster.plan.facts import Facts
from policyhours.roster.plan.sql import Sql, Truth
from policyhours.roster.plan.tables import Columns
from policyhours.roster.plan.term import Beyond, Term, constant, term_of, unknown


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the plan says of the activities of one kind, under one policy.

    Attributes:
        worth: hours; NULL where only the evaluator can tell.
        endless: what it is worth has no upper end: a slot that nobody filled, under no ceiling.
        fails: causes for which it surely counts nothing, in order, each with when.
        open: causes for which it may count nothing, each with when.
        silent: when the row lacks its time.
        first, last: the years that it completes, relative to its own; ``None`` where it completes nothing.
        subject: what it completes.
        beyond: why the whole kind is beyond the plan, as a code; empty where it is not.
    """

    worth: Term
    endless: bool
    fails: tuple[tuple[str, Truth], ...]
    open: tuple[tuple[str, Truth], ...]
    silent: Truth
    first: Sql | None
    last: Sql | None
    subject: str
    beyond: str = ""


def ruling_of(rules: Rules, kind: str, present: Columns) -> Ruling:
    """What the plan says of a kind.

    Args:
        rules: of the policy.
        kind: of the standard.
        present: the columns that the table of activities has.
    """
    standard = rules.standards[kind]
    facts = Facts(rules, standard, present)
    try:
        _check(standard, rules)
        return _ruling(facts)
    except Beyond as why:
        first = last = sql.null() if standard.completes else None
        subject = standard.completes.subject if standard.completes else ""
        return Ruling(unknown(), False, (), (), facts.silent(), first, last, subject, str(why))


def ceiling_of(rules: Rules, kind: str) -> Ceiling | None:
    """The one ceiling over a kind alone.

    Raises:
        Beyond: where there are two.
    """
    own = [ceiling for ceiling in rules.ceilings if ceiling.of == {kind}]
    if len(own) > 1:
        raise Beyond("ceilings")
    return own[0] if own else None


def _ruling(facts: Facts) -> Ruling:
    rules, standard = facts.rules, facts.standard
    said = conditions_of(facts)
    opened = said.open
    endless = False
    if standard.hours is None:
        worth = constant(0)
    elif isinstance(standard.hours.expression, Unfiled):
        highest = _highest(rules, standard, standard.hours.expression.at_most)
        worth, endless = constant(highest or 0), highest is None
        opened = (*opened, (causes.UNFILED, True))
    else:
        worth = term_of(standard.hours.expression, facts.scope)
        if worth.low < 0:
            raise Beyond("negative")
    guard = sql.any_of((said.beyond, facts.unsaid()))
    if guard is not False:
        hidden = sql.case([(guard, sql.null())], worth.on(worth.parts))
        worth = Term(hidden, worth.parts, worth.low, worth.high, False)
    first, last = _span(facts)
    subject = standard.completes.subject if standard.completes else ""
    return Ruling(worth, endless, said.fails, opened, facts.silent(), first, last, subject)


def _check(standard: Standard, rules: Rules) -> None:
    """What the plan leaves to the evaluator from the start."""
    if standard.counts_in is not None:
        raise Beyond("counts_in")
    if standard.then:
        raise Beyond("then")
    if any(standard.id in c.of and (c.per or c.over) for c in rules.ceilings):
        raise Beyond("ceiling")
    if standard.completes is not None and standard.completes.subject == TOTAL:
        raise Beyond("completes")
    ceiling_of(rules, standard.id)


def _span(facts: Facts) -> tuple[Sql | None, Sql | None]:
    said = facts.standard.completes
    if said is None:
        return None, None
    ends = [term_of(end.expression, facts.scope) for end in (said.first, said.last)]
    if any(end.parts != 1 for end in ends):
        raise Beyond("span")
    first, last = (end.on(1) for end in ends)
    return first, last


def _highest(rules: Rules, standard: Standard, at_most: Rational | None) -> Rational | None:
    """The most that an activity of a kind can come to that no filing has settled; see `assess.worth`."""
    calculator = Calculator()
    given = {f.id: f.domain() for f in rules.facts.values() if f.of == "person"}
    known = {name: calculator.value(q, {}) for name, q in rules.parameters.items()}
    ceilings = [c for c in rules.ceilings if standard.id in c.of]
    spans: list[Range] = [as_range(calculator.value(c.hours, {**given, **known})) for c in ceilings]
    if any(span.low != span.high for span in spans):
        raise Beyond("ceiling")
    ends = [end for end in (at_most, *(span.high for span in spans)) if end is not None]
    return min(ends, default=None)
