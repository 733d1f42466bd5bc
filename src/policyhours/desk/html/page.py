"""The page: the shell of every page of the desk, its style inside, and what fills it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from policyhours.desk.html.jinja import fill_from
from policyhours.desk.place import put_whole
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path

_HERE: Final = Path(__file__).parent
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
    """A template of the desk with its words, as markup.

    Raises:
        Refused: where Jinja2 is not installed.
    """
    return fill_from(_HERE / "templates", f"{template}.html", **words)


def style(name: str) -> str:
    """A style sheet, as markup.

    ``page`` is the base of every page; what a body needs besides stands under a class of its own, so that it
    may stand among other things, as it does in the workbench.
    """
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
