"""Markup: the few forms of which the report is made; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from policyhours.roster.results.labels import Labels
from policyhours.roster.results.phrases import WORDS


def say(word: str, labels: Labels, *words: object) -> str:
    """A phrase in the language of the labels, ready for the page."""
    return escape(labels.pick(*WORDS[word]).format(*words).strip())


def section(title: str, content: str, kind: str = "") -> str:
    """A part of the page under its heading; `title` and `content` are markup."""
    named = f' class="{kind}"' if kind else ""
    return f"<section{named}>\n<h2>{title}</h2>\n{content}</section>\n"


def table(caption: str, heads: Sequence[str], rows: Iterable[str], kind: str = "") -> str:
    """A table with its caption; what it is given is markup. A wide one can be moved sideways."""
    named = f' class="{kind}"' if kind else ""
    head = "".join(heads)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table{named}>'
        f"<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{chr(10).join(rows)}\n</tbody></table></div>\n"
    )


def heads(*words: str, labels: Labels, figures: Sequence[str] = ("people", "share")) -> list[str]:
    """The heads of columns; those of figures stand to the right, as these do."""
    return [head(say(word, labels), figure=word in figures) for word in words]


def head(text: str, *, figure: bool = False) -> str:
    """The head of a column; `text` is markup."""
    kind = ' class="figure"' if figure else ""
    return f'<th scope="col"{kind}>{text}</th>'


def cell(text: str) -> str:
    """A cell with a figure."""
    return f'<td class="figure">{escape(text)}</td>'
