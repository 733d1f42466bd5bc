"""What is shipped with the package: the schemas, the public policies and the pages about rules.

Installed, they stand in ``_data`` inside the package; in a working copy at the top of the repository.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def _shipped(name: str) -> Path | None:
    for folder in (_PACKAGE / "_data", _PACKAGE.parent.parent):
        if (folder / name).is_dir():
            return folder / name
    return None


def shipped_policies() -> Path | None:
    """The folder of the policies that are shipped."""
    return _shipped("policies")


def schema_text(name: str) -> str:
    """The text of the schema ``policy``, ``case`` or ``result``.

    Raises:
        FileNotFoundError: where the package is not whole.
    """
    folder = _shipped("schema")
    if folder is None:
        raise FileNotFoundError("schema")
    return (folder / f"{name}.schema.json").read_text(encoding="utf-8")


def rule_page(code: str) -> str | None:
    """The page about the rule of lint with this code, if there is one."""
    folder = _shipped("docs/rules")
    path = folder / f"{code}.md" if folder is not None else None
    return path.read_text(encoding="utf-8") if path is not None and path.is_file() else None
