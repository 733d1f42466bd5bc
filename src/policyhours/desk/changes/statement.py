"""A statement: one thing that a policy says, with everything by which it can be compared and told."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from policyhours.desk.changes.terms import key_term
from policyhours.language.expression import Expression
from policyhours.language.pattern import Pattern
from policyhours.language.rules import Fact
from policyhours.text.place import Place

Key = tuple[Hashable, ...]
Root = tuple[Key, Hashable]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a policy says.

    Attributes:
        key: by which the same statement of another policy is found.
        address: the address that people use, such as ``paper.ceiling``.
        row: of a table, which row in words; empty otherwise.
        section: a key of the policy, or the title of a standard.
        title, title_en: what it is about.
        kind: what sort of thing it is, such as ``value``, ``ceiling`` or ``condition``.
        meaning: what it says, to be compared.
        prefix, text: what it says in words; the prefix needs no repeating.
        data: the exact number, where it is one.
        roots: what has to be there on both sides for it to be a change of its own; where one is missing the
            change is told there.
        sense: whether a larger number is looser (1) or stricter (-1); ``None`` where it can't be said.
        presence: whether having it is looser (1) or stricter (-1).
        of_value: the named value whose amount it states; its sense is that of the value's uses.
        amounts: the formulas in it, each with the sense of a larger result (0: it doesn't matter).
        pattern: of a condition, what the fact may be.
        inherited: the standard from which it was taken by ``like``.
    """

    key: Key
    address: str
    row: str
    section: str
    title: str
    title_en: str
    kind: str
    meaning: Hashable
    prefix: str
    text: str
    data: str | None
    article: tuple[str, ...]
    place: Place
    roots: tuple[Root, ...]
    sense: int | None
    presence: int | None
    of_value: str
    amounts: tuple[tuple[Expression, int | None], ...]
    pattern: tuple[Pattern, Fact | None] | None
    inherited: str


@dataclass(frozen=True, slots=True)
class Where:
    """Where in a policy something stands, and what follows from that."""

    key: Key
    address: str
    section: str
    title: tuple[str, ...] = ()
    title_en: tuple[str, ...] = ()
    kind: str = "procedure"
    article: tuple[str, ...] = ()
    roots: tuple[Root, ...] = ()
    rows: tuple[str, ...] = ()
    last: str = ""
    unit: str = ""
    prefix: str = ""
    numeric: bool = False
    sense: int | None = None
    presence: int | None = None
    of_value: str = ""
    fact: Fact | None = None
    patterns: bool = False
    options: dict[str, str] = field(default_factory=dict)
    inherited: str = ""
    place: Place | None = None

    def below(self, key: str, *, title: str | None = None, root: Root | None = None) -> Where:
        """What stands under a key of it."""
        return replace(
            self,
            key=(*self.key, key),
            address=f"{self.address}.{key}" if self.address else key,
            title=(*self.title, title or key_term(key)),
            title_en=(*self.title_en, title or key_term(key, "en")),
            roots=(*self.roots, root) if root else self.roots,
            last=key,
            prefix="",
            presence=None,
            place=None,
        )

    def says(
        self,
        meaning: Hashable,
        text: str,
        *,
        amounts: tuple[tuple[Expression, int | None], ...] = (),
        data: str | None = None,
    ) -> Statement:
        """The statement that stands here, given what it says; see `Statement`."""
        assert self.place is not None
        return Statement(
            key=self.key,
            address=self.address,
            row=" · ".join(self.rows),
            section=self.section,
            title=" ".join(self.title),
            title_en=" ".join(self.title_en),
            kind=self.kind,
            meaning=meaning,
            prefix=self.prefix,
            text=text,
            data=data,
            article=self.article,
            place=self.place,
            roots=self.roots,
            sense=self.sense,
            presence=self.presence,
            of_value=self.of_value,
            amounts=amounts,
            pattern=None,
            inherited=self.inherited,
        )
