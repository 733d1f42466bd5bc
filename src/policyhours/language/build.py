"""From a resolved tree to `Rules`, under one choice of readings."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnly
from functools import partial
from typing import Any, TypeVar

from policyhours.language.calculator import Quantity
from policyhours.language.choices import named_in, read_choice
from policyhours.language.number import Range
from policyhours.language.procedure import read_registration, read_relief, read_review
from policyhours.language.rules import (
    Ceiling,
    Choice,
    Completion,
    Condition,
    Conditions,
    Origin,
    Reading,
    Requirement,
    Rules,
    Standard,
    Subject,
)
from policyhours.language.unit import HOUR, YEAR
from policyhours.language.values import TOTAL, Values
from policyhours.language.vocabulary import read_facts, read_pattern, unknown
from policyhours.language.words import child, entries_at, flag_at, items_at, text_at, texts_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Mapping, Node, Scalar

S = TypeVar("S")
T = TypeVar("T")
_NOT_FACTS = frozenset({"article", "otherwise", "may"})


def build_rules(
    tree: Mapping,
    ref: str,
    readings: ReadOnly[str, Reading],
    chosen: ReadOnly[str, str],
    policy_of: Callable[[Node], str],
    memo: Memo,
) -> Rules:
    """The rules that a resolved policy says.

    Args:
        tree: the resolved policy, its structure checked.
        ref: ``id@version`` of the policy.
        readings: the contested readings of the policy.
        chosen: reading → option, for every one of them.
        policy_of: the ``id@version`` of the policy in which a node stands.
        memo: elements built before under other choices, shared where the choices that shaped them agree.

    Raises:
        Refused: with every fault found: unknown names, units that do not fit, formulas outside the subset.
    """
    return _Builder(tree, ref, readings, chosen, policy_of, memo).rules()


def build_values(tree: Mapping, readings: ReadOnly[str, Reading], policy_of: Callable[[Node], str]) -> Values:
    """The values that a resolved policy says, under its adopted readings.

    Raises:
        Refused: for facts that are declared wrongly.
    """
    chosen = {name: reading.adopted for name, reading in readings.items()}
    return _Builder(tree, "", readings, chosen, policy_of, Memo()).values


Memo = dict[str, list[tuple[dict[str, str], Any]]]
"""By the name of an element: what it became, with the choices of readings that shaped it."""


class _Builder:
    def __init__(
        self,
        tree: Mapping,
        ref: str,
        readings: ReadOnly[str, Reading],
        chosen: ReadOnly[str, str],
        policy_of: Callable[[Node], str],
        memo: Memo,
    ) -> None:
        self._tree, self._ref, self._chosen, self._policy_of = tree, ref, chosen, policy_of
        self._faults: list[Finding] = []
        self._facts = read_facts(_group(tree, "facts"), self._origin)
        self._subjects = {
            e.key: Subject(e.key, text_at(child(e.value, "title")), self._origin(e.value))
            for e in entries_at(tree.get("subjects"))
        }
        named = {entry.key: entry for entry in entries_at(tree.get("values"))}
        self.values = Values(named, self._facts, self._subjects, readings, chosen)
        self._named, self._readings, self._memo = named, readings, memo
        self._kinds = {entry.key: entry for entry in entries_at(tree.get("standards"))}

    def rules(self) -> Rules:
        tree = self._tree
        for name in self._named:
            self._try(partial(self.values.named, name))
        identities, once_readings = self._noting(
            lambda: {k: self._try(partial(self._identities_of, k)) or () for k in self._kinds}
        )
        parameters = {
            n: q for n in sorted(self.values.parameters) if (q := self._try(partial(self.values.named, n)))
        }
        standards = {k: s for k in self._kinds if (s := self._element(f"standard {k}", self._standard, k))}
        ceilings = [c for k in self._kinds if (c := self._element(f"ceiling {k}", self._own_ceiling, k))]
        ceilings += [c for n in items_at(tree.get("ceilings")) if (c := self._try(partial(self._ceiling, n)))]
        required = [
            r for n in items_at(tree.get("requirement")) if (r := self._try(partial(self._requirement, n)))
        ]
        completion, completion_readings = self._noting(lambda: self._completion_mode())
        sections: dict[str, Conditions | None] = {
            name: self._element(name, self._conditions, tree.get(name))
            for name in ("scope", "bases", "title_review")
        }
        parameter_names = self.values.parameters
        relief = self._try(lambda: read_relief(tree.get("relief"), parameter_names, self._origin))
        review = self._try(lambda: read_review(tree.get("review"), self._facts, self._origin))
        self._check_nested(ceilings)
        if self._faults:
            raise Refused(tuple(self._faults))
        return Rules(
            ref=self._ref,
            subjects=self._subjects,
            facts=self._facts,
            standards=standards,
            ceilings=tuple(ceilings),
            requirements=tuple(required),
            parameters=parameters,
            decidable={name: self._decidable(name) for name in parameters},
            completion="added" if completion == "added" else "at_least",
            completion_readings=completion_readings,
            relief=relief,
            review=review,
            registration=read_registration(tree, self._origin),
            validity=self._section_origin("validity"),
            once=self._section_origin("once_per"),
            identities=identities,
            once_readings=once_readings,
            readings=self._readings,
            term=self._section_origin("in_force"),
            chosen=self._chosen,
            scope=sections["scope"],
            bases=sections["bases"],
            title_review=sections["title_review"],
        )

    # ── helpers ──

    def _origin(self, node: Node) -> Origin:
        return Origin(self._policy_of(node), texts_at(child(node, "article")), node.place)

    def _section_origin(self, name: str) -> Origin | None:
        node = self._tree.get(name)
        return None if node is None else self._origin(node)

    def _try(self, make: Callable[[], T]) -> T | None:
        """What `make` makes; a refusal is kept, so that all faults of a file are told at once."""
        try:
            return make()
        except Refused as refused:
            self._faults += [f for f in refused.findings if f not in self._faults]
            return None

    def _element(self, name: str, make: Callable[[S], T], what: S) -> T | None:
        """The element that `make` makes, shared and its refusal kept."""
        return self._try(partial(self._shared, name, partial(make, what)))

    def _shared(self, name: str, make: Callable[[], T]) -> T:
        """What `make` makes, or what was made of the same element under the same choices that matter."""
        for choices, known in self._memo.setdefault(name, []):
            if all(self._chosen[reading] == option for reading, option in choices.items()):
                shared: T = known
                return shared
        made, consulted = self._noting(make)
        self._memo[name].append(({reading: self._chosen[reading] for reading in consulted}, made))
        return made

    def _noting(self, make: Callable[[], T]) -> tuple[T, frozenset[str]]:
        """What `make` makes, and the readings that it consulted."""
        before, self.values.consulted = self.values.consulted, set()
        made = make()
        consulted = frozenset(self.values.consulted)
        self.values.consulted |= before
        return made, consulted

    # ── conditions ──

    def _condition(self, node: Node) -> Condition:
        patterns = []
        for entry in entries_at(node):
            if entry.key in _NOT_FACTS:
                continue
            if entry.key not in self._facts:
                raise Refused((unknown("PH304", entry, entry.key, self._facts),))
            fact = self._facts[entry.key]
            pattern = self.values.settled(entry.value, partial(read_pattern, fact=fact))
            patterns.append((entry.key, pattern))
        return Condition(
            tuple(patterns),
            text_at(child(node, "otherwise")),
            flag_at(child(node, "may")),
            self._origin(node),
        )

    def _conditions(self, node: Node | None) -> Conditions | None:
        if node is None:
            return None
        requires, readings = self._noting(
            lambda: tuple(self._condition(item) for item in items_at(child(node, "requires")))
        )
        return Conditions(
            requires,
            text_at(child(node, "otherwise")),
            flag_at(child(node, "may")),
            readings,
            self._origin(node),
        )

    # ── standards ──

    def _said(self, kind: str, key: str, seen: tuple[str, ...] = ()) -> Node | None:
        """What a standard says under the key, itself or through ``like``."""
        node = self._kinds[kind].value
        own = child(node, key)
        model = child(node, "like")
        if own is not None or not isinstance(model, Scalar):
            return own
        if model.raw not in self._kinds:
            raise Refused((unknown("PH308", model, model.raw, self._kinds),))
        if model.raw in (*seen, kind):
            circle = " → ".join((*seen, kind, model.raw))
            raise Refused((Finding("PH307", model.place, {"circle": circle}),))
        return self._said(model.raw, key, (*seen, kind))

    def _standard(self, kind: str) -> Standard:
        node = self._kinds[kind].value
        (requires, hours, completes), readings = self._noting(lambda: self._credit(kind))
        subject = self._said(kind, "subject")
        assert isinstance(subject, Scalar)
        if subject.raw not in self._subjects:
            raise Refused((unknown("PH309", subject, subject.raw, self._subjects),))
        reads = {fact for condition in requires for fact, _ in condition.patterns}
        for part in (hours, completes and completes.first, completes and completes.last):
            reads |= part.needs & self._facts.keys() if part else set()
        channel = self._channel(self._said(kind, "channel"))
        return Standard(
            id=kind,
            title=text_at(child(node, "title")),
            subject=subject.raw,
            channel=channel,
            requires=requires,
            hours=hours,
            may=flag_at(child(self._said(kind, "hours"), "may")),
            completes=completes,
            reads=tuple(sorted(reads)),
            matters=frozenset(reads.union(channel.by if channel else ())),
            amounts=frozenset(reads & self._amounts()),
            readings=readings,
            origin=Origin(self._policy_of(node), texts_at(self._said(kind, "article")), node.place),
        )

    def _credit(self, kind: str) -> tuple[tuple[Condition, ...], Quantity | None, Completion | None]:
        """The conditions, the value and the completion of a standard."""
        requires = tuple(self._condition(item) for item in items_at(self._said(kind, "requires")))
        said = self._said(kind, "hours")
        hours = self.values.quantity(said, HOUR) if said is not None else None
        return requires, hours, self._completion(self._said(kind, "completes"))

    def _amounts(self) -> set[str]:
        """The facts that state one amount in one way or another."""
        stating = [fact for fact in self._facts.values() if fact.instead_of]
        return {fact.id for fact in stating} | {other for fact in stating for other in fact.instead_of}

    def _identities_of(self, kind: str) -> tuple[tuple[str, ...], ...]:
        own, everywhere = self._said(kind, "once_per"), self._tree.get("once_per")
        found = [self._identity(node) for node in (own, everywhere) if node is not None]
        return tuple(dict.fromkeys(found))

    def _identity(self, node: Node) -> tuple[str, ...]:
        return self.values.settled(child(node, "is") or node, self._identity_facts)

    def _identity_facts(self, node: Node) -> tuple[str, ...]:
        facts = texts_at(node)
        for name in facts:
            if name != "kind" and (name not in self._facts or self._facts[name].kind != "identity"):
                known = {f.id: f for f in self._facts.values() if f.kind == "identity"}
                raise Refused((unknown("PH310", named_in(node, name), name, known),))
        return facts

    def _completion(self, node: Node | None) -> Completion | None:
        if node is None:
            return None
        years = child(node, "years")
        this_year = _zero(node)
        first, last = (
            (self.values.quantity(this_year, YEAR),) * 2
            if years is None
            else self.values.settled(years, self._span)
        )
        subject = child(node, "subject")
        assert isinstance(subject, Scalar)
        if subject.raw not in self._subjects:
            raise Refused((unknown("PH309", subject, subject.raw, self._subjects),))
        return Completion(subject.raw, first, last, flag_at(child(node, "may")), self._origin(node))

    def _span(self, node: Node) -> tuple[Quantity, Quantity]:
        first, last = (self.values.quantity(end, YEAR) for end in items_at(node))
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

    # ── limits ──

    def _own_ceiling(self, kind: str) -> Ceiling | None:
        node = self._said(kind, "ceiling")
        return None if node is None else self._ceiling_of(node, frozenset({kind}))

    def _ceiling(self, node: Node) -> Ceiling:
        for item in items_at(child(node, "of")):
            assert isinstance(item, Scalar)
            if item.raw not in self._kinds:
                raise Refused((unknown("PH308", item, item.raw, self._kinds),))
        return self._ceiling_of(node, frozenset(texts_at(child(node, "of"))))

    def _ceiling_of(self, node: Node, kinds: frozenset[str]) -> Ceiling:
        said = child(node, "hours") or child(node, "at_most")
        assert said is not None
        return Ceiling(kinds, self.values.quantity(said, HOUR, facts=False), self._origin(node))

    def _check_nested(self, ceilings: list[Ceiling]) -> None:
        """Ceilings are nested or disjoint; only then is trimming by date the best for the person."""
        for i, ceiling in enumerate(ceilings):
            for other in ceilings[:i]:
                common = ceiling.of & other.of
                if common and not (common == ceiling.of or common == other.of):
                    words = {"kinds": "、".join(sorted(common))}
                    also = (("first", other.origin.place),)
                    self._faults.append(Finding("PH701", ceiling.origin.place, words, also))
            subjects = {text_at(self._said(kind, "subject")) for kind in ceiling.of}
            if len(subjects) > 1:
                words = {"subjects": "、".join(sorted(subjects))}
                self._faults.append(Finding("PH702", ceiling.origin.place, words))

    def _requirement(self, node: Node) -> Requirement:
        of = child(node, "of")
        said = child(node, "at_least")
        assert isinstance(of, Scalar) and said is not None
        if of.raw not in (*self._subjects, TOTAL):
            raise Refused((unknown("PH309", of, of.raw, {**self._subjects, TOTAL: None}),))
        hours, readings = self._noting(lambda: self.values.quantity(said, HOUR, totals=True))
        return Requirement(of.raw, hours, readings, self._origin(node))

    def _decidable(self, name: str) -> Range:
        """Within what a decision may set the value."""
        stated = child(self._named[name].value, "decision_may")
        unit = self.values.named(name).unit
        low, high = (child(stated, key) for key in ("at_least", "at_most"))
        return Range(
            None if low is None else self.values.constant(low, unit),
            None if high is None else self.values.constant(high, unit),
        )

    def _completion_mode(self) -> str:
        node = self._tree.get("completion")
        return self.values.settled(node, text_at) if node is not None else "at_least"


def _group(tree: Mapping, key: str) -> Mapping:
    node = tree.get(key)
    return node if isinstance(node, Mapping) else Mapping((), tree.place)


def _zero(node: Node) -> Scalar:
    return Scalar(0, "0", False, node.place)
