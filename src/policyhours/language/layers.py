"""Layers: a filing laid over the text that it implements.

A filing fills and tightens the slots of its upper text (`slots`) and adds what only narrows (`additions`).
Where it names a national text that prevails, that takes the upper text's place (`precedence`, `prevailing`).
The result is one tree in which every node still stands where it was written, so every value knows its origin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from policyhours.language.additions import (
    condition_faults,
    declaration_faults,
    narrowed,
    with_declarations,
)
from policyhours.language.addresses import put
from policyhours.language.header import Header
from policyhours.language.policy import Policy, read_readings
from policyhours.language.precedence import TextOf, precedences_of
from policyhours.language.prevailing import brought_readings, prevail
from policyhours.language.slots import Slot, not_open, overstepping, slots_of
from policyhours.language.words import child, entries_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.nearest import hint
from policyhours.text.tree import Entry, Mapping, Node, Scalar

_KEPT: Final = ("unit", "title", "decision_may", "per")
"""What the slot says of itself, where the filing does not."""


def no_text(node: Scalar) -> Policy:
    """No other text is at hand.

    Raises:
        Refused: always.
    """
    raise Refused((Finding("PH322", node.place, {"found": node.raw, **hint(node.raw, ())}),))


def lay(filing: Mapping, header: Header, upper: Policy, text_of: TextOf = no_text) -> Policy:
    """The filing over the upper text, its bounds checked.

    Args:
        filing: the tree of the filing.
        header: its header.
        upper: the text that it implements.
        text_of: finds a national text that the filing lets prevail.

    Raises:
        Refused: where the filing sets what is not open, oversteps a bound, extends what may not be extended,
            declares a name that the upper text has, or lets a text prevail that cannot; with both places.
    """
    open_slots = slots_of(upper.tree)
    faults = [*_term_faults(filing, header, upper), *declaration_faults(filing, upper.tree)]
    tree = with_declarations(upper.tree, filing)
    filled: list[tuple[Entry, Slot]] = []
    for entry in entries_at(filing.get("sets")):
        slot = open_slots.get(entry.key)
        if slot is None:
            faults.append(not_open(entry, upper.tree, open_slots))
        else:
            filled.append((entry, slot))
            tree = put(tree, slot.path, _merged(entry.value, slot.node))
    precedences, not_entitled = precedences_of(filing, header, upper, text_of)
    faults += not_entitled
    faults += condition_faults(filing, tree, {one.address for one in precedences})
    if faults:
        raise Refused(tuple(faults))
    readings = {**upper.readings, **read_readings(filing, header.ref)}
    texts = {one.text.ref: one.text for one in precedences}
    layers = (header, *upper.layers, *(texts[ref].header for ref in sorted(texts)))
    tree = prevail(tree, precedences, upper, Policy(layers, tree, readings))
    for name, text in brought_readings(tree, precedences).items():
        theirs = text.readings[name]
        readings[name] = replace(theirs, origin=replace(theirs.origin, document=text.header.document))
    laid = Policy(layers, narrowed(tree, filing), readings)
    for entry, slot in filled:
        faults += overstepping(entry, slot, upper, laid)
    if faults:
        raise Refused(tuple(faults))
    laid.rules()
    return laid


def _term_faults(filing: Mapping, header: Header, upper: Policy) -> Iterator[Finding]:
    """A filing is in force while its upper text is; one without an end ends with it."""
    above = upper.header
    early = header.valid_from < above.valid_from
    late = above.valid_until is not None and (
        header.valid_from > above.valid_until
        or (header.valid_until is not None and header.valid_until > above.valid_until)
    )
    if early or late:
        own, theirs = (child(tree.get("in_force"), "from") for tree in (filing, upper.tree))
        if not early:
            own = child(filing.get("in_force"), "until") or own
            theirs = child(upper.tree.get("in_force"), "until")
        assert own is not None and theirs is not None
        words = {"found": _term(header), "expected": _term(above), "upper": upper.ref}
        words |= {"found_en": _term(header, "en"), "expected_en": _term(above, "en")}
        yield Finding("PH508", own.place, words, (("upper", theirs.place),))


def _term(header: Header, lang: str = "zh") -> str:
    """Its time in force by its own dates."""
    if lang == "en":
        ends = f"until {header.valid_until.isoformat()}" if header.valid_until else "on"
        return f"from {header.valid_from.isoformat()} {ends}"
    return f"{header.valid_from.isoformat()}～{header.valid_until.isoformat() if header.valid_until else ''}"


def _merged(node: Node, slot: Mapping) -> Node:
    """What the filing writes, with what the slot says of its own kind (unit, title, decisions)."""
    if not isinstance(node, Mapping):
        return node
    kept = tuple(e for e in slot.entries if e.key in _KEPT and e.key not in node)
    return replace(node, entries=(*node.entries, *kept))
