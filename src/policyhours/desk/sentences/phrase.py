"""Phrases: expressions, patterns and conditions of a policy as Chinese, generated from the data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policyhours.desk.wording import number_text
from policyhours.language.expression import (
    Bounded,
    Call,
    Constant,
    Expression,
    Name,
    Negation,
    Operation,
    Table,
    Unfiled,
)
from policyhours.language.number import Range
from policyhours.language.pattern import Anything, Between, OneOf, Pattern
from policyhours.language.rules import Condition, Fact

_SIGNS: Final = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
_CALLS: Final = {"min": "{}中的最小者", "max": "{}中的最大者", "floor": "{}舍去零数", "ceil": "{}进为整数"}
_BINDS: Final = {"+": 1, "-": 1, "*": 2, "/": 2}


def expression_phrase(expression: Expression, titles: Mapping[str, str], facts: Mapping[str, Fact]) -> str:
    """An expression in words; `titles` names values, facts, subjects and the total."""
    match expression:
        case Constant(value, written):
            return written if "/" in written else number_text(value)
        case Name(id=name):
            return titles.get(name, name)
        case Negation(operand):
            return f"负的（{expression_phrase(operand, titles, facts)}）"
        case Operation(sign, left, right):
            sides = (
                _side(left, sign, titles, facts, right=False),
                _side(right, sign, titles, facts, right=True),
            )
            return _SIGNS[sign].join(sides)
        case Call("round_to", (what, step)):
            rounded, unit = (expression_phrase(part, titles, facts) for part in (what, step))
            return f"{rounded}（四舍五入到{unit}的倍数）"
        case Call(function, arguments):
            inner = "、".join(expression_phrase(part, titles, facts) for part in arguments)
            return _CALLS[function].format(inner if len(arguments) > 1 else f"（{inner}）")
        case Table():
            held = _unwrapped(expression)
            if held is not expression:
                return expression_phrase(held, titles, facts)
            return table_phrase(expression, titles, facts)
        case Bounded(value, at_least, at_most):
            ends = (("不低于", at_least), ("不高于", at_most))
            bounds = "、".join(f"{word}{expression_phrase(end, titles, facts)}" for word, end in ends if end)
            return f"{expression_phrase(value, titles, facts)}（{bounds}，超出的不予认定）"
        case Unfiled(at_least, at_most):
            return f"由行业实施细则规定（{_bounds(Range(at_least, at_most))}）"


def _side(
    side: Expression, sign: str, titles: Mapping[str, str], facts: Mapping[str, Fact], *, right: bool
) -> str:
    text = expression_phrase(side, titles, facts)
    if not isinstance(side, Operation):
        return text
    looser = _BINDS[side.operator] < _BINDS[sign]
    same_on_right = right and sign in "-/" and _BINDS[side.operator] == _BINDS[sign]
    return f"（{text}）" if looser or same_on_right else text


def _unwrapped(expression: Expression) -> Expression:
    """What a table with one row for everything comes to: no table at all."""
    while isinstance(expression, Table) and isinstance(expression.rows[0].key, Anything):
        expression = expression.rows[0].worth
    return expression


def table_phrase(table: Table, titles: Mapping[str, str], facts: Mapping[str, Fact]) -> str:
    """A table in one sentence, row by row; inner tables in brackets."""
    fact = facts[table.by]
    by_number = _is_number(key_phrase(table.rows[0].key, fact))
    after, is_ = ("，", "：") if by_number else ("：", "为")
    rows = []
    for row in table.rows:
        held = _unwrapped(row.worth)
        worth, key = expression_phrase(held, titles, facts), key_phrase(row.key, fact)
        rows.append(f"{key}（{worth}）" if isinstance(held, Table) else f"{key}{is_}{worth}")
    if table.otherwise is not None:
        rows.append(f"其他情形{is_}{expression_phrase(table.otherwise, titles, facts)}")
    return f"按{fact.title}{after}" + "，".join(rows)


def amounts_phrase(table: Table, unit: str, facts: Mapping[str, Fact]) -> str | None:
    """A table of bare numbers, in short; ``None`` where a row is worth anything else."""
    worths = [row.worth for row in table.rows] + [table.otherwise] * (table.otherwise is not None)
    numbers = [number_text(worth.value) for worth in worths if isinstance(worth, Constant)]
    if len(numbers) < len(worths):
        return None
    fact = facts[table.by]
    keys = [key_phrase(row.key, fact) for row in table.rows] + ["其他"] * (table.otherwise is not None)
    is_ = "：" if _is_number(keys[0]) else ""
    rows = (f"{key}{is_}{number}" for key, number in zip(keys, numbers, strict=True))
    return f"按{fact.title}，" + "，".join(rows) + unit


def _is_number(key: str) -> bool:
    """Whether a key begins like a number, so that it cannot run into what follows."""
    return key[:1].isdigit() or key[:1] == "-"


def key_phrase(key: Pattern, fact: Fact) -> str:
    """The key of a row in words."""
    return "其他情形" if isinstance(key, Anything) else pattern_phrase(key, fact)


def pattern_phrase(pattern: Pattern, fact: Fact) -> str:
    """What a fact may be, in words; 以上 and 以下 include the number, and 及 says so."""
    match pattern:
        case Anything():
            return "不限"
        case OneOf(values):
            if fact.kind == "boolean":
                return "、".join("是" if v else "否" for v in sorted(values, key=str, reverse=True))
            ordered = [label for option, label in fact.options.items() if option in values]
            others = sorted(v for v in values if v not in fact.options and not isinstance(v, str))
            return "或".join([*ordered, *(number_text(v) for v in others), *_texts(values, fact)])
        case Between(span):
            above, below = ("以后", "以前") if fact.id == "year" else ("以上", "以下")
            if span.low is not None and span.high is None:
                return f"{number_text(span.low)}及{above}"
            return f"{number_text(span.high)}及{below}" if span.low is None else _bounds(span)


def _texts(values: frozenset[object], fact: Fact) -> list[str]:
    return sorted(v for v in values if isinstance(v, str) and v not in fact.options)


def _bounds(span: Range) -> str:
    if span.low is not None and span.high is not None:
        return f"{number_text(span.low)}至{number_text(span.high)}"
    if span.low is not None:
        return f"不少于{number_text(span.low)}"
    return f"不超过{number_text(span.high)}" if span.high is not None else "不限"


def condition_phrase(condition: Condition, facts: Mapping[str, Fact]) -> str:
    """A condition in words."""
    parts = []
    for name, pattern in condition.patterns:
        fact = facts[name]
        if pattern == OneOf(frozenset({True})):
            parts.append(fact.title)
        elif pattern == OneOf(frozenset({False})):
            parts.append(f"不是“{fact.title}”")
        elif isinstance(pattern, Anything):
            parts.append(f"{fact.title}不限")
        elif isinstance(pattern, Between):
            span = pattern.range
            whole = span.low is not None and span.high is not None
            parts.append(f"{fact.title}在{_bounds(span)}之间" if whole else f"{fact.title}{_bounds(span)}")
        elif (label := pattern_phrase(pattern, fact)) in ("是", "否"):
            parts.append(fact.title if label == "是" else f"不是“{fact.title}”")
        else:
            parts.append(f"{fact.title}为{label}")
    return "，且".join(parts)
