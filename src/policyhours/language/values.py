"""Values: from what a policy writes where a number stands, to a quantity that can be computed.

A value is a number, a formula of names, a table (`tables`), or an open slot, under one choice of readings
(`chosen`).
"""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from collections.abc import Set as AbstractSet
from typing import Final

from policyhours.language.calculator import Calculator, Quantity, quantity
from policyhours.language.chosen import Chosen
from policyhours.language.expression import (
    Bounded,
    Call,
    Constant,
    Expression,
    Name,
    Negation,
    Operation,
    Unfiled,
    names_in,
)
from policyhours.language.formula import FormulaFault, parse
from policyhours.language.meaning import Meaning, common, refusal
from policyhours.language.number import Range, Rational, as_range, contains
from policyhours.language.pattern import Given
from policyhours.language.rules import Entity, Fact, Origin
from policyhours.language.step import step_of
from policyhours.language.tables import Tables
from policyhours.language.unit import ANY, PURE, Unit, agree, parse_unit, product, quotient, unit_title
from policyhours.language.vocabulary import unknown
from policyhours.language.words import as_circle, child, number_at, text_at, texts_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.nearest import hint
from policyhours.text.tree import Entry, Node, Scalar

TOTAL: Final = "total"
OF_ACTIVITY: Final[AbstractSet[Entity]] = frozenset({"activity", "person"})
"""Whose facts may stand in what is asked of an activity."""
OF_PERSON: Final[AbstractSet[Entity]] = frozenset({"person"})
"""Whose facts may stand in what is asked of a year: requirements and ceilings."""


