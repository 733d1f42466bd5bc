"""A provision: one sentence of a rendered policy, with its articles and the text in which it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from policyhours.desk.sentences.slots import Leeway
from policyhours.desk.wording import articles
from policyhours.language.header import Header
from policyhours.language.rules import Origin

VALUES: Final = "数和算法"
"""The section of the named values."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One sentence of the rendered policy.

    Attributes:
        key: the address of what it says, such as ``paper.hours``.
        title: the Chinese title of what it says something of: a value, a standard, a section.
        standard: the kind of activity that it belongs to, if it belongs to one.
        source: the text in which it stands.
        own: whether that is the policy's own file, not one above it.
        leeway: what an industry may set here, if anything.
    """

    section: str
    key: str
    text: str
    article: tuple[str, ...]
    may: bool
    origin: Origin
    own: bool
    title: str
    standard: str | None
    source: Header
    leeway: Leeway | None


def cited(provision: Provision) -> str:
    """The provision's articles, and 可以 where the article says so."""
    may = "，可以" if provision.may else ""
    return f"（{articles(provision.article)}{may}）" if provision.article else ""
