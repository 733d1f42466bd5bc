"""Precedence: which national text prevails over the upper text, and at which addresses (article 16).

The upper text says to what texts it yields; a filing names such a text and what it regulates. Which provision
stands follows from what is written, never from the order of writing: two provisions for one address are
refused with both places. What then takes the place of what is in `prevailing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from policyhours.language.addresses import Addressed, Sort, addresses, find
from policyhours.language.header import Header
from policyhours.language.policy import Policy
from policyhours.language.vocabulary import unknown
from policyhours.language.words import child, entries_at, items_at, text_at, texts_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.place import Place
from policyhours.text.tree import Mapping, Node, Scalar

TextOf = Callable[[Scalar], Policy]
"""Finds the text to which a filing refers, resolved."""


@dataclass(frozen=True, slots=True)
class Precedence:
    """One address over which a national text prevails.

    Attributes:
        place: where the filing says so.
        here, there: the provision of the upper text, none for a standard that it lacks; the national one.
        text: the national text.
        equivalence: the named value of the filing by which a national unit is counted, if it names one.
    """

    address: str
    place: Place
    here: Addressed | None
    there: Addressed
    text: Policy
    equivalence: Scalar | None

    @property
    def target(self) -> Addressed:
        """Where the provision is to stand."""
        if self.here is not None:
            return self.here
        return replace(self.there, address=self.address, name=self.address)


def precedences_of(
    filing: Mapping, header: Header, upper: Policy, text_of: TextOf
) -> tuple[list[Precedence], list[Finding]]:
    """What a filing says prevails, by address, and what is wrong with it."""
    precedences: list[Precedence] = []
    faults: list[Finding] = []
    for said in items_at(filing.get("prevails")):
        node = child(said, "text")
        assert isinstance(node, Scalar)
        try:
            text = text_of(node)
        except Refused as refused:
            faults += refused.findings
            continue
        faults += _no_right(node, text, header, upper)
        over = list(_over(child(said, "over")))
        if not over:
            faults.append(Finding("PH515", node.place, {"found": text.header.title}))
        equivalence = child(said, "equivalence")
        if isinstance(equivalence, Scalar) and child(filing.get("values"), equivalence.raw) is None:
            own = {entry.key: entry for entry in entries_at(filing.get("values"))}
            faults.append(unknown("PH519", equivalence, equivalence.raw, own))
            equivalence = None
        for address, place, theirs in over:
            found = _precedence(address, place, theirs, upper, text, equivalence)
            if isinstance(found, Precedence):
                precedences.append(found)
            else:
                faults.append(found)
    faults += _ties(precedences, filing)
    return sorted(precedences, key=lambda one: one.address), faults


def _over(node: Node | None) -> Iterator[tuple[str, Place, Scalar]]:
    """Each address of the upper text, where it is written, and the national address."""
    for entry in entries_at(node):
        if isinstance(entry.value, Scalar):
            yield entry.key, entry.key_place, entry.value
    for item in items_at(node):
        if isinstance(item, Scalar):
            yield item.raw, item.place, item


def _no_right(node: Scalar, text: Policy, header: Header, upper: Policy) -> Iterator[Finding]:
    """Why the text cannot prevail at all."""
    yields = upper.tree.get("yields_to")
    named = text.header
    words = {"text": named.title, "document": named.document, "issuers": "、".join(named.issuers)}
    if yields is None:
        words |= {"upper": upper.header.title}
        yield Finding("PH509", node.place, words, (("upper", upper.header.place),))
        return
    also = (("upper", yields.place), ("national", named.place_of("issuers")))
    words |= {"article": "、".join(texts_at(child(yields, "article")))}
    if named.authority != text_at(child(yields, "authority")):
        yield Finding("PH510", node.place, words, (("upper", yields.place), ("first", named.place)))
        return
    body = text_at(child(yields, "issuers_include"))
    if body not in named.issuers or len(set(named.issuers)) < 2:
        yield Finding("PH511", node.place, {**words, "body": body}, also)
    until = header.valid_until or upper.header.valid_until
    ends = named.valid_until
    if not named.in_force(header.valid_from) or (ends is not None and (until is None or until > ends)):
        words |= {"first": header.valid_from.isoformat(), "last": until.isoformat() if until else "∞"}
        words |= {"from": named.valid_from.isoformat(), "until": ends.isoformat() if ends else "∞"}
        yield Finding("PH512", node.place, words, (("national", named.place_of("in_force")),))


def _precedence(
    address: str, place: Place, theirs: Scalar, upper: Policy, text: Policy, equivalence: Node | None
) -> Precedence | Finding:
    there, here = find(text.tree, theirs.raw), find(upper.tree, address)
    if there is None:
        known = _like_sort(text.tree, here.sort if here is not None else "standard")
        return unknown("PH513", theirs, theirs.raw, known, text=text.header.title)
    if here is None and (there.sort != "standard" or "." in address):
        known = _like_sort(upper.tree, there.sort)
        return unknown("PH503", replace(theirs, place=place), address, known)
    if here is not None and here.sort != there.sort:
        also = (("upper", here.node.place), ("national", there.node.place))
        return Finding("PH514", place, {"here": address, "there": theirs.raw}, also)
    by = equivalence if isinstance(equivalence, Scalar) else None
    return Precedence(address, place, here, there, text, by)


def _like_sort(tree: Mapping, sort: Sort) -> dict[str, None]:
    """The addresses of a text at which something of the sort stands."""
    found = ((address, find(tree, address)) for address in addresses(tree))
    return {address: None for address, node in found if node is not None and node.sort == sort}


def _ties(precedences: Sequence[Precedence], filing: Mapping) -> Iterator[Finding]:
    """Addresses for which there are two provisions, be it one within the other."""
    national = [(one.address, one.place) for one in precedences]
    filed = [(entry.key, entry.key_place) for entry in entries_at(filing.get("sets"))]
    for number, (address, place) in enumerate(national):
        for other, first in (*filed, *national[:number]):
            if f"{address}.".startswith(f"{other}.") or f"{other}.".startswith(f"{address}."):
                which = f"“{address}”与“{other}”是同一处，有两项规定"
                which_en = f"“{address}” and “{other}” are one place with two provisions"
                if address == other:
                    which, which_en = f"“{address}”写了两次", f"“{address}” is written twice"
                words = {"address": address, "other": other, "which": which, "which_en": which_en}
                yield Finding("PH516", place, words, (("first", first),))