class Values:
    """The named values of a policy under one choice of readings, and whatever else is a value.

    `unit` is what the policy counts in: its totals count that.

    Attributes:
        chosen: the choice of readings.
    """

    def __init__(
        self,
        named: ReadOnly[str, Entry],
        facts: ReadOnly[str, Fact],
        subjects: ReadOnly[str, object],
        chosen: Chosen,
        unit: Unit,
    ) -> None:
        self._unit = unit
        self.chosen = chosen
        self._named, self._facts = named, facts
        self._tables = Tables(chosen, self._meaning, self._gone_by)
        self._parameters = frozenset(n for n, e in named.items() if child(e.value, "decision_may"))
        self._totals = {*subjects, TOTAL}
        self._known: dict[str, tuple[Meaning, frozenset[str]]] = {}
        self._open: list[str] = []
        self._domains: dict[str, Given] = {}
        self._calculator = Calculator()

    def quantity(
        self, node: Node, unit: Unit, *, totals: bool = False, facts: AbstractSet[Entity] = OF_ACTIVITY
    ) -> Quantity:
        """The quantity that a node states, which must count `unit`.

        Args:
            node: the value as written.
            unit: what it has to count.
            totals: the year's totals may stand in it (requirements).
            facts: whose facts may stand in it.

        Raises:
            Refused: for what is not a value of that unit, with the place and the remedy.
        """
        meaning = self._meaning(node, unit)
        if not agree(meaning.unit, unit):
            raise self._mismatch(node, meaning.unit, unit)
        for name in names_in(meaning.worked):
            fact = self._facts.get(name)
            if (name in self._totals and not totals) or (fact is not None and fact.of not in facts):
                raise refusal("PH412", node, found=name)
        return quantity(meaning.worked, meaning.stated, unit)

    def named(self, name: str) -> Quantity:
        """The quantity of a named value."""
        meaning = self._value_of(name)
        return quantity(meaning.worked, meaning.stated, meaning.unit)

    def measure(self, name: str) -> Fact | None:
        """A named value as what it may be, so that a table can go by it and a condition match it.

        Returns:
            ``None`` where no value bears the name.
        """
        if name not in self._named:
            return None
        worked, unit = self._name(Name(name), name)
        reach = self.reach(quantity(worked, worked, unit))
        steps = {fact.id: fact.step for fact in self._facts.values()}
        node = self._named[name].value
        return Fact(
            id=name,
            title=text_at(child(node, "title"), name),
            of="activity",
            kind="number",
            unit=None,
            step=step_of(worked, steps) or None,
            at_least=reach.low,
            at_most=reach.high,
            options={},
            attested=None,
            instead_of=(),
            origin=Origin("", texts_at(child(node, "article")), node.place),
        )

    @property
    def parameters(self) -> frozenset[str]:
        """The named values that a decision may replace."""
        return self._parameters

    def reach(self, what: Quantity) -> Range:
        """Everything the quantity can be, over all that the facts may be; an outer bound."""
        if isinstance(what.expression, Constant):
            return as_range(what.expression.value)
        if not self._domains:
            self._domains = {name: fact.domain() for name, fact in self._facts.items()}
            self._domains |= {name: Range(0, None) for name in self._totals}
        given = dict(self._domains)
        given |= {name: self.constant_named(name) for name in what.needs & self._parameters}
        try:
            return as_range(self._calculator.value(what, given))
        finally:
            self._calculator.gaps.clear()
            self._calculator.outside.clear()

    def _meaning(self, node: Node, unit: Unit) -> Meaning:
        if isinstance(node, Scalar):
            number = number_at(node)
            if number is not None:
                written = Constant(number, node.raw)
                return Meaning(written, written, unit)
            return self._formula(node)
        declared = child(node, "unit")
        if declared is not None:
            unit = parse_unit(text_at(declared))
        if (inner := child(node, "is")) is not None:
            meaning = self._bounded(self._meaning(inner, unit), node)
        elif child(node, "open_to") is not None:
            meaning = self._open_slot(node, unit)
        else:
            meaning = self._tables.read(node, unit)
        if declared is not None and not agree(meaning.unit, unit):
            raise self._mismatch(inner or node, meaning.unit, unit)
        return meaning if declared is None else Meaning(meaning.worked, meaning.stated, unit)

    def _bounded(self, meaning: Meaning, node: Node) -> Meaning:
        """The meaning within the bounds that a value states of itself, if it does."""
        ends = [child(node, key) for key in ("at_least", "at_most")]
        if ends == [None, None]:
            return meaning
        low, high = (None if end is None else self._meaning(end, meaning.unit) for end in ends)
        for end, said in zip((low, high), ends, strict=True):
            if end is not None and said is not None and not agree(end.unit, meaning.unit):
                raise self._mismatch(said, end.unit, meaning.unit)
        worked = Bounded(meaning.worked, low.worked if low else None, high.worked if high else None)
        stated = Bounded(meaning.stated, low.stated if low else None, high.stated if high else None)
        return Meaning(worked, stated, meaning.unit)

    def _mismatch(self, node: Node, found: Unit, expected: Unit) -> Refused:
        words = {"found": unit_title(found), "expected": unit_title(expected)}
        words |= {"found_en": unit_title(found, "en"), "expected_en": unit_title(expected, "en")}
        return refusal("PH411", node, **words)

    def _open_slot(self, node: Node, unit: Unit) -> Meaning:
        ends = [child(node, key) for key in ("at_least", "at_most")]
        low, high = (None if end is None else self.constant(end, unit) for end in ends)
        slot = Unfiled(low, high)
        return Meaning(slot, slot, unit)

    def constant(self, node: Node, unit: Unit) -> Rational:
        """The number that a node states by names of constants only, decisions aside (bounds).

        Raises:
            Refused: where it depends on a fact or on the year's totals.
        """
        meaning = self._meaning(node, unit)
        worked = quantity(meaning.worked, meaning.stated, unit)
        defaults = {name: self.constant_named(name) for name in worked.needs & self._parameters}
        if worked.needs - self._parameters:
            raise refusal("PH413", node)
        value = Calculator().value(worked, defaults)
        if isinstance(value, Range):
            raise refusal("PH413", node)
        return value

    def constant_named(self, name: str) -> Rational:
        """The number that a named value is, decisions aside."""
        return self.constant(self._named[name].value, ANY)

    def _formula(self, node: Scalar) -> Meaning:
        try:
            stated = parse(node.raw)
            worked, unit = self._work(stated)
        except FormulaFault as fault:
            place = node.place_at(fault.offset, fault.width)
            raise Refused((Finding(fault.code, place, fault.words),)) from None
        return Meaning(worked, stated, unit)

    def _work(self, stated: Expression) -> tuple[Expression, Unit]:
        """The expression with named values worked in, and what it counts."""
        match stated:
            case Constant():
                return stated, ANY
            case Name(id=name):
                return self._name(stated, name)
            case Negation(operand):
                worked, unit = self._work(operand)
                return Negation(worked), unit
            case Operation(sign, left, right, offset):
                (a, unit_a), (b, unit_b) = self._work(left), self._work(right)
                worked = Operation(sign, a, b, offset)
                if sign == "*":
                    return worked, product(unit_a, unit_b)
                if sign == "/":
                    self._check_divisor(b, offset)
                    return worked, quotient(unit_a, unit_b)
                return worked, common((unit_a, unit_b), offset)
            case Call(function, arguments, offset):
                done = [self._work(argument) for argument in arguments]
                unit = common(tuple(unit for _, unit in done), offset)
                if function == "round_to":
                    self._check_divisor(done[1][0], offset)
                return Call(function, tuple(worked for worked, _ in done), offset), unit
            case _:
                raise AssertionError(stated)

    def _name(self, stated: Name, name: str) -> tuple[Expression, Unit]:
        if name in self._named:
            meaning = self._value_of(name)
            return (stated if name in self._parameters else meaning.worked), meaning.unit
        if name in self._facts and self._facts[name].kind in ("integer", "number"):
            return stated, parse_unit(self._facts[name].unit)
        if name in self._totals:
            return stated, self._unit
        if name in self._facts:
            raise FormulaFault("PH414", stated.offset, len(name), found=name, fact=self._facts[name].title)
        numbers = [f.id for f in self._facts.values() if f.kind in ("integer", "number")]
        near = hint(name, [*self._named, *numbers, *sorted(self._totals)])
        raise FormulaFault("PH410", stated.offset, len(name), found=name, **near)

    def _value_of(self, name: str) -> Meaning:
        """A named value, worked out once; using it later consults the same readings again."""
        if name not in self._known:
            entry = self._named[name]
            if name in self._open:
                first, circle = as_circle(self._open[self._open.index(name) :], list(self._named))
                raise Refused((Finding("PH307", self._named[first].key_place, {"circle": circle}),))
            self._open.append(name)
            try:
                self._known[name] = self.chosen.noting(lambda: self._meaning(entry.value, PURE))
            finally:
                self._open.pop()
        meaning, consulted = self._known[name]
        self.chosen.consulted |= consulted
        return meaning

    def _check_divisor(self, divisor: Expression, offset: int) -> None:
        if contains(self.reach(quantity(divisor, divisor, ANY)), 0):
            raise FormulaFault("PH415", offset)

    def _gone_by(self, by: Node) -> tuple[Fact, Expression | None]:
        """The fact by which a table goes; for a named value, as what it may be, and what works it out."""
        name = text_at(by)
        if name in self._facts:
            return self._facts[name], None
        measure = self.measure(name)
        if measure is None:
            assert isinstance(by, Scalar)
            known = {**self.chosen.options, **self._facts, **self._named}
            raise Refused((unknown("PH305", by, name, known),))
        return measure, self._name(Name(name), name)[0]
