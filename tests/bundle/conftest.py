"""What the tests of bundles share: the folder ``bundle`` is importable, and so are the scripts that it ships."""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from helpers import ROOT

sys.path.insert(0, str(ROOT))


def script(name: str) -> ModuleType:
    """A script that is shipped, imported by its path."""
    spec = importlib.util.spec_from_file_location(f"shipped_{name}", ROOT / f"bundle/files/scripts/{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def start() -> ModuleType:
    return script("start")


@pytest.fixture(scope="session")
def check() -> ModuleType:
    return script("check")


@pytest.fixture(scope="session")
def install() -> ModuleType:
    return script("install")


@pytest.fixture
def wheel(tmp_path):
    """Writes a wheel that has nothing but a name, a version and what else its metadata says."""

    def made(name: str, version: str = "1.0", *said: str, files: dict[str, str] | None = None) -> Path:
        path = tmp_path / "made" / f"{name}-{version}-py3-none-any.whl"
        path.parent.mkdir(exist_ok=True)
        lines = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *said]
        with zipfile.ZipFile(path, "w") as archive:
            texts = {f"{name}-{version}.dist-info/METADATA": "\n".join(lines) + "\n", **(files or {})}
            for inner, text in texts.items():
                archive.writestr(zipfile.ZipInfo(inner), text)  # always of the same date
        return path

    return made
