"""A form that came back as a filing, checked like any other; every finding is told as sheet and cell."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policyhours.desk.filings.draft import Wanted, draft
from policyhours.desk.form.compose import compose
from policyhours.desk.form.emit import Emitted
from policyhours.desk.form.model import Form
from policyhours.desk.form.read import Filled
from policyhours.language.files import file_name_of, read_policy_file
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import Reference, parse_reference
from policyhours.language.structure import check_policy
from policyhours.text.finding import Finding, Refused
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes
from policyhours.text.tree import Mapping


@dataclass(frozen=True, slots=True)
class Filing:
    """What a form says as a filing.

    Attributes:
        text: ready to be written.
        policy: over its upper text.
    """

    text: str
    policy: Policy


def filing_of(filled: Filled, library: Library) -> Filing:
    """The filing that a form says.

    Raises:
        Refused: where the filing is faulty; the findings name sheet and cell.
    """
    emitted = Emitted(filled.form)
    text = emitted.text
    try:
        tree = read_document(source_from_bytes(text.encode("utf-8"), "-"))
        check_policy(tree)
        assert isinstance(tree, Mapping)
        return Filing(text, library.resolve_file(tree, None))
    except Refused as refused:
        raise Refused(tuple(emitted.traced(finding) for finding in refused.findings)) from None


def new_form(upper: Policy, wanted: Wanted) -> Form:
    """The form of a filing that is to be begun; the hints of a draft stand in the workbook itself."""
    tree = read_document(source_from_bytes(draft(upper, wanted).encode("utf-8"), "-"))
    assert isinstance(tree, Mapping)
    return compose(tree, comments=False)


def form_of(library: Library, ref: Reference, day: date) -> tuple[Form, Policy]:
    """The form of a filing that there is, and the text that it implements.

    Args:
        library: where policies are.
        ref: which one; without a version the one in force on the day.
        day: the day.

    Raises:
        Refused: where there is no such policy, or it is no filing, or is faulty.
    """
    policy = library.policy(ref, day)
    if policy.header.implements is None:
        raise Refused((Finding("DK322", None, {"ref": policy.ref}),))
    path = library.path(policy.ref)
    assert path is not None
    form = compose(read_policy_file(path, policy.ref))
    return form, library.policy(parse_reference(policy.header.implements))


@contextmanager
def library_with(filing: Filing, library: Library) -> Iterator[Library]:
    """A library in which the filing stands before all others; nothing of it is left behind."""
    header = filing.policy.header
    with tempfile.TemporaryDirectory(prefix="policyhours-") as folder:
        path = Path(folder) / file_name_of(header.ref)
        path.parent.mkdir(parents=True)
        path.write_text(filing.text, encoding="utf-8", newline="\n")
        yield Library((Path(folder).resolve(), *library.folders))
