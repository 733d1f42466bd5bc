"""Earlier: a result as an earlier run recorded it, read back from its file.

A result of this run is read back in the same way, from its own record, so that two results are compared as
like with like.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from policyhours.assess.result import (
    ActivityResult,
    Completed,
    Cured,
    Reason,
    RequirementResult,
    ReviewResult,
    YearResult,
)
from policyhours.language.number import Range, Rational, exact
from policyhours.language.structure import deviation_of
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import read_source, shown_path
from policyhours.version import VERSION

MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest file that is read, in bytes; the result of a case has some three thousand."""

_NAMED: Final = 5
_DIGITS: Final = 30
_BLANK: Final = re.compile(r"\s*")
NOT_SUBJECTS: Final = frozenset(
    {
        "policy", "verdict", "why", "total", "requirements", "activities", "completed", "cured", "decided",
        "deferred_until", "depends_on_readings", "route", "route_missing", "certificate", "advice",
    }
)  # fmt: skip
"""The parts of a year; every other one is a subject."""

_NOTHING: Final = Range(0, 0)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A result as it was recorded.

    Attributes:
        digest: of the case's content.
        program: the version of the program.
        policies: the digests of the policies that took part, by ``id@version``.
        readings: the contested readings that were consulted, with the option chosen.
        stated: what the case stated, as `stated.stated` gives it.
        years: the results by year. A reason says what was recorded, by the code ``told``.
    """

    case: str
    official: bool
    digest: str
    program: str
    policies: Mapping[str, str]
    readings: Mapping[str, str]
    stated: Mapping[str, Any]
    years: Mapping[int, YearResult]
    review: ReviewResult | None


def earlier_results(path: Path) -> dict[str, Earlier]:
    """The results in a file that ``evaluate --format json`` wrote, by case.

    Raises:
        Refused: where it can't be read, is something else, was altered, or holds a case twice.
    """
    name, found = shown_path(path), dict[str, Earlier]()
    for data in _records(read_source(path, limit=MAX_BYTES).text, name):
        result = _read(data, name)
        if result.case in found:
            raise _refused("DK114", name, case=result.case)
        found[result.case] = result
    return found


def earlier_of(case: str, found: Mapping[str, Earlier], path: Path) -> Earlier:
    """The earlier result of a case.

    Args:
        case: its id.
        found: the results in the file.
        path: of the file.

    Raises:
        Refused: where there is none.
    """
    if case in found:
        return found[case]
    names = "、".join([*found][:_NAMED]) + ("……" if len(found) > _NAMED else "")
    raise _refused("DK113", shown_path(path), case=case, found=names)


def result_of(data: Mapping[str, Any]) -> Earlier:
    """The result that a record holds; a record is as ``result.schema.json`` says."""
    receipt, review = data["receipt"], data["title_review"]
    return Earlier(
        case=data["case"],
        official=data["official"],
        digest=receipt["case"],
        program=receipt["policyhours"],
        policies=receipt["policies"],
        readings=receipt["readings"],
        stated=data["stated"],
        years={int(year): _year(int(year), found) for year, found in data["years"].items()},
        review=None
        if review is None
        else ReviewResult(
            review["year"], review["policy"], review["verdict"], _reason({"code": "review", **review})
        ),
    )


# ── the file ──


def _records(text: str, name: str) -> Iterator[Any]:
    """What the JSON texts of a file say, one after another; there is at least one."""
    decoder = json.JSONDecoder(object_pairs_hook=_once, parse_float=Decimal, parse_constant=Decimal)
    at = _after_blanks(text, 0)
    while True:
        try:
            data, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as fault:
            place = fault.pos if isinstance(fault, json.JSONDecodeError) else at
            raise _refused("DK110", name, line=str(text.count("\n", 0, place) + 1)) from None
        yield data
        at = _after_blanks(text, end)
        if at == len(text):
            return


def _after_blanks(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _read(data: Any, name: str) -> Earlier:
    """The result that the data of a file is."""
    where = deviation_of(data, "result")
    if where is None:
        try:
            return result_of(data)
        except (ValueError, IndexError):  # a day that is none, thousands of digits, years that are not two
            where = ()
    program = _at(data, ("receipt", "policyhours"))
    if isinstance(program, str) and _release(program) > _release(VERSION):
        raise _refused("DK112", name, found=program, expected=VERSION)
    value = _at(data, where)
    if where and isinstance(value, int | Decimal) and not isinstance(value, bool):
        raise _refused("DK115", name, where=_steps(where), found=str(value)[:_DIGITS])
    words = {"where": _steps(where) or "整个文件", "where_en": _steps(where) or "all of it"}
    raise _refused("DK111", name, **words)


def _at(data: Any, steps: tuple[str, ...]) -> Any:
    """What stands there; ``None`` where nothing does."""
    for step in steps:
        if isinstance(data, dict):
            data = data.get(step)
        else:
            data = data[int(step)] if isinstance(data, list) and step.isdecimal() else None
    return data


def _steps(where: tuple[str, ...]) -> str:
    return " › ".join(where)


def _release(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"[0-9]{1,9}", version)[:3])


def _refused(code: str, name: str, **words: str) -> Refused:
    return Refused((Finding(code, None, {"file": name, **words}),))


# ── a record ──


def _year(number: int, data: Mapping[str, Any]) -> YearResult:
    why = data.get("why")
    return YearResult(
        year=number,
        policy=data["policy"],
        verdict=data["verdict"],
        why=None if why is None else _reason(why),
        subjects={name: _range(hours) for name, hours in data.items() if name not in NOT_SUBJECTS},
        total=_range(data["total"]),
        requirements=tuple(_requirement(each, number) for each in data["requirements"]),
        activities=tuple(_activity(name, found) for name, found in data["activities"].items()),
        completed=tuple(
            Completed(each["subject"], tuple(each["by"]), each["certain"], _cited(each))
            for each in data["completed"]
        ),
        cured=tuple(
            Cured(each["subject"], _range(each["hours"]), each["from_year"], each["to_year"], _cited(each))
            for each in data["cured"]
        ),
        deferred_until=data.get("deferred_until"),
        decided=tuple(_reason(each) for each in data["decided"]),
        depends_on=(),
        route=tuple(data["route"]),
        route_missing=tuple(data["route_missing"]),
        blockers=(),
        advice=(),
    )


def _requirement(data: Mapping[str, Any], number: int) -> RequirementResult:
    years = data.get("years")
    return RequirementResult(
        of=data["of"],
        kinds=tuple(data.get("kinds", ())),
        over=None if years is None else (_relative(years[0], number), _relative(years[1], number)),
        required=_range(data["required"]),
        have=_range(data["have"]),
        shortfall=_range(data["shortfall"]),
        verdict=data["verdict"],
        article=_cited(data),
    )


def _relative(year: int | None, number: int) -> Range:
    return Range(None, None) if year is None else Range(year - number, year - number)


def _activity(name: str, data: Mapping[str, Any]) -> ActivityResult:
    return ActivityResult(
        id=name,
        kind=data["kind"],
        title=data["kind"],
        day=date.fromisoformat(data["date"]),
        claimed=_range(data["claimed"]),
        hours=_range(data["hours"]),
        outcome=data["outcome"],
        because=tuple(_reason(each) for each in data["because"]),
        unknown=tuple(_reason(each) for each in data["unknown"]),
        notes=(),
    )


def _reason(data: Mapping[str, Any]) -> Reason:
    hours = data.get("hours")
    if isinstance(hours, str):
        hours = {"low": hours, "high": hours}
    return Reason(
        "told",
        _cited(data),
        None if hours is None else _range(hours),
        {"text": data["text"], "code": data["code"]},
        tuple(data.get("with", ())),
    )


def _cited(data: Mapping[str, Any]) -> tuple[str, ...]:
    return (data["article"],) if data["article"] else ()


def _range(data: Mapping[str, str | None] | None) -> Range:
    """A range; of a year that can't be assessed no hours are recorded."""
    return _NOTHING if data is None else Range(_number(data["low"]), _number(data["high"]))


def _number(text: str | None) -> Rational | None:
    return None if text is None else exact(Fraction(text))
