"""Cases: expectations that do not hold, rows that no case exercises, and persons that one could recognise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import date
from typing import Final

from policyhours.case.model import Case
from policyhours.desk.answer.coverage import exercised, places
from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.answer.expectation import misses
from policyhours.desk.sentences.phrase import pattern_phrase
from policyhours.language.asking import facts_asked
from policyhours.language.expression import Unfiled
from policyhours.language.policy import Policy
from policyhours.language.rules import Rules
from policyhours.language.slots import cells
from policyhours.language.vocabulary import RESERVED, key_pattern
from policyhours.language.words import child, entries_at, items_at, text_at
from policyhours.lint.names import COMPOUND, GIVEN_NEVER, HONORIFICS, SURNAMES, UNMISTAKABLE
from policyhours.lint.project import Project
from policyhours.text.finding import Finding
from policyhours.text.place import Place
from policyhours.text.tree import Entry, Mapping, Node, Scalar

_SHOWN: Final = 6
_ID_CARD: Final = re.compile(r"(?<![0-9A-Za-z])(\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])")
_MOBILE: Final = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_HAN: Final = "\u4e00-\u9fff"
_DOTTED: Final = re.compile(rf"[{_HAN}]{{2,}}[·•・][{_HAN}]{{2,}}")
_COMPOUND: Final = "|".join(COMPOUND)
_WITH_HONORIFIC: Final = re.compile(
    rf"(?:{_COMPOUND}|[{UNMISTAKABLE}])[{_HAN}]{{1,2}}(?={'|'.join(HONORIFICS)})"
)
_WHOLE: Final = re.compile(rf"(?:{_COMPOUND}|[{UNMISTAKABLE}])[{_HAN}]{{1,2}}")
_AS_CODE: Final = re.compile(rf"(?:{_COMPOUND}|[{SURNAMES}])[{_HAN}]{{1,2}}")
_ORGANS: Final = frozenset({"decided_by", "certified_by", "by"})


def failed_expectations(evaluation: Evaluation) -> Iterator[Finding]:
    """Everything that a case expects and that does not come out."""
    for miss in misses(evaluation):
        yield miss.finding()


def numbers_of_persons(evaluation: Evaluation) -> Iterator[Finding]:
    """Numbers of identity cards and mobile telephones, wherever in the case, comments included."""
    tree = evaluation.draft.tree
    source = tree.place.source
    for line in range(_first_line(tree), _last_line(tree) + 1):
        text = source.line(line)
        for found in _ID_CARD.finditer(text):
            if _is_id_card(found[1]):
                yield Finding("PH854", Place(source, line, found.start() + 1, len(found[1])))
        for found in _MOBILE.finditer(text):
            yield Finding("PH855", Place(source, line, found.start() + 1, len(found[0])))


def _first_line(tree: Mapping) -> int:
    """The first line of a case, comments above it included."""
    line = tree.place.line
    while line > 1 and tree.place.source.line(line - 1).lstrip().startswith("#"):
        line -= 1
    return line


def _last_line(tree: Mapping) -> int:
    """The last line of a case; a comment below it belongs to whatever follows."""
    return max(scalar.place.line + scalar.raw.count("\n") for _, scalar in _texts(tree))


def _is_id_card(number: str) -> bool:
    """Whether a number can be one: a day of birth, and of 18 digits the right check digit."""
    born = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    try:
        day = date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    if number[0] in "09" or not date(1900, 1, 1) <= day <= date.today():
        return False
    if len(number) == 15:
        return True
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == number[17].upper()


def names_of_persons(evaluation: Evaluation) -> Iterator[Finding]:
    """What looks like a person's name: where a code stands, before a form of address, with a middle dot."""
    tree = evaluation.draft.tree
    person = child(tree.get("person"), "id")
    codes = [tree.get("case"), tree.get("title"), person]
    codes += [child(activity, "id") for activity in items_at(tree.get("activities"))]
    told: set[int] = set()
    for code in codes:
        form = _AS_CODE if code is person else _WHOLE
        if isinstance(code, Scalar) and form.fullmatch(code.raw) and not _never(code.raw):
            told.add(id(code))
            yield Finding("PH853", code.place)
    for key, scalar in _texts(tree):
        if id(scalar) in told or key in _ORGANS:
            continue
        dotted, called = (form.finditer(scalar.raw) for form in (_DOTTED, _WITH_HONORIFIC))
        found = next((m for m in dotted if "某" not in m[0]), None)
        found = found or next((m for m in called if not _never(m[0])), None)
        if found is not None:
            yield Finding("PH853", scalar.place_at(found.start(), len(found[0])))


