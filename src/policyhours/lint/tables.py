"""Tables: cases that no row covers, rows that never match, and rows whose worth makes no sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from policyhours.language.library import Library
from policyhours.language.number import Range, Rational
from policyhours.language.pattern import Anything, Between, Pattern, fits
from policyhours.language.policy import Policy
from policyhours.language.rules import Fact
from policyhours.language.unit import parse_unit, unit_title
from policyhours.language.vocabulary import describe, read_pattern
from policyhours.language.words import child, entries_at, items_at, matches_at, shown, text_at
from policyhours.lint.domain import Domain, can_fit, described, gaps_of
from policyhours.lint.survey import Cell, Known, Survey, Visit, row_name
from policyhours.lint.walk import survey
from policyhours.text.finding import Finding
from policyhours.text.place import Place
from policyhours.text.tree import Entry, Mapping

_SHOWN: Final = 6


def uncovered(policy: Policy, library: Library) -> Iterator[Finding]:
    """What a fact may be where no row of a table holds and nothing is said otherwise: it stays unknown."""
    found = survey(policy)
    for visits in _levels(found):
        first = visits[0]
        open_ones = [(v, left) for v in visits if (left := _left(v)) is not None]
        if not open_ones or first.otherwise:
            continue
        zh, en = (
            _joined((described(left, first.fact, lang) for _, left in open_ones), lang)
            for lang in ("zh", "en")
        )
        what = _joined((visit.root.title for visit, _ in open_ones), "zh")
        words = {"fact": first.fact.title, "found": zh, "found_en": en, "what": what}
        yield Finding("PH603", first.place, words)


def _left(visit: Visit) -> list[Range] | Domain | None:
    """What the rows leave; of a named value only gaps between rows, for it may come to less than it seems."""
    if visit.left is None:
        return None
    left = gaps_of([cell.pattern for cell in visit.cells], visit.domain, visit.fact)
    if visit.measured and isinstance(left, list) and isinstance(visit.domain, Range):
        ends = (visit.domain.low, visit.domain.high)
        left = [
            g
            for g in left
            if g.low is not None and g.high is not None and g.low != ends[0] and g.high != ends[1]
        ]
    return left or None


def unreachable(policy: Policy, library: Library) -> Iterator[Finding]:
    """Rows that never match: conditions exclude them, or other rows leave nothing for them."""
    found = survey(policy)
    for visits in _levels(found):
        first = visits[0]
        for number, cell in enumerate(first.cells):
            if any(visit.cells[number].matches for visit in visits) or not found.own(cell.entry.value):
                continue
            if not can_fit(cell.pattern, first.fact.domain(), first.fact):
                continue
            words = {"found": cell.entry.key, "fact": first.fact.title}
            if isinstance(cell.pattern, Anything):
                yield Finding("PH607", cell.entry.key_place, words)
                continue
            because = visits[0].known.because.get(first.fact.id)
            also = ((found.label(because), because),) if because is not None else ()
            yield Finding("PH604", cell.entry.key_place, words, also)
    yield from _idle_otherwise(found)


def _idle_otherwise(found: Survey) -> Iterator[Finding]:
    """What a table says otherwise although its rows take everything."""
    if not found.whole:
        return
    tables: dict[int, list[Visit]] = {}
    for visit in found.visits:
        tables.setdefault(id(visit.table), []).append(visit)
    for visits in tables.values():
        table = visits[0].table
        node = table.get("otherwise")
        if node is None or not found.own(table) or any(visit.left is not None for visit in visits):
            continue
        if any(_growing(found, visit.fact) for visit in visits):
            continue
        entry = table.entry("otherwise")
        assert entry is not None
        yield Finding("PH607", entry.key_place, {"found": "otherwise", "fact": visits[0].fact.title})


def _growing(found: Survey, fact: Fact) -> bool:
    """Whether a filing may add options to the fact."""
    node = child(child(found.policy.tree.get("facts"), fact.id), "industry_may")
    return found.policy.header.implements is None and text_at(node) == "extend"


def outside(policy: Policy, library: Library) -> Iterator[Finding]:
    """Ranges, in tables and conditions, in which the fact can never be, or that go beyond what it can be."""
    found = survey(policy)
    for visits in _levels(found):
        for cell in visits[0].cells:
            yield from _outside(cell.entry, cell.pattern, visits[0].fact)
    for match in _own_matches(policy):
        fact = found.rules.facts.get(match.key) or found.rules.keys.get(match.key)
        if fact is not None and not isinstance(match.value, Mapping):
            yield from _outside(match, read_pattern(match.value, fact), fact, match.value.place)


def _own_matches(policy: Policy) -> Iterator[Entry]:
    """Every match of the conditions of standards that the policy's own file states."""
    for standard in entries_at(policy.tree.get("standards")):
        for item in items_at(child(standard.value, "requires")):
            if policy.policy_of(item) == policy.ref:
                yield from matches_at(item)


