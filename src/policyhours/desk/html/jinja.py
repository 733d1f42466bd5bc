"""Jinja: how the templates of every page are filled in, those of the desk and those of the workbench."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyhours.desk.extra import needed

if TYPE_CHECKING:
    from jinja2 import Environment


def fill_from(folder: Path, template: str, /, **words: Any) -> str:
    """A template of a folder with its words; every text is escaped, and the result is markup.

    Raises:
        Refused: where Jinja2 is not installed.
    """
    templates = _environment(folder)
    from markupsafe import Markup

    return Markup(templates.get_template(template).render(**words))


@cache
def _environment(folder: Path) -> Environment:
    with needed("DK101"):
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
