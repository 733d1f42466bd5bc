"""The API: the same answers for programs, as JSON.

Each function is done in a worker of its own and gives a reply. What it opens are the policies of the library;
no text of a request is ever taken for a path.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, NoReturn

from policyhours.case.read import read_draft
from policyhours.case.written import as_source, number_or_text
from policyhours.desk.answer.evaluation import evaluate
from policyhours.desk.answer.record import record
from policyhours.desk.register import as_data, entries
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.lint.check import Report, check_files
from policyhours.lint.documents import STANDARD_INPUT, file_from_bytes
from policyhours.text.finding import Finding, Refused
from policyhours.text.reader import read_document
from policyhours.text.source import Source, source_from_bytes
from policyhours.workbench.reply import JSON, YAML, Reply, as_json, told
from policyhours.workbench.stated import Steps, steps_of

BODIES: Final = (JSON, YAML)
"""The media types in which a case may be sent."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a case is to be evaluated.

    Attributes:
        policy: the reference of the policy to use instead of the one that the case names.
        as_of: the day whose version a reference without version means.
        readings: readings to switch (reading → option).
    """

    policy: str | None = None
    as_of: date | None = None
    readings: Mapping[str, str] | None = None


def listed(folders: Sequence[Path], day: date, lang: str) -> Reply:
    """Every version of every policy as it stands on a day, and what is wrong with those that are faulty."""
    library = Library(folders)
    versions, unread = library.every_version()
    faults = [*unread, *library.faults()]
    return as_json(
        {
            "as_of": day.isoformat(),
            "policies": [as_data(entry) for entry in entries(versions, day)],
            "findings": [told(f, lang) for f in faults],
        }
    )


def evaluated(folders: Sequence[Path], body: bytes, media: str, wanted: Wanted, lang: str) -> Reply:
    """What a case comes to, or the findings that say why it cannot be assessed.

    Args:
        folders: where policies are.
        body: the case, as JSON or as YAML.
        media: which of the two.
        wanted: how it is to be evaluated.
        lang: the language of the words.
    """
    steps: Steps = {}
    try:
        source = source_from_bytes(body, STANDARD_INPUT) if media == YAML else _source(body)
        tree = read_document(source)
        steps = steps_of(tree)
        found = evaluate(
            read_draft(tree),
            Library(folders),
            policy=parse_reference(wanted.policy) if wanted.policy else None,
            as_of=wanted.as_of,
            readings=wanted.readings,
        )
    except Refused as refused:
        data = [told(f, lang, lambda place: steps.get((place.line, place.column))) for f in refused.findings]
        return as_json({"findings": data}, 422)
    return as_json(record(found, lang))


def checked(folders: Sequence[Path], body: bytes, name: str, lang: str) -> Reply:
    """What is wrong with a file of policies or cases.

    Args:
        folders: where other policies are.
        body: the file.
        name: what it is called in findings.
        lang: the language of the words.
    """
    report = check_files((file_from_bytes(body, name),), Library(folders))
    return as_json(_report(report, lang))


def _report(report: Report, lang: str) -> dict[str, Any]:
    return {
        "checked": report.checked,
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "advice": report.count("advice"),
        "findings": [told(f, lang) for f in report.findings],
    }


def _source(body: bytes) -> Source:
    """The text that the case would be which JSON states; its numbers stay exact.

    Raises:
        Refused: where it is no JSON, or no object.
    """
    try:
        data = json.loads(
            body.decode("utf-8-sig"),
            parse_float=number_or_text,
            parse_int=number_or_text,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
        if not isinstance(data, dict):
            raise Refused((Finding("DK410", None),))
        return as_source(data)
    except json.JSONDecodeError as fault:
        words = {"line": str(fault.lineno), "column": str(fault.colno)}
        raise Refused((Finding("DK409", None, words),)) from None
    except UnicodeDecodeError:
        raise Refused((Finding("PH107", None, {"file": STANDARD_INPUT}),)) from None
    except RecursionError:
        raise Refused((Finding("DK411", None),)) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, each of whose keys stands once."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refused((Finding("DK414", None, {"found": key}),))
        found[key] = value
    return found


def _no_number(word: str) -> NoReturn:
    raise Refused((Finding("DK415", None, {"found": word}),))
