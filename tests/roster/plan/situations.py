"""What a query over a roster has to agree with the evaluator under: policies, readings, years, industries."""

from __future__ import annotations

import pytest

YEAR = 2025
GENERAL = "examples/general@2023.1"
POLICIES = [
    GENERAL, "xinjiang@2023.1", "examples/health@2024.1", "examples/education@2024.1",
    "examples/agriculture@2024.1", "examples/engineering@2024.1", "xinjiang/accounting@2023.1",
    "national/accounting@2018.1",
]  # fmt: skip
READINGS = [
    {"share_base": "earned"}, {"public_minimum": "thirty"}, {"completion_mode": "added"},
    {"degree_years": "starting"}, {"event_roles": "both"}, {"rounding": "whole_down"},
    {"revocation": "retroactive"}, {"ip_scope": "invention_only"},
    {"share_base": "earned", "public_minimum": "thirty", "completion_mode": "added"},
]  # fmt: skip
INDUSTRIES = ["示例农业", "示例教育", "示例工程", "示例建设", "示例卫生健康"]

in_every_situation = pytest.mark.parametrize(
    ("ref", "more"),
    [
        *(pytest.param(ref, {}, id=ref) for ref in POLICIES),
        *(pytest.param(GENERAL, {"readings": chosen}, id="-".join(chosen)) for chosen in READINGS),
        *(pytest.param(GENERAL, {"year": year}, id=str(year)) for year in (2023, 2024, 2026, 2027)),
        *(
            pytest.param(ref, {"year": year, "industries": INDUSTRIES}, id=f"all industries-{ref}-{year}")
            for ref in ("xinjiang@2023.1", "xinjiang")
            for year in (2023, 2024, 2025, 2026)
        ),
    ],
)
"""A test with a policy and what else is asked of a roster under it."""
