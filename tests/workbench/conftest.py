from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from calling import Client, client_of

from policyhours.workbench.app import workbench
from policyhours.workbench.guard import Address

POLICIES = Path(__file__).resolve().parents[2] / "policies"


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A browser, or a program, on this computer."""
    with client_of(workbench((POLICIES,), Address("127.0.0.1", 8765))) as client:
        yield client
