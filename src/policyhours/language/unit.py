"""Units: what a number counts, so that hours are never added to days.

A unit is written ``hour``, ``day`` or a quotient such as ``minute/hour``; without one a number is a pure
number. The literals 0 and 1 of a formula take on the unit of what they stand beside (`ANY`).
"""

from __future__ import annotations

from collections import Counter
from typing import Final

Unit = tuple[tuple[str, int], ...] | None
"""Sorted (name, exponent) pairs; ``None`` is `ANY`."""

PURE: Final[Unit] = ()
ANY: Final[Unit] = None
HOUR: Final[Unit] = (("hour", 1),)
YEAR: Final[Unit] = (("year", 1),)

_CHINESE: Final = {
    "hour": "学时", "day": "天", "minute": "分钟", "year": "年", "subject": "科", "month": "个月",
    "item": "项", "credit": "学分", "char": "字", "person": "人",
}  # fmt: skip


def parse_unit(text: str | None) -> Unit:
    """The unit that a policy writes as `text`; none is a pure number."""
    if text is None:
        return PURE
    over, _, under = text.partition("/")
    return product(((over.strip(), 1),), ((under.strip(), -1),) if under else ())


def product(a: Unit, b: Unit) -> Unit:
    """The unit of a product."""
    if a is None or b is None:
        return a if b is None else b
    powers = Counter(dict(a))
    powers.update(dict(b))
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def quotient(a: Unit, b: Unit) -> Unit:
    """The unit of a quotient."""
    return product(a, None if b is None else tuple((name, -power) for name, power in b))


def agree(a: Unit, b: Unit) -> bool:
    """Whether two numbers of these units may be added or compared."""
    return a is None or b is None or a == b


def unit_title(unit: Unit, lang: str = "zh") -> str:
    """The unit in words, for a clerk: 学时, 分钟/学时."""
    if not unit:
        return "（无单位）" if lang == "zh" else "(no unit)"
    words = _CHINESE if lang == "zh" else {}
    over = "·".join(words.get(n, n) for n, power in unit for _ in range(power)) or "1"
    under = "·".join(words.get(n, n) for n, power in unit for _ in range(-power))
    return f"{over}/{under}" if under else over
