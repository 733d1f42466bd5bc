"""Parted queries: one query made of named parts, each over those before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlglot import exp

from policyhours.roster.plan.bits import Bits
from policyhours.roster.schemes import Scheme

Dialect = Literal["duckdb", "spark", "postgres"]
"""The engines whose SQL a query can be printed in."""


@dataclass(frozen=True, slots=True)
class Parted:
    """A query over the tables of a year.

    Attributes:
        schemes: the schemes that have rules, in the order of their numbers.
        parts: the named parts of the query, in order.
        last: the query over them.
        grid: in how many equal parts an hour is counted.
        bits: what the bits of ``causes`` stand for.
    """

    schemes: tuple[Scheme, ...]
    parts: tuple[tuple[str, exp.Query], ...]
    last: exp.Select
    grid: int
    bits: Bits

    def sql(self, dialect: Dialect, *, pretty: bool = False) -> str:
        """The query in an engine's words."""
        query = self.last.copy()
        for name, part in self.parts:
            kept = self.kept(name, dialect)
            query = query.with_(name, as_=part.copy(), materialized=kept, copy=False)
        if dialect == "postgres":
            _by_code_point(query)
        return query.sql(dialect, pretty=pretty, copy=False)

    def kept(self, part: str, dialect: Dialect) -> bool | None:
        """Whether an engine keeps the rows of a part for all that use it; ``None`` where it may choose.

        The claims are worked out where they are used: they are too many to be kept. Those that name a matter
        are few, and are read once.
        """
        # Spark keeps none anyway, and has no word for it.
        return None if dialect == "spark" else {"claims": False, "naming": True}.get(part)


def _by_code_point(query: exp.Expr) -> None:
    """Have ids in order by code point, where an engine would go by the language of its server."""
    for ordered in query.find_all(exp.Ordered):
        if isinstance(ordered.this, exp.Column) and ordered.this.name == "id":
            collation = exp.to_identifier("C", quoted=True)
            ordered.set("this", exp.Collate(this=ordered.this.copy(), expression=collation))
