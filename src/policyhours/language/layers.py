"""Layers: a filing laid over the text that it implements.

The upper text says of each slot whether it is open to industries (``open_to``), may be varied within bounds
(``industry_may``), or is fixed. A filing fills and tightens; what oversteps is refused with both places. The
result is one tree in which every node still stands where it was written, so every value knows its origin.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from policyhours.language.number import Range, within
from policyhours.language.policy import Header, Policy
from policyhours.language.unit import HOUR
from policyhours.language.values import Values
from policyhours.language.vocabulary import unknown
from policyhours.language.words import child, entries_at, shown, text_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Entry, Mapping, Node

Path = tuple[str, ...]
_KEPT = ("unit", "title", "decision_may", "per")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the upper text that a filing may set: where it is, and what stands there."""

    address: str
    path: Path
    node: Mapping


def slots_of(tree: Mapping) -> dict[str, Slot]:
    """Every slot of a text that an industry may set, by its address (``paper.hours``)."""
    found = {}
    for value in entries_at(tree.get("values")):
        if isinstance(value.value, Mapping) and "industry_may" in value.value:
            found[value.key] = Slot(value.key, ("values", value.key), value.value)
    for standard in entries_at(tree.get("standards")):
        for part in ("hours", "ceiling"):
            node = child(standard.value, part)
            if isinstance(node, Mapping) and ("open_to" in node or "industry_may" in node):
                address = f"{standard.key}.{part}"
                found[address] = Slot(address, ("standards", standard.key, part), node)
    return found


def lay(filing: Mapping, header: Header, upper: Policy) -> Policy:
    """The filing over the upper text, its bounds checked.

    Raises:
        Refused: where the filing sets what is not open, oversteps a bound, extends what may not be extended,
            or declares a name that the upper text has; each with both places.
    """
    open_slots = slots_of(upper.tree)
    faults = _declaration_faults(filing, upper.tree)
    tree = _with_declarations(upper.tree, filing)
    filled: list[tuple[Entry, Slot]] = []
    for entry in entries_at(filing.get("sets")):
        slot = open_slots.get(entry.key)
        if slot is None:
            faults.append(_not_open(entry, upper.tree, open_slots))
        else:
            filled.append((entry, slot))
            tree = _put(tree, slot.path, _merged(entry.value, slot.node))
    if faults:
        raise Refused(tuple(faults))
    laid = Policy((header, *upper.layers), tree, upper.readings)
    before, after = upper.values(), laid.values()
    for entry, slot in filled:
        bounds = _bounds(slot, before)
        try:
            reached = _reached(slot, _get(tree, slot.path), after)
        except Refused:
            continue  # what is no value at all is told with all such faults below
        if not within(reached, bounds):
            faults.append(_overstepped(entry, slot, reached, bounds))
    if faults:
        raise Refused(tuple(faults))
    laid.rules()
    return laid


def _bounds(slot: Slot, upper: Values) -> Range:
    """Within what the slot may be set, in its own unit."""
    if slot.path[-1] == "ceiling":
        stands = child(slot.node, "hours")
        assert stands is not None
        return Range(0, upper.constant(stands, HOUR))
    unit = HOUR if slot.path[0] == "standards" else upper.named(slot.address).unit
    stated = slot.node if "open_to" in slot.node else child(slot.node, "industry_may")
    low, high = (child(stated, key) for key in ("at_least", "at_most"))
    return Range(
        None if low is None else upper.constant(low, unit),
        None if high is None else upper.constant(high, unit),
    )


def _reached(slot: Slot, node: Node, laid: Values) -> Range:
    """Everything that the slot, as set, can come to."""
    if slot.path[-1] == "ceiling":
        stands = child(node, "hours")
        assert stands is not None
        return laid.reach(laid.quantity(stands, HOUR, facts=False))
    if slot.path[0] == "values":
        return laid.reach(laid.named(slot.address))
    return laid.reach(laid.quantity(node, HOUR))


