"""Statements: everything that a resolved policy says, one by one, in a form that two policies can share.

The statements are read from the resolved tree, not from the rules: what a file says under a reading that is
not adopted is said as well, and a key that is new to the language is told like any other. Each is compared by
its meaning, never by how it is written, and as it is stated over names: where a named value changes, the
formulas that use it say what they said before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from policyhours.desk.changes.naming import Names
from policyhours.desk.changes.nodes import Nodes
from policyhours.desk.changes.statement import Key, Root, Statement, Where
from policyhours.desk.changes.terms import SECTIONS, section_term
from policyhours.language.policy import Policy
from policyhours.language.unit import parse_unit, unit_title
from policyhours.language.words import child, entries_at, items_at, text_at, texts_at
from policyhours.text.tree import Entry, Mapping

OF_FILE: Final = ("language", "policy", "version", "supersedes")
"""What tells one version from another; it differs between any two and is no change of the law."""

_LAID: Final = ("sets", "requires", "prevails")
"""What a filing does to its upper text; it is seen where it was done."""

_HEADER: Final = ("title", "document", "authority", "issuers", "status", "in_force", "implements")


@dataclass(frozen=True, slots=True)
class Sheet:
    """All statements of a policy, in the regulation's order; `roots` are what its parts belong to."""

    policy: Policy
    statements: dict[Key, Statement]
    roots: frozenset[Root]


def sheet(policy: Policy) -> Sheet:
    """Everything that a resolved policy says."""
    clerk = _Clerk(policy)
    statements = {statement.key: statement for statement in clerk.all()}
    return Sheet(policy, statements, clerk.roots)


class _Clerk:
    def __init__(self, policy: Policy) -> None:
        self._policy, self._tree = policy, policy.tree
        self._names = Names(policy)
        self._nodes = Nodes(policy, self._names)
        self._kinds = {entry.key: entry for entry in entries_at(policy.tree.get("standards"))}

    @property
    def roots(self) -> frozenset[Root]:
        return frozenset(self._nodes.roots)

    def all(self) -> Iterator[Statement]:
        yield from self._header()
        apart = {
            "values": self._named_values,
            "standards": self._standards,
            "requirement": self._requirements,
            "ceilings": self._ceilings,
            "facts": self._declared,
            "readings": self._declared,
            "subjects": self._declared,
        }
        known = [key for key in SECTIONS if key != "header"]
        apart_from = (*known, *_HEADER, *OF_FILE, *_LAID)
        others = [entry.key for entry in self._tree.entries if entry.key not in apart_from]
        late = known.index("facts")
        for key in (*known[:late], *others, *known[late:]):
            entry = self._tree.entry(key)
            if entry is None:
                continue
            where = Where((key,), key, key, (section_term(key),), (section_term(key, "en"),), last=key)
            where = replace(where, place=entry.key_place)
            yield from apart[key](entry, where) if key in apart else self._nodes.node(entry.value, where)

    def _header(self) -> Iterator[Statement]:
        """What the policy's own file says of itself; of its upper text, when that is in force."""
        policy = self._policy
        layered = len(policy.layers) > 1
        where = Where((), "", "header", kind="header")
        for entry in policy.header.tree.entries:
            of_filing = layered and (entry.key == "filing" or entry.key not in (*SECTIONS, *OF_FILE, *_LAID))
            if entry.key in _HEADER or of_filing:
                at = replace(where.below(entry.key), key=("header", entry.key), place=entry.key_place)
                yield from self._nodes.node(entry.value, at)
        above = self._tree.entry("in_force")
        if layered and above is not None:
            at = replace(where, key=("header", "above"), address="implements")
            at = replace(at.below("in_force", title="上位文件的有效期"), place=above.key_place)
            yield from self._nodes.node(above.value, at)

    def _named_values(self, section: Entry, where: Where) -> Iterator[Statement]:
        for entry in entries_at(section.value):
            title = self._names.values[entry.key]
            unit = text_at(child(entry.value, "unit"))
            yield from self._nodes.node(
                entry.value,
                Where(
                    ("values", entry.key),
                    entry.key,
                    "values",
                    (title,),
                    (title,),
                    "value",
                    unit=unit_title(parse_unit(unit)) if unit else "",
                    numeric=True,
                    of_value=entry.key,
                    place=entry.key_place,
                ),
            )

    def _standards(self, section: Entry, where: Where) -> Iterator[Statement]:
        for entry in entries_at(section.value):
            title = text_at(child(entry.value, "title"), entry.key)
            taken = self._taken(entry.key)
            at = Where(
                ("standards", entry.key),
                entry.key,
                title,
                (title,),
                (title,),
                "standard",
                article=texts_at(next((e.value for e, _ in taken if e.key == "article"), None)),
                presence=1,
                place=entry.key_place,
            )
            whole = Mapping(tuple(e for e, _ in taken), entry.value.place)
            yield from self._nodes.group(whole, at, {e.key: model for e, model in taken if model})

    def _taken(self, kind: str) -> list[tuple[Entry, str]]:
        """The entries of a standard, those of its models included, each with the model it is taken from."""
        found: dict[str, tuple[Entry, str]] = {}
        at, seen = kind, [kind]
        while True:
            node = self._kinds[at].value
            for entry in entries_at(node):
                if entry.key != "like" and entry.key not in found:
                    found[entry.key] = (entry, "" if at == kind else at)
            at = text_at(child(node, "like"))
            if at not in self._kinds or at in seen:
                return list(found.values())
            seen.append(at)

    def _requirements(self, section: Entry, where: Where) -> Iterator[Statement]:
        yield from self._limits(section, "requirement", "requirement")

    def _ceilings(self, section: Entry, where: Where) -> Iterator[Statement]:
        yield from self._limits(section, "ceilings", "ceiling")

    def _limits(self, section: Entry, name: str, kind: str) -> Iterator[Statement]:
        """Limits in a list; each is known by what it is over."""
        count: dict[str, int] = {}
        for item in items_at(section.value):
            of, per = sorted(texts_at(child(item, "of"))), child(item, "per")
            named = "+".join(of)
            if per is not None and text_at(per) != "year":
                named += f".{text_at(per) or 'years'}"
            count[named] = count.get(named, 0) + 1
            key = named if count[named] == 1 else f"{named}.{count[named]}"
            title = "、".join(self._names.called["of"].get(part, part) for part in of)
            yield from self._nodes.node(
                item,
                Where(
                    (name, key),
                    f"{name}.{key}",
                    name,
                    (title, "不少于" if kind == "requirement" else "合计上限"),
                    (title, "at least" if kind == "requirement" else "joint ceiling"),
                    kind,
                    presence=-1,
                    place=item.place,
                ),
            )

    def _declared(self, section: Entry, where: Where) -> Iterator[Statement]:
        """Facts, readings and subjects: what is declared by a name."""
        kind = {"facts": "fact", "readings": "reading"}.get(section.key, "subject")
        for entry in entries_at(section.value):
            node = entry.value
            title = text_at(child(node, "title")) or text_at(child(node, "question")) or entry.key
            at = where.below(entry.key, title=title)
            options = {e.key: text_at(e.value) for e in entries_at(child(node, "options"))}
            at = replace(at, title=(title,), title_en=(title,), kind=kind, options=options, sense=0)
            yield from self._nodes.node(node, replace(at, place=entry.key_place))
