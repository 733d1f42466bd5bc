"""Touched: the standing of somebody one of whose rows was rejected.

What a rejected row would have said is not known. So the year is never *not met*; it is *met* only where no
admissible reading of the row could undo that; and the hours have no upper end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from policyhours.language.rules import Rules
from policyhours.roster.causes import REJECTED, in_order
from policyhours.roster.intake.columns import Table
from policyhours.roster.person import Person, Row
from policyhours.roster.plan.asked import goes_by_hours
from policyhours.roster.standing import Ends, Hours, Standing

_OF_ITSELF = ("kind", "date")
"""Facts that every activity states: they make no matter of it that another row might name."""


def bare(person: Person, rules: Rules) -> Person:
    """The person without what a further row might take away.

    That is: activities on a matter that can be named again, in this year or an earlier one, and those under a
    ceiling that several years share, or that holds for a matter (articles 8 and 9).
    """
    shared = {kind for c in rules.ceilings if c.per or c.over is not None for kind in c.of}
    left = [row for row in person.activities if row["kind"] not in shared and not _is_on_a_matter(row, rules)]
    return replace(person, activities=left)


def touched(
    kept: Standing, without: Standing, person: Person, rules: Rules, rejected: Collection[Table]
) -> Standing:
    """The standing of somebody of whom rows were rejected.

    Args:
        kept: the standing by the rows that fit.
        without: that of the person as `bare` leaves it.
        person: as the rows that fit state it.
        rules: of the year.
        rejected: the tables whose rows were rejected.
    """
    asks_a_share = goes_by_hours(rules)
    moves = bool(person.decisions) or "decisions" in rejected or rules.carrying is not None
    safe = kept.verdict == without.verdict == "met" and not asks_a_share and not moves
    only_facts = set(rejected) == {"persons"}
    verdict = kept.verdict
    if verdict == "not_met" or (verdict == "met" and not (safe or only_facts)):
        verdict = "undetermined"
    hours = kept.hours if only_facts else _opened(kept, without, rules, asks_a_share, moves)
    lacking = {name for name, (_, high) in hours.items() if name.startswith("short_") and high != 0}
    causes = {*kept.causes, REJECTED, *(f"short:{name.removeprefix('short_')}" for name in lacking)}
    return Standing(kept.policy, verdict, hours, in_order(causes))


def anything(policy: str | None, hours: Hours, *causes: str) -> Standing:
    """The standing of somebody of whom nothing can be told for these causes."""
    return Standing(policy, "undetermined", dict.fromkeys(hours.columns(), (0, None)), in_order(causes))


def _is_on_a_matter(row: Row, rules: Rules) -> bool:
    identities = rules.identities.get(str(row["kind"]), ())
    return any(all(name in row for name in facts if name not in _OF_ITSELF) for facts in identities)


def _opened(
    kept: Standing, without: Standing, rules: Rules, asks_a_share: bool, moves: bool
) -> Mapping[str, Ends]:
    """Hours without an upper end, and at their least what no further row can take."""
    together = {f"kind_{kind}" for c in rules.ceilings if len(c.of) > 1 for kind in c.of}
    found: dict[str, Ends] = {}
    for name, (low, _) in kept.hours.items():
        if name.startswith("short_"):
            ends = [kept.hours[name][1], without.hours[name][1]]
            most = None if asks_a_share or moves or None in ends else max(e for e in ends if e is not None)
            found[name] = (0, most)
        else:
            least = 0 if moves or name in together else min(low or 0, without.hours[name][0] or 0)
            found[name] = (least, None)
    return found
