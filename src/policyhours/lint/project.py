"""A project: what is checked, and what belongs to it though it was not given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from policyhours.case.read import read_draft
from policyhours.desk.answer.evaluation import Evaluation, evaluate
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.lint.documents import files_in, read_file
from policyhours.text.finding import Refused


@dataclass(frozen=True)
class Project:
    """What rules about the whole may look at.

    Attributes:
        library: where policies are, those given among them.
        policies: those given that are sound.
        given: the evaluations of the cases given that are sound.
        all_sound: no case that was given is unsound.
        files: the paths of everything given, without links and dots.
    """

    library: Library
    policies: tuple[Policy, ...]
    given: tuple[Evaluation, ...]
    files: frozenset[Path]
    all_sound: bool = True

    @cached_property
    def evaluations(self) -> tuple[Evaluation, ...] | None:
        """The cases given, and those below the folders of the policies given; ``None`` where one is faulty.

        So a rule about cases holds when a policy is given alone. Nothing is read before it is asked for.
        """
        beside = self._beside() if self.all_sound else None
        return None if beside is None else (*self.given, *beside)

    def _beside(self) -> list[Evaluation] | None:
        folders = {path.parent for policy in self.policies if (path := self._path(policy)) is not None}
        outermost = [folder for folder in folders if not folders.intersection(folder.parents)]
        found = []
        for folder in sorted(outermost):
            for path in files_in(folder):
                if path.resolve() not in self.files:
                    cases = self._cases_of(path)
                    if cases is None:
                        return None
                    found += cases
        return found

    def _path(self, policy: Policy) -> Path | None:
        """The file of a policy that stands in the library; beside any other there may be anything."""
        path = self.library.path(policy.ref)
        return path if path is not None and path.resolve() in self.files else None

    def _cases_of(self, path: Path) -> list[Evaluation] | None:
        found = []
        for document in read_file(path).documents():
            if document.is_case and document.node is not None:
                try:
                    found.append(evaluate(read_draft(document.node), self.library, try_readings=False))
                except Refused:
                    return None
        return found
