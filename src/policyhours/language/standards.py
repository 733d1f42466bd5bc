"""Standards: how each kind of activity is credited, read from a resolved policy (articles 7 and 8)."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from dataclasses import replace
from typing import Final

from policyhours.language.calculator import Quantity
from policyhours.language.choices import read_choice
from policyhours.language.conditions import read_condition
from policyhours.language.dependence import needed
from policyhours.language.number import Range, within
from policyhours.language.rules import (
    Choice,
    Completion,
    Condition,
    Fact,
    Origin,
    OriginOf,
    Span,
    Standard,
    Subject,
)
from policyhours.language.unit import YEAR, Unit
from policyhours.language.values import TOTAL, Values
from policyhours.language.vocabulary import identity_facts, unknown
from policyhours.language.words import as_circle, child, entries_at, flag_at, items_at, text_at, texts_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Mapping, Node, Scalar

_SPEAKING: Final = ("requires", "hours", "completes", "years", "channel", "once_per")
"""The parts of a standard that speak of facts."""


class Standards:
    """The standards of a policy under one choice of readings; `kinds` are their entries, by kind.

    `unit` is what their hours are counted in.
    """

    def __init__(
        self,
        tree: Mapping,
        facts: ReadOnly[str, Fact],
        subjects: ReadOnly[str, Subject],
        values: Values,
        origin_of: OriginOf,
        unit: Unit,
    ) -> None:
        self._unit = unit
        self._tree, self._facts, self._subjects = tree, facts, subjects
        self._values, self._origin_of = values, origin_of
        self.kinds = {entry.key: entry for entry in entries_at(tree.get("standards"))}
        self._words: dict[str, tuple[str, ...]] = {}

    def said(self, kind: str, key: str, seen: tuple[str, ...] = ()) -> Node | None:
        """What a standard says under the key, itself or through ``like``.

        Raises:
            Refused: where ``like`` names no standard, or leads in a circle.
        """
        node = self.kinds[kind].value
        own = child(node, key)
        model = child(node, "like")
        if own is not None or not isinstance(model, Scalar):
            return own
        if model.raw not in self.kinds:
            raise Refused((unknown("PH308", model, model.raw, self.kinds),))
        if model.raw in (*seen, kind):
            line = (*seen, kind)
            first, circle = as_circle(list(line[line.index(model.raw) :]), list(self.kinds))
            like = child(self.kinds[first].value, "like") or model
            raise Refused((Finding("PH307", like.place, {"circle": circle}),))
        return self.said(model.raw, key, (*seen, kind))

    def standard(self, kind: str) -> Standard:
        """The standard of a kind.

        Raises:
            Refused: for unknown names, a value that is no hours or may be negative, a circle of ``like``.
        """
        node = self.kinds[kind].value
        (requires, hours, completes, years), readings = self._values.chosen.noting(lambda: self._credit(kind))
        subject, *then = self._in_order(kind)
        measures = {name: worth for condition in requires for name, worth in condition.measures.items()}
        reads = {fact for condition in requires for fact, _ in condition.patterns} - measures.keys()
        spans = [end for span in (completes, years) if span for end in (span.first, span.last)]
        for part in (hours, *spans, *measures.values()):
            reads |= part.needs & self._facts.keys() if part else set()
        channel = self._channel(self.said(kind, "channel"))
        origin = replace(self._origin_of(node), article=texts_at(self.said(kind, "article")))
        return Standard(
            id=kind,
            title=text_at(child(node, "title")),
            subject=subject,
            then=tuple(then),
            counts_in=years,
            channel=channel,
            requires=requires,
            hours=hours,
            worth=self._worth(self.said(kind, "hours"), origin),
            may=flag_at(child(self.said(kind, "hours"), "may")),
            completes=completes,
            reads=tuple(sorted(reads)),
            matters=frozenset(reads.union(channel.by if channel else ())),
            amounts=frozenset(reads & self._amounts()),
            mentions=self._mentions(kind),
            measures=measures,
            readings=readings,
            origin=origin,
        )

    def _mentions(self, kind: str) -> frozenset[str]:
        """The facts that a standard speaks of, whatever the readings are."""
        said = [self.said(kind, key) for key in _SPEAKING]
        nodes = [node for node in (*said, self._tree.get("once_per")) if node is not None]
        return frozenset(needed(self._tree, nodes, self._words).keys() & self._facts.keys())

    def _worth(self, node: Node | None, origin: Origin) -> Origin:
        """Where the value of a standard is said, given where the standard is."""
        if node is None:
            return origin
        own = self._origin_of(node)
        return own if own.article else replace(origin, article=origin.article[-1:])

    def _in_order(self, kind: str) -> list[str]:
        """The subjects of a standard: the one in which it counts, and where what that does not need goes."""
        node = self.said(kind, "subject")
        assert node is not None
        named = [item for item in items_at(node) or (node,) if isinstance(item, Scalar)]
        for item in named:
            if item.raw not in self._subjects:
                raise Refused((unknown("PH309", item, item.raw, self._subjects),))
        return [item.raw for item in named]

    def _credit(
        self, kind: str
    ) -> tuple[tuple[Condition, ...], Quantity | None, Completion | None, Span | None]:
        """The conditions, the value, the completion and the years of a standard."""
        requires = tuple(
            read_condition(item, self._facts, self._values, self._origin_of)
            for item in items_at(self.said(kind, "requires"))
        )
        said = self.said(kind, "hours")
        hours = self._values.quantity(said, self._unit) if said is not None else None
        if hours is not None and said is not None and not within(self._values.reach(hours), Range(0, None)):
            raise Refused((Finding("PH416", said.place, {"title": text_at(self.said(kind, "title"))}),))
        years = self.said(kind, "years")
        span = None if years is None else Span(*self._values.chosen.settled(years, self._span))
        return requires, hours, self._completion(self.said(kind, "completes")), span

    def _amounts(self) -> set[str]:
        """The facts that state one amount in one way or another."""
        stating = [fact for fact in self._facts.values() if fact.instead_of]
        return {fact.id for fact in stating} | {other for fact in stating for other in fact.instead_of}

    def identities(self, kind: str) -> tuple[tuple[str, ...], ...]:
        """The tuples of facts by which activities of the kind are one matter: its own, then the document's.

        Raises:
            Refused: for a fact that does not tell matters apart.
        """
        own, everywhere = self.said(kind, "once_per"), self._tree.get("once_per")
        found = [self._identity(node) for node in (own, everywhere) if node is not None]
        return tuple(dict.fromkeys(found))

    def _identity(self, node: Node) -> tuple[str, ...]:
        return self._values.chosen.settled(child(node, "is") or node, self._identity_facts)

    def _identity_facts(self, node: Node) -> tuple[str, ...]:
        return identity_facts(node, self._facts, ("kind", "date"))

    def _completion(self, node: Node | None) -> Completion | None:
        if node is None:
            return None
        years = child(node, "years")
        this_year = Scalar(0, "0", False, node.place)
        first, last = (
            (self._values.quantity(this_year, YEAR),) * 2
            if years is None
            else self._values.chosen.settled(years, self._span)
        )
        subject = child(node, "subject")
        assert isinstance(subject, Scalar)
        if subject.raw not in (*self._subjects, TOTAL):
            raise Refused((unknown("PH309", subject, subject.raw, {**self._subjects, TOTAL: None}),))
        return Completion(subject.raw, first, last, flag_at(child(node, "may")), self._origin_of(node))

    def _span(self, node: Node) -> tuple[Quantity, Quantity]:
        first, last = (self._values.quantity(end, YEAR) for end in items_at(node))
        return first, last

    def _channel(self, node: Node | None) -> Choice[str] | None:
        if node is None:
            return None
        channels = {e.key: e for e in entries_at(child(self._tree.get("registration"), "channels"))}

        def way(leaf: Node) -> str:
            assert isinstance(leaf, Scalar)
            if leaf.raw not in channels:
                raise Refused((unknown("PH314", leaf, leaf.raw, channels),))
            return leaf.raw

        return read_choice(node, self._facts, way)
