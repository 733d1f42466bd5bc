"""Fields: what a form asks for, made from the facts of a policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from policyhours.case.written import number_or_text
from policyhours.language.rules import Fact
from policyhours.language.unit import parse_unit, unit_title
from policyhours.language.vocabulary import describe
from policyhours.workbench.labels import LABELS

Sort = Literal["choice", "flag", "number", "text", "day"]
Written = str | bool | date | Decimal
"""What a field comes to in a case."""

_FLAGS: Final = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in.

    Attributes:
        name: the path to it in the case, with dots: ``activities.0.hours``.
        title: its label.
        options: for a choice, what it may be, each with its label.
        hint: what else there is to say.
        required: whether a case is none without it.
        own: the label is a policy's own words, which are Chinese.
        value: what has been filled in; `default` where nothing has.
        default: what holds where the case says nothing.
    """

    name: str
    title: str
    sort: Sort
    value: str
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    required: bool = False
    own: bool = False
    default: str = ""

    def written(self) -> Written:
        """What it comes to in a case; what is nothing of its sort stays text, for the reader to refuse."""
        match self.sort:
            case "flag":
                return _FLAGS.get(self.value, self.value)
            case "number":
                return number_or_text(self.value)
            case "day":
                return _day(self.value)
            case _:
                return self.value

    @property
    def filled(self) -> bool:
        """Whether it says anything that would not hold anyway."""
        return self.value not in ("", self.default)

    @property
    def shown(self) -> str:
        """What has been filled in, as people read it."""
        return dict(self.options).get(self.value, self.value)


def field_of(fact: Fact, name: str, value: str, lang: str, facts: Mapping[str, Fact]) -> Field:
    """The field that a fact asks for.

    Args:
        fact: the fact.
        name: where it stands in the case.
        value: what has been filled in.
        lang: the language of the hints.
        facts: the facts of the policy.
    """
    return Field(
        name=name,
        title=fact.title,
        sort=_sort(fact),
        value=chosen(_options(fact, "zh"), value),
        options=_options(fact, lang),
        hint=_hint(fact, lang, facts),
        own=True,
    )


def chosen(options: tuple[tuple[str, str], ...], value: str) -> str:
    """The id of the option that a value names, by its id or by its label; else the value as it is."""
    by_label = {label: id_ for id_, label in options}
    return value if value in dict(options) else by_label.get(value, value)


def _sort(fact: Fact) -> Sort:
    match fact.kind:
        case "choice":
            return "choice"
        case "boolean":
            return "flag"
        case "integer" | "number":
            return "number"
        case _:
            return "text"


def _options(fact: Fact, lang: str) -> tuple[tuple[str, str], ...]:
    if fact.kind == "boolean":
        return (("true", LABELS[lang]["yes"]), ("false", LABELS[lang]["no"]))
    return tuple(fact.options.items())


def _hint(fact: Fact, lang: str, facts: Mapping[str, Fact]) -> str:
    words, said = LABELS[lang], []
    if fact.kind in ("integer", "number"):
        said.append(describe(fact, lang))
        if fact.unit is not None:
            said.append(words["unit"].format(unit_title(parse_unit(fact.unit))))
    if fact.kind == "identity":
        said.append(words["identity"])
    if fact.instead_of:
        others = words["comma"].join(facts[name].title for name in fact.instead_of)
        said.append(words["instead"].format(others))
    if fact.attested is not None:
        held = str(fact.attested).lower() if isinstance(fact.attested, bool) else str(fact.attested)
        said.append(words["attested"].format(dict(_options(fact, lang)).get(held, held)))
    return ("；" if lang == "zh" else "; ").join(said)


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
