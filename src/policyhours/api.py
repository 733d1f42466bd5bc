"""The API: load a policy, evaluate a case, get dataclasses or plain data.

>>> import policyhours
>>> policy = policyhours.load_policy("xinjiang@2023.1")
>>> policy.header.valid_from.isoformat()
'2023-02-01'
>>> found = policyhours.evaluate({
...     "case": "a", "policy": "xinjiang@2023.1", "person": {"id": "p-1", "title_level": "junior"},
...     "activities": [{"id": "t", "kind": "training", "date": "2025-03-01", "hours": 90,
...                     "assessment": "passed"}],
... })
>>> found.result.years[2025].verdict
'met'
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from policyhours.case.read import read_draft
from policyhours.case.written import as_source
from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.answer.evaluation import evaluate as _evaluate
from policyhours.language.files import folders
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import parse_reference
from policyhours.text.reader import read_document
from policyhours.text.source import read_source


def load_policy(ref: str, *, policies: Path | str | None = None, as_of: date | None = None) -> Policy:
    """A policy by reference, resolved over the text that it implements.

    Args:
        ref: ``id@version``, or ``id`` for the version in force on `as_of` (today where that is not given).
        policies: the folder of policies; by default where the commands look, too.
        as_of: see `ref`.

    Raises:
        Refused: where there is none, or where it is faulty; its findings say what to do.
    """
    return _library(policies).policy(parse_reference(ref), as_of or date.today())


def evaluate(
    case: Mapping[str, Any] | Path | str,
    *,
    policy: str | None = None,
    readings: Mapping[str, str] | None = None,
    as_of: date | None = None,
    policies: Path | str | None = None,
    try_readings: bool = True,
) -> Evaluation:
    """Evaluate one case.

    Args:
        case: a file with one case, or the case as a mapping, as the file would state it.
        policy: the reference of the policy to use instead of the one that the case names.
        readings: readings to switch (reading → option).
        as_of: the day whose version a reference without version means.
        policies: the folder of policies.
        try_readings: whether to find out which verdicts hang on a contested reading.

    Returns:
        The evaluation: `result` holds dataclasses, `to_dict` gives plain data as in ``result.schema.json``.

    Raises:
        Refused: where the case or a policy is faulty; its findings say what to do.
    """
    source = read_source(Path(case)) if isinstance(case, str | Path) else as_source(case)
    draft = read_draft(read_document(source))
    chosen = parse_reference(policy) if policy else None
    library = _library(policies)
    return _evaluate(draft, library, policy=chosen, as_of=as_of, readings=readings, try_readings=try_readings)


def _library(policies: Path | str | None) -> Library:
    return Library(folders(Path(policies) if policies is not None else None))
