"""Nodes: what a node of a resolved policy says, as statements: the whole of it first, then its parts."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from typing import Final

from policyhours.desk.changes.leaves import citation, leaf, pattern
from policyhours.desk.changes.meaning import comparable, pattern_of, pattern_text
from policyhours.desk.changes.naming import Names
from policyhours.desk.changes.statement import Root, Statement, Where
from policyhours.desk.changes.terms import WORDS, key_term
from policyhours.language.expression import Name
from policyhours.language.pattern import Anything, OneOf, Pattern
from policyhours.language.policy import Policy
from policyhours.language.vocabulary import key_scalar
from policyhours.language.words import (
    OF_CONDITION,
    child,
    entries_at,
    items_at,
    matches_at,
    number_at,
    text_at,
    texts_at,
)
from policyhours.text.tree import Entry, Mapping, Node, Scalar, Sequence

_OFF: Final = frozenset({"may", "evidence", "jointly"})
_NUMERIC: Final = frozenset({"hours", "at_most", "at_least", "years", "is"})
_BESIDES: Final = frozenset(
    {"article", "title", "may", "otherwise", "industry_may", "because", "per", "of", "question", "remedy"}
)
_NAMED: Final = frozenset(
    {
        "options",
        "one_of",
        "grounds",
        "certified_by",
        "channels",
        "remedies",
        "routes",
        "structure",
        "not_encoded",
    }
)
_LIMITS: Final = {"ceiling": 1, "requirement": -1}
_PARTS: Final = {"ceiling": -1, "completes": 1, "once_per": -1}


class Nodes:
    """Reads the nodes of a policy; `roots` are what the parts told so far belong to."""

    def __init__(self, policy: Policy, names: Names) -> None:
        self.roots: set[Root] = set()
        self._policy, self._names = policy, names
        upper = [h.ref for h in policy.layers if h.implements is None and h.authority != "national"]
        self._basis = upper if len(policy.layers) > 1 else [policy.ref]

    def node(self, node: Node, where: Where) -> list[Statement]:
        """What a node says, the whole of it first, then its parts."""
        if where.place is None or where.place.source is not node.place.source:
            where = replace(where, place=node.place)  # what a filing sets stands there, not at the upper key
        if isinstance(node, Mapping):
            where = replace(where, article=texts_at(node.get("article")) or where.article)
            if "is" in node:
                head = self.node(_there(node, "is"), where)
                return [*head, *self._beside(node, where, ("is",))]
            if "by" in node and "values" in node:
                return [*self._table(node, where), *self._beside(node, where, ("by", "values", "otherwise"))]
            if "open_to" in node:
                return self._open(node, where)
            return self.group(node, where, {})
        if isinstance(node, Sequence) and any(not isinstance(item, Scalar) for item in node.items):
            return self._list(node, where)
        self.roots.add((where.key, "value"))
        if where.patterns:
            return [pattern(node, where, self._names)]
        return [leaf(node, where, self._names)]

    def group(self, node: Mapping, where: Where, inherited: dict[str, str]) -> list[Statement]:
        """What a group says; `inherited` gives the keys that are taken from a standard it is like."""
        root: Root = (where.key, "group")
        self.roots.add(root)
        below: list[list[Statement]] = []
        for entry in node.entries:
            at = where.below(entry.key, title=entry.key if where.last in _NAMED else None, root=root)
            at = replace(at, place=entry.key_place, inherited=inherited.get(entry.key, where.inherited))
            below.append(self._entry(entry, self._as_part(node, entry, where, at)))
        head = where.says(("group",), _summary(where, below))
        return [head, *(statement for statements in below for statement in statements)]

    def _as_part(self, node: Mapping, entry: Entry, where: Where, at: Where) -> Where:
        """What is particular to a key of a standard, of a limit, of a completion, or to bounds."""
        key = entry.key
        if where.kind == "standard":
            at = replace(at, kind=key, presence=_PARTS.get(key), sense=None)
            if key in ("hours", *_PARTS):  # a standard cites its form first, then its value
                at = replace(at, article=where.article[-1:])
            if key == "hours":
                at = replace(at, unit=self._names.hours, numeric=True, sense=1)
        elif where.kind in _LIMITS and key in ("hours", "at_most", "at_least"):
            each = self._each(child(node, "per"))
            at = replace(at, address=where.address, title=where.title, title_en=where.title_en)
            at = replace(at, unit=self._names.hours, prefix=each, numeric=True, sense=_LIMITS[where.kind])
        elif key in ("industry_may", "decision_may"):
            at = replace(at, sense=0, of_value="", numeric=False, kind="bounds")
        elif key == "per":
            at = replace(at, sense=None, of_value="", numeric=False)
        return replace(at, numeric=at.numeric or (key in _NUMERIC and where.kind != "condition"))

    def _each(self, per: Node | None) -> str:
        """For what a limit holds, in words that stand before its number."""
        if isinstance(per, Scalar):
            return "每年 " if per.raw == "year" else f"每{self._names.called['per'].get(per.raw, per.raw)} "
        if years := child(per, "years"):
            where = Where((), "", "", last="years", numeric=True)
            return f"{self.node(years, where)[0].text}合计 "
        return ""

    def _entry(self, entry: Entry, at: Where) -> list[Statement]:
        node = entry.value
        if entry.key == "article":
            return [citation(node, at)]
        if entry.key in _OFF and isinstance(node, Scalar) and node.value is False:
            return []
        if entry.key == "requires" and any(isinstance(item, Mapping) for item in items_at(node)):
            return list(self._conditions(node, at))
        if entry.key == "years" and at.kind == "completes" and _this_year(node):
            return []
        return self.node(node, at)

    def _beside(
        self, node: Mapping, where: Where, but: tuple[str, ...], form: str = "value"
    ) -> Iterator[Statement]:
        """What stands beside an amount: its unit, its title, its article, who may change it."""
        root: Root = (where.key, form)
        self.roots.add(root)
        if self._policy.policy_of(node) in self._basis:
            self.roots.add((where.key, "top"))
        for entry in node.entries:
            if entry.key in but:
                continue
            at = replace(where.below(entry.key, root=root), place=entry.key_place, sense=0, of_value="")
            if entry.key == "industry_may":  # a filing has no say in what may be varied
                at = replace(at, roots=(*at.roots, (where.key, "top")))
            if entry.key in ("at_least", "at_most"):  # what lies outside is not recognised
                at = replace(at, sense=None)
            at = self._as_part(node, entry, replace(where, kind="amount"), at)
            at = replace(at, unit="") if entry.key == "title" else at
            yield from self._entry(entry, at)

    def _open(self, node: Mapping, where: Where) -> list[Statement]:
        self.roots.add((where.key, "open"))
        bounds = []
        for key in ("at_least", "at_most"):
            if (end := node.entry(key)) is not None:
                at = where.below(key, root=(where.key, "open"))
                at = replace(at, place=end.key_place, sense=0, of_value="", kind="bounds")
                bounds += self.node(end.value, at)
        span = "、".join(f"{key_term(b.address.rpartition('.')[2])}{b.text}" for b in bounds)
        who = WORDS.get(text_at(node.get("open_to")), text_at(node.get("open_to")))
        text = f"由{who}实施细则规定" + (f"（{span}）" if span else "")
        head = where.says(("open", text_at(node.get("open_to"))), text)
        beside = self._beside(node, where, ("open_to", "at_least", "at_most"), "open")
        return [head, *bounds, *beside]

    def _list(self, node: Sequence, where: Where) -> list[Statement]:
        """A list of groups that have no names: by their number."""
        root: Root = (where.key, "list")
        self.roots.add(root)
        below = []
        for number, item in enumerate(node.items, 1):
            below += self.node(item, where.below(str(number), root=root))
        text = "；".join(s.text for s in below[:1])
        return [where.says(("list",), text), *below]

    # ── tables ──

    def _table(self, node: Mapping, where: Where) -> list[Statement]:
        by = texts_at(node.get("by"))
        root: Root = (where.key, ("table", by))
        self.roots |= {root, (where.key, "value")}
        rows = list(self._rows(node.get("values"), by, where, root, ()))
        if (otherwise := node.entry("otherwise")) is not None:
            at = self._row(where, root, (("otherwise", ""),), "其他情形", otherwise)
            rows += self.node(otherwise.value, at)
        own = len(where.rows)
        said = "，".join(
            f"{s.row.partition(' · ')[2] if own else s.row}为{s.text}"
            for s in rows
            if s.row and s.kind == where.kind
        )
        named = "、".join(self._names.by(name) for name in by)
        measured = tuple((Name(name), None) for name in by if name in self._names.values)
        head = where.says(("table", by), f"按{named}：{said}", amounts=measured)
        return [head, *rows]

    def _rows(
        self,
        rows: Node | None,
        by: tuple[str, ...],
        where: Where,
        root: Root,
        path: tuple[tuple[str, Pattern, str], ...],
    ) -> Iterator[Statement]:
        name = by[len(path)]
        for entry in entries_at(rows):
            if name in self._names.readings:
                fits: Pattern = OneOf(frozenset({entry.key}))
                said = self._names.readings[name].options.get(entry.key, entry.key)
            else:
                fact = self._names.facts.get(name)
                fits = pattern_of(key_scalar(entry), fact)
                said = pattern_text(fits, fact)
                if fact is not None and fact.kind == "boolean":
                    said = fact.title if said == "是" else f"不是“{fact.title}”"
                elif fact is None or fact.kind in ("integer", "number"):
                    said = f"{self._names.by(name)}{said}"
            here = (*path, (name, fits, said))
            inner = entry.value
            nested = isinstance(inner, Mapping) and not {"is", "by", "open_to"} & set(inner.keys())
            if nested and len(here) < len(by):
                yield from self._rows(inner, by, where, root, here)
                continue
            kept = list(here)
            while len(kept) > 1 and isinstance(kept[-1][1], Anything):
                kept.pop()
            key = tuple((n, comparable(p)) for n, p, _ in kept)
            yield from self.node(inner, self._row(where, root, key, "、".join(s for _, _, s in kept), entry))

    def _row(self, where: Where, root: Root, key: Hashable, said: str, entry: Entry) -> Where:
        return replace(
            where,
            key=(*where.key, ("row", key)),
            roots=(*where.roots, root),
            rows=(*where.rows, said),
            presence=None,
            place=entry.key_place,
        )

    # ── conditions ──

    def _conditions(self, node: Node, where: Where) -> Iterator[Statement]:
        """Each fact that has to fit, on its own: all of them have to, however they are put together."""
        count: dict[str, int] = {}
        strict = where.key[0] in ("standards", "bases", "title_review")
        for item in items_at(node):
            for number, entry in enumerate(matches_at(item)):
                name = entry.key
                count[name] = count.get(name, 0) + 1
                key = name if count[name] == 1 else f"{name}.{count[name]}"
                fact = self._names.facts.get(name)
                title = (*where.title, f"“{self._names.by(name)}”")
                at = replace(
                    where.below(key),
                    title=title,
                    title_en=(*where.title_en, f"“{self._names.by(name)}”"),
                    article=texts_at(child(item, "article")) or where.article,
                    kind="condition",
                    patterns=True,
                    fact=fact,
                    presence=-1 if strict else None,
                    place=entry.key_place,
                )
                self.roots.add((at.key, "condition"))
                yield from self.node(entry.value, at)
                if number == 0:  # what is said of the condition as a whole is said once
                    beside = replace(at, patterns=False, fact=None, kind="wording")
                    for said in entries_at(item):
                        if said.key in OF_CONDITION:
                            root: Root = (at.key, "condition")
                            yield from self._entry(
                                said, replace(beside.below(said.key, root=root), place=said.key_place)
                            )


def _summary(where: Where, below: list[list[Statement]]) -> str:
    """What a group holds, in one text; what only explains it is left out."""
    if where.last in _NAMED:
        return "、".join(statements[0].text for statements in below)
    told: list[Statement] = []
    for statements in below:
        conditions = [s for s in statements if s.pattern or s.kind == "condition"]
        if where.kind != "condition" and conditions:
            told += [s for s in conditions if not s.row]
        elif statements and statements[0].key[-1] not in _BESIDES:
            told.append(statements[0])
    start = " ".join(where.title)
    parts = [f"{s.title.removeprefix(start).strip()}：{s.prefix}{s.text}".removeprefix("：") for s in told]
    return "；".join(parts) or start


def _there(node: Mapping, key: str) -> Node:
    found = node.get(key)
    assert found is not None
    return found


def _this_year(node: Node) -> bool:
    """Whether a span is the year of the activity alone, as it is where none is stated."""
    ends = [number_at(item) for item in items_at(node)]
    return ends == [0, 0]
