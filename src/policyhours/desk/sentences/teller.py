"""The teller: what all sentences about one policy share: what things are called, and from where they come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policyhours.desk.sentences.phrase import condition_phrase, expression_phrase
from policyhours.desk.sentences.provision import VALUES, Provision
from policyhours.desk.sentences.slots import leeways
from policyhours.desk.sentences.years import span_phrase
from policyhours.language.calculator import Quantity
from policyhours.language.header import Header
from policyhours.language.pattern import Anything
from policyhours.language.policy import Policy
from policyhours.language.rules import Condition, Conditions, Origin
from policyhours.language.unit import parse_unit, unit_title
from policyhours.language.values import TOTAL
from policyhours.language.words import child, entries_at, text_at


class Teller:
    """Tells of one policy under one choice of readings.

    Attributes:
        policy: the policy.
        rules: its rules under those readings.
        values: its values under those readings.
        hour: what hours are called, 学时 or another unit.
        titles: the Chinese names of values, facts, subjects and the total.
        keys: the facts, and the named values by which tables go or conditions match.
        leeways: what an industry may set, by address.
    """

    def __init__(self, policy: Policy, upper: Policy | None, switched: Mapping[str, str]) -> None:
        """Get to know a policy.

        Args:
            policy: the policy.
            upper: for a filing, the text that it implements; it says what an industry may set.
            switched: readings to be taken otherwise than adopted (reading → option).
        """
        self.policy, self.rules, self.values = policy, policy.rules(switched), policy.values(switched)
        rules = self.rules
        self.hour = unit_title(parse_unit(rules.unit))
        self.leeways = leeways(policy, upper)
        self._kinds = {standard.title: standard.id for standard in rules.standards.values()}
        self._headers = {header.ref: header for header in policy.layers}
        self.titles = {TOTAL: f"总{self.hour}"} | {f.id: f.title for f in rules.facts.values()}
        self.titles |= {s.id: f"{s.title}{self.hour}" for s in rules.subjects.values()}
        self.keys = dict(rules.keys)
        for entry in entries_at(policy.tree.get("values")):
            self.titles[entry.key] = text_at(child(entry.value, "title"), entry.key)
            measured = self.values.measure(entry.key) if entry.key not in self.keys else None
            self.keys |= {} if measured is None else {entry.key: measured}

    def say(
        self,
        section: str,
        key: str,
        text: str,
        origin: Origin,
        *,
        may: bool = False,
        article: tuple[str, ...] = (),
    ) -> Provision:
        """A sentence.

        Args:
            section: under which heading it stands; the title of a standard for what belongs to one.
            key: the address of what it says.
            text: the sentence.
            origin: where it comes from.
            may: the article says 可以.
            article: the articles, where they are others than the origin's.
        """
        kind = self._kinds.get(section)
        return Provision(
            section=section,
            key=key,
            text=text,
            article=article or origin.article,
            may=may,
            origin=origin,
            own=origin.policy == self.policy.ref,
            title=self.titles.get(key, section) if section == VALUES else section,
            standard=kind,
            source=self.source(origin),
            leeway=self.leeways.get(key) if kind or section == VALUES else None,
        )

    def source(self, origin: Origin) -> Header:
        """The text in which a provision stands."""
        return self._headers.get(origin.policy, self.policy.header)

    def conditions(
        self, conditions: Conditions | None, section: str, key: str, start: str
    ) -> Iterator[Provision]:
        """The conditions of a section, if it has any, a sentence each."""
        for condition in conditions.requires if conditions else ():
            yield self.condition(condition, section, key, start)

    def condition(self, condition: Condition, section: str, key: str, start: str) -> Provision:
        """One condition; `start` is how the sentence begins where something is really asked for."""
        phrase = condition_phrase(condition, self.keys)
        limited = any(not isinstance(pattern, Anything) for _, pattern in condition.patterns)
        text = f"{start}{phrase}；否则：{condition.otherwise}。" if limited else f"{phrase}。"
        return self.say(section, key, text, condition.origin, may=condition.may)

    def phrase(self, quantity: Quantity) -> str:
        """An amount as it is stated, in words."""
        return expression_phrase(quantity.stated, self.titles, self.keys)

    def span(self, first: Quantity, last: Quantity) -> str:
        """A stretch of years, relative to the one at hand."""
        return span_phrase(first.stated, last.stated, self.titles, self.keys)

    def once(self, identity: tuple[str, ...], where: str = "") -> str:
        """That what agrees in these facts counts once; `where` says among what."""
        names = "、".join("同一种方式" if n == "kind" else self.rules.facts[n].title for n in identity)
        return f"{where}属{names}的，只认定一次，取使总学时最多的一种。"
