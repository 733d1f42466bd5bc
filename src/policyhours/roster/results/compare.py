"""Compare: whose result is other than in an earlier run, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from policyhours.desk.wording import VERDICTS
from policyhours.roster.results.earlier import EARLIER, release, take_earlier
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.wording import causes_text
from policyhours.text.finding import Finding, Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_WHAT: Final = {
    "new": ("新增的人员", "new here"),
    "gone": ("不再有此人", "no longer here"),
    "policy": ("依据由 {policy_old} 改为 {policy}", "{policy} instead of {policy_old}"),
    "verdict": ("结论由“{verdict_old}”变为“{verdict}”", "{verdict} instead of {verdict_old}"),
    "total": ("合计不同", "the total is another"),
    "appeared": ("新出现：{appeared}", "new: {appeared}"),
    "gone_reasons": ("不再有：{gone}", "no longer: {gone}"),
}
_KEY: Final = ("what", "verdict_old", "verdict", "policy_old", "policy", "reasons_old", "reasons")

# One row a person and year; hours of the two runs are on grids of their own, so they are compared crosswise.
_BOTH: Final = f"""
    CREATE OR REPLACE TEMP TABLE both_runs AS
    SELECT coalesce(n.person, o.person) AS person, coalesce(n.year, o.year) AS year,
        concat_ws(' ',
            CASE WHEN o.person IS NULL THEN 'new' WHEN n.person IS NULL THEN 'gone' END,
            CASE WHEN compared AND o.policy IS DISTINCT FROM n.policy THEN 'policy' END,
            CASE WHEN compared AND o.verdict IS DISTINCT FROM n.verdict THEN 'verdict' END,
            CASE WHEN compared AND (
                o.total_low::HUGEINT * n.grid IS DISTINCT FROM n.total_low::HUGEINT * o.grid
                OR o.total_high::HUGEINT * n.grid IS DISTINCT FROM n.total_high::HUGEINT * o.grid
            ) THEN 'total' END,
            CASE WHEN compared AND o.reasons IS DISTINCT FROM n.reasons THEN 'reasons' END
        ) AS what,
        o.verdict AS verdict_old, n.verdict AS verdict, o.policy AS policy_old, n.policy AS policy,
        o.grid AS grid_old, o.total_low AS total_old_low, o.total_high AS total_old_high,
        n.grid AS grid, n.total_low AS total_low, n.total_high AS total_high,
        o.reasons AS reasons_old, n.reasons AS reasons
    FROM (SELECT person, year, policy, verdict, grid, total_low, total_high, coalesce(reasons, '') AS reasons
          FROM result WHERE year IN (SELECT unnest($years))) n
    FULL JOIN (SELECT * FROM {EARLIER} WHERE year IN (SELECT unnest($years))) o
        ON n.person = o.person AND n.year = o.year,
    LATERAL (SELECT n.person IS NOT NULL AND o.person IS NOT NULL AS compared)
"""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many people's results are other than before.

    Attributes:
        years: those of both runs; only they are compared.
        same: people and years without any change.
        new: who was not in the earlier run.
        gone: who was only there.
        verdicts: from which verdict to which, most first.
        totals: other hours in total.
        policies: under another policy.
        appeared: of those with another verdict, the causes that came, most first.
        vanished: of those, the causes that went.
    """

    years: tuple[int, ...]
    same: int
    new: int
    gone: int
    verdicts: tuple[tuple[str, str, int], ...]
    totals: int
    policies: int
    appeared: tuple[tuple[str, int], ...]
    vanished: tuple[tuple[str, int], ...]


def compare(con: DuckDBPyConnection, old: Path, labels: Labels) -> Changes:
    """Compare the table ``result`` with an earlier result, and put whoever changed into a table ``changes``.

    Args:
        con: where the tables are.
        old: an earlier result, written by this program.
        labels: what ids are called, for the changes in words.

    Raises:
        Refused: where the earlier result can't be read, or is of other years.
    """
    try:
        take_earlier(con, old)
        years = _years(con, old)
        con.execute(_BOTH, {"years": years})
    finally:
        release(con)
    key = ", ".join(_KEY)
    groups = con.execute(f"SELECT {key}, count(*) FROM both_runs GROUP BY ALL").fetchall()
    changed = [_Changed(*row) for row in groups]
    _write_changes(con, [each for each in changed if each.what], labels)
    con.execute("DROP TABLE both_runs")
    return _counted(years, changed)


