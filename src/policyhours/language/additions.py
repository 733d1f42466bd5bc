"""Additions: what a filing adds of its own; it only narrows what the upper text says.

Its own values, facts and readings bear names that the upper text doesn't have. Its options are added to facts
that may be extended; its conditions stand behind the upper text's, its ceilings beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnly
from collections.abc import Set as AbstractSet

from policyhours.language.addresses import joined, put
from policyhours.language.dependence import SECTIONS, declared
from policyhours.language.vocabulary import unknown
from policyhours.language.words import child, entries_at, text_at
from policyhours.text.finding import Finding
from policyhours.text.tree import Entry, Mapping, Node, Sequence


def with_declarations(tree: Mapping, filing: Mapping) -> Mapping:
    """The upper tree with the filing's own values, facts and readings, and the options that it adds."""
    for section in SECTIONS:
        for entry in entries_at(filing.get(section)):
            added = child(entry.value, "extends") if section == "facts" else None
            if added is None:
                tree = put(tree, (section, entry.key), entry)
                continue
            for option in entries_at(added):
                if isinstance(child(child(tree.get(section), entry.key), "one_of"), Mapping):
                    tree = put(tree, (section, entry.key, "one_of", option.key), option)
    return tree


def narrowed(tree: Mapping, filing: Mapping) -> Mapping:
    """The tree with the filing's own conditions behind the others, and its own ceilings beside them."""
    added = {entry.key: entry.value for entry in entries_at(filing.get("requires"))}
    laid = tree
    for kind in added:
        together = _conditions(tree, kind, added)
        if together is not None:
            laid = put(laid, ("standards", kind, "requires"), together)
    ceilings = joined(tree.get("ceilings"), filing.get("ceilings"))
    return laid if ceilings is None else put(laid, ("ceilings",), ceilings)


def declaration_faults(filing: Mapping, upper: Mapping) -> list[Finding]:
    """Names that the filing may not declare, and options that it may not add."""
    faults = []
    for section in SECTIONS:
        for entry in entries_at(filing.get(section)):
            added = child(entry.value, "extends") if section == "facts" else None
            if added is not None:
                faults += _extension_faults(entry, added, upper)
            elif (there := declared(upper, entry.key)) is not None:
                also = (("upper", there[1].key_place),)
                faults.append(Finding("PH504", entry.key_place, {"found": entry.key}, also))
    return faults


def condition_faults(filing: Mapping, tree: Mapping, brought: AbstractSet[str]) -> Iterator[Finding]:
    """Conditions for standards that there are not."""
    known = {entry.key: entry for entry in entries_at(tree.get("standards"))}
    for entry in entries_at(filing.get("requires")):
        if entry.key not in known and entry.key not in brought:
            yield unknown("PH308", entry, entry.key, known)


def _extension_faults(entry: Entry, added: Node, upper: Mapping) -> list[Finding]:
    """What is wrong with options that are added to a fact of the upper text."""
    theirs = {fact.key: fact for fact in entries_at(upper.get("facts"))}
    fact = theirs.get(entry.key)
    if fact is None:
        return [unknown("PH304", entry, entry.key, theirs)]
    faults = _option_faults(added, fact)
    if text_at(child(fact.value, "industry_may")) != "extend":
        also = (("upper", fact.key_place),)
        faults.insert(0, Finding("PH505", entry.key_place, {"found": entry.key}, also))
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


def _conditions(
    tree: Mapping, kind: str, added: ReadOnly[str, Node], seen: tuple[str, ...] = ()
) -> Sequence | None:
    """The conditions of a standard, with what is added to it and to the one whose conditions it takes."""
    node = child(tree.get("standards"), kind)
    own, model = child(node, "requires"), text_at(child(node, "like"))
    if own is None and model and model not in (*seen, kind):
        own = _conditions(tree, model, added, (*seen, kind))
    return joined(own, added.get(kind))
