"""The vocabulary of a policy: its facts, and the patterns written over them.

Chinese labels are accepted wherever an id is.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnly
from dataclasses import replace
from fractions import Fraction
from typing import Final

from policyhours.language.number import Range, Rational, contains
from policyhours.language.pattern import (
    Anything,
    Between,
    OneOf,
    Pattern,
    Stated,
    Unknown,
    fits,
    parse_range,
)
from policyhours.language.rules import Entity, Fact, Kind, Origin, OriginOf
from policyhours.language.words import child, entries_at, number_at, shown, text_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.nearest import hint
from policyhours.text.place import Place
from policyhours.text.scalar import read_scalar
from policyhours.text.tree import Entry, Mapping, Node, Scalar, Sequence

RESERVED = frozenset(
    {"id", "kind", "date", "from", "status", "void", "evidence", "recognised_by", "recognised_on"}
)
"""What an activity states apart from facts; no fact may bear these names."""

WORKED_OUT: Final[ReadOnly[str, Entity]] = {"year": "person", "month": "activity"}
"""Facts that no case states: the year that is assessed, and the month of an activity's day (1 to 12)."""


def read_facts(declared: Mapping, origin_of: OriginOf) -> dict[str, Fact]:
    """The facts that a policy declares, in its order.

    Raises:
        Refused: for a fact that bears a reserved name, replaces one that is not declared, can be nothing, or
            shares its title with another.
    """
    facts = {entry.key: _fact(entry, origin_of(entry.value)) for entry in declared.entries}
    faults: list[Finding] = []
    for entity in sorted({fact.of for fact in facts.values()}):
        own = tuple(entry for entry in declared.entries if facts[entry.key].of == entity)
        faults += same_titles(replace(declared, entries=own))
    for entry in declared.entries:
        if entry.key in RESERVED:
            faults.append(Finding("PH301", entry.key_place, {"found": entry.key}))
        fact = facts[entry.key]
        if entry.key in WORKED_OUT and (fact.of, fact.kind) != (WORKED_OUT[entry.key], "integer"):
            faults.append(
                Finding("PH319", entry.key_place, {"found": entry.key, "of": WORKED_OUT[entry.key]})
            )
        assert isinstance(entry.value, Mapping)
        replaced = entry.value.get("instead_of")
        for item in replaced.items if isinstance(replaced, Sequence) else ():
            if isinstance(item, Scalar) and item.raw not in facts:
                faults.append(unknown("PH302", item, item.raw, facts))
        faults += _impossible(entry, facts[entry.key])
    if faults:
        raise Refused(tuple(faults))
    return facts


def _impossible(entry: Entry, fact: Fact) -> Iterator[Finding]:
    """What a fact says of itself that cannot be."""
    least, most, step = (child(entry.value, key) for key in ("at_least", "at_most", "step"))
    words = {"found": fact.title}
    if fact.at_least is not None and fact.at_most is not None and fact.at_least > fact.at_most:
        assert least is not None and most is not None
        yield Finding("PH318", most.place, words, (("first", least.place),))
    if fact.step is not None and fact.step <= 0:
        yield Finding("PH318", step.place if step is not None else entry.key_place, words)
    yield from _same_labels(child(entry.value, "one_of"))
    attested = child(entry.value, "attested")
    if isinstance(attested, Scalar) and stated_value(attested, fact) is None:
        yield misfit("PH303", attested, fact)


def _same_labels(options: Node | None) -> Iterator[Finding]:
    """Labels stand wherever an option does, so two options cannot share one."""
    first: dict[str, Place] = {}
    for option in entries_at(options):
        label = text_at(option.value)
        if label in first:
            yield Finding("PH317", option.value.place, {"found": label}, (("first", first[label]),))
        first.setdefault(label, option.value.place)


def same_titles(declared: Node | None) -> Iterator[Finding]:
    """Titles stand wherever an id does, so two things of one sort cannot share one."""
    first: dict[str, Place] = {}
    for entry in entries_at(declared):
        said = child(entry.value, "title")
        title = text_at(said)
        if said is None or not title:
            continue
        if title in first:
            yield Finding("PH317", said.place, {"found": title}, (("first", first[title]),))
        first.setdefault(title, said.place)


