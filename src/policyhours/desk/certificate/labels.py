"""Labels: what the claims of a certificate are called, and what they say, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from policyhours.desk.wording import mixed

_LABELS: Final = {
    "number": ("证书编号", "number"),
    "issuer": ("签发机关", "issuer"),
    "date": ("签发日期", "date"),
    "id": ("证件号码", "id number"),
    "title": ("职称（资格）", "title"),
    "year": ("年度", "year"),
    "hours": ("各科目", "subjects"),
    "total": ("合计", "total"),
    "required": ("要求", "required"),
    "unit": ("计量单位", "unit"),
    "basis": ("认定说明", "basis"),
    "under": ("依据", "under"),
    "policy": ("规则", "policy"),
    "policies": ("规则摘要", "digests of policies"),
    "case": ("个案摘要", "digest of the case"),
    "readings": ("所采用的读法", "readings"),
    "program": ("程序版本", "program"),
}
_NUMBERS: Final = frozenset({"hours", "required"})


def label(key: str, lang: str) -> str:
    """What a claim is called."""
    return _LABELS[key][0 if lang == "zh" else 1]


def lines(claims: Mapping[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    """Every claim that people read: its label and what it says. The name is a digest only, and left out."""
    for key in _LABELS:
        if key in claims and claims[key] not in ("", [], {}):
            yield label(key, lang), shown(key, claims[key])


def shown(key: str, value: Any) -> str:
    """What a claim says, on one line; whatever it is, for an unsigned one may be anything."""
    if key == "total" and isinstance(value, str):
        return _number(value)
    if isinstance(value, Mapping):
        return "、".join(f"{name} {said}" for name, said in value.items()) or "—"
    if isinstance(value, list):
        return "；".join(_row(key, item) for item in value) or "—"
    return "—" if value is None else str(value)


def _row(key: str, item: Any) -> str:
    if key in _NUMBERS and isinstance(item, list) and len(item) == 2:
        return f"{item[0]} {_number(str(item[1]))}"
    return str(item)


def _number(text: str) -> str:
    try:
        return mixed(text, "zh")
    except (ValueError, ZeroDivisionError):
        return text
