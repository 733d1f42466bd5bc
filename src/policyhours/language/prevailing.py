"""Prevailing: national provisions put in the place of the upper text's, with all that they depend on.

A named value, a fact or a reading that a national provision needs comes along, from wherever it is needed on.
A name that means the same here already is shared; one that means something else is refused with both places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policyhours.language.addresses import entry_of, likes, put, whole_standard, without
from policyhours.language.dependence import declared, needed
from policyhours.language.exchange import PERMISSIONS, exchanged
from policyhours.language.policy import Policy
from policyhours.language.precedence import Precedence
from policyhours.language.words import child, entries_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Entry, Mapping, Node, plain

_NO_MEANING = {
    "values": {"article", "title", "industry_may", "decision_may"},
    "facts": {"article", "industry_may"},
    "readings": {"article", "because", "ruled"},
}
"""What two declarations of one name may say differently and still mean the same."""


def prevail(tree: Mapping, precedences: Sequence[Precedence], upper: Policy, laid: Policy) -> Mapping:
    """The tree with every one in its place, and with what the national provisions depend on.

    Args:
        tree: the upper text with what the filing declares and sets.
        precedences: what prevails; no two over one address.
        upper: the upper text.
        laid: the policy of `tree`, for the units of what the filing declares.

    Raises:
        Refused: where a unit does not fit, a subject is lacking, or a name means two things.
    """
    faults: list[Finding] = []
    along: dict[str, list[tuple[Precedence, str, Entry]]] = {}
    for one in precedences:
        try:
            node, counted = exchanged(one, tree, upper, laid)
        except Refused as refused:
            faults += [fault for fault in refused.findings if fault not in faults]
            continue
        tree = put(_apart(tree, one), one.target.path, _titled(one, node))
        for entry in counted:
            along.setdefault(entry.key, []).append((one, "values", entry))
        for name, (section, entry) in needed(one.text.tree, [one.there.node]).items():
            along.setdefault(name, []).append((one, section, entry))
    for name in sorted(along):
        for one, section, entry in along[name]:
            there = declared(tree, name)
            if there is None:
                tree = put(tree, (section, name), _fixed(section, entry))
            elif not _alike(section, entry.value, there) and not _as_in(upper, name, section, entry.value):
                also = (("first", there[1].key_place), ("national", entry.key_place))
                finding = Finding("PH518", one.place, {"found": name, "address": one.address}, also)
                faults += [finding] if finding not in faults else []
    if faults:
        raise Refused(tuple(faults))
    return tree


def _apart(tree: Mapping, one: Precedence) -> Mapping:
    """The tree with those standards written out that are like the one taken over: they are not taken over."""
    if one.here is None or one.here.sort == "value":
        return tree
    for entry in entries_at(tree.get("standards")):
        if entry.key != one.here.name and one.here.name in likes(tree, entry.key):
            whole = whole_standard(tree, entry.key)
            assert whole is not None
            tree = put(tree, ("standards", entry.key), whole)
    return tree


def brought_readings(tree: Mapping, precedences: Sequence[Precedence]) -> dict[str, Policy]:
    """The readings of the tree that a national text brought along, and the text that did."""
    found = {}
    for one in precedences:
        for entry in entries_at(tree.get("readings")):
            if entry.value is child(one.text.tree.get("readings"), entry.key):
                found[entry.key] = one.text
    return found


def _titled(one: Precedence, node: Node) -> Node | Entry:
    """What is to be put, under the key that the national text has where the upper text has none."""
    if one.here is None:
        entry = entry_of(one.text.tree, "standards", one.there.name)
        return replace(entry, value=node)
    return node


def _fixed(section: str, entry: Entry) -> Entry:
    """What is brought along; what others may do about it was said for the national text alone."""
    if section != "values" or not isinstance(entry.value, Mapping):
        return entry
    return replace(entry, value=without(entry.value, *PERMISSIONS))


def _alike(section: str, node: Node, there: tuple[str, Entry]) -> bool:
    """Whether what is declared there means the same as the node."""
    return section == there[0] and _meaning(section, node) == _meaning(section, there[1].value)


def _as_in(upper: Policy, name: str, section: str, node: Node) -> bool:
    """Whether the upper text means the same by a fact, to which the filing has only added options."""
    said = declared(upper.tree, name)
    return section == "facts" and said is not None and _alike(section, node, said)


def _meaning(section: str, node: Node) -> object:
    data = plain(node)
    assert isinstance(data, dict)
    return {key: value for key, value in data.items() if key not in _NO_MEANING[section]}
