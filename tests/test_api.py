"""The API: small, typed, documented."""

from __future__ import annotations

import doctest
import inspect
from datetime import date
from fractions import Fraction

import pytest

import policyhours
import policyhours.api
from helpers import ROOT, case


def test_the_examples_in_its_documentation_hold():
    assert doctest.testmod(policyhours.api).failed == 0


def test_a_file_and_the_mapping_that_it_states_come_out_alike():
    found = policyhours.evaluate(
        ROOT / "policies/examples/general/cases/W3b.yaml", policies=ROOT / "policies"
    )
    assert found.result.years[2025].verdict == "met"
    assert found.to_dict()["years"]["2025"]["total"] == {"low": "90", "high": "90"}
    activity = {"kind": "training", "hours": Fraction(21, 2), "assessment": "passed"}
    found = policyhours.evaluate(case(activity), policies=ROOT / "policies")
    assert found.result.years[2025].total.low == Fraction(21, 2)


def test_a_refusal_carries_findings_and_reads_as_text():
    with pytest.raises(policyhours.Refused) as caught:
        policyhours.evaluate({"case": "x"}, policies=ROOT / "policies")
    assert [f.code for f in caught.value.findings] == ["PH203"]
    assert "缺少“person”" in str(caught.value)


def test_a_policy_by_reference():
    policy = policyhours.load_policy("xinjiang", policies=ROOT / "policies", as_of=date(2025, 1, 1))
    assert policy.ref == "xinjiang@2023.1"
    assert policy.rules().standards["paper"].title == "学术论文"


def test_everything_public_is_documented():
    for name in policyhours.__all__:
        assert name == "__version__" or inspect.getdoc(getattr(policyhours, name))
    with pytest.raises(AttributeError):
        policyhours.nothing  # noqa: B018


def test_the_version_is_the_packages():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert policyhours.__version__ == project["version"]
