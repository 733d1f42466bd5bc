"""Leaning: whether a larger number makes a policy looser or stricter, where that can be said.

A named value leans as its uses do: what only raises requirements is stricter when it grows, what only raises
hours and ceilings is looser. Where its uses pull both ways, or one of them can't be judged, it does not lean.
That is said of the text, not of every person: whoever completes a subject is credited with as much as is
required of it, and so with less where less is required. Whom a change helps or hurts is for `impact` to say.
"""

from __future__ import annotations

from collections.abc import Iterable

from policyhours.desk.changes.statement import Statement
from policyhours.desk.changes.statements import Sheet
from policyhours.language.expression import Call, Constant, Expression, Name, Negation, Operation, names_in


class Leaning:
    """Tells for the statements of one policy whether a larger number is looser (1) or stricter (-1)."""

    def __init__(self, sheet: Sheet) -> None:
        self._facts = sheet.policy.rules().facts
        self._uses: dict[str, list[tuple[Statement, Expression, int | None]]] = {}
        self._amounts: dict[str, list[Expression]] = {}
        for statement in sheet.statements.values():
            for amount, sense in statement.amounts:
                if statement.of_value:
                    self._amounts.setdefault(statement.of_value, []).append(amount)
                for name in dict.fromkeys(names_in(amount)):
                    self._uses.setdefault(name, []).append((statement, amount, sense))
        self._open: set[str] = set()
        self._known: dict[str, int | None] = {}

    def of(self, statement: Statement) -> int | None:
        """The sense of a larger number in the statement; ``None`` where it can't be said."""
        return self._of_value(statement.of_value) if statement.of_value else statement.sense or None

    def _of_value(self, name: str) -> int | None:
        if name in self._open:
            return None
        if name not in self._known:
            self._open.add(name)
            found = [self._of_use(name, *use) for use in self._uses.get(name, ())]
            self._open.discard(name)
            self._known[name] = _together(found) or None
        return self._known[name]

    def _of_use(self, name: str, user: Statement, amount: Expression, sense: int | None) -> int | None:
        if user.of_value:
            sense = self._of_value(user.of_value)
        if sense == 0:
            return 0
        slope = self._slope(amount, name)
        return None if slope is None or sense is None else slope * sense

    def _slope(self, expression: Expression, name: str) -> int | None:
        """Whether the expression grows (1) or shrinks (-1) with the name; 0 where it depends on others."""
        match expression:
            case Constant():
                return 0
            case Name(id=here):
                return int(here == name)
            case Negation(operand):
                return _turned(self._slope(operand, name))
            case Operation(sign, left, right):
                a, b = self._slope(left, name), self._slope(right, name)
                if sign in "*/":
                    a = a if a == 0 or self._never_negative(right) else None
                    b = b if b == 0 or self._never_negative(left) else None
                return _together([a, _turned(b) if sign in "-/" else b])
            case Call("round_to", (what, step)):
                return self._slope(what, name) if self._slope(step, name) == 0 else None
            case Call(_, arguments):
                return _together([self._slope(part, name) for part in arguments])
            case _:
                return None

    def _never_negative(self, expression: Expression) -> bool:
        match expression:
            case Constant(value):
                return value >= 0
            case Name(id=name):
                if name in self._facts:
                    least = self._facts[name].at_least
                    return least is not None and least >= 0
                if name not in self._amounts:
                    return True  # hours of a subject, or the total
                return all(self._never_negative(amount) for amount in self._amounts[name])
            case Operation("-", _, _) | Negation(_):
                return False
            case Operation(_, left, right):
                return self._never_negative(left) and self._never_negative(right)
            case Call("max", arguments):
                return any(self._never_negative(part) for part in arguments)
            case Call(_, arguments):
                return all(self._never_negative(part) for part in arguments)
            case _:
                return False


def _turned(slope: int | None) -> int | None:
    return None if slope is None else -slope


def _together(slopes: Iterable[int | None]) -> int | None:
    """What all of them say, those aside that say nothing either way; ``None`` where they disagree."""
    found = set(slopes) - {0}
    if not found:
        return 0
    return next(iter(found)) if len(found) == 1 else None
