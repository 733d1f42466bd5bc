"""Cited: on which articles it rests what became of an activity, told from the causes of its row.

A query gathers causes as bits. Which articles they cite, and in which order, depends on the kind and on the
policy alone: so it is told once for all rows that are alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyhours.language.rules import Article, Rules
from policyhours.roster import causes
from policyhours.roster.plan.claims import rules_of
from policyhours.roster.plan.detail import DetailPlan
from policyhours.roster.plan.standards import ceiling_of


def cited(plan: DetailPlan, scheme: int, kind: str, mask: int, base: int) -> tuple[str, tuple[str, ...]]:
    """The articles of what decides, joined by 、, and the codes of the causes, in order.

    Args:
        plan: whose row it is.
        scheme: the row's ``scheme``.
        kind: the row's ``kind``.
        mask: the row's ``causes``.
        base: the row's ``base``.
    """
    found = plan.bits.named(mask)
    rules = rules_of(plan.schemes[scheme])
    articles = [clause for article in _articles(rules, kind, found, base) for clause in article]
    return "、".join(dict.fromkeys(articles or rules.standards[kind].worth.cited)), found


def _articles(rules: Rules, kind: str, found: Sequence[str], base: int) -> Iterator[Article]:
    """The articles of the causes in the order in which `assess` gives its reasons: losses, then doubts."""
    standard, registration = rules.standards[kind], rules.registration
    if causes.NO_BASIS in found and rules.term:
        yield rules.term.cited
    if causes.VOID in found and registration:
        yield registration.void_origin.cited
    if causes.ELSEWHERE in found and rules.once:
        yield rules.once.cited
    ceiling = ceiling_of(rules, kind)
    if ceiling is not None and causes.of_ceiling(ceiling) in found:
        yield ceiling.origin.cited
    for condition in standard.requires:
        for name, _ in condition.patterns:
            if causes.of_fact(name) in found:
                yield condition.origin.cited
        if causes.of_condition(condition) in found:
            yield condition.origin.cited
    for cause in (causes.PENDING, causes.EVIDENCE):
        if cause in found and registration:
            yield registration.origin.cited
    if rules.bases and base and {causes.BASE, causes.BASE_UNKNOWN}.intersection(found):
        yield rules.bases.requires[base - 1].origin.cited
    if causes.UNFILED in found:
        yield standard.worth.cited
