"""Exchange: a national provision, made to stand where the upper text's stood.

What the national text counts otherwise is kept as it is, as a named value in its own unit; what stands in the
upper text is that value by the declared equivalence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from policyhours.language.addresses import entry_of, group, whole_standard, without, words_at
from policyhours.language.dependence import SECTIONS, declared
from policyhours.language.policy import Policy
from policyhours.language.precedence import Precedence
from policyhours.language.unit import Unit, agree, parse_unit, product, unit_title
from policyhours.language.words import child, entries_at, items_at, text_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Entry, Mapping, Node, Scalar

PERMISSIONS: Final = ("industry_may", "decision_may")
"""What a text lets others do about a provision; it is said for that text alone."""


def exchanged(one: Precedence, tree: Mapping, upper: Policy, laid: Policy) -> tuple[Node, list[Entry]]:
    """What takes the place of the upper provision, and the named values that it is counted by.

    Args:
        one: what prevails.
        tree: what has been laid over the upper text so far.
        upper: the upper text.
        laid: the upper text with what the filing declares, for the unit of the equivalence.

    Raises:
        Refused: where a unit does not fit, or a subject is lacking.
    """
    return _Exchange(one, tree, upper, laid).made()


class _Exchange:
    """A national provision, made to stand in the upper text."""

    def __init__(self, one: Precedence, tree: Mapping, upper: Policy, laid: Policy) -> None:
        self._one, self._tree, self._upper, self._laid = one, tree, upper, laid
        self._counted: list[Entry] = []

    def made(self) -> tuple[Node, list[Entry]]:
        """What takes the place of the upper provision, and the values that it is counted by."""
        one, there = self._one, self._one.there
        match there.sort:
            case "value":
                return self._value(), self._counted
            case "standard":
                return self._standard(), self._counted
            case "hours" | "ceiling":
                return self._amount(there.sort, there.node, one.target.name), self._counted
            case _:
                for subject in _subjects_in(there.node):
                    self._check_subject(subject)
                return one.there.node, self._counted

    def _value(self) -> Node:
        """A named value; decisions on one person may still be taken, for they are the upper text's affair."""
        one = self._one
        assert one.here is not None and isinstance(one.there.node, Mapping)
        unit = one.text.values().named(one.there.name).unit
        wanted = self._upper.values().named(one.here.name).unit
        kept = [e for e in entries_at(one.here.node) if e.key in ("unit", "title", "decision_may")]
        if agree(unit, wanted):
            own = without(one.there.node, *PERMISSIONS)
            kept = [entry for entry in kept if entry.key not in own]
        else:
            name = self._free(one.there.name)
            self._counted.append(replace(self._there_entry(), key=name, value=one.there.node))
            own = self._times(name, unit, wanted, one.there.node)
        return replace(own, entries=(*own.entries, *kept))

    def _standard(self) -> Node:
        """A whole standard, but for how an activity comes to be registered, the upper text's own affair."""
        one = self._one
        whole = whole_standard(one.text.tree, one.there.name)
        assert whole is not None
        channel = None if one.here is None else child(one.here.node, "channel")
        whole = without(whole, "channel")
        for subject in _subjects_in(whole):
            self._check_subject(subject)
        entries = [
            replace(entry, value=self._amount(entry.key, entry.value, one.target.name))
            if entry.key in ("hours", "ceiling")
            else entry
            for entry in whole.entries
        ]
        kept = [Entry("channel", channel.place, channel)] if channel is not None else []
        return replace(whole, entries=(*entries, *kept))

    def _amount(self, part: str, node: Node, kind: str) -> Node:
        """The value or the ceiling of a standard, in what the upper text counts."""
        one = self._one
        unit, wanted = _counts(one.text.tree), _counts(self._upper.tree)
        if isinstance(node, Mapping):
            node = without(node, *PERMISSIONS)
        if part == "hours":
            return self._counting(node, f"{kind}_{_name_of(unit)}", unit, wanted)
        if not isinstance(node, Mapping):
            return node
        most = child(node, "hours")
        assert most is not None
        if agree(unit, wanted):
            return node
        name = f"{kind}_ceiling_{_name_of(unit)}"
        inner = self._counting(most, name, unit, wanted, child(node, "article"))
        kept = tuple(replace(e, value=inner) if e.key == "hours" else e for e in node.entries)
        return replace(node, entries=kept)

    def _counting(self, node: Node, name: str, unit: Unit, wanted: Unit, article: Node | None = None) -> Node:
        """The amount with its article; in another unit, by a named value."""
        one = self._one
        whole = whole_standard(one.text.tree, one.there.name)
        cited = child(node, "article") or article or child(whole, "article")
        if agree(unit, wanted):
            if child(node, "article") is not None:
                return node
            if isinstance(node, Scalar):
                return group(node.place, **{"is": node}, article=cited)
            assert isinstance(node, Mapping)
            return replace(node, entries=(*node.entries, *group(node.place, article=cited).entries))
        name = self._free(name)
        title = f"{text_at(child(whole, 'title'))}（{unit_title(unit)}）"
        known: dict[str, Node] = {
            "unit": words_at(node.place, _name_of(unit)),
            "title": words_at(node.place, title),
        }
        known |= {"article": cited} if cited is not None else {}
        if isinstance(node, Mapping):
            more = group(node.place, **{k: v for k, v in known.items() if k not in node})
            stated = replace(node, entries=(*node.entries, *more.entries))
        else:
            stated = group(node.place, **{"is": node}, **known)
        self._counted.append(Entry(name, node.place, without(stated, "may")))
        return self._times(name, unit, wanted, stated)

    def _times(self, name: str, unit: Unit, wanted: Unit, node: Mapping) -> Mapping:
        """The named value, by the equivalence.

        Raises:
            Refused: where there is none, or it does not lead from one unit to the other.
        """
        one = self._one
        by = one.equivalence
        rate = None if by is None else self._laid.values().named(by.raw).unit
        if by is None or not agree(product(unit, rate), wanted):
            also = [("national", one.there.node.place)]
            also += [("upper", one.here.node.place)] if one.here is not None else []
            words = {"address": one.address, "found": unit_title(unit), "expected": unit_title(wanted)}
            words |= {"found_en": unit_title(unit, "en"), "expected_en": unit_title(wanted, "en")}
            if by is None:
                raise Refused((Finding("PH517", one.place, words, tuple(also)),))
            words |= {"equivalence": by.raw, "rate": unit_title(rate), "rate_en": unit_title(rate, "en")}
            raise Refused((Finding("PH520", by.place, words, tuple(also)),))
        formula = words_at(node.place, f"{name} * {by.raw}")
        return group(node.place, **{"is": formula}, article=node.get("article"), may=node.get("may"))

    def _free(self, name: str) -> str:
        """A name for a national value that is not declared with another meaning."""
        taken = {entry.key for section in SECTIONS for entry in entries_at(self._tree.get(section))}
        taken |= {entry.key for section in SECTIONS for entry in entries_at(self._one.text.tree.get(section))}
        theirs = child(self._one.text.tree.get("values"), name)
        if theirs is self._one.there.node and declared(self._tree, name) is None:
            return name
        while name in taken:
            name += "_national"
        return name

    def _there_entry(self) -> Entry:
        return entry_of(self._one.text.tree, "values", self._one.there.name)

    def _check_subject(self, subject: Scalar) -> None:
        here, there = (_titles(tree) for tree in (self._upper.tree, self._one.text.tree))
        if subject.raw not in (*here, "total"):
            words = {"found": there.get(subject.raw, subject.raw)}
            words |= {"subjects": "、".join(here.values()), "subjects_en": ", ".join(here.values())}
            raise Refused((Finding("PH521", self._one.place, words, (("national", subject.place),)),))


def _titles(tree: Mapping) -> dict[str, str]:
    """The titles of a text's subjects."""
    return {e.key: text_at(child(e.value, "title"), e.key) for e in entries_at(tree.get("subjects"))}


def _subjects_in(node: Node) -> Iterator[Scalar]:
    """The subjects that a provision names."""
    for holder in (node, child(node, "completes")):
        said = child(holder, "subject")
        yield from (item for item in items_at(said) or (said,) if isinstance(item, Scalar))


def _counts(tree: Mapping) -> Unit:
    """What a text counts: hours, unless it says otherwise."""
    return parse_unit(text_at(tree.get("unit"), "hour"))


def _name_of(unit: Unit) -> str:
    return "_".join(name for name, _ in unit or ())
