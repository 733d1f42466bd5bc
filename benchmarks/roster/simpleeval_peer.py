"""The peer that evaluates formulas per case: simpleeval with its trees cached, in whole ninetieths.

Conditions and worths are expressions, as a policy file might hold them; the sums are plain Python.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Any, NamedTuple

from cases import Answer, Case, answer_each
from layout import FACTS
from regulation import CEILINGS, GRID, PROFESSIONAL, REQUIRED, ninetieths
from simpleeval import SimpleEval

PASSED = "assessment == 'passed' or assessment == None"
HOSTED = "organiser_level == 'national' or organiser_level == 'region'"
GRADUATED = "obtained and (degree == 'bachelor' or degree == 'master' or degree == 'doctor')"
SURE = "status == 'registered' and evidence == 'complete'"
ASSESSED = f"{SURE} and assessment != None"
LEARNT = "days * 720 + minutes * 2 + tenths * 9"
SPAN = "year >= 2025 and year - (4 if degree == 'bachelor' else 3 if degree == 'master' else 2) < 2025"
NOW = "year == 2025"


class Standard(NamedTuple):
    """What one kind says, as expressions.

    Attributes:
        holds: whether its conditions do.
        when: whether it counts in the year, or completes it.
        sure: whether that is certain.
        worth: its hours, in ninetieths; nothing where it completes.
    """

    holds: str
    when: str
    sure: str
    worth: str | None


STANDARDS = {
    "public_course": Standard(PASSED, NOW, ASSESSED, LEARNT),
    "training": Standard(PASSED, NOW, ASSESSED, LEARNT),
    "further_study": Standard("True", NOW, SURE, LEARNT),
    "practice": Standard("True", NOW, SURE, LEARNT),
    "other": Standard("True", NOW, SURE, LEARNT),
    "lecture": Standard(HOSTED, NOW, SURE, f"6 * ({LEARNT})"),
    "attendance": Standard(HOSTED, NOW, SURE, LEARNT),
    "intellectual_property": Standard("True", NOW, SURE, "2700 if ip_type == 'invention' else 900"),
    "research_project": Standard("concluded", NOW, SURE, "3600 if role == 'lead' else 1800"),
    "paper": Standard(
        "True", NOW, SURE, "1800 if authorship == 'sole' else 1350 if author_order == 1 else 450"
    ),
    "book": Standard("True", NOW, SURE, "3600 if authorship == 'sole' else 1800"),
    "qualification_exam": Standard("subjects_passed >= 1", NOW, SURE, "1800 * subjects_passed"),
    "advanced_seminar": Standard(f"({PASSED}) and ({HOSTED})", NOW, ASSESSED, None),
    "degree": Standard(GRADUATED, SPAN, SURE, None),
    "party_school_degree": Standard(GRADUATED, SPAN, SURE, None),
}
UNSTATED: dict[str, Any] = {"days": 0, "minutes": 0, "tenths": 0, **dict.fromkeys(FACTS)}
MOST = ninetieths(CEILINGS)


class Calculator:
    """Evaluates an expression over the facts of an activity; each is parsed once."""

    def __init__(self) -> None:
        self._evaluator = SimpleEval()
        self._parsed: dict[str, ast.AST] = {}

    def value(self, expression: str, facts: dict[str, Any]) -> Any:
        parsed = self._parsed.get(expression)
        if parsed is None:
            parsed = self._parsed[expression] = SimpleEval.parse(expression)
        self._evaluator.names = facts
        return self._evaluator.eval(expression, previously_parsed=parsed)


def main(folder: Path, out: Path) -> None:
    """Files in, a file out."""
    calculator = Calculator()

    def assess(case: Case) -> Answer:
        hours: list[dict[str, int]] = [{}, {}]
        largest: list[dict[tuple[str, str], int]] = [{}, {}]
        completed = [False, False]
        for activity in case:
            facts = {**UNSTATED, **activity, "tenths": int(activity.get("hours", 0) * 10)}
            kind = facts["kind"]
            standard = STANDARDS[kind]
            if facts["status"] == "void" or not calculator.value(standard.holds, facts):
                continue
            if not calculator.value(standard.when, facts):
                continue
            ends = (0, 1) if calculator.value(standard.sure, facts) else (1,)
            if standard.worth is None:
                for end in ends:
                    completed[end] = True
                continue
            worth = calculator.value(standard.worth, facts)
            matter = activity.get("event") or activity.get("work")
            for end in ends:
                more = worth
                if matter:
                    before = largest[end].get((kind, matter), 0)
                    more = max(worth - before, 0)
                    largest[end][kind, matter] = before + more
                hours[end][kind] = hours[end].get(kind, 0) + more
        return _answer(hours, completed)

    answer_each(assess, folder, out)


def _answer(hours: list[dict[str, int]], completed: list[bool]) -> Answer:
    professional, public, met = [0, 0], [0, 0], [False, False]
    for end in (0, 1):
        counted = {kind: min(amount, MOST.get(kind, amount)) for kind, amount in hours[end].items()}
        public[end] = counted.pop("public_course", 0)
        earned = sum(counted.values())
        professional[end] = max(earned, PROFESSIONAL * GRID) if completed[end] else earned
        met[end] = (
            professional[end] >= PROFESSIONAL * GRID and professional[end] + public[end] >= REQUIRED * GRID
        )
    verdict = "met" if met[0] else "undetermined" if met[1] else "not_met"
    return (verdict, *professional, *public, professional[0] + public[0], professional[1] + public[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
