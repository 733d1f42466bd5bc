"""The columns of the sheet 试算: cases in rows, one activity a row, and beside them what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from policyhours.desk.form.labels import Labels
from policyhours.desk.form.model import Form
from policyhours.language.policy import Policy

CASE: Final = "个案"
ID: Final = "活动编号"
KIND: Final = "方式"
DAY: Final = "日期"
STATUS: Final = "登记"
FIXED: Final = {CASE: "case", ID: "id", KIND: "kind", DAY: "date", STATUS: "status"}
"""Heads that are no facts."""

COUNTED: Final = "结果：这项活动的学时"
OUTCOME: Final = "结果：各年度"
CHANGED: Final = "结果：与上次试算相比"
RESULTS: Final = (COUNTED, OUTCOME, CHANGED)


@dataclass(frozen=True, slots=True)
class TrialColumn:
    """A column; `result` is filled in by the trial."""

    head: str
    choices: tuple[str, ...] = ()
    width: int = 14
    result: bool = False


def trial_columns(upper: Policy, form: Form, labels: Labels) -> list[TrialColumn]:
    """The columns that a trial of a form begins with; others may be added."""
    rules = upper.rules()
    kinds = tuple(standard.title for standard in rules.standards.values())
    found = [
        TrialColumn(CASE, width=12),
        TrialColumn(ID, width=10),
        TrialColumn(KIND, kinds, 26),
        TrialColumn(DAY, width=12),
    ]
    facts = [f for f in rules.facts.values() if f.of == "person" and f.attested is None and f.kind != "text"]
    facts += [f for f in rules.facts.values() if f.of == "activity" and f.attested is None]
    own = form.part("facts")
    names = [fact.id for fact in facts]
    for entry in own.entries if own is not None else ():
        if entry.key.text not in rules.facts and entry.get("of").text in ("", "person", "activity"):
            names.append(entry.key.text)
    for name in names:
        options = labels.options.get(name, {})
        choices = tuple(labels.shown(name, option) for option in options)
        found.append(TrialColumn(labels.title(name), choices, 21))
    return [*found, TrialColumn(COUNTED, width=24, result=True), TrialColumn(OUTCOME, width=46, result=True),
            TrialColumn(CHANGED, width=40, result=True)]  # fmt: skip
