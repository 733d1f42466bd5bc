"""Collecting: the table ``result``, of what the plan judged and of what was assessed singly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from policyhours.roster.causes import NO_POLICY
from policyhours.roster.database import fill, make
from policyhours.roster.intake.columns import Column
from policyhours.roster.items import Item
from policyhours.roster.plan.detail import DetailPlan
from policyhours.roster.plan.plan import Plan
from policyhours.roster.quoting import literal, quoted
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.wording import causes_text
from policyhours.roster.singly import Single
from policyhours.roster.standing import Hours

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AT_ONCE: Final = 5_000
_HEAD: Final = (("person", "VARCHAR"), ("year", "INTEGER"), ("policy", "VARCHAR"), ("verdict", "VARCHAR"))
DETAIL: Final = (
    ("person", "VARCHAR"),
    ("year", "INTEGER"),
    ("id", "VARCHAR"),
    ("kind", "VARCHAR"),
    ("date", "DATE"),
    ("grid", "BIGINT"),
    *((f"{amount}_{end}", "BIGINT") for amount in ("claimed", "counted", "lost") for end in ("low", "high")),
    *((name, "VARCHAR") for name in ("outcome", "article", "reasons", "words")),
)
"""The columns of ``detail``."""
_TAIL: Final = (("evaluated", "BOOLEAN"), ("touched", "BOOLEAN"))


@dataclass(frozen=True, slots=True)
class Year:
    """One reported year.

    Attributes:
        plan: of the year; ``None`` where no policy is in force, or the evaluator has to judge everybody.
        ruled: whether a policy is in force.
        hours: of what there are columns.
        detail: of the year, where activities are reported and there is a plan.
    """

    year: int
    plan: Plan | None
    ruled: bool
    hours: Hours
    detail: DetailPlan | None = None

    @property
    def planned(self) -> str:
        """The table of what the plan has judged."""
        return f"planned_{self.year}"

    @property
    def judged(self) -> str:
        """The view of everybody whose activities the detail tells."""
        return f"judged_{self.year}"

    @property
    def items(self) -> str:
        """The table of these activities."""
        return f"items_{self.year}"

    @property
    def said(self) -> str:
        """The table of what causes say."""
        return f"said_{self.year}"

    @property
    def ends(self) -> Iterator[str]:
        """The columns of hours."""
        for name in self.hours.columns():
            yield from (f"{name}_low", f"{name}_high")


def facts_of(persons: Mapping[str, Column]) -> tuple[str, ...]:
    """The facts of persons that a result shows: those that are stored as they are stated."""
    return tuple(name for name, column in persons.items() if name != "id" and (column.step in (None, 1)))


def collect_planned(con: DuckDBPyConnection, year: Year, facts: Sequence[str], labels: Labels) -> str:
    """What the plan judged, as a query."""
    plan = year.plan
    assert plan is not None
    con.execute(f"DELETE FROM {year.planned} WHERE id IN (SELECT person FROM look)")
    _say_causes(con, year, labels)
    refs = [scheme.policy.ref for scheme in plan.schemes if scheme.policy is not None]
    policy = literal(refs[0])
    if len(refs) > 1:
        branches = " ".join(f"WHEN {number} THEN {literal(ref)}" for number, ref in enumerate(refs))
        policy = f"CASE t.scheme {branches} END"
    columns = [f"t.id AS person, {year.year} AS year, {policy} AS policy, t.verdict"]
    columns += [f"t.{quoted(name)}" for name in facts]
    columns += [f"CAST({plan.grid} AS BIGINT) AS grid", *(f"t.{quoted(end)}" for end in year.ends)]
    columns += ["s.reasons, s.words, FALSE AS evaluated, FALSE AS touched"]
    return f"SELECT {', '.join(columns)} FROM {year.planned} t JOIN {year.said} s ON s.causes = t.causes"


def collect_singles(
    con: DuckDBPyConnection,
    years: Sequence[Year],
    singles: Iterable[Single],
    facts: Sequence[str],
    labels: Labels,
) -> list[str]:
    """What was assessed singly, as queries; it stands in the tables ``single_YEAR``."""
    heads = {
        year.year: (
            *_HEAD,
            ("grid", "BIGINT"),
            *((end, "BIGINT") for end in year.ends),
            ("reasons", "VARCHAR"),
            ("words", "VARCHAR"),
            *_TAIL,
        )
        for year in years
    }
    for number, columns in heads.items():
        make(con, f"single_{number}", columns)
    several = iter(singles)
    words: dict[tuple[str, ...], tuple[str, str]] = {}
    make(con, "detail_singly", DETAIL)
    while some := list(islice(several, _AT_ONCE)):
        items = [_item(item, words, labels) for single in some for item in single.items]
        fill(con, "detail_singly", [type_ for _, type_ in DETAIL], items)
        for number, columns in heads.items():
            rows = [_row(single, words, labels) for single in some if single.year == number]
            fill(con, f"single_{number}", [type_ for _, type_ in columns], rows)
    con.execute(
        "CREATE OR REPLACE TABLE facts_of_singles AS"
        " SELECT p.* FROM persons p SEMI JOIN look l ON l.person = p.id"
        " QUALIFY row_number() OVER (PARTITION BY p.id ORDER BY p._source, p._row) = 1"
    )
    own = ", ".join(f"p.{quoted(name)}" for name in facts)
    queries = []
    for number, columns in heads.items():
        names = [f"t.{quoted(name)}" for name, _ in columns]
        if own:
            names.insert(len(_HEAD), own)
        singly = f"single_{number} t LEFT JOIN facts_of_singles p ON p.id = t.person"
        queries.append(f"SELECT {', '.join(names)} FROM {singly}")
    return queries


def collect_unruled(year: Year, facts: Sequence[str], labels: Labels) -> str:
    """Everybody in a year on whose last day no policy is in force, as a query."""
    own = "".join(f", t.{quoted(name)}" for name in facts)
    said = f"{literal(NO_POLICY)} AS reasons, {literal(causes_text(NO_POLICY, labels))} AS words"
    return (
        f"SELECT DISTINCT t.id AS person, {year.year} AS year, CAST(NULL AS VARCHAR) AS policy,"
        f" 'not_assessable' AS verdict{own}, CAST(1 AS BIGINT) AS grid, {said},"
        " FALSE AS evaluated, FALSE AS touched FROM persons t ANTI JOIN look l ON l.person = t.id"
        " WHERE t.id IS NOT NULL"
    )


def put_together(con: DuckDBPyConnection, queries: Sequence[str]) -> None:
    """Make the view ``result`` of all the queries."""
    con.execute(f"CREATE OR REPLACE VIEW result AS {' UNION ALL BY NAME '.join(queries)}")


def _say_causes(con: DuckDBPyConnection, year: Year, labels: Labels) -> None:
    """The masks of causes that there are, as codes and in words."""
    assert year.plan is not None
    make(con, year.said, [("causes", "BIGINT"), ("reasons", "VARCHAR"), ("words", "VARCHAR")])
    masks = con.execute(f"SELECT DISTINCT causes FROM {year.planned}").fetchall()
    rows = []
    for (mask,) in masks:
        codes = " ".join(year.plan.bits.named(mask))
        rows.append((mask, codes, causes_text(codes, labels)))
    fill(con, year.said, ["BIGINT", "VARCHAR", "VARCHAR"], rows)


def _item(item: Item, words: dict[tuple[str, ...], tuple[str, str]], labels: Labels) -> list[Any]:
    return [
        item.person,
        item.year,
        item.id,
        item.kind,
        item.day,
        item.grid,
        *item.ends,
        item.outcome,
        item.article,
        *_said(item.causes, words, labels),
    ]


def _said(
    causes: tuple[str, ...], words: dict[tuple[str, ...], tuple[str, str]], labels: Labels
) -> tuple[str, str]:
    """Causes as codes and in words; worked out once for all who have the same."""
    if causes not in words:
        codes = " ".join(causes)
        words[causes] = (codes, causes_text(codes, labels))
    return words[causes]


def _row(single: Single, words: dict[tuple[str, ...], tuple[str, str]], labels: Labels) -> list[Any]:
    return [
        single.person,
        single.year,
        single.policy,
        single.verdict,
        single.grid,
        *single.ends,
        *_said(single.causes, words, labels),
        True,
        single.touched,
    ]
