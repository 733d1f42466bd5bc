"""Cases that may be certified, and what an office needs to do it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from helpers import ROOT, case, run
from policyhours.api import as_source
from policyhours.case.read import read_draft
from policyhours.desk.answer.evaluation import Evaluation, evaluate
from policyhours.desk.certificate.holder import act, holder
from policyhours.desk.certificate.issue import issue
from policyhours.language.library import Library
from policyhours.text.reader import read_document

PROVINCE = "xinjiang@2023.1"
PUBLIC = {"kind": "public_course", "hours": 30, "assessment": "passed"}
TRAINING = {"kind": "training", "hours": 60, "assessment": "passed"}
NAME = "试例·某某"
ID_NUMBER = "999999190001010015"
"""No person's: no region has this number."""

HOLDER = holder(NAME, ID_NUMBER)
ACT = act("2025-0001", "试行签发机关", date(2026, 1, 12))


def met(*more, **stated) -> Evaluation:
    """A year that is met, 60 and 30 hours, under the filed text of the province."""
    return run(case(TRAINING, PUBLIC, *more, policy=PROVINCE, **stated))


def worked(name: str) -> Evaluation:
    """A worked case of the province."""
    text = (ROOT / "policies/xinjiang/cases" / f"{name}.yaml").read_text("utf-8")
    from policyhours.text.source import source_from_bytes

    draft = read_draft(read_document(source_from_bytes(text.encode(), name)))
    return evaluate(draft, Library([ROOT / "policies"]), try_readings=False)


def under(policies: Path, *activities, policy: str) -> Evaluation:
    """A case under policies of a folder of its own."""
    library = Library([policies, ROOT / "policies"])
    draft = read_draft(read_document(as_source(case(*activities, policy=policy))))
    return evaluate(draft, library, try_readings=False)


@cache
def key():
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@cache
def other_key():
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes(32))


@cache
def issued() -> bytes:
    """The certificate of 2025."""
    return issue(met(), 2025, HOLDER, ACT, key()).data


def codes(refused) -> list[str]:
    return [finding.code for finding in refused.value.findings]
