"""Names: what everything in a policy is called, and what a scalar of it says."""

from __future__ import annotations

from collections.abc import Hashable

from policyhours.desk.changes.meaning import normal
from policyhours.desk.changes.statement import Where
from policyhours.desk.changes.terms import WORDS
from policyhours.desk.sentences.phrase import expression_phrase
from policyhours.desk.wording import exact_text, number_text
from policyhours.language.expression import Constant, Expression, Name, names_in
from policyhours.language.formula import FormulaFault, parse
from policyhours.language.policy import Policy
from policyhours.language.unit import parse_unit, unit_title
from policyhours.language.values import TOTAL
from policyhours.language.words import child, entries_at, number_at, text_at, texts_at
from policyhours.text.tree import Scalar


class Names:
    """What a policy calls things.

    Attributes:
        facts, readings: as the policy declares them.
        values: the titles of the named values.
        titles: the titles of all that may stand in a formula.
        called: by key, what its words are called.
        hours: the unit in which hours are counted.
    """

    def __init__(self, policy: Policy) -> None:
        tree = policy.tree
        self.facts = policy.rules().facts
        self.readings = policy.readings
        self.hours = unit_title(parse_unit(text_at(tree.get("unit"), "hour")))
        subjects = {e.key: text_at(child(e.value, "title"), e.key) for e in entries_at(tree.get("subjects"))}
        self.values = {e.key: text_at(child(e.value, "title"), e.key) for e in entries_at(tree.get("values"))}
        kinds = {e.key: text_at(child(e.value, "title"), e.key) for e in entries_at(tree.get("standards"))}
        facts = {fact.id: fact.title for fact in self.facts.values()}
        self.titles = {**facts, **{s: f"{t}学时" for s, t in subjects.items()}, **self.values}
        self.titles[TOTAL] = WORDS[TOTAL]
        channels = entries_at(child(tree.get("registration"), "channels"))
        routes = entries_at(child(tree.get("review"), "routes"))
        self.called: dict[str, dict[str, str]] = {
            "subject": {**subjects, TOTAL: WORDS[TOTAL]},
            "of": {**kinds, **subjects, TOTAL: WORDS[TOTAL]},
            "channel": {e.key: text_at(child(e.value, "title"), e.key) for e in channels},
            "route": {e.key: " → ".join(texts_at(e.value)) for e in routes},
            "sets": self.values,
            "once_per": facts,
            "instead_of": facts,
            "per": facts,
        }

    def by(self, name: str) -> str:
        """What a fact, a named value or a reading is called where something goes by it."""
        if name in self.readings:
            return f"读法“{self.readings[name].question}”"
        return self.titles.get(name, name)

    def scalar(self, node: Scalar, where: Where) -> tuple[Hashable, str, Expression | None, str | None]:
        """The meaning of a scalar and its words; where it is an amount, the formula and the exact number."""
        number = None if where.last in ("version", "title", "document") else number_at(node)
        if number is not None:
            text = number_text(number) + (f" {where.unit}" if where.unit else "")
            return ("number", number), text, Constant(number), exact_text(number)
        if isinstance(node.value, bool):
            return ("flag", node.value), "是" if node.value else "否", None, None
        formula = self._formula(node.raw, where)
        if formula is not None:
            return normal(formula), expression_phrase(formula, self.titles, self.facts), formula, None
        if where.last == "unit":
            return ("unit", parse_unit(node.raw)), unit_title(parse_unit(node.raw)), None, None
        called = where.options if where.last == "adopted" else self.called.get(where.last, {})
        if where.last == "per" and node.raw == "year":
            called = {}
        fixed = "" if where.last in ("title", "question", "because", "otherwise", "document") else node.raw
        text = called.get(node.raw) or WORDS.get(fixed) or node.raw or "—"
        return ("text", node.raw), text, None, None

    def _formula(self, raw: str, where: Where) -> Expression | None:
        """The formula that a text is, where it is one over the names of the policy."""
        if not raw.isascii() or where.last in ("title", "because", "question", "document"):
            return None
        try:
            read = parse(raw)
        except FormulaFault:
            return None
        names = list(names_in(read))
        known = names and all(name in self.titles for name in names)
        if isinstance(read, Name):
            return read if where.numeric and known else None
        return read if known else None