def _overstepped(entry: Entry, slot: Slot, reached: Range, bounds: Range) -> Finding:
    words = {
        "address": slot.address,
        "found": _span(reached),
        "expected": _span(bounds),
        "article": text_at(child(slot.node, "article")),
    }
    return Finding("PH502", entry.key_place, words, (("upper", slot.node.place),))


def _span(span: Range) -> str:
    return shown(span.low) if span.low == span.high else f"{shown(span.low)}～{shown(span.high)}"


def _not_open(entry: Entry, upper: Mapping, slots: dict[str, Slot]) -> Finding:
    """The finding for an address that is fixed in the upper text, or is no address at all."""
    path = ("standards", *entry.key.split(".")) if "." in entry.key else ("values", entry.key)
    fixed: Node | None = upper
    for key in path:
        fixed = child(fixed, key)
    if fixed is None:
        return unknown("PH503", entry, entry.key, slots)
    return Finding("PH501", entry.key_place, {"address": entry.key}, (("upper", fixed.place),))


def _declaration_faults(filing: Mapping, upper: Mapping) -> list[Finding]:
    """Names that the filing may not declare, and options that it may not add."""
    faults = []
    for section in ("values", "facts"):
        theirs = {entry.key: entry for entry in entries_at(upper.get(section))}
        for entry in entries_at(filing.get(section)):
            added = child(entry.value, "extends")
            if added is None and entry.key in theirs:
                also = (("upper", theirs[entry.key].key_place),)
                faults.append(Finding("PH504", entry.key_place, {"found": entry.key}, also))
            if added is None:
                continue
            if entry.key not in theirs:
                faults.append(unknown("PH304", entry, entry.key, theirs))
                continue
            fact = theirs[entry.key]
            if text_at(child(fact.value, "industry_may")) != "extend":
                also = (("upper", fact.key_place),)
                faults.append(Finding("PH505", entry.key_place, {"found": entry.key}, also))
            faults += _option_faults(added, fact)
    return faults


def _option_faults(added: Node, fact: Entry) -> list[Finding]:
    """Options and labels that the fact has already."""
    faults = []
    there = entries_at(child(fact.value, "one_of"))
    for entry in entries_at(added):
        for other in there:
            if entry.key == other.key or text_at(entry.value) == text_at(other.value):
                words = {"found": f"{entry.key}: {text_at(entry.value)}"}
                faults.append(Finding("PH506", entry.key_place, words, (("upper", other.key_place),)))
    return faults


def _with_declarations(tree: Mapping, filing: Mapping) -> Mapping:
    """The upper tree with the filing's own values and facts, and the options that it adds."""
    for section in ("values", "facts"):
        for entry in entries_at(filing.get(section)):
            added = child(entry.value, "extends")
            if added is None:
                tree = _put(tree, (section, entry.key), entry)
                continue
            for option in entries_at(added):
                if isinstance(child(child(tree.get(section), entry.key), "one_of"), Mapping):
                    tree = _put(tree, (section, entry.key, "one_of", option.key), option)
    return tree


def _merged(node: Node, slot: Mapping) -> Node:
    """What the filing writes, with what the slot says of its own kind (unit, title, decisions)."""
    if not isinstance(node, Mapping):
        return node
    kept = tuple(e for e in slot.entries if e.key in _KEPT and e.key not in node)
    return replace(node, entries=(*node.entries, *kept))


def _get(tree: Node, path: Path) -> Node:
    for key in path:
        inner = child(tree, key)
        assert inner is not None
        tree = inner
    return tree


def _put(tree: Mapping, path: Path, what: Node | Entry) -> Mapping:
    """The tree with `what` in place of, or added at, the path; nothing else is touched."""
    key, rest = path[0], path[1:]
    old = tree.entry(key)
    if rest:
        assert old is not None and isinstance(old.value, Mapping)
        new = replace(old, value=_put(old.value, rest, what))
    elif isinstance(what, Entry):
        new = what
    else:
        assert old is not None
        new = replace(old, value=what)
    if old is None:
        return replace(tree, entries=(*tree.entries, new))
    return replace(tree, entries=tuple(new if e is old else e for e in tree.entries))
