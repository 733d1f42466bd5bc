"""Conformity: every filing against the upper text that is in force on a day, and against what comes after.

A filing names the version that it implements. The upper text may have been corrected or revised since, may
have ended, or may be about to change: each filing is laid over the version in force on the day, and over
every later version that is already published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from policyhours.language.header import Header
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.language.versions import Versions
from policyhours.text.finding import Finding, Refused

State = Literal["conforms", "implements_another", "does_not_conform", "upper_ended", "upper_not_begun"]
FAILS: frozenset[State] = frozenset({"does_not_conform", "upper_ended", "upper_not_begun"})
"""The states in which a filing does not conform."""


@dataclass(frozen=True, slots=True)
class Check:
    """A filing against one version of its upper text, or against none.

    Attributes:
        upper: the version, ``id@version``; ``None`` where none is in force.
        since: the first day for which this holds.
        findings: where and why, as laying the one over the other tells it.
    """

    state: State
    upper: str | None
    since: date
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Conformity:
    """How a filing stands.

    Attributes:
        day: the day asked about, or the filing's own first day where that is later.
        now: against the upper text in force on that day.
        ahead: against what is published for later days, in order; only what does not simply conform.
    """

    filing: Header
    day: date
    now: Check
    ahead: tuple[Check, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing speaks against it, now or in what is already published."""
        return all(check.state not in FAILS for check in (self.now, *self.ahead))


@dataclass(frozen=True, slots=True)
class Overview:
    """Every filing, and what is wrong between the policies.

    Attributes:
        day: the day asked about.
        filings: those that have not ended before the day and are not superseded on it.
        findings: policies that cannot be read, versions that overlap, two filings for one day.
    """

    day: date
    filings: tuple[Conformity, ...]
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether every filing conforms."""
        return not self.findings and all(found.conforms for found in self.filings)


def check_all(library: Library, day: date) -> Overview:
    """Check every filing that there is.

    Args:
        library: where the policies are.
        day: the day whose upper text is meant.
    """
    versions, unread = library.every_version()
    filings = [h for h in versions.headers if h.implements is not None and _concerns(h, versions, day)]
    checked = tuple(_conformity(header, versions, library, day) for header in filings)
    return Overview(day, checked, (*unread, *library.faults()))


def _concerns(header: Header, versions: Versions, day: date) -> bool:
    """Whether the filing has not ended on the day, and nothing supersedes it then."""
    ended = header.valid_until is not None and header.valid_until < day
    return not ended and all(max(day, header.valid_from) < n.valid_from for n in versions.superseders(header))


def _conformity(header: Header, versions: Versions, library: Library, day: date) -> Conformity:
    day = max(day, header.valid_from)
    now = _now(header, versions, library, day)
    ahead = () if now.state == "upper_not_begun" else tuple(_ahead(header, now, versions, library, day))
    return Conformity(header, day, now, ahead)


def _now(header: Header, versions: Versions, library: Library, day: date) -> Check:
    """The filing against the upper text in force on the day."""
    name = _upper_id(header)
    try:
        upper = versions.on(name, day)
    except Refused as refused:
        return Check("does_not_conform", None, day, refused.findings)
    if upper is not None:
        return _over(header, upper, versions, library)
    if not versions.of(name):
        return Check("does_not_conform", None, header.valid_from, _refusal(header, None, library))
    ends = [t.last for h in versions.of(name) if (t := versions.term(h)) and t.last and t.last < day]
    words = {"found": header.ref, "upper": name}
    place = header.place_of("implements")
    if ends:
        since = max(ends) + timedelta(1)
        finding = Finding("PH340", place, {**words, "day": since.isoformat()})
        return Check("upper_ended", None, since, (finding,))
    begins = min((t.first for h in versions.of(name) if (t := versions.term(h))), default=day)
    finding = Finding("PH341", place, {**words, "day": begins.isoformat()})
    return Check("upper_not_begun", None, header.valid_from, (finding,))


def _over(header: Header, upper: Header, versions: Versions, library: Library) -> Check:
    """The filing over a version of its upper text."""
    term = versions.term(upper)
    begins = upper.valid_from if term is None else term.first
    since = max(begins, header.valid_from)
    if findings := _refusal(header, upper, library):
        return Check("does_not_conform", upper.ref, since, findings)
    if header.implements == upper.ref:
        return Check("conforms", upper.ref, since, ())
    named = versions.get(header.implements)
    revised = named is not None and upper.valid_from > named.valid_from
    words = {
        "found": header.ref,
        "upper": upper.ref,
        "named": header.implements or "",
        "day": begins.isoformat(),
    }
    also = (("upper", upper.place_of("in_force")),)
    finding = Finding("PH343" if revised else "PH342", header.place_of("implements"), words, also)
    return Check("implements_another", upper.ref, since, (finding,))


def _ahead(header: Header, now: Check, versions: Versions, library: Library, day: date) -> Iterator[Check]:
    """The filing against every version that comes into force later, while the filing is in force."""
    own = [newer.valid_from for newer in versions.superseders(header)]
    ends = [day - timedelta(1) for day in own] + ([header.valid_until] if header.valid_until else [])
    last = min(ends, default=None)
    later = [
        (t.first, h) for h in versions.of(_upper_id(header)) if (t := versions.term(h)) and t.first > day
    ]
    for first, upper in sorted(later, key=lambda pair: pair[0]):
        if last is not None and first > last:
            continue
        check = _over(header, upper, versions, library)
        if check.state != "conforms" and check.upper != now.upper:
            yield check


def _refusal(header: Header, upper: Header | None, library: Library) -> tuple[Finding, ...]:
    """Why the filing cannot be laid over a version of its upper text; over its own where none is given."""
    try:
        if upper is None or upper.ref == header.implements:
            library.policy(parse_reference(header.ref))
        else:
            library.over(header.ref, upper.ref)
    except Refused as refused:
        return refused.findings
    return ()


def _upper_id(header: Header) -> str:
    return (header.implements or "").partition("@")[0]


def as_data(overview: Overview, finding_data: Callable[[Finding], dict[str, object]]) -> dict[str, Any]:
    """The overview as data for programs.

    Args:
        overview: what was found.
        finding_data: turns a finding into data.
    """

    def check(found: Check) -> dict[str, Any]:
        return {
            "state": found.state,
            "upper": found.upper,
            "since": found.since.isoformat(),
            "findings": [finding_data(finding) for finding in found.findings],
        }

    return {
        "when": overview.day.isoformat(),
        "conforms": overview.conforms,
        "filings": [
            {
                "policy": found.filing.ref,
                "title": found.filing.title,
                "status": found.filing.status,
                "industries": list(found.filing.industries),
                "implements": found.filing.implements,
                "conforms": found.conforms,
                "checked_on": found.day.isoformat(),
                **check(found.now),
                "ahead": [check(later) for later in found.ahead],
            }
            for found in overview.filings
        ],
        "findings": [finding_data(finding) for finding in overview.findings],
    }
