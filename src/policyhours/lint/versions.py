"""Versions: gaps between them, upper texts that have been superseded, and deadlines that have passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from policyhours.language.header import Header
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.versions import Versions, versions_of
from policyhours.text.finding import Finding, Refused

_UNLIKE: Final = {
    "why": "本文件与它不相符",
    "why_en": "the filing does not conform to that",
    "look": "用 policyhours check-filings 查看哪里不相符，改正后",
    "look_en": "see with policyhours check-filings where it does not conform, then",
}
_ABSENT: Final = {
    "why": "本文件不在规则文件夹中，不能核对是否相符",
    "why_en": "the filing is not in the policies folder, so whether it conforms cannot be told",
    "look": "放进规则文件夹，用 policyhours check-filings 核对，然后",
    "look_en": "put it into the policies folder and check it with policyhours check-filings, then",
}
"""What is said of a filing that does not conform to a newer upper text, and of one that cannot be checked."""


def gaps(policy: Policy, library: Library) -> Iterator[Finding]:
    """Days between a version and the one before it on which neither is in force."""
    versions = _versions(policy, library)
    own = None if versions is None else versions.term(policy.header)
    if versions is None or own is None:
        return
    others = [header for header in versions.of(policy.header.id) if header.ref != policy.ref]
    earlier = [(h, t) for h in others if (t := versions.term(h)) is not None and t.first < own.first]
    if not earlier or any(t.last is None for _, t in earlier):
        return
    before, term = max(earlier, key=lambda pair: pair[1].last or date.min)
    assert term.last is not None
    if term.last + timedelta(1) < own.first:
        words = {
            "found": policy.ref,
            "before": before.ref,
            "first": (term.last + timedelta(1)).isoformat(),
            "last": (own.first - timedelta(1)).isoformat(),
        }
        also = (("first", before.place_of("in_force")),)
        yield Finding("PH344", policy.header.place_of("in_force"), words, also)


def overdue(policy: Policy, library: Library, day: date | None = None) -> Iterator[Finding]:
    """Filings that are still drafts after the day by which they had to be filed.

    Args:
        policy: the filing.
        library: where the other policies are.
        day: the day asked about; today where none is given.
    """
    versions = _versions(policy, library)
    header = policy.header
    upper = None if versions is None else versions.get(header.implements)
    if versions is None or upper is None or upper.due is None:
        return
    words = {"found": header.ref, "due": upper.due.isoformat()}
    also = (("upper", upper.place_of("filing")),)
    if header.status == "draft" and (day or date.today()) > upper.due:
        answered = any(h.status == "filed" for h in versions.of(header.id) if h.ref != header.ref)
        if not answered:
            yield Finding("PH345", header.place_of("status"), words, also)
    elif header.status == "filed" and header.issued_on is None:
        said = "filing" if "filing" in header.places else "status"
        yield Finding("PH347", header.place_of(said), words, also)


def superseded_upper(policy: Policy, library: Library) -> Iterator[Finding]:
    """Filings of an upper text that a newer version supersedes while they are in force."""
    versions = _versions(policy, library)
    header = policy.header
    named = None if versions is None else versions.get(header.implements)
    if versions is None or named is None:
        return
    mine = [newer.valid_from for newer in versions.superseders(header)]
    ends = [day - timedelta(1) for day in mine] + ([header.valid_until] if header.valid_until else [])
    for newer in versions.superseders(named)[::-1]:
        term = versions.term(newer)
        if term is None or (ends and term.first > min(ends)) or (ends and header.valid_from > min(ends)):
            continue
        words = {
            "found": header.ref,
            "upper": newer.ref,
            "named": named.ref,
            "day": term.first.isoformat(),
        }
        code = "PH346"
        conforms = _conforms(header, newer, library)
        if conforms:
            code = "PH343" if newer.valid_from > named.valid_from else "PH342"
        words |= _ABSENT if conforms is None else _UNLIKE
        yield Finding(code, header.place_of("implements"), words, (("upper", newer.place_of("in_force")),))
        return


def _conforms(header: Header, upper: Header, library: Library) -> bool | None:
    """Whether the filing can be laid over another version of its upper text.

    Returns:
        ``None`` where it stands in no policies folder, so that nobody can tell.
    """
    if library.path(header.ref) is None:
        return None
    try:
        library.over(header.ref, upper.ref)
    except Refused:
        return False
    return True


def deadline_outside(policy: Policy, library: Library) -> Iterator[Finding]:
    """Deadlines for filings on which the text that sets them is not in force."""
    header = policy.header
    if header.due is not None and not header.in_force(header.due):
        ends = header.valid_until.isoformat() if header.valid_until else ""
        words = {"due": header.due.isoformat(), "term": f"{header.valid_from.isoformat()}～{ends}"}
        yield Finding("PH349", header.place_of("filing"), words, (("first", header.place_of("in_force")),))


def before_filing(policy: Policy, library: Library) -> Iterator[Finding]:
    """Filings in force before the day on which they were filed."""
    header, issued = policy.header, policy.header.issued_on
    if header.implements is not None and issued is not None and header.valid_from < issued:
        words = {"first": header.valid_from.isoformat(), "issued": issued.isoformat()}
        also = (("first", header.place_of("in_force")),)
        yield Finding("PH348", header.place_of("filing"), words, also)


def _versions(policy: Policy, library: Library) -> Versions | None:
    """The policy among its versions and those of its upper text; ``None`` where they cannot be read."""
    try:
        headers = list(library.versions(policy.header.id).headers)
    except Refused:
        headers = []
    above = [header for header in policy.layers if all(header.ref != other.ref for other in headers)]
    try:
        uppers = [policy.header.implements.partition("@")[0]] if policy.header.implements else []
        for name in uppers:
            known = {header.ref for header in (*headers, *above)}
            headers += [h for h in library.versions(name).of(name) if h.ref not in known]
    except Refused:
        return None
    own = [policy.header if header.ref == policy.ref else header for header in (*headers, *above)]
    return versions_of(own)
