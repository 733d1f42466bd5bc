"""Causes: which changes of a policy lie behind a change of a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from policyhours.assess.result import YearResult
from policyhours.desk.changes.changed import ActivityChange
from policyhours.desk.changes.difference import Change, Difference
from policyhours.desk.changes.statements import sheet
from policyhours.language.expression import names_in
from policyhours.language.policy import Policy
from policyhours.language.words import child, text_at

Owner = tuple[str, str, str]
"""A section of a policy, what stands in it, and which part of that."""

_PARTS: Final = ("hours", "ceiling", "completes", "requires", "channel", "title", "article")
_CONDITIONS: Final = {"condition", "fact"}
_TELLING_KINDS: Final = ("citation", "wording", "bounds")
_TELLING: Final = ("title", "because", "question", "may", "document", "issuers")


class Causes:
    """Finds the changes of a policy that lie behind a change of a result."""

    def __init__(self, found: Difference) -> None:
        self._policies, self._changes = (found.old, found.new), found.changes
        users = self._users()
        self._working = [
            (change, frozenset(_reached(_owner(change.said.key), users)))
            for change in found.changes
            if change.said.kind not in _TELLING_KINDS and change.said.key[-1] not in _TELLING
        ]

    def of_term(self) -> list[Change]:
        """The changes of the time in force."""
        return [change for change in self._changes if "in_force" in change.said.key]

    def behind(
        self,
        touched: set[tuple[str, str]],
        required: set[str],
        activities: Iterable[ActivityChange],
        was: YearResult | None,
        now: YearResult | None,
    ) -> Iterator[Change]:
        """The changes behind a year in which parts of standards and some requirements work otherwise."""
        codes = {reason.code for a in activities for reason in (*a.was, *a.now)}
        done = bool(completing(was) | completing(now))
        once = bool(codes & {"elsewhere", "spent", "may_be_spent"})
        whole = any(year is None or year.verdict == "not_assessable" for year in (was, now))
        decided = any(year and year.decided for year in (was, now))
        kinds = {kind for kind, _ in touched}
        models = {(model, part) for kind, part in touched for model in self._models(kind)}
        readings = self._readings(kinds, required, once=once, done=done)
        facts = {fact for kind in kinds for policy in self._policies for fact in _facts(policy, kind)}

        def matters(owner: Owner) -> bool:
            section, name, part = owner
            match section:
                case "standards":
                    other = part not in _PARTS and any(model == name for model, _ in models)
                    return (name, part) in models or other
                case "ceilings":
                    of = name.partition(".")[0].split("+")
                    return any(kind in of for kind, touch in touched if touch == "ceiling")
                case "requirement":
                    return name.partition(".")[0] in required
                case "facts":
                    return name in facts
                case "readings":
                    return name in readings
                case "scope":
                    return whole
                case "header":
                    return whole or "no_basis" in codes
                case "bases":
                    return bool(codes & {"base", "base_unknown"})
                case "once_per":
                    return once
                case "completion":
                    return done
                case _:
                    return section == "relief" and decided

        for change, owners in self._working:
            if len(self._working) == 1 or any(matters(owner) for owner in owners):
                yield change

    def _users(self) -> dict[str, set[Owner]]:
        """By named value, what uses it, other values included."""
        users: dict[str, set[Owner]] = {}
        for policy in self._policies:
            for statement in sheet(policy).statements.values():
                for amount, sense in statement.amounts:
                    if sense == 0 and not statement.of_value:
                        continue
                    for name in names_in(amount):
                        users.setdefault(name, set()).add(_owner(statement.key))
        return users

    def _models(self, kind: str) -> Iterator[str]:
        """The standard, and those that it is like."""
        for policy in self._policies:
            at, seen = kind, set[str]()
            while at and at not in seen:
                seen.add(at)
                yield at
                at = text_at(child(child(policy.tree.get("standards"), at), "like"))

    def _readings(self, kinds: set[str], required: set[str], *, once: bool, done: bool) -> set[str]:
        """The readings that shape what works otherwise."""
        found: set[str] = set()
        for policy in self._policies:
            rules = policy.rules()
            found |= {r for kind in kinds if (s := rules.standards.get(kind)) for r in s.readings}
            found |= {r for q in rules.requirements if q.of in required for r in q.readings}
            found |= rules.once_readings if once else set()
            found |= rules.completion_readings if done else set()
        return found


def touched(
    activities: Iterable[ActivityChange],
    was: YearResult | None,
    now: YearResult | None,
    kinds: Mapping[str, str],
) -> set[tuple[str, str]]:
    """The standards whose activities count otherwise, each with the part of it that may be why."""
    found = {(kinds[name], "completes") for name in completing(was) ^ completing(now) if name in kinds}
    before, after = ({a.id: a for a in year.activities} if year else {} for year in (was, now))
    for activity in activities:
        kind, codes = kinds[activity.id], {reason.code for reason in (*activity.was, *activity.now)}
        a, b = before.get(activity.id), after.get(activity.id)
        if codes & _CONDITIONS:
            found.add((kind, "requires"))
        elif a is None or b is None or a.claimed != b.claimed:
            found |= {(kind, "hours"), (kind, "ceiling"), (kind, "completes")}
        if "ceiling" in codes:
            found.add((kind, "ceiling"))
        if a is not None and b is not None and "completes" in (a.outcome, b.outcome):
            found.add((kind, "completes"))
    return found


def _owner(key: tuple[object, ...]) -> Owner:
    section, name, part = (*(str(step) for step in key[:3]), "", "")[:3]
    return section, name, part


def _reached(owner: Owner, users: dict[str, set[Owner]]) -> Iterator[Owner]:
    """The owner, and all that uses it where it is a named value."""
    found, ahead = {owner}, [owner]
    while ahead:
        here = ahead.pop()
        yield here
        for user in users.get(here[1], ()) if here[0] == "values" else ():
            if user not in found:
                found.add(user)
                ahead.append(user)


def _facts(policy: Policy, kind: str) -> frozenset[str]:
    """The facts that matter to a standard."""
    standard = policy.rules().standards.get(kind)
    return standard.matters if standard else frozenset()


def completing(year: YearResult | None) -> set[str]:
    """The activities that complete something in a year."""
    return {name for done in (year.completed if year else ()) for name in done.by}