def _fact(entry: Entry, origin: Origin) -> Fact:
    node = entry.value
    assert isinstance(node, Mapping)
    options = node.get("one_of")
    labels = {e.key: text_at(e.value) for e in options.entries} if isinstance(options, Mapping) else {}
    kind: Kind = "choice" if labels else text_at(node.get("type"))  # type: ignore[assignment]
    of: Entity = text_at(node.get("of"), "activity")  # type: ignore[assignment]
    attested = node.get("attested")
    replaced = node.get("instead_of")
    step = number_at(node.get("step"))
    return Fact(
        id=entry.key,
        title=text_at(node.get("title")),
        of=of,
        kind=kind,
        unit=text_at(node.get("unit")) if "unit" in node else None,
        step=1 if kind == "integer" else step,
        at_least=number_at(node.get("at_least")),
        at_most=number_at(node.get("at_most")),
        options=labels,
        attested=_attested(attested),
        instead_of=tuple(text_at(i) for i in replaced.items) if isinstance(replaced, Sequence) else (),
        origin=origin,
    )


def _attested(node: Node | None) -> Stated | None:
    if not isinstance(node, Scalar):
        return None
    return node.value if isinstance(node.value, bool) else node.raw


def identity_facts(node: Node, facts: ReadOnly[str, Fact], besides: tuple[str, ...]) -> tuple[str, ...]:
    """The facts that tell matters apart, as a list or one in place of it.

    Args:
        node: as written.
        facts: the facts of the policy.
        besides: what an activity always has and may be named as well, such as ``kind``.

    Raises:
        Refused: for a fact that does not tell matters apart.
    """
    named = node.items if isinstance(node, Sequence) else (node,)
    for item in named:
        assert isinstance(item, Scalar)
        if item.raw not in besides and (item.raw not in facts or facts[item.raw].kind != "identity"):
            known = {f.id: f for f in facts.values() if f.kind == "identity"}
            raise Refused((unknown("PH310", item, item.raw, known),))
    return tuple(text_at(item) for item in named)


def unknown(
    code: str, node: Scalar | Entry, found: str, known: ReadOnly[str, object], **words: str
) -> Finding:
    """The finding that a name is not known, with the nearest names that are."""
    place = node.key_place if isinstance(node, Entry) else node.place
    return Finding(code, place, {"found": found, **hint(found, known), **words})


def read_pattern(node: Node, fact: Fact) -> Pattern:
    """The pattern that a condition or a table key writes over the fact.

    Raises:
        Refused: where it names what the fact cannot be.
    """
    if isinstance(node, Sequence):
        return OneOf(frozenset(_value(item, fact) for item in node.items if isinstance(item, Scalar)))
    assert isinstance(node, Scalar)
    if node.raw == "any":
        return Anything()
    if fact.kind in ("integer", "number") and (span := parse_range(node.raw)):
        return Between(span)
    return OneOf(frozenset({_value(node, fact)}))


def key_pattern(entry: Entry, fact: Fact) -> Pattern:
    """The pattern that the key of a table's row writes over the fact.

    Raises:
        Refused: where it names what the fact cannot be.
    """
    return read_pattern(key_scalar(entry), fact)


def misfit(code: str, node: Scalar, fact: Fact, **words: str) -> Finding:
    """The finding that the scalar is nothing that the fact can be."""
    zh, en = describe(fact), describe(fact, "en")
    offered = (zh, f"one of: {en}" if fact.kind == "choice" else en)
    near = hint(node.raw, [*fact.options, *fact.options.values()], offered)
    found = {"found": node.raw, "fact": fact.title, "expected": zh, "expected_en": en}
    return Finding(code, node.place, {**found, **near, **words})


def key_scalar(entry: Entry) -> Scalar:
    """The key of a table's row, read as the value that it would be unquoted."""
    return Scalar(read_scalar(entry.key, entry.key_place), entry.key, False, entry.key_place)


