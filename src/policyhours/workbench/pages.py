"""The pages: what people see, each made in a worker from the policies and from what was submitted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from policyhours.desk.html.rules import rules_body
from policyhours.desk.register import STATUS, entries, in_force_text, said
from policyhours.desk.sentences.shown import shown
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.lint.check import check_files
from policyhours.lint.documents import file_from_bytes
from policyhours.text.finding import Finding, Refused
from policyhours.workbench.labels import PAGES
from policyhours.workbench.marked import marked, told
from policyhours.workbench.reply import Reply
from policyhours.workbench.view import View

_MISSING: Final = frozenset({"PH320", "PH322", "PH323", "PH325"})
"""The findings that say that there is no such policy."""


def home(folders: Sequence[Path], view: View, day: date) -> Reply:
    """The first page: what policies there are, and how each stands on a day."""
    library = Library(folders)
    versions, unread = library.every_version()
    faults = [*unread, *library.faults()]
    policies = [
        {
            "ref": entry.header.ref,
            "title": entry.header.title,
            "now": entry.now,
            "status": STATUS[view.lang][entry.header.status],
            "term": in_force_text(entry, view.lang),
            "said": said(entry, view.lang),
        }
        for entry in entries(versions, day)
    ]
    policies.sort(key=lambda policy: not policy["now"])
    return view.page(
        "home.html",
        policies=policies,
        day=day.isoformat(),
        faults=[told(fault, view.lang) for fault in faults],
    )


def rules(folders: Sequence[Path], view: View, ref: str, day: date) -> Reply:
    """The rules of a policy as the desk shows them, with what can be downloaded of it."""
    try:
        found = shown(Library(folders), parse_reference(ref), day)
    except Refused as refused:
        return no_policy(view, refused)
    return view.page("rules.html", styles=("rules",), header=found.policy.header, rules=rules_body(found))


def checked(folders: Sequence[Path], view: View, limit: str, name: str, body: bytes | None) -> Reply:
    """The page to check a file, and what is wrong with the one that was submitted.

    Args:
        folders: where other policies are.
        view: who looks.
        limit: how large a file may be, in words.
        name: what the file is called; empty where none was chosen.
        body: the file; ``None`` where none was submitted.
    """
    words: dict[str, Any] = {"limit": limit, "faults": (), "marked": None, "summary": ""}
    if body is None:
        return view.page("check.html", **words)
    if not name:
        return view.page("check.html", 422, **{**words, "faults": [told(Finding("DK422", None), view.lang)]})
    file = file_from_bytes(body, name)
    report = check_files((file,), Library(folders))
    t = PAGES[view.lang]
    counts = (report.count("error"), report.count("warning"), report.count("advice"))
    summary = t["found"].format(name, *counts) if report.findings else t["sound"].format(name)
    words |= {"marked": marked(file.source, report.findings, view.lang), "summary": summary}
    return view.page("check.html", **words)


def no_policy(view: View, refused: Refused) -> Reply:
    """The page that says that there is no such policy, or that it is faulty."""
    missing = all(finding.code in _MISSING for finding in refused.findings)
    return view.refusal(refused.findings, 404 if missing else 422)
