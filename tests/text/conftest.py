from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from policyhours.text import reader


@pytest.fixture(params=["libyaml", "pure"])
def parser(request, monkeypatch):
    """Everything holds with libyaml and without it."""
    if request.param == "libyaml":
        loader = getattr(yaml, "CSafeLoader", None) or pytest.skip("libyaml is not there")
    else:
        loader = yaml.SafeLoader
    monkeypatch.setattr(reader, "_PARSER", loader)
    return request.param


@pytest.fixture(scope="session")
def realistic() -> str:
    """A policy as a clerk would write one, every kind of layout in it."""
    return (Path(__file__).parent / "realistic.yaml").read_text(encoding="utf-8")