def _outside(entry: Entry, pattern: Pattern, fact: Fact, place: Place | None = None) -> Iterator[Finding]:
    domain = fact.domain()
    if not isinstance(pattern, Between) or not isinstance(domain, Range):
        return
    written = entry.key if place is None else text_at(entry.value)
    words = {"found": written, "fact": fact.title}
    words |= {"expected": describe(fact), "expected_en": describe(fact, "en")}
    if not can_fit(pattern, domain, fact):
        yield Finding("PH608", place or entry.key_place, words)
    elif fact.origin.policy and _beyond(pattern.range, domain):
        yield Finding("PH609", place or entry.key_place, words)


def _beyond(span: Range, domain: Range) -> bool:
    above = span.high is not None and domain.high is not None and span.high > domain.high
    return above or (span.low is not None and domain.low is not None and span.low < domain.low)


def exclusive_conditions(policy: Policy, library: Library) -> Iterator[Finding]:
    """Conditions of a standard that cannot both hold: nothing would ever be recognised."""
    found = survey(policy)
    for one in found.contradictions:
        if found.own(one.entry.value):
            title = found.rules.standards[one.kind].title
            words = {"fact": one.fact.title, "title": title}
            yield Finding("PH610", one.entry.key_place, words, ((found.label(one.first), one.first),))


def opposite_conditions(policy: Policy, library: Library) -> Iterator[Finding]:
    """Conditions that fail wherever a case is silent, for registration establishes the opposite."""
    facts = policy.rules().facts
    for match in _own_matches(policy):
        fact = facts.get(match.key)
        if fact is None or fact.attested is None or isinstance(match.value, Mapping):
            continue
        if fits(read_pattern(match.value, fact), fact.attested) is False:
            words = {"fact": fact.title, "found": text_at(match.value)}
            yield Finding("PH611", match.value.place, words, _declared(policy, fact))


def _declared(policy: Policy, fact: Fact) -> tuple[tuple[str, Place], ...]:
    """Where a fact is declared, as another place that belongs to a finding."""
    return (("first" if fact.origin.policy == policy.ref else "upper", fact.origin.place),)


def beyond_ceiling(policy: Policy, library: Library) -> Iterator[Finding]:
    """Rows worth more than the yearly ceiling of their kind, whatever else holds: the rest never counts."""
    found = survey(policy)
    told: list[tuple[str, ...]] = []
    unit = parse_unit(found.rules.unit)
    for root, known in found.roots:
        ceiling = found.yearly(root.kind) if root.kind is not None else None
        if ceiling is None or root.quantity is None or root.kind is None:
            continue
        most = ceiling[1].high
        assert most is not None
        also = ((found.label(ceiling[0].origin.place), ceiling[0].origin.place),)
        words = {"most": shown(most), "unit": unit_title(unit), "unit_en": unit_title(unit, "en")}
        whole = found.reach(root.quantity, known.domains)
        if whole.high is not None and whole.high <= most:
            continue
        least = whole.low
        if least is not None and least > most:
            if found.own(root.node):
                yield Finding(
                    "PH605", root.node.place, {**words, "found": root.title, "worth": shown(least)}, also
                )
            continue
        for entry, inside in _rows(found, root.kind):
            trail = (root.kind, *inside.trail)
            if any(trail[: len(other)] == other for other in told) or not found.own(entry.value):
                continue
            least = found.reach(root.quantity, inside.domains).low
            if least is not None and least > most:
                told.append(trail)
                row = "，".join(inside.trail)
                yield Finding("PH605", entry.key_place, {**words, "found": row, "worth": shown(least)}, also)


