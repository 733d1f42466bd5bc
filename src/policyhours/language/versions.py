"""Versions: which version of a policy is in force on a day.

Several versions of one policy stand side by side. A version that supersedes another replaces it from its own
first day on: a correction of the encoding has the law's dates and replaces the other altogether, a revision
of the law has later dates of its own. A filing is in force only while the text that it implements is: not
beyond that text's last day, and not under a revision of it. Nothing here reads a file; headers say it all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from policyhours.language.header import Header
from policyhours.text.finding import Finding, Refused
from policyhours.text.place import Place

_AUTHORITY: Final = {"illustrative": 0, "draft": 1, "filed": 2}


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of days, both ends included; no end is ``None``."""

    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)

    def shared(self, other: Term) -> date | None:
        """The first day that lies in both, if there is one."""
        day = max(self.first, other.first)
        return day if self.covers(day) and other.covers(day) else None


@dataclass(frozen=True, slots=True)
class Versions:
    """Policies as their headers describe them: all versions of those that are asked about.

    Attributes:
        headers: by id, then version, the oldest first.
    """

    headers: tuple[Header, ...]

    def of(self, name: str) -> tuple[Header, ...]:
        """All versions of the policy, the oldest first."""
        return tuple(header for header in self.headers if header.id == name)

    def get(self, ref: str | None) -> Header | None:
        """The version ``id@version``, if it is among them."""
        return next((header for header in self.headers if header.ref == ref), None)

    def superseders(self, header: Header) -> tuple[Header, ...]:
        """Every version that supersedes it, directly or through others."""
        found: list[Header] = []
        replaced = {header.ref}
        while more := [h for h in self.of(header.id) if h.supersedes in replaced and h.ref not in replaced]:
            found += more
            replaced |= {h.ref for h in more}
        return tuple(found)

    def line(self, header: Header) -> tuple[Header, ...]:
        """The version, and those that it supersedes, directly or through others, the newest first."""
        found = [header]
        while (older := self.get(found[-1].supersedes)) is not None and older not in found:
            found.append(older)
        return tuple(found)

    def term(self, header: Header) -> Term | None:
        """The days on which the version really is in force; ``None`` where it is not on any."""
        first, last = header.valid_from, header.valid_until
        ends = [newer.valid_from - timedelta(1) for newer in self.superseders(header)]
        upper = self.get(header.implements)
        if upper is not None:
            first = max(first, upper.valid_from)
            revision = self.revision(upper)
            ends += [upper.valid_until] if upper.valid_until is not None else []
            ends += [revision.valid_from - timedelta(1)] if revision is not None else []
        last = min(ends if last is None else [*ends, last], default=None)
        return Term(first, last) if last is None or first <= last else None

    def revision(self, header: Header) -> Header | None:
        """The first revision of the text: what supersedes it with a later first day; a correction is none."""
        later = [newer for newer in self.superseders(header) if newer.valid_from > header.valid_from]
        return min(later, key=lambda newer: newer.valid_from, default=None)

    def in_force(self, header: Header, day: date) -> bool:
        """Whether the version really is in force on the day."""
        term = self.term(header)
        return term is not None and term.covers(day)

    def on(self, name: str, day: date) -> Header | None:
        """The version of the policy that is in force on the day, if there is one.

        Raises:
            Refused: where two are and neither supersedes the other; the finding names both files.
        """
        found = [header for header in self.of(name) if self.in_force(header, day)]
        if len(found) > 1:
            raise Refused((_tie(found[0], found[1], day),))
        return found[0] if found else None

    def none_in_force(self, name: str, day: date | None, place: Place | None) -> Finding:
        """The finding that no version is in force on the day; it says so where a revision above is why."""
        asked = day.isoformat() if day else "—"
        for header in self.of(name)[::-1]:
            upper = self.get(header.implements)
            revision = self.revision(upper) if upper is not None else None
            if day is None or upper is None or revision is None or not header.in_force(day):
                continue
            if revision.valid_from <= day:
                begins = revision.valid_from.isoformat()
                words = {"found": header.ref, "upper": upper.ref, "day": begins, "asked": asked}
                return Finding("PH336", place, words, (("upper", revision.place_of("in_force")),))
        return Finding("PH323", place, {"found": name, "day": asked})

    def faults(self, header: Header) -> list[Finding]:
        """What is wrong with what the version says it supersedes."""
        if header.supersedes is None:
            return []
        place = header.place_of("supersedes")
        words = {"found": header.supersedes, "version": header.ref}
        if header.supersedes.partition("@")[0] != header.id:
            return [Finding("PH330", place, {**words, "id": header.id})]
        circle = [header.ref]
        older = header
        while older.supersedes is not None:
            circle.append(older.supersedes)
            if older.supersedes == header.ref:
                return [Finding("PH333", place, {"circle": " → ".join(circle)})]
            found = self.get(older.supersedes)
            if found is None or found.ref in circle[:-1]:
                break
            older = found
        older_one = self.get(header.supersedes)
        if older_one is None:
            others = [h.ref for h in self.of(header.id) if h.ref != header.ref]
            words["others"] = f"本规则的其他版本：{'、'.join(others)}；" if others else ""
            words["others_en"] = f"other versions of it: {', '.join(others)}; " if others else ""
            return [Finding("PH331", place, words)]
        if header.valid_from < older_one.valid_from:
            days = {"day": header.valid_from.isoformat(), "first": older_one.valid_from.isoformat()}
            also = (("first", older_one.place_of("in_force")),)
            return [Finding("PH332", header.place_of("in_force"), {**words, **days}, also)]
        return []

    def ties(self) -> Iterator[Finding]:
        """Versions of one policy in force on one day of which neither supersedes the other.

        A version that says wrongly what it supersedes is left out: that is one mistake, which `faults` tells.
        """
        sound = [header for header in self.headers if not self.faults(header)]
        for first, second in combinations(sound, 2):
            if first.id == second.id and (day := self._together(first, second)) is not None:
                yield _tie(first, second, day)

    def rivals(self) -> Iterator[Finding]:
        """Different filings under one upper text that are for one industry on one day."""
        filings = [header for header in self.headers if header.industries]
        for first, second in combinations(filings, 2):
            common = [name for name in second.industries if name in first.industries]
            same_upper = _upper_id(first) == _upper_id(second)
            if first.id == second.id or not common or not same_upper:
                continue
            day = self._together(first, second) if first.status == second.status else None
            if day is not None:
                yield _rivalry(first, second, common[0], day)

    def filing_for(self, upper: str, industry: str, day: date) -> Header | None:
        """The filing under an upper text that is for an industry on a day.

        Dates come first: it is in force that day. Then scope: it names the industry. Then authority: what is
        filed goes before a draft, a draft before an illustration.

        Args:
            upper: the id of the upper text.
            industry: the Chinese name of the industry.
            day: the day.

        Raises:
            Refused: where two filings, or two versions of one, are left; the finding names both files.
        """
        scoped = [h for h in self.headers if _upper_id(h) == upper and industry in h.industries]
        names = dict.fromkeys(header.id for header in scoped)
        found = [header for name in names if (header := self.on(name, day)) is not None]
        found = [header for header in found if header in scoped]
        highest = max((_AUTHORITY[header.status] for header in found), default=0)
        best = [header for header in found if _AUTHORITY[header.status] == highest]
        if len(best) > 1:
            raise Refused((_rivalry(best[0], best[1], industry, day),))
        return best[0] if best else None

    def _together(self, first: Header, second: Header) -> date | None:
        """The first day on which both are in force."""
        one, other = self.term(first), self.term(second)
        return one.shared(other) if one is not None and other is not None else None


def versions_of(headers: Sequence[Header]) -> Versions:
    """The versions in their order, however the headers come."""
    return Versions(tuple(sorted(headers, key=lambda header: order(header.ref))))


def order(ref: str) -> tuple[str, tuple[int, ...]]:
    """What sorts ``id@version``: by id, then by the numbers of the version."""
    name, _, version = ref.partition("@")
    return name, tuple(int(part) for part in version.split("."))


def _upper_id(header: Header) -> str:
    return (header.implements or "").partition("@")[0]


def _tie(first: Header, second: Header, day: date) -> Finding:
    words = {"first": first.ref, "second": second.ref, "day": day.isoformat(), **_files(first, second)}
    return Finding("PH334", second.place_of("in_force"), words, (("first", first.place_of("in_force")),))


def _rivalry(first: Header, second: Header, industry: str, day: date) -> Finding:
    words = {"first": first.ref, "second": second.ref, "industry": industry, "day": day.isoformat()}
    words |= _files(first, second)
    place, other = (header.place_of(f"industries.{industry}") for header in (second, first))
    return Finding("PH335", place, words, (("first", other),))


def _files(first: Header, second: Header) -> dict[str, str]:
    return {"first_file": first.place.source.name, "second_file": second.place.source.name}
