"""The page of a case: the form, what it comes to, and what is wrong with what was filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from policyhours.case.read import read_draft
from policyhours.case.written import WRITTEN, as_source, case_text
from policyhours.desk.answer.evaluation import Evaluation, evaluate
from policyhours.desk.html.answer import answer_body, answer_html
from policyhours.desk.wording import VERDICTS
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import parse_reference
from policyhours.text.finding import Finding, Refused
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes
from policyhours.workbench.casework import Form, case_of, form_of, lacking
from policyhours.workbench.filled import NEW_KIND, Said, changed, said_of
from policyhours.workbench.marked import Told, told
from policyhours.workbench.pages import no_policy
from policyhours.workbench.reply import HTML, YAML, Reply
from policyhours.workbench.stated import Steps, steps_of
from policyhours.workbench.view import View

ASSESS: Final = "assess"
SAVE: Final = "yaml"
SHEET: Final = "sheet"
"""The buttons that do something with the case: show what it comes to, download it, download the answer."""

_LEVEL: Final = 3
"""The level of the sheet's first heading on the page, under “结果”."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a filled form.

    Attributes:
        found: the answer, if there is one.
        faults: what is wrong, by the name of the field; under no name what belongs to none.
    """

    found: Evaluation | None
    faults: Mapping[str, tuple[Told, ...]]


def filling(folders: Sequence[Path], view: View, ref: str, said: Said, do: str) -> Reply:
    """The form for a case under a policy, after a button was pressed.

    Args:
        folders: where policies are.
        view: who looks.
        ref: the policy.
        said: what has been filled in.
        do: the button; empty where none was.
    """
    library = Library(folders)
    try:
        policy = library.policy(parse_reference(ref), date.today())
    except Refused as refused:
        return no_policy(view, refused)
    filled = changed(said, do)
    form = form_of(policy.rules(), ref, filled, view.lang)
    if do == SAVE:
        return Reply(200, YAML, case_text(case_of(form)).encode("utf-8"), "个案.yaml")
    outcome = Outcome(None, {})
    if do in (ASSESS, SHEET):
        outcome = _outcome(form, library, view.lang)
    if do == SHEET and outcome.found is not None:
        return Reply(200, HTML, answer_html(outcome.found, view.lang).encode("utf-8"), "答复单.html")
    return _page(view, policy, form, outcome, filled.get(NEW_KIND, ""), ())


def opened(folders: Sequence[Path], view: View, ref: str, name: str, body: bytes) -> Reply:
    """The form, filled in with a case from a file; the case's own policy goes before the one of the page."""
    library = Library(folders)
    try:
        policy = library.policy(parse_reference(ref), date.today())
    except Refused as refused:
        return no_policy(view, refused)
    said: Said = {}
    wrong: tuple[Finding, ...] = ()
    try:
        if not name:
            raise Refused((Finding("DK422", None),))
        draft = read_draft(read_document(source_from_bytes(body, name)))
        if draft.policy is not None:
            ref = str(draft.policy)
            policy = library.policy(draft.policy, date.today(), draft.policy_place)
        said = said_of(draft.tree, policy.rules().facts.values())
    except Refused as refused:
        wrong = refused.findings
    form = form_of(policy.rules(), ref, said, view.lang)
    outcome = Outcome(None, {}) if wrong else _outcome(form, library, view.lang)
    return _page(view, policy, form, outcome, "", wrong)


def _page(
    view: View, policy: Policy, form: Form, outcome: Outcome, new_kind: str, wrong: Sequence[Finding]
) -> Reply:
    fields = form.fields()
    summary = [
        (fault, name if name in fields else "") for name, faults in outcome.faults.items() for fault in faults
    ]
    return view.page(
        "case.html",
        422 if wrong or summary else 200,
        styles=("answer",),
        form=form,
        title=policy.header.title,
        faults=outcome.faults,
        summary=summary,
        new_kind=new_kind,
        opening=[told(finding, view.lang) for finding in wrong],
        answer="" if outcome.found is None else answer_body(outcome.found, view.lang, level=_LEVEL),
        said="" if outcome.found is None else _verdicts(outcome.found, view.lang),
    )


def _outcome(form: Form, library: Library, lang: str) -> Outcome:
    """What a filled form comes to; nothing is assessed while a required field is empty."""
    if empty := lacking(form):
        return Outcome(None, {finding.args["name"]: (told(finding, lang),) for finding in empty})
    steps: Steps = {}
    try:
        tree = read_document(as_source(case_of(form)))
        steps = steps_of(tree)
        return Outcome(evaluate(read_draft(tree), library), {})
    except Refused as refused:
        found: dict[str, tuple[Told, ...]] = {}
        for finding in refused.findings:
            name = _name(finding, steps)
            found[name] = (*found.get(name, ()), told(finding, lang))
        return Outcome(None, found)


def _name(finding: Finding, steps: Steps) -> str:
    """The name of the field that a finding is about; empty where it is about none."""
    place = finding.place
    if place is None or place.source.name != WRITTEN:
        return ""
    return ".".join(str(step) for step in steps.get((place.line, place.column), ()))


def _verdicts(found: Evaluation, lang: str) -> str:
    """The verdict of each year, in a line."""
    comma = "；" if lang == "zh" else "; "
    years = found.result.years.items()
    return comma.join(f"{year}：{VERDICTS[lang][year_result.verdict]}" for year, year_result in sorted(years))
