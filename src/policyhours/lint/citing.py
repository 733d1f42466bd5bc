"""Citing: clauses of the upper text in a filing, and clauses of a filing in a text that is none."""

from __future__ import annotations

from collections.abc import Iterator

from policyhours.language.citations import Clause, citations_in, clauses_of, parse_citation
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import parse_reference
from policyhours.language.words import child, entries_at, items_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Mapping, Node, Scalar


def no_such_upper_clause(policy: Policy, library: Library) -> Iterator[Finding]:
    """Clauses that a filing cites of its upper text and that text does not have."""
    upper = _upper(policy, library)
    structure = None if upper is None else upper.tree.get("structure")
    if upper is None or structure is None:
        return
    clauses = frozenset(clauses_of(structure))
    for scalar in _own(policy):
        if _is_missing(scalar, clauses):
            words = {"found": scalar.raw, "upper": upper.ref}
            yield Finding("PH731", scalar.place, words, (("upper", structure.place),))


def _upper(policy: Policy, library: Library) -> Policy | None:
    """The upper text of a filing, where it can be read."""
    if policy.header.implements is None:
        return None
    try:
        return library.policy(parse_reference(policy.header.implements))
    except Refused:
        return None


def _is_missing(scalar: Scalar, clauses: frozenset[Clause]) -> bool:
    """Whether a citation is of a clause that a text of these clauses does not have."""
    clause = parse_citation(scalar.raw)
    if clause is None or clause in clauses:
        return False
    whole = not clause.paragraph and not clause.item
    return not whole or all(clause.article != other.article for other in clauses)


def filing_cited_elsewhere(policy: Policy, library: Library) -> Iterator[Finding]:
    """Citations of a filing's own clauses in a text that is no filing."""
    if policy.header.implements is None:
        for scalar in _own(policy):
            if scalar.raw.startswith("细则"):
                yield Finding("PH732", scalar.place, {"found": scalar.raw})


def upper_cited_as_own(policy: Policy, library: Library) -> Iterator[Finding]:
    """What a filing sets, resting only on a clause of the upper text, which does not say so.

    A clause that the upper text does not even have is told by `no_such_upper_clause`.
    """
    if policy.header.implements is None:
        return
    upper = _upper(policy, library)
    structure = None if upper is None else upper.tree.get("structure")
    clauses = frozenset(clauses_of(structure))
    for node in _settings(policy):
        cited = child(node, "article")
        named = [item for item in items_at(cited) or (cited,) if isinstance(item, Scalar)]
        if structure is not None and any(_is_missing(item, clauses) for item in named):
            continue
        if named and all(parse_citation(item.raw) is not None for item in named):
            yield Finding("PH730", named[0].place, {"found": "、".join(item.raw for item in named)})


def _settings(policy: Policy) -> Iterator[Node]:
    """The values, ceilings and conditions of standards, and joint ceilings, that the file itself states."""
    tree = policy.tree
    for entry in entries_at(tree.get("standards")):
        for part in ("hours", "ceiling"):
            node = child(entry.value, part)
            if isinstance(node, Mapping) and _stated_here(policy, node):
                yield node
        yield from (i for i in items_at(child(entry.value, "requires")) if _stated_here(policy, i))
    yield from (item for item in items_at(tree.get("ceilings")) if _stated_here(policy, item))


def _stated_here(policy: Policy, node: Node) -> bool:
    return policy.policy_of(node) == policy.ref


def _own(policy: Policy) -> Iterator[Scalar]:
    """Every citation that the policy's own file carries."""
    seen: set[tuple[int, int]] = set()
    prevailing = policy.header.tree.get("prevails")
    for scalar in (*citations_in(policy.tree), *(citations_in(prevailing) if prevailing else ())):
        where = (scalar.place.line, scalar.place.column)
        if _stated_here(policy, scalar) and where not in seen:
            seen.add(where)
            yield scalar
