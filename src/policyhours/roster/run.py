"""A run: files in; everybody judged by the plan or singly; the results, whole, where they belong."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from policyhours.case.switching import check_switched
from policyhours.desk.wording import Speech
from policyhours.language.library import Library
from policyhours.language.rules import Rules
from policyhours.roster import policies as chosen
from policyhours.roster.about import about_run
from policyhours.roster.amiss import TWICE, UNKNOWN_PERSON, Amiss, find_amiss, rejected_of
from policyhours.roster.assessing import Assessing, workers_of
from policyhours.roster.collect import (
    Year,
    collect_planned,
    collect_singles,
    collect_unruled,
    facts_of,
    put_together,
)
from policyhours.roster.database import one, opened
from policyhours.roster.detailing import collect_details, run_details
from policyhours.roster.gather import names_of, papers_of
from policyhours.roster.intake.files import expand
from policyhours.roster.intake.rejected import Rejected, write_rejected
from policyhours.roster.intake.relation import Intake
from policyhours.roster.intake.tables import take_in
from policyhours.roster.intake.vocabulary import vocabulary
from policyhours.roster.judging import complete_tables, judge, look, most_of_one, year_of
from policyhours.roster.plan.detail import by_row
from policyhours.roster.request import Request
from policyhours.roster.results.compare import compare
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.output import Further, Outputs, left_over, ready, write_outputs
from policyhours.roster.results.report import report_html
from policyhours.roster.results.summary import Rows, Summary, summarise
from policyhours.roster.schemes import Scheme, schemes_of
from policyhours.roster.singly import Desk, Setting
from policyhours.roster.stray import Stray, read_stray
from policyhours.text.aside import Aside
from policyhours.text.finding import Finding, Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Told = AbstractContextManager[Callable[[int], None]]
Stage = Callable[[str, int, "DuckDBPyConnection | None"], Told]
"""Told that a stage begins, of how many rows or people, and where its queries run; gives whom to tell."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a run has done.

    Attributes:
        files: that were written.
        notes: what is to be told of the input and the output.
        rejected: how many rows were rejected.
    """

    summary: Summary
    labels: Labels
    files: tuple[Path, ...]
    notes: tuple[Finding, ...]
    rejected: int


def _silent(
    stage: str, total: int, con: DuckDBPyConnection | None
) -> AbstractContextManager[Callable[[int], None]]:
    return nullcontext(lambda done: None)


def run(request: Request, library: Library, today: date, stage: Stage = _silent) -> Done:
    """Assess a whole roster.

    Args:
        request: what is asked.
        library: where policies are.
        today: the day of the run, for the report.
        stage: told how far the run is: ``read``, ``judge``, ``singly``, ``write``.

    Raises:
        Refused: where a policy or a file can't be used, the result can't be written, or rows don't fit and
            the request is strict. What stood there before is then still there.
    """
    policies = chosen.candidates(request.ref, library, request.years, request.as_of)
    check_switched(request.readings, policies)
    rules = chosen.rules_of(policies, request.readings)
    labels = chosen.labels_of(rules, request.lang)
    ready(_outputs(request, labels))
    with (
        tempfile.TemporaryDirectory(prefix="policyhours-", ignore_cleanup_errors=True) as folder,
        opened(Path(folder), request.memory) as con,
    ):
        with stage("read", 0, None):
            intake = take_in(request.inputs, con, vocabulary(rules), request.columns, Path(folder))
        if not {"persons", "activities"} & intake.relations.keys():
            raise Refused((Finding("RO119", None),))
        return _Run(request, library, rules[-1], con, Path(folder), intake, labels, stage).finish(today)


@dataclass(frozen=True, slots=True)
class _Run:
    """A run whose files have been taken in.

    Attributes:
        named: the rules of the text that was named for the run.
    """

    request: Request
    library: Library
    named: Rules
    con: DuckDBPyConnection
    scratch: Path
    intake: Intake
    labels: Labels
    stage: Stage

    def finish(self, today: date) -> Done:
        """Assess everybody and write the results."""
        con, request = self.con, self.request
        industries = self._industries()
        schemes = {
            year: schemes_of(
                request.ref, self.library, year, industries,
                as_of=request.as_of, readings=dict(request.readings),
            )
            for year in request.years
        }  # fmt: skip
        stray = read_stray(con, self.intake, self.named)
        tables = complete_tables(con, self.intake)
        amiss = find_amiss(con, self.intake.relations, stray.bases)
        rows = sum(source.rows for source in self.intake.sources)
        most = most_of_one(con, self.intake.relations.get("activities"))
        unnamed = by_row(several=self._several) if request.detail else None
        years = [year_of(year, schemes[year], tables, most, unnamed) for year in request.years]
        with self.stage("judge", rows, con):
            judge(con, years, tables, request.engine, self.scratch)
            look(con, years, self.intake)
            run_details(con, years)
        people = int(one(con, "SELECT count(*) FROM look"))
        assessing = self._assess(years, people, industries, stray, amiss)
        told = self._rows(amiss, stray.rows + assessing.rows_rejected)
        why = chain(self._at_once, stray.rejected, rejected_of(con, self.intake), assessing.rejected)
        if request.strict and told.rejected:
            self._stop(why, told.rejected)
        return self._written(told, why, schemes, today)

    def _written(
        self, told: Rows, why: Iterable[Rejected], schemes: Mapping[int, Sequence[Scheme]], today: date
    ) -> Done:
        """Sum up the table ``result``, and write every file."""
        con, request = self.con, self.request
        policies = chosen.policies_of_years(schemes)
        speech = Speech(request.lang, {}, self.labels.unit)
        summary = summarise(
            con,
            required=chosen.required_of(schemes),
            rows=told,
            changes=None if request.compare is None else compare(con, request.compare, self.labels),
            trial=tuple(speech.reason(reason) for reason in chosen.trial(policies, request.readings)),
        )
        further = [Further(request.rejected, partial(_write_rejected, why), private=True)]
        if request.report is not None:
            page = report_html(summary, about_run(policies, request, today), self.labels)
            further.append(Further(request.report, partial(_write_text, page)))
        outputs = replace(_outputs(request, self.labels), further=tuple(further), trial=bool(summary.trial))
        with self.stage("write", 0, None):
            files = write_outputs(con, outputs)
        notes = [*self.intake.notes, *(_stale(path) for path in left_over(outputs))]
        return Done(summary, self.labels, files, tuple(notes), told.rejected)

    @property
    def _at_once(self) -> Sequence[Rejected]:
        return self.intake.rejected_at_once

    @property
    def _several(self) -> bool:
        """Whether activities come from several sources, so that a row's number alone tells nothing."""
        return sum(source.table == "activities" for source in self.intake.sources) > 1

    def _industries(self) -> tuple[str, ...]:
        persons = self.intake.relations.get("persons")
        if persons is None or "industry" not in persons.columns:
            return ()
        found = self.con.execute(
            "SELECT DISTINCT industry FROM persons WHERE industry IS NOT NULL"
        ).fetchall()
        return tuple(sorted(industry for (industry,) in found))

    def _assess(
        self, years: Sequence[Year], people: int, industries: tuple[str, ...], stray: Stray, amiss: Amiss
    ) -> Assessing:
        """Assess singly whoever has to be, and put everything into the table ``result``."""
        con, request, intake = self.con, self.request, self.intake
        unclear = {id_ for (id_,) in con.execute(
            f"SELECT found FROM amiss WHERE kind = 'bases' AND code = '{TWICE}'").fetchall()}  # fmt: skip
        setting = Setting(
            tuple(self.library.folders), request.ref, request.years, industries, request.as_of,
            dict(request.readings),
            names={table: names_of(relation) for table, relation in intake.relations.items()},
            columns={table: dict(relation.columns) for table, relation in intake.relations.items()},
            bases={id_: values for id_, values in stray.bases.items() if id_ not in unclear},
            hours={year.year: year.hours for year in years},
            grids={year.year: 1 if year.plan is None else year.plan.grid for year in years},
            detail=request.detail,
            several=self._several,
        )  # fmt: skip
        persons = intake.relations.get("persons")
        facts = facts_of(persons.columns if persons is not None else {})
        queries = []
        for year in years:
            if year.plan is not None:
                queries.append(collect_planned(con, year, facts, self.labels))
            elif not year.ruled:
                queries.append(collect_unruled(year, facts, self.labels))
        with self.stage("singly", people, None) as done:
            desk = Desk(setting, self.library)
            assessing = Assessing(con, intake, desk, workers_of(request.workers), done)
            singles = assessing.all(papers_of(con, intake, amiss), people) if people else iter(())
            queries += collect_singles(con, years, singles, facts, self.labels)
        put_together(con, queries)
        collect_details(con, years, self.labels)
        return assessing

    def _rows(self, amiss: Amiss, rejected: int) -> Rows:
        """The rows of the input: how many were given, assessed, rejected.

        Those assessed are counted where they stand, and not worked out from the rejected, so that none can be
        lost; and everybody has one row a year in the result.

        Raises:
            Refused: where the numbers don't agree.
        """
        nobodys = int(one(self.con, f"SELECT count(*) FROM amiss WHERE code = '{UNKNOWN_PERSON}'"))
        given = sum(source.rows for source in self.intake.sources) + len(self._at_once)
        assessed = sum(amiss.known.values()) - (amiss.rows - nobodys) - rejected
        told = Rows(given, assessed, len(self._at_once) + amiss.rows + rejected, self.intake.left_out)
        results = int(one(self.con, "SELECT count(*) FROM result"))
        people = int(one(self.con, "SELECT count(DISTINCT id) FROM persons"))
        if told.given != told.assessed + told.rejected or results != people * len(self.request.years):
            words = {"given": told.given, "assessed": told.assessed, "rejected": told.rejected}
            words |= {"people": people, "results": results}
            raise Refused((Finding("RO121", None, {name: str(n) for name, n in words.items()}),))
        return told

    def _stop(self, why: Iterable[Rejected], rejected: int) -> None:
        """Write the rejected rows and nothing else."""
        with Aside() as aside:
            write_rejected(aside.beside(self.request.rejected, private=True), why)
            aside.put_in_place()
        words = {"found": f"{rejected:,}", "file": str(self.request.rejected)}
        raise Refused((Finding("RO120", None, words),))


def _outputs(request: Request, labels: Labels) -> Outputs:
    """What is to be written, and where; nothing of it is known yet."""
    places = [request.rejected, *([request.report] if request.report is not None else [])]
    inputs, _ = expand(request.inputs)
    before = [request.compare] if request.compare is not None and request.compare != request.out else []
    return Outputs(
        request.out,
        labels,
        detail=request.detail,
        changes=request.compare is not None,
        further=tuple(Further(place, partial(_write_text, "")) for place in places),
        inputs=(*inputs, *before),
    )


def _write_rejected(rows: Iterable[Rejected], path: Path) -> None:
    write_rejected(path, rows)


def _write_text(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _stale(path: Path) -> Finding:
    return Finding("RO208", None, {"file": str(path)})
