"""Singly: people whom the plan does not judge, one by one with the evaluator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import lcm
from pathlib import Path

from policyhours.assess.once import TooManyWays
from policyhours.language.library import Library
from policyhours.language.reference import Reference
from policyhours.language.rules import Rules
from policyhours.roster.causes import REJECTED, TOO_MANY
from policyhours.roster.intake.columns import Table, Value
from policyhours.roster.intake.faults import Fault
from policyhours.roster.intake.rows import read_row
from policyhours.roster.items import Item, items_of
from policyhours.roster.papers import Line, Papers
from policyhours.roster.person import Assessor, Person, Row, assessor_of
from policyhours.roster.schemes import schemes_of
from policyhours.roster.standing import Hours, Standing, standing_of
from policyhours.roster.stored import Columns, fitting, values_of
from policyhours.roster.touched import anything, bare, touched


@dataclass(frozen=True, slots=True)
class Setting:
    """What has to be known to assess people singly; plain data, since it is handed to other processes.

    Attributes:
        folders: where policies are.
        ref, years, industries, as_of, readings: as in `schemes.schemes_of`.
        names: the columns of each table's lines, in order.
        columns: what the columns of each relation hold.
        bases: by id.
        hours: by year, of what there are columns.
        grids: by year, in how many parts an hour is counted at least.
        several: whether activities come from several sources, so that a row's number alone tells nothing.
        detail: whether what became of each activity is told, too.
    """

    folders: tuple[Path, ...]
    ref: Reference
    years: tuple[int, ...]
    industries: tuple[str, ...]
    as_of: date | None
    readings: Mapping[str, str]
    names: Mapping[Table, tuple[str, ...]]
    columns: Mapping[Table, Columns]
    bases: Mapping[str, Mapping[str, Value]]
    hours: Mapping[int, Hours]
    grids: Mapping[int, int]
    several: bool
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Single:
    """A person's year, assessed singly.

    Attributes:
        ends: low and high of everything that there are hours of, in order, in parts of an hour; ``None``
            where there is no upper end, or nothing can be said.
        items: what became of each activity, where that is asked for.
    """

    person: str
    year: int
    policy: str | None
    verdict: str
    grid: int
    ends: tuple[int | None, ...]
    causes: tuple[str, ...]
    touched: bool
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """Lines of a person that have to be read again, as they stand in the file."""

    papers: Papers
    lines: tuple[tuple[Table, Line], ...]


class Desk:
    """Where people are assessed singly; every scheme of every year is prepared once."""

    def __init__(self, setting: Setting, library: Library | None = None) -> None:
        self.setting = setting
        library = library or Library(setting.folders)
        readings = dict(setting.readings)
        self._assessors: dict[int, list[Assessor]] = {}
        for year in setting.years:
            schemes = schemes_of(
                setting.ref, library, year, setting.industries, as_of=setting.as_of, readings=readings
            )
            self._assessors[year] = [
                assessor_of(scheme, library, setting.bases, as_of=setting.as_of, readings=readings)
                for scheme in schemes
            ]

    def assess(self, papers: Papers) -> list[Single] | Unread:
        """The person's years, or which lines have to be read again first."""
        rows: dict[Table, list[Row]] = {"persons": [], "activities": [], "decisions": []}
        unread: list[tuple[Table, Line]] = []
        for table, lines in papers.lines.items():
            for line in lines:
                values = line.read if line.read is not None else self._values(table, line, papers.industry)
                if values is None:
                    unread.append((table, line))
                elif table == "activities" and "id" not in values:
                    rows[table].append({**values, "id": self._id(line)})
                else:
                    rows[table].append(values)
        if unread:
            return Unread(papers, tuple(unread))
        return [self._year(papers, rows, year) for year in self.setting.years]

    def read_again(
        self, table: Table, raw: Row, heads: Mapping[str, str], industry: str | None
    ) -> Row | list[Fault]:
        """What a row states as it stands in the file, under the rules of the person whom it concerns."""
        home = self._home(industry)
        found = read_row(table, raw, heads, home.words_on(None))
        day = found.values.get("date") if not isinstance(found, list) else None
        if table == "activities" and isinstance(day, date) and home.words_on(day) is not home.words_on(None):
            found = read_row(table, raw, heads, home.words_on(day))
        return found if isinstance(found, list) else found.values

    def _year(self, papers: Papers, rows: Mapping[Table, Sequence[Row]], year: int) -> Single:
        assessor, hours = self._assessor(year, papers.industry), self.setting.hours[year]
        policy = assessor.scheme.policy
        ref = None if policy is None else policy.ref
        if "industry" in papers.doubtful and policy is not None:
            return self._single(papers, year, anything(None, hours, REJECTED))
        facts = rows["persons"][0] if rows["persons"] else {}
        person = Person(papers.id, facts, rows["activities"], rows["decisions"], papers.doubtful)
        items: tuple[Item, ...] = ()
        try:
            found = assessor.assess(person)
            standing = standing_of(found, assessor.scheme.rules, hours)
            if self.setting.detail:
                items = tuple(items_of(person.id, year, found, assessor.scheme.rules))
            if papers.rejected and assessor.scheme.rules is not None:
                rules = assessor.scheme.rules
                less = assessor.assess(bare(person, rules))
                without = standing_of(less, rules, hours)
                standing = touched(standing, without, person, rules, papers.rejected)
        except TooManyWays:
            standing = anything(ref, hours, TOO_MANY)
        return self._single(papers, year, standing, items)

    def _single(self, papers: Papers, year: int, standing: Standing, items: tuple[Item, ...] = ()) -> Single:
        grid = lcm(self.setting.grids[year], standing.grid)
        ends = (end for name in self.setting.hours[year].columns() for end in standing.hours[name])
        parts = tuple(None if end is None else int(end * grid) for end in ends)
        touching = bool(papers.rejected)
        return Single(
            papers.id,
            year,
            standing.policy,
            standing.verdict,
            grid,
            parts,
            standing.causes,
            touching,
            items,
        )

    def _values(self, table: Table, line: Line, industry: str | None) -> Row | None:
        """What a line says, if that can be told from what the relation holds."""
        if not line.sound:
            return None
        columns = self.setting.columns[table]
        values = values_of(self.setting.names[table], line.cells, columns)
        return fitting(table, values, columns, self._words(table, values.get("date"), industry))

    def _words(self, table: Table, day: object, industry: str | None) -> Rules:
        stated = day if table == "activities" and isinstance(day, date) else None
        return self._home(industry).words_on(stated)

    def _home(self, industry: str | None) -> Assessor:
        """Whose words are a person's: those of the first reported year that has rules."""
        found = [self._assessor(year, industry) for year in self.setting.years]
        return next((each for each in found if each.scheme.rules is not None), found[0])

    def _assessor(self, year: int, industry: str | None) -> Assessor:
        several = self._assessors[year]
        return next((each for each in several if industry in each.scheme.industries), several[-1])

    def _id(self, line: Line) -> str:
        """The id of an activity that states none: the row where it stands."""
        return f"#{line.source + 1}-{line.row}" if self.setting.several else f"#{line.row}"
