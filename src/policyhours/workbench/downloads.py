"""Downloads of a policy: its rules as a page of one file, a filing as a workbook; both made in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from policyhours.desk.form.filing import form_of
from policyhours.desk.form.written import workbook
from policyhours.desk.html.rules import rules_html
from policyhours.desk.sentences.shown import shown
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.text.finding import Refused
from policyhours.workbench.pages import no_policy
from policyhours.workbench.reply import HTML, XLSX, Reply
from policyhours.workbench.view import View


def page(folders: Sequence[Path], view: View, ref: str, day: date) -> Reply:
    """The rules of a policy as ``policyhours show --format html`` writes them."""
    try:
        found = shown(Library(folders), parse_reference(ref), day)
    except Refused as refused:
        return no_policy(view, refused)
    return Reply(200, HTML, rules_html(found).encode("utf-8"), _name("条文", found.policy.ref, "html"))


def form(folders: Sequence[Path], view: View, ref: str, day: date) -> Reply:
    """The workbook of a filing as ``policyhours form`` writes it."""
    try:
        made, upper = form_of(Library(folders), parse_reference(ref), day)
        data = workbook(made, upper)
    except Refused as refused:
        return no_policy(view, refused)
    said = f"{made.says('policy')}@{made.says('version')}"
    return Reply(200, XLSX, data, _name("填写表", said, "xlsx"))


def _name(what: str, ref: str, ending: str) -> str:
    """The name of a file that is about a policy."""
    return f"{what} {ref.replace('/', '-')}.{ending}"
