"""The page: the shell of every page, with its style inside, and the templates of what stands in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from policyhours.desk.extra import needed
from policyhours.desk.place import put_whole
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path

if TYPE_CHECKING:
    from jinja2 import Environment

_ENDINGS: Final = (".html", ".htm")
_SHELL: Final = "page"


def page(title: str, body: str, lang: str, *styles: str) -> str:
    """A page of one file: nothing is fetched, and no script runs.

    Args:
        title: what the window and the printer call it.
        body: markup, as `fill` makes it.
        lang: ``zh`` or ``en``.
        styles: the style sheets that the body needs besides the shell's own.
    """
    css = [style(name) for name in (_SHELL, *styles)]
    return fill(_SHELL, title=title, body=body, lang=lang, css=css)


def fill(template: str, **words: Any) -> str:
    """A template with its words; every text is escaped, and the result is markup.

    Raises:
        Refused: where Jinja2 is not installed.
    """
    environment = _environment()
    from markupsafe import Markup

    return Markup(environment.get_template(f"{template}.html").render(**words))


def style(name: str) -> str:
    """A style sheet, as markup."""
    from markupsafe import Markup

    return Markup((_HERE / "styles" / f"{name}.css").read_text(encoding="utf-8").strip())


def ready(out: Path) -> None:
    """Make sure, before anything is worked out, that `out` is the name of a page.

    A case or a policy given as `out` by a slip is not written over.

    Raises:
        Refused: where its ending is that of another form.
    """
    if out.suffix.lower() not in _ENDINGS:
        raise Refused((Finding("DK102", None, {"file": shown_path(out)}),))


def put_page(html: str, out: Path) -> None:
    """Put a page in its place, whole.

    Raises:
        Refused: where it can't be written.
    """
    ready(out)
    put_whole(html.encode("utf-8"), out)


_HERE: Final = Path(__file__).parent


@cache
def _environment() -> Environment:
    with needed("DK101"):
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
