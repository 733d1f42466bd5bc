"""A request: what a run over a whole roster is asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from policyhours.language.reference import Reference

Engine = Literal["duckdb", "spark"]
"""Where the plan of a year is run."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a run.

    Attributes:
        inputs: files of the input; a name may hold wildcards.
        ref: the text under which people are assessed; each one's industry chooses the filing under it.
        years: that are reported; rows of other years are context.
        out: where the result goes; the ending says in which form.
        columns: heads that the files have → the id or title of the column that each is.
        readings: switched for the run (reading → option).
        as_of: the day whose version a reference without one means.
        detail: whether activities are reported, too.
        report: where the report goes, if one is wanted.
        compare: an earlier result to compare with, if there is one.
        strict: whether one row that does not fit stops the run.
        memory: the most that the database may use, such as ``3GB``; ``None`` for most of what there is.
        workers: how many people are assessed side by side; ``None`` for as many as there are cores.
        lang: ``zh`` or ``en``.
    """

    inputs: tuple[str, ...]
    ref: Reference
    years: tuple[int, ...]
    out: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    detail: bool = False
    report: Path | None = None
    compare: Path | None = None
    strict: bool = False
    engine: Engine = "duckdb"
    memory: str | None = None
    workers: int | None = None
    lang: str = "zh"

    @property
    def rejected(self) -> Path:
        """Where the rows go that do not fit."""
        return self.out.with_name(f"{self.out.stem}.rejected.csv")