def _never(text: str) -> bool:
    """Whether a text that begins as a name does goes on as none does."""
    return any(word in text for word in GIVEN_NEVER)


def _texts(node: Node, key: str = "") -> Iterator[tuple[str, Scalar]]:
    """Every single value below a node, with the key under which it stands."""
    if isinstance(node, Scalar):
        yield key, node
    for item in items_at(node):
        yield from _texts(item, key)
    for entry in entries_at(node):
        yield from _texts(entry.value, entry.key)


def facts_without_effect(evaluation: Evaluation) -> Iterator[Finding]:
    """Facts that an activity states and its standard never asks for, under whatever reading.

    Where nobody has said yet what an activity is worth, any fact may come to matter.
    """
    rules_of = evaluation.settled.rules_of()
    stated = {activity.id: activity for activity in evaluation.settled.case.activities}
    for node in items_at(evaluation.draft.tree.get("activities")):
        activity = stated.get(text_at(child(node, "id")))
        rules = None if activity is None else rules_of.of(activity.year, activity.id)
        if activity is None or rules is None or activity.kind not in rules.standards:
            continue
        standard = rules.standards[activity.kind]
        if standard.hours is not None and isinstance(standard.hours.expression, Unfiled):
            continue
        asked = facts_asked(rules, activity.kind)
        titles = {fact.title: fact for fact in rules.facts.values() if fact.of == "activity"}
        for entry in entries_at(node):
            fact = rules.facts.get(entry.key) or titles.get(entry.key)
            if entry.key in RESERVED or fact is None or fact.id in asked:
                continue
            words = {"fact": fact.title, "title": standard.title}
            yield Finding("PH856", entry.key_place, words)


def not_exercised(project: Project) -> Iterator[Finding]:
    """Standards, and rows of their tables, that no case of the project exercises.

    Nothing is said of a policy that has no cases at all, nor where one cannot be assessed: it might be the
    one that does. Of a filing only what it states itself is asked for.
    """
    cases: dict[str, list[Case]] = {}
    for evaluation in (project.evaluations or ()) if project.policies else ():
        for ref in evaluation.layers:
            cases.setdefault(ref, []).append(evaluation.settled.case)
    for policy in project.policies:
        if policy.ref in cases:
            yield from _not_exercised(policy, cases[policy.ref])


def _not_exercised(policy: Policy, cases: list[Case]) -> Iterator[Finding]:
    rules = policy.rules()
    reached = exercised(cases, rules)
    every = places(rules)
    for entry in entries_at(policy.tree.get("standards")):
        hours = child(entry.value, "hours")
        whole = policy.policy_of(entry.value) == policy.ref and policy.header.implements is None
        stated = hours is not None and policy.policy_of(hours) == policy.ref
        standard = rules.standards[entry.key]
        if not whole and not stated:
            continue
        place = entry.key_place if whole or hours is None else next(cells(hours), hours).place
        if standard.title not in reached:
            yield Finding("PH850", place, {"found": standard.title})
            continue
        rows = [p for p in every if p.startswith(f"{standard.title}：") and p not in reached]
        if rows and stated and hours is not None:
            shown = [row.removeprefix(f"{standard.title}：") for row in rows]
            listed = "；".join(shown[:_SHOWN]) + ("等" if len(shown) > _SHOWN else "")
            words = {"found": standard.title, "rows": listed, "count": str(len(rows))}
            yield Finding("PH851", _row(hours, rules, frozenset(shown)) or hours.place, words)


def _row(table: Node, rules: Rules, labels: Set[str]) -> Place | None:
    """Where the first row of a table stands that bears one of the labels, or the table's ``by``."""
    by = child(table, "by")
    names = [item for item in (items_at(by) or (by,)) if isinstance(item, Scalar)]
    if not names:
        return None
    rows = _labelled(child(table, "values"), [name.raw for name in names], rules, "")
    return next((entry.key_place for label, entry in rows if label in labels), names[0].place)


def _labelled(rows: Node | None, by: list[str], rules: Rules, before: str) -> Iterator[tuple[str, Entry]]:
    """The rows of a table, nested ones among them, as `desk.coverage` calls them."""
    fact = rules.keys.get(by[0])
    for entry in entries_at(rows):
        label = before
        if fact is not None:
            label += f"{fact.title}：{pattern_phrase(key_pattern(entry, fact), fact)}"
            yield label, entry
        inner = child(entry.value, "by")
        named = [text_at(item) for item in (items_at(inner) or (inner,)) if item is not None]
        below = child(entry.value, "values") if named else entry.value
        if named or by[1:]:
            joint = f"{label}，" if fact is not None else label
            yield from _labelled(below, named or by[1:], rules, joint)