def falling(policy: Policy, library: Library) -> Iterator[Finding]:
    """Rows in which more of something (days, months, items) is worth less than a little less of it."""
    found = survey(policy)
    told: set[int] = set()
    for visit in found.visits:
        quantity = visit.root.quantity
        if quantity is None or visit.fact.unit is None or visit.measured or id(visit.rows) in told:
            continue
        if visit.fact.of != "activity" or not found.own(visit.rows):
            continue
        rows = [(s, cell) for cell in visit.cells if cell.matches and (s := _span(cell)) is not None]
        rows.sort(key=lambda pair: (pair[0].low is not None, pair[0].low or 0))
        for (lower, before), (higher, after) in pairwise(rows):
            if lower.high is None or higher.low is None:
                continue
            less = found.reach(quantity, {**visit.known.domains, visit.fact.id: lower.high})
            more = found.reach(quantity, {**visit.known.domains, visit.fact.id: higher.low})
            if not _drops(less, more):
                continue
            told.add(id(visit.rows))
            words = {
                "fact": visit.fact.title,
                "first": row_name(before.entry, before.pattern, visit.fact),
                "second": row_name(after.entry, after.pattern, visit.fact),
                "less": shown(less.high),
                "more": shown(more.high),
            }
            also = (("first", before.entry.key_place),)
            yield Finding("PH606", after.entry.key_place, words, also)


def _drops(less: Range, more: Range) -> bool:
    """Whether both ends fall: whatever else is the same, somebody with more gets less."""
    if less.high is None or more.high is None or less.low is None or more.low is None:
        return False
    return more.high < less.high and more.low <= less.low


def _span(cell: Cell) -> Range | None:
    """The numbers of a row."""
    if isinstance(cell.pattern, Between):
        return cell.pattern.range
    values = getattr(cell.pattern, "values", ())
    numbers: list[Rational] = [v for v in values if not isinstance(v, str | bool)]
    return Range(numbers[0], numbers[0]) if len(numbers) == 1 else None


def _rows(found: Survey, kind: str) -> Iterator[tuple[Entry, Known]]:
    """The rows that were reached from the value of a kind, and what holds otherwise; the outer ones first."""
    rows: list[tuple[Entry, Known]] = []
    for visit in found.visits:
        if visit.root.kind != kind or visit.measured:
            continue
        rows += [(cell.entry, cell.known) for cell in visit.cells if cell.matches]
        entry = visit.table.entry("otherwise")
        if entry is not None and visit.left is not None:
            domains = {**visit.known.domains, visit.fact.id: visit.left}
            trail = (*visit.known.trail, f"{visit.fact.title} otherwise")
            rows.append((entry, Known(domains, visit.known.because, trail)))
    yield from sorted(rows, key=lambda row: len(row[1].trail))


def _levels(found: Survey) -> Iterator[list[Visit]]:
    """The visits of each level of a table that the policy's own file states; none where some are missing."""
    if not found.whole:
        return
    levels: dict[int, list[Visit]] = {}
    for visit in found.visits:
        if found.own(visit.rows):
            levels.setdefault(id(visit.rows), []).append(visit)
    yield from levels.values()


def _joined(words: Iterable[str], lang: str) -> str:
    found = list(dict.fromkeys(words))
    comma, more = ("、", "等") if lang == "zh" else (", ", ", …")
    return comma.join(found[:_SHOWN]) + (more if len(found) > _SHOWN else "")
