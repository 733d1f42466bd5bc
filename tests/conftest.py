from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from policyhours.language.library import Library

ROOT = Path(__file__).resolve().parent.parent

# Tests write policies where the program looks for them: never among those of whoever runs them.
os.environ.pop("POLICYHOURS_POLICIES", None)

settings.register_profile(
    "default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def library() -> Library:
    return Library([ROOT / "policies"])
