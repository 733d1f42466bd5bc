"""Casework: a form made from a policy's facts, and the case that a filled form states.

The name of a field is the path to it in the case, so that a fault of the case leads back to its field. Of an
activity only the facts are asked for that its kind reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from policyhours.language.asking import facts_asked
from policyhours.language.rules import Entity, Fact, Rules
from policyhours.language.vocabulary import WORKED_OUT
from policyhours.text.finding import Finding
from policyhours.workbench.fields import Field, Sort, Written, chosen, field_of
from policyhours.workbench.filled import NEW_KIND, Said, numbered, numbers
from policyhours.workbench.labels import LABELS

_STATUSES: Final = ("registered", "pending", "void")
_EVIDENCE: Final = ("complete", "missing")
_ABOUT: Final = frozenset({"do", "policy", NEW_KIND})


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together.

    Attributes:
        name: the path to them; empty for those of the case itself.
        fields: what is usually filled in.
        more: what seldom is.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    more: tuple[Field, ...] = ()

    @property
    def all(self) -> tuple[Field, ...]:
        """Every field."""
        return self.fields + self.more


@dataclass(frozen=True, slots=True)
class Form:
    """A form for a case under a policy.

    Attributes:
        lists: by the list's name, its items; only those that the policy knows.
        kinds: the kinds of activities, each with its title.
        dropped: what was filled in and has no place in the form, each with what it said.
    """

    ref: str
    case: Group
    person: Group
    lists: Mapping[str, tuple[Group, ...]]
    review: Group | None
    readings: Group | None
    kinds: tuple[tuple[str, str], ...]
    dropped: tuple[tuple[str, str], ...]

    def groups(self) -> Iterator[Group]:
        """Every group, in the order of the form."""
        yield self.case
        yield self.person
        for items in self.lists.values():
            yield from items
        yield from (group for group in (self.review, self.readings) if group is not None)

    def fields(self) -> dict[str, Field]:
        """Every field by its name."""
        return {field.name: field for group in self.groups() for field in group.all}


def form_of(rules: Rules, ref: str, said: Said, lang: str) -> Form:
    """The form for a case, filled in as far as has been said; items are numbered anew.

    Args:
        rules: the rules by which the case is to be assessed.
        ref: how the case names the policy.
        said: what has been filled in.
        lang: the language of the labels.
    """
    return _Maker(rules, ref, numbered(said), lang).form()


def lacking(form: Form) -> list[Finding]:
    """A finding for every required field that is empty; its word ``name`` is the field's name."""
    return [
        Finding("DK420", None, {"field": field.title, "name": field.name})
        for field in form.fields().values()
        if field.required and not field.value
    ]


def case_of(form: Form) -> dict[str, Any]:
    """The case that a filled form states, as a file would; what is left blank is left out."""
    case: dict[str, Any] = {**_stated(form.case), "policy": form.ref, "person": _stated(form.person)}
    case |= {name: [_stated(item) for item in items] for name, items in form.lists.items() if items}
    for group in (form.review, form.readings):
        if group is not None and (stated := _stated(group)):
            case[group.name] = stated
    return case


