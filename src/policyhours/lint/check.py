"""Checking: policies and cases in files, each read once, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from policyhours.case.read import Draft, read_draft
from policyhours.desk.answer.evaluation import Evaluation, evaluate
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.structure import check_policy
from policyhours.lint.choice import Choice
from policyhours.lint.documents import Document, File, files
from policyhours.lint.families import CASE_RULES, POLICY_RULES, PROJECT_RULES
from policyhours.lint.project import Project
from policyhours.lint.suppression import suppressed
from policyhours.text.finding import Finding, Refused
from policyhours.text.messages import Severity, catalogue
from policyhours.text.tree import Mapping

T = TypeVar("T")

ALL: Final = Choice()
"""Every finding is told."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    Attributes:
        findings: by file, line and column, each once.
        checked: how many documents were looked at.
    """

    findings: tuple[Finding, ...]
    checked: int

    def count(self, severity: Severity) -> int:
        """How many findings of this severity there are."""
        return sum(catalogue()[finding.code].severity == severity for finding in self.findings)


def check(paths: Iterable[str], library: Library, choice: Choice = ALL) -> Report:
    """Check everything in files and folders, and ``-``, standard input.

    Args:
        paths: what to check.
        library: where other policies are.
        choice: which findings are told.
    """
    return check_files(tuple(files(paths)), library, choice)


def check_files(given: Iterable[File], library: Library, choice: Choice = ALL) -> Report:
    """Check files that have been read; the library takes over those that stand in it."""
    given = tuple({file.whole or file: file for file in given}.values())
    found = _Check(given, library)
    findings = suppressed(list(_once(found.findings())), [f.source for f in given if f.source is not None])
    told = sorted(filter(choice.tells, findings), key=_order)
    return Report(tuple(told), found.checked)


class _Check:
    """One run: documents first, then policies, cases, and what concerns several of them."""

    def __init__(self, given: tuple[File, ...], library: Library) -> None:
        self.checked = 0
        self._given = given
        self._library = library
        self._files = frozenset(file.whole for file in given if file.whole is not None)
        self._names: dict[str, bool] = {file.source.name: True for file in given if file.source is not None}

    def findings(self) -> Iterator[Finding]:
        trees: list[tuple[Mapping, Path | None]] = []
        drafts: list[Draft] = []
        for document in (document for file in self._given for document in file.documents()):
            self.checked += 1
            try:
                if document.is_case:
                    assert document.node is not None
                    drafts.append(read_draft(document.node))
                else:
                    tree = _policy_tree(document)
                    trees.append((tree, document.path))
                    if document.path is not None:
                        self._library.take(tree, document.path)
            except Refused as refused:
                yield from refused.findings
        policies: list[Policy] = []
        for tree, path in trees:
            yield from _gathered(policies, lambda t=tree, p=path: self._library.resolve_file(t, p))  # type: ignore[misc]
        for policy in policies:
            for policy_rule in POLICY_RULES:
                yield from self._mine(policy_rule(policy, self._library))
        evaluations: list[Evaluation] = []
        for draft in drafts:
            yield from _gathered(
                evaluations,
                lambda d=draft: evaluate(d, self._library, try_readings=False),  # type: ignore[misc]
            )
        for evaluation in evaluations:
            for case_rule in CASE_RULES:
                yield from self._mine(case_rule(evaluation))
        if trees:
            yield from self._mine(self._library.faults())
        sound = len(evaluations) == len(drafts)
        project = Project(self._library, tuple(policies), tuple(evaluations), self._files, sound)
        for project_rule in PROJECT_RULES:
            yield from self._mine(project_rule(project))

    def _mine(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings that concern a file that was given."""
        for finding in findings:
            places = [place for place in (finding.place, *(place for _, place in finding.also)) if place]
            if not places or any(self._is_given(place.source.name) for place in places):
                yield finding

    def _is_given(self, name: str) -> bool:
        if name not in self._names:
            self._names[name] = Path(name).resolve() in self._files
        return self._names[name]


def _policy_tree(document: Document) -> Mapping:
    """The tree of a document that calls itself a policy.

    Raises:
        Refused: where it could not be read, is no policy, or its structure is faulty.
    """
    if document.refused is not None:
        raise document.refused
    node = document.node
    assert node is not None
    if not isinstance(node, Mapping) or not document.is_policy:
        place = node.entries[0].key_place if isinstance(node, Mapping) and node.entries else node.place
        raise Refused((Finding("PH327", place),))
    check_policy(node)
    return node


def _gathered(into: list[T], made: Callable[[], T]) -> Iterator[Finding]:
    """Put what is made into the list, or yield why it cannot be made."""
    try:
        into.append(made())
    except Refused as refused:
        yield from refused.findings


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding once, however many files lead to it."""
    seen = set()
    for finding in findings:
        key = (finding.code, str(finding.place), tuple(sorted(finding.args.items())))
        if key not in seen:
            seen.add(key)
            yield finding


def _order(finding: Finding) -> tuple[str, int, int, str]:
    place = finding.place
    if place is None:
        return finding.args.get("file", ""), 0, 0, finding.code
    return place.source.name, place.line, place.column, finding.code
