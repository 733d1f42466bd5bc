"""The register: every version of every policy, what is in force on a day, and what is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from policyhours.language.header import Header
from policyhours.language.versions import Term, Versions

Filed = Literal["overdue", "late", "in_time", "undated"]

STATUS: Final = {
    "zh": {"filed": "已公布或备案", "draft": "草稿", "illustrative": "示例"},
    "en": {"filed": "filed", "draft": "draft", "illustrative": "illustrative"},
}
_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "corrected": ("已由 {by} 更正", "corrected by {by}"),
    "no_upper": ("上位文件当时无效", "its upper text is not in force then"),
    "written": ("文件写的是{term}", "the file says {term}"),
    "implements": ("实施 {ref}", "implements {ref}"),
    "supersedes": ("取代 {ref}", "supersedes {ref}"),
    "superseded": ("由 {by} 取代", "superseded by {by}"),
    "industries": ("适用行业：{names}", "for: {names}"),
    "year": ("适用于生效当年全年的活动", "applies to all activities of the year it begins in"),
    "due": ("行业细则应在{due}前备案并印发", "filings are due by {due}"),
    "overdue": ("逾期未备案：期限{due}，已过{days}天", "not filed: due {due}, {days} days ago"),
    "late": ("迟{days}天备案：期限{due}，{issued}印发", "filed {days} days late: due {due}, issued {issued}"),
    "undated": ("没有写明备案日期（期限{due}）", "the day of filing is not stated (due {due})"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One version, as it stands on a day.

    Attributes:
        term: the days on which it really is in force; ``None`` where others replace it altogether.
        now: whether it is in force on the day.
        superseded_by: what supersedes it, directly or through others.
        due: the day by which it had to be filed, where its upper text sets one and it is no illustration.
        filed: how it stands to that day; ``None`` where there is none, or it has not come yet.
        days: by how many days it is, or was, late.
    """

    header: Header
    term: Term | None
    now: bool
    superseded_by: tuple[str, ...]
    due: date | None
    filed: Filed | None
    days: int


def entries(versions: Versions, day: date) -> list[Entry]:
    """Every version as it stands on the day, by id, then version."""
    return [_entry(header, versions, day) for header in versions.headers]


def _entry(header: Header, versions: Versions, day: date) -> Entry:
    due = _due(header, versions)
    filed, days = _filed(header, due, day)
    term = versions.term(header)
    # the first that begins comes first: of a version that is never in force, it is what corrects it
    by = tuple(newer.ref for newer in sorted(versions.superseders(header), key=_begins))
    return Entry(header, term, term is not None and term.covers(day), by, due, filed, days)


def _begins(header: Header) -> date:
    return header.valid_from


def _due(header: Header, versions: Versions) -> date | None:
    """The day by which a filing has to be filed: the first filed version answers it for the later ones."""
    if header.status == "illustrative":
        return None
    due = _upper_due(header, versions)
    own = versions.of(header.id)
    earlier = own[: own.index(header)]
    answered = any(h.status == "filed" and _upper_due(h, versions) == due for h in earlier)
    return None if answered else due


def _upper_due(header: Header, versions: Versions) -> date | None:
    upper = versions.get(header.implements)
    return upper.due if upper is not None else None


def _filed(header: Header, due: date | None, day: date) -> tuple[Filed | None, int]:
    """Whether a filing came in time, and how many days late it is or was."""
    if due is None:
        return None, 0
    if header.status == "draft":
        return ("overdue", (day - due).days) if day > due else (None, 0)
    if header.issued_on is None:
        return "undated", 0
    late = (header.issued_on - due).days
    return ("late", late) if late > 0 else ("in_time", 0)


def said(entry: Entry, lang: str) -> list[str]:
    """What there is to say of a version beside its time in force and its status."""
    header, parts = entry.header, []

    def say(key: str, **words: object) -> None:
        parts.append(_TEXTS[key][0 if lang == "zh" else 1].format_map(words))

    comma = "、" if lang == "zh" else ", "
    if header.implements is not None:
        say("implements", ref=header.implements)
    if header.industries:
        say("industries", names=comma.join(header.industries))
    if header.supersedes is not None:
        say("supersedes", ref=header.supersedes)
    if entry.superseded_by and entry.term is not None:
        say("superseded", by=comma.join(entry.superseded_by))
    if entry.term != Term(header.valid_from, header.valid_until):
        say("written", term=term_text(Term(header.valid_from, header.valid_until), lang))
    if header.applies_from == "year":
        say("year")
    if header.due is not None:
        say("due", due=header.due.isoformat())
    if entry.due is not None and entry.filed in ("overdue", "late", "undated"):
        issued = header.issued_on.isoformat() if header.issued_on else "—"
        say(entry.filed, due=entry.due.isoformat(), days=entry.days, issued=issued)
    return parts


def in_force_text(entry: Entry, lang: str) -> str:
    """When the version really is in force, in words."""
    if entry.term is not None:
        return term_text(entry.term, lang)
    key = "corrected" if entry.superseded_by else "no_upper"
    return _TEXTS[key][0 if lang == "zh" else 1].format_map({"by": "".join(entry.superseded_by[:1])})


def term_text(term: Term, lang: str) -> str:
    """A stretch of days in words: ``2023-02-01～2028-01-31``."""
    if term.last is None:
        return f"{term.first.isoformat()}起" if lang == "zh" else f"from {term.first.isoformat()}"
    return f"{term.first.isoformat()}～{term.last.isoformat()}"


def as_data(entry: Entry) -> dict[str, Any]:
    """A version as data for programs."""
    header, term = entry.header, entry.term
    return {
        "policy": header.ref,
        "title": header.title,
        "document": header.document,
        "authority": header.authority,
        "status": header.status,
        "in_force": None if term is None else {"from": _day(term.first), "until": _day(term.last)},
        "written": {"from": _day(header.valid_from), "until": _day(header.valid_until)},
        "in_force_on_day": entry.now,
        "implements": header.implements,
        "industries": list(header.industries),
        "applies_from": header.applies_from if header.implements is not None else None,
        "supersedes": header.supersedes,
        "superseded_by": list(entry.superseded_by),
        "filings_due": _day(header.due),
        "filing": None
        if entry.due is None
        else {
            "due": _day(entry.due),
            "issued_on": _day(header.issued_on),
            "state": entry.filed or "not_due",
            "days_late": entry.days,
        },
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
