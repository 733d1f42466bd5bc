"""The view: a page as the browser gets it, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from policyhours.desk.html.jinja import fill_from
from policyhours.text.finding import Finding
from policyhours.workbench.labels import LABELS, PAGES
from policyhours.workbench.marked import told
from policyhours.workbench.reply import HTML, Reply

STYLES: Final = ("page", "workbench")
"""The style sheets of every page: the desk's own, and what a page to work in needs besides."""

_TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class View:
    """Who looks, and at what.

    Attributes:
        lang: the language.
        asked: the address asks for it, so the links do, too.
        here: the address of the page, where it can be opened in another language as well.
    """

    lang: str
    asked: bool = False
    here: str = ""

    def to(self, path: str) -> str:
        """A link within the workbench."""
        return f"{path}?lang={self.lang}" if self.asked else path

    def page(self, template: str, status: int = 200, *, styles: tuple[str, ...] = (), **words: Any) -> Reply:
        """A page made from a template.

        Args:
            template: its name.
            status: of HTTP.
            styles: the style sheets of what the desk says on it.
            words: what the template asks for.
        """
        text = fill_from(
            _TEMPLATES,
            template,
            lang=self.lang,
            t=PAGES[self.lang],
            w=LABELS[self.lang],
            to=self.to,
            here=self.here,
            styles=(*STYLES, *styles),
            **words,
        )
        return Reply(status, HTML, text.encode("utf-8", "replace"))

    def refusal(self, findings: Iterable[Finding], status: int) -> Reply:
        """The page that says why something was not done."""
        return self.page("refused.html", status, faults=[told(f, self.lang) for f in findings])
