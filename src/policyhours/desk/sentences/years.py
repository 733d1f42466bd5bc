"""Years in words: a stretch of years, relative to the one at hand."""

from __future__ import annotations

from collections.abc import Mapping

from policyhours.desk.sentences.phrase import expression_phrase, key_phrase
from policyhours.language.expression import Call, Constant, Expression, Name, Negation, Operation, Table
from policyhours.language.rules import Fact


def span_phrase(
    first: Expression, last: Expression, titles: Mapping[str, str], facts: Mapping[str, Fact]
) -> str:
    """The years from the first to the last: 当年连同前2年, 自毕业年度至当年."""
    if isinstance(first, Constant) and isinstance(last, Constant):
        return _years(int(first.value), int(last.value))
    if first == last:
        return _end(first, titles, facts)
    return f"自{_end(first, titles, facts)}至{_end(last, titles, facts)}"


def _years(first: int, last: int) -> str:
    if first == last:
        return _year(first)
    if last == 0:
        return f"当年连同前{-first}年"
    if first == 0:
        return f"当年及后{last}年"
    return f"{_year(first)}至{_year(last)}"


def _year(shift: int) -> str:
    """One year; the third before is 前第3年, for 前3年 would be three years."""
    if shift == 0:
        return "当年"
    side, far = ("后" if shift > 0 else "前"), abs(shift)
    return f"{side}{'' if far == 1 else '第'}{far}年"


def _end(end: Expression, titles: Mapping[str, str], facts: Mapping[str, Fact]) -> str:
    """A year that a number, a formula or a table gives."""
    match end:
        case Constant(value):
            return _year(int(value))
        case Operation("-", year, Name(id="year")):
            return expression_phrase(year, titles, facts)
        case Negation(back):
            return f"当年起向前（{expression_phrase(back, titles, facts)}）年"
        case Operation("-", Constant() as less, back):
            ago = back if less.value == 0 else Operation("-", back, less)
            return f"当年起向前（{expression_phrase(ago, titles, facts)}）年"
        case Call("min" | "max" as which, arguments):
            years = "、".join(_end(part, titles, facts) for part in arguments)
            return f"（{years}中{'较早' if which == 'min' else '较晚'}的一年）"
        case Table(by=by, rows=rows, otherwise=otherwise):
            fact = facts[by]
            said = [(key_phrase(row.key, fact), row.worth) for row in rows]
            said += [("其他情形", otherwise)] if otherwise is not None else []
            years = "，".join(f"{key}为{_end(worth, titles, facts)}" for key, worth in said)
            return f"（按{fact.title}：{years}）"
        case _:
            return f"当年加（{expression_phrase(end, titles, facts)}）年"