class _Changed:
    """People who changed in the same way."""

    def __init__(self, *row: Any) -> None:
        *self.key, self.people = row
        self.what, self.verdict_old, self.verdict, self.policy_old, self.policy, *both = self.key
        before, now = (set((causes or "").split()) for causes in both)
        together = self.verdict_old is not None and self.verdict is not None
        self.appeared = " ".join(sorted(now - before)) if together else ""
        self.vanished = " ".join(sorted(before - now)) if together else ""

    def words(self, labels: Labels) -> str:
        """What changed, and why, in words."""
        none = labels.pick("无", "none")
        verdicts = VERDICTS[labels.lang]
        words = {
            "verdict_old": verdicts.get(self.verdict_old, ""),
            "verdict": verdicts.get(self.verdict, ""),
            "policy_old": self.policy_old or none,
            "policy": self.policy or none,
            "appeared": causes_text(self.appeared, labels),
            "gone": causes_text(self.vanished, labels),
        }
        said = [what for what in self.what.split() if what != "reasons"]
        said += ["appeared"] if self.appeared else []
        said += ["gone_reasons"] if self.vanished else []
        return labels.pick("；", "; ").join(labels.pick(*_WHAT[what]).format_map(words) for what in said)


def _write_changes(con: DuckDBPyConnection, changed: Sequence[_Changed], labels: Labels) -> None:
    con.execute(
        "CREATE OR REPLACE TEMP TABLE said AS SELECT * FROM (SELECT"
        + ", ".join(
            f" unnest(${name}::VARCHAR[]) AS {name}" for name in (*_KEY, "change", "appeared", "gone")
        )
        + ")",
        {name: [each.key[number] for each in changed] for number, name in enumerate(_KEY)}
        | {
            "change": [each.words(labels) for each in changed],
            "appeared": [each.appeared for each in changed],
            "gone": [each.vanished for each in changed],
        },
    )
    same = " AND ".join(f"b.{name} IS NOT DISTINCT FROM s.{name}" for name in _KEY)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE changes AS"
        " SELECT b.person, b.year, b.what, s.change, b.verdict_old, b.verdict, b.policy_old, b.policy,"
        " b.grid_old, b.total_old_low, b.total_old_high, b.grid, b.total_low, b.total_high,"
        f" s.appeared, s.gone FROM both_runs b JOIN said s ON {same} ORDER BY b.person, b.year"
    )
    con.execute("DROP TABLE said")


def _counted(years: Sequence[int], changed: Iterable[_Changed]) -> Changes:
    people: Counter[str] = Counter()
    verdicts: Counter[tuple[str, str]] = Counter()
    appeared: Counter[str] = Counter()
    vanished: Counter[str] = Counter()
    for each in changed:
        people.update(dict.fromkeys(each.what.split() or ("same",), each.people))
        if "verdict" in each.what.split():
            verdicts[each.verdict_old, each.verdict] += each.people
            appeared.update(dict.fromkeys(each.appeared.split(), each.people))
            vanished.update(dict.fromkeys(each.vanished.split(), each.people))
    moves = sorted(verdicts.items(), key=lambda item: (-item[1], item[0]))
    return Changes(
        years=tuple(years),
        same=people["same"],
        new=people["new"],
        gone=people["gone"],
        verdicts=tuple((before, now, number) for (before, now), number in moves),
        totals=people["total"],
        policies=people["policy"],
        appeared=_ranked(appeared),
        vanished=_ranked(vanished),
    )


def _ranked(counter: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _years(con: DuckDBPyConnection, old: Path) -> list[int]:
    """The years of both runs."""
    now, before = (
        {year for (year,) in con.execute(f"SELECT DISTINCT year FROM {table}").fetchall()}
        for table in ("result", EARLIER)
    )
    if now and not now & before:
        words = {"file": str(old), "found": _listed(before), "expected": _listed(now)}
        raise Refused((Finding("RO409", None, words),))
    return sorted(now & before)


def _listed(years: Iterable[int]) -> str:
    return "、".join(str(year) for year in sorted(years)) or "—"