class _Maker:
    def __init__(self, rules: Rules, ref: str, said: Said, lang: str) -> None:
        self.rules, self.ref, self.said, self.lang = rules, ref, said, lang
        self.words = LABELS[lang]

    def form(self) -> Form:
        lists = {"activities": self._items("activities", self._activity)}
        if self.rules.bases is not None:
            lists["bases"] = self._items("bases", self._base)
        if self.rules.relief is not None:
            lists["decisions"] = self._items("decisions", self._decision)
        head = (self._field("case", "text", required=True), self._field("title", "text"))
        form = Form(
            ref=self.ref,
            case=Group("", self.words["case"], head),
            person=self._person(),
            lists=lists,
            review=self._review(),
            readings=self._readings(),
            kinds=self._kinds(),
            dropped=(),
        )
        return replace(form, dropped=tuple(self._dropped(form)))

    # ── the parts of a case ──

    def _person(self) -> Group:
        facts = {fact.id: fact for fact in self._facts("person")}
        level = facts.pop("title_level", None)
        fields = [
            self._field("person.id", "text", required=True, hint=self.words["person.id.hint"]),
            self._field("person.title_level", "text", required=True)
            if level is None
            else self._of(level, "person", required=True),
            *(self._of(fact, "person") for fact in facts.values() if fact.attested is None),
        ]
        more = (self._of(fact, "person") for fact in facts.values() if fact.attested is not None)
        return Group("person", self.words["person"], tuple(fields), tuple(more))

    def _items(self, name: str, made: Callable[[str, int], Group]) -> tuple[Group, ...]:
        return tuple(made(f"{name}.{number}", number) for number in range(len(numbers(self.said, name))))

    def _activity(self, at: str, number: int) -> Group:
        kind = chosen(self._kinds(), self._value(f"{at}.kind"))
        asked = facts_asked(self.rules, kind) if kind in self.rules.standards else frozenset()
        facts = [fact for fact in self._facts("activity") if fact.id in asked]
        fields = [
            self._field(f"{at}.kind", "choice", self._kinds(), required=True),
            self._field(f"{at}.id", "text", required=True),
            self._field(f"{at}.date", "day", required=True, hint=self.words["date.hint"]),
            *(self._of(fact, at) for fact in facts if fact.attested is None),
            self._field(f"{at}.status", "choice", self._named("status", _STATUSES), default=_STATUSES[0]),
        ]
        more = [
            *(self._of(fact, at) for fact in facts if fact.attested is not None),
            self._field(f"{at}.from", "day"),
            self._field(f"{at}.evidence", "choice", self._named("evidence", _EVIDENCE), default=_EVIDENCE[0]),
        ]
        if self.rules.bases is not None:
            more += [self._field(f"{at}.recognised_by", "text"), self._field(f"{at}.recognised_on", "day")]
        return Group(at, self.words["activity"].format(number + 1), tuple(fields), tuple(more))

    def _base(self, at: str, number: int) -> Group:
        level = self.rules.facts.get("base_level")
        levels = () if level is None else tuple(level.options.items())
        fields = (
            self._field(f"{at}.id", "text", required=True),
            self._field(f"{at}.level", "choice" if levels else "text", levels, required=True),
            self._field(f"{at}.authorised_from", "day", required=True),
            self._field(f"{at}.authorised_until", "day"),
            self._field(f"{at}.revoked_on", "day"),
        )
        return Group(at, self.words["base"].format(number + 1), fields)

    def _decision(self, at: str, number: int) -> Group:
        relief = self.rules.relief
        assert relief is not None
        remedies = tuple((id_, remedy.title) for id_, remedy in relief.remedies.items())
        remedy = chosen(remedies, self._value(f"{at}.remedy"))
        fields = [
            self._field(f"{at}.year", "number", required=True),
            self._field(f"{at}.ground", "choice", tuple(relief.grounds.items()), required=True),
            self._field(f"{at}.certified_by", "choice", tuple(relief.certifiers.items()), required=True),
            self._field(f"{at}.decided_by", "text", required=True),
            self._field(f"{at}.decided_on", "day", required=True),
            self._field(f"{at}.remedy", "choice", remedies, required=True),
        ]
        if remedy != "reduce":
            fields.append(self._field(f"{at}.until", "number", required=remedy == "defer"))
        if remedy != "defer":
            fields.append(self._field(f"{at}.required_hours", "number", required=remedy == "reduce"))
        return Group(at, self.words["decision"].format(number + 1), tuple(fields))

    def _review(self) -> Group | None:
        if self.rules.title_review is None:
            return None
        facts = [self._of(fact, "title_review") for fact in self._facts("review")]
        wanted = any(field.value for field in facts)
        fields = (self._field("title_review.year", "number", required=wanted), *facts)
        return Group("title_review", self.words["title_review"], fields)

    def _readings(self) -> Group | None:
        fields = []
        for id_, reading in self.rules.readings.items():
            options = tuple(
                (option, self.words["adopted"].format(text) if option == reading.adopted else text)
                for option, text in reading.options.items()
            )
            field = self._field(f"readings.{id_}", "choice", options, default=reading.adopted)
            fields.append(replace(field, title=reading.question, own=True))
        return Group("readings", self.words["readings"], tuple(fields)) if fields else None

    # ── fields ──

    def _field(
        self,
        name: str,
        sort: Sort,
        options: tuple[tuple[str, str], ...] = (),
        *,
        required: bool = False,
        hint: str = "",
        default: str = "",
    ) -> Field:
        key = name if name in self.words else name.rpartition(".")[2]
        value = chosen(options, self._value(name)) or default
        title = self.words.get(key, key)
        return Field(name, title, sort, value, options, hint, required=required, default=default)

    def _of(self, fact: Fact, at: str, *, required: bool = False) -> Field:
        name = f"{at}.{fact.id}"
        field = field_of(fact, name, self._value(name), self.lang, self.rules.facts)
        return replace(field, required=required)

    def _value(self, name: str) -> str:
        return self.said.get(name, "").strip()

    def _facts(self, of: Entity) -> list[Fact]:
        return [f for f in self.rules.facts.values() if f.of == of and f.id not in WORKED_OUT]

    def _kinds(self) -> tuple[tuple[str, str], ...]:
        return tuple((standard.id, standard.title) for standard in self.rules.standards.values())

    def _named(self, name: str, options: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return tuple((option, self.words[f"{name}.{option}"]) for option in options)

    def _dropped(self, form: Form) -> Iterator[tuple[str, str]]:
        """What was said that the form has no field for."""
        known = form.fields()
        for name, value in self.said.items():
            if value.strip() and name not in known and name not in _ABOUT:
                key = name.rpartition(".")[2]
                fact = self.rules.facts.get(key)
                title = fact.title if fact is not None else self.words.get(key, key)
                yield title, fact.options.get(value, value) if fact is not None else value


def _stated(group: Group) -> dict[str, Written]:
    """What the fields of a group state, by the last part of their names."""
    return {field.name.rpartition(".")[2]: field.written() for field in group.all if field.filled}
