"""The view: a page as the browser gets it, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from policyhours.text.finding import Finding
from policyhours.workbench.labels import LABELS, PAGES
from policyhours.workbench.marked import told
from policyhours.workbench.reply import HTML, Reply

if TYPE_CHECKING:
    from jinja2 import Environment

STYLES: Final = ("workbench.css",)
"""The style sheets of every page."""


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

    def page(self, template: str, status: int = 200, **words: Any) -> Reply:
        """A page made from a template."""
        text = self.part(
            template,
            t=PAGES[self.lang],
            w=LABELS[self.lang],
            to=self.to,
            here=self.here,
            styles=STYLES,
            **words,
        )
        return Reply(status, HTML, text.encode("utf-8", "replace"))

    def part(self, template: str, **words: Any) -> str:
        """A piece of a page made from a template."""
        return _environment().get_template(template).render(lang=self.lang, **words)

    def refusal(self, findings: Iterable[Finding], status: int) -> Reply:
        """The page that says why something was not done."""
        return self.page("refused.html", status, faults=[told(f, self.lang) for f in findings])


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("policyhours.workbench"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
