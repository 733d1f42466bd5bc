"""Trials: the cases of the sheet 试算, assessed under the filing that the form says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policyhours.assess.result import YearResult
from policyhours.desk.answer.evaluation import Evaluation, evaluate
from policyhours.desk.answer.record import titles_of
from policyhours.desk.form import layout as at
from policyhours.desk.form.filing import Filing
from policyhours.desk.form.heads import Sheet, headed
from policyhours.desk.form.read import Filled
from policyhours.desk.form.scalars import written
from policyhours.desk.form.trial_case import TrialCase
from policyhours.desk.form.trial_sheet import CASE, COUNTED, FIXED, OUTCOME, RESULTS, STATUS
from policyhours.desk.wording import VERDICTS, exact_text, range_text
from policyhours.language.library import Library
from policyhours.language.number import Range
from policyhours.text.finding import Finding, Refused


@dataclass(frozen=True, slots=True)
class Tried:
    """A case of the sheet, and what came out.

    Attributes:
        name: of the case.
        rows: the numbers of its rows.
        ids: by row, the id of its activity.
        text: the case as a file says it.
        evaluation: under the filing of the form.
        before: what the sheet said before, of each activity and of the whole.
    """

    name: str
    rows: tuple[int, ...]
    ids: Mapping[int, str]
    text: str
    evaluation: Evaluation
    before: Mapping[int, tuple[str, str]]

    def counted(self, row: int) -> str:
        """What counts of the activity in a row, in words."""
        years = self.evaluation.result.years.values()
        found = next((a for y in years for a in y.activities if a.id == self.ids.get(row)), None)
        return range_text(found.hours) if found is not None else ""

    def outcome(self) -> str:
        """The verdict and the hours of each year, a line each."""
        titles = titles_of(self.evaluation)
        return "\n".join(_outcome(year, titles) for year in self.evaluation.result.years.values())

    def seen(self) -> bool:
        """Whether just this stands in the sheet already, so that a person can have looked at it."""
        return all(self.before[row] == self._now(row) for row in self.rows)

    def changed(self) -> str:
        """What is another than in the last trial, in words; empty where there was none."""
        if not any(text for pair in self.before.values() for text in pair):
            return ""
        lines = []
        for row in self.rows:
            (counted, outcome), (counted_now, outcome_now) = self.before[row], self._now(row)
            if counted != counted_now:
                lines.append(f"{self.ids.get(row, '')}：{counted or '—'} → {counted_now or '—'}")
            if outcome != outcome_now:
                lines += _moved(outcome, outcome_now)
        return "\n".join(lines) or "没有变化"

    def _now(self, row: int) -> tuple[str, str]:
        return self.counted(row), self.outcome() if row == self.rows[0] else ""


def trial_sheet(filled: Filled) -> Sheet:
    """The sheet 试算 of a form.

    Raises:
        Refused: where it is missing, or its heads are.
    """
    grid = filled.grids.get(at.TRIAL)
    if grid is None:
        file = next(iter(filled.grids.values())).file
        words = {"hint": "从原来的表复制过来", "hint_en": "copy it from the form as it was"}
        raise Refused((Finding("DK304", None, {"file": file, "missing": at.TRIAL, **words}),))
    findings: list[Finding] = []
    sheet = headed(grid, (*FIXED, *RESULTS), findings, open_=True, lax=(STATUS, *RESULTS))
    if findings or sheet is None:
        raise Refused(tuple(findings))
    return sheet


def tried(filled: Filled, filing: Filing, library: Library) -> list[Tried]:
    """Every case of the sheet, assessed.

    Args:
        filled: the form.
        filing: what it says.
        library: one in which the filing stands.

    Raises:
        Refused: where the sheet has no case, or one is faulty; the findings name its cells.
    """
    sheet = trial_sheet(filled)
    cases = _cases(sheet)
    if not cases:
        raise Refused((Finding("DK332", sheet.cell(sheet.head, CASE).place()),))
    findings: list[Finding] = []
    found: list[Tried] = []
    for name, rows in cases.items():
        case = TrialCase(sheet, filled, filing, name, tuple(rows), findings)
        case.write()
        try:
            draft = case.draft()
            evaluation = evaluate(draft, library, try_readings=False)
        except Refused as refused:
            findings += [case.traced(finding) for finding in refused.findings]
            continue
        before = {row: (sheet.cell(row, COUNTED).text, sheet.cell(row, OUTCOME).text) for row in rows}
        found.append(Tried(name, tuple(rows), case.ids, case.text, evaluation, before))
    if findings:
        raise Refused(tuple(findings))
    return found


def accepted(results: Sequence[Tried]) -> str:
    """The cases as a file of tests, each with what is expected.

    Raises:
        Refused: where a result is not the one that stands in the sheet: nobody has looked at it.
    """
    unseen = [
        Finding("DK333", None, {"case": each.name, "found": each.outcome().replace("\n", "；")})
        for each in results
        if not each.seen()
    ]
    if unseen:
        raise Refused(tuple(unseen))
    return "---\n".join(f"{each.text}{_expected(each.evaluation)}" for each in results)


def _cases(sheet: Sheet) -> dict[str, list[int]]:
    """By case, the rows in which it stands; a row that names none is told."""
    results = {sheet.places[head] for head in RESULTS if head in sheet.places}
    found: dict[str, list[int]] = {}
    for row in sheet.rows():
        said = {column: cell for column, cell in sheet.grid.rows[row].items() if column not in results}
        case = sheet.cell(row, CASE)
        if said and not case.text:
            raise Refused((Finding("DK330", next(iter(said.values())).place()),))
        if said:
            found.setdefault(case.text, []).append(row)
    return found


def _outcome(year: YearResult, titles: Mapping[str, str]) -> str:
    verdict = VERDICTS["zh"][year.verdict]
    if year.policy is None:
        return f"{year.year}年：{verdict}"
    subjects = "，".join(
        f"{titles.get(name, name)}{range_text(hours)}" for name, hours in year.subjects.items()
    )
    return f"{year.year}年：{verdict}；{subjects}，合计{range_text(year.total)}"


def _moved(before: str, now: str) -> list[str]:
    """The lines that are no longer the same, old and new."""
    old, new = before.split("\n"), now.split("\n")
    gone = [f"原来 {line}" for line in old if line and line not in new]
    return [*gone, *(f"现在 {line}" for line in new if line and line not in old)]


def _expected(evaluation: Evaluation) -> str:
    lines = ["expect:"]
    for year in evaluation.result.years.values():
        said = [f"verdict: {year.verdict}"]
        if year.policy is not None:
            said += [f"{name}: {_amount(hours)}" for name, hours in year.subjects.items()]
            said.append(f"total: {_amount(year.total)}")
            if year.activities:
                each = ", ".join(f"{written(a.id, 'text')}: {_amount(a.hours)}" for a in year.activities)
                said.append(f"activities: {{{each}}}")
        lines.append(f'  "{year.year}": {{{", ".join(said)}}}')
    return "\n".join(lines) + "\n"


def _amount(span: Range) -> str:
    low, high = exact_text(span.low) or "0", exact_text(span.high) or "null"
    return low if low == high else f"[{low}, {high}]"