def _value(node: Scalar, fact: Fact) -> Stated:
    value = stated_value(node, fact)
    if value is None:
        raise Refused((misfit("PH303", node, fact),))
    return value


def stated_value(node: Scalar, fact: Fact) -> Stated | None:
    """What the scalar states of the fact, or ``None`` where it is nothing that the fact can be."""
    value = node.value
    match fact.kind:
        case "choice":
            by_label = {label: option for option, label in fact.options.items()}
            return node.raw if node.raw in fact.options else by_label.get(node.raw)
        case "boolean":
            return value if isinstance(value, bool) else {"是": True, "否": False}.get(node.raw)
        case "integer" | "number":
            number = number_at(node)
            return number if number is not None and in_bounds(number, fact) else None
        case _:
            return node.raw or None


def in_bounds(number: Rational, fact: Fact) -> bool:
    """Whether the number is within the fact's bounds and on its step."""
    on_step = fact.step is None or (Fraction(number) / fact.step).denominator == 1
    return on_step and contains(Range(fact.at_least, fact.at_most), number)


def describe(fact: Fact, lang: str = "zh") -> str:
    """In words, what the fact may be."""
    zh = lang == "zh"
    match fact.kind:
        case "choice":
            return "、".join(fact.options.values()) if zh else ", ".join(fact.options)
        case "boolean":
            return "true（是）、false（否）" if zh else "true or false"
        case "integer" | "number":
            words = [
                ("整数" if zh else "a whole number")
                if fact.kind == "integer"
                else ("数" if zh else "a number")
            ]
            if fact.at_least is not None:
                words.append(f"{'不小于' if zh else 'at least '}{shown(fact.at_least)}")
            if fact.at_most is not None:
                words.append(f"{'不大于' if zh else 'at most '}{shown(fact.at_most)}")
            if fact.step not in (None, 1):
                words.append(f"{shown(fact.step)}的倍数" if zh else f"a multiple of {shown(fact.step)}")
            return ("，" if zh else ", ").join(words)
        case _:
            return "文字" if zh else "a text"


def overlap(a: Pattern, b: Pattern, fact: Fact) -> bool:
    """Whether some value of the fact fits both patterns; ``any`` takes only what others leave."""
    if isinstance(a, Anything) or isinstance(b, Anything):
        return isinstance(a, Anything) and isinstance(b, Anything)
    if isinstance(a, OneOf):
        return any(fits(b, value) for value in a.values)
    if isinstance(b, OneOf):
        return any(fits(a, value) for value in b.values)
    return fits(a, b.range) is not False


def covers(patterns: list[Pattern], fact: Fact) -> bool:
    """Whether some pattern fits, whatever the fact may be."""
    if any(isinstance(p, Anything) for p in patterns):
        return True
    domain = fact.domain()
    if isinstance(domain, Unknown):
        return domain.options is not None and all(any(fits(p, o) for p in patterns) for o in domain.options)
    points = _turning_points(patterns, Range(fact.at_least, fact.at_most), fact)
    return all(any(fits(p, point) for p in patterns) for point in points)


def _turning_points(patterns: list[Pattern], domain: Range, fact: Fact) -> list[Rational | Range]:
    """Numbers among which any gap between the patterns shows."""
    ends: set[Rational] = set()
    for pattern in patterns:
        if isinstance(pattern, Between):
            ends.update(e for e in (pattern.range.low, pattern.range.high) if e is not None)
        elif isinstance(pattern, OneOf):
            ends.update(v for v in pattern.values if not isinstance(v, str | bool))
    step = fact.step if fact.step is not None else Fraction(1, 10**6)
    near = {e + d for e in ends for d in (-step, 0, step)} | {
        e for e in (domain.low, domain.high) if e is not None
    }
    inside: list[Rational | Range] = [e for e in near if contains(domain, e)]
    beyond = max(ends, default=0)
    if domain.high is None:
        inside.append(Range(beyond + step, None))
    return inside
