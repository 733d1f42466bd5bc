"""Names: what groups of people and spans of hours are called in overview and report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from policyhours.roster.results.histogram import Bin
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.phrases import WORDS
from policyhours.roster.results.summary import Group

_LONGEST: Final = 40


def in_order(fact: str, groups: Sequence[Group], labels: Labels) -> list[Group]:
    """Groups in the order of a fact's options, where it has any; whoever has none of them stays behind."""
    places = {value: place for place, value in enumerate(labels.options.get(fact, ()))}
    return sorted(groups, key=lambda group: places.get(group.value or "", len(places)))


def group_name(fact: str, group: Group, labels: Labels) -> str:
    """A group by the value that its people have in common."""
    if group.together:
        return labels.pick(*WORDS["together"]).format(group.together)
    if group.value is None:
        return labels.pick(*WORDS["not_stated"])
    return _printable(labels.options_of(fact).get(group.value, group.value))


def _printable(value: str) -> str:
    """What a cell says, in one line of bounded length, and without what a console would act upon."""
    text = "".join(character if character.isprintable() else "\ufffd" for character in value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def span(each: Bin, labels: Labels) -> str:
    """From which hours to which."""
    if each.end is None:
        return labels.pick(*WORDS["from"]).format(each.first)
    return labels.pick(*WORDS["span"]).format(each.first, each.end)
