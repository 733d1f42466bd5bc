"""A header: what a policy file says of itself, before it is laid over anything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from policyhours.language.words import child, date_at, items_at, text_at, texts_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.place import Place
from policyhours.text.tree import Mapping, Node, plain

Status = Literal["illustrative", "draft", "filed"]
AppliesFrom = Literal["own_day", "year"]
_PLACED = ("in_force", "implements", "supersedes", "industries", "filing", "status", "issuers")


@dataclass(frozen=True, slots=True)
class Header:
    """What a policy file says of itself.

    Attributes:
        status: ``filed`` for what has been published or filed; anything else gives trial results only.
        valid_from, valid_until: the days on which it is in force, both included; no end is ``None``.
        implements: the ``id@version`` of the upper text, for a filing.
        digest: of the canonical content; a byte-order mark or other line ends do not change it.
        supersedes: the ``id@version`` of the older version that it replaces from its own first day on.
        industries: for whom a filing is, by their Chinese names.
        applies_from: whether what a filing sets holds from its own first day, or for all of a year on whose
            last day it is in force.
        due: the day by which industries have to file (article 3), where an upper text says so.
        issued_on: the day on which a filing was filed and issued.
        filed_as: the document by which it was filed.
        tree: all that the file says; of a filing that is resolved, what it alone says.
        places: where the file says these things, by key.
    """

    id: str
    version: str
    title: str
    document: str
    authority: str
    status: Status
    issuers: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    implements: str | None
    digest: str
    place: Place
    tree: Mapping = field(compare=False, repr=False)
    supersedes: str | None = None
    industries: tuple[str, ...] = ()
    applies_from: AppliesFrom = "own_day"
    due: date | None = None
    issued_on: date | None = None
    filed_as: str = ""
    places: ReadOnly[str, Place] = field(default_factory=dict, compare=False, repr=False)

    @property
    def ref(self) -> str:
        """``id@version``."""
        return f"{self.id}@{self.version}"

    def place_of(self, key: str) -> Place:
        """Where the file says what stands under the key; its beginning where it does not say it.

        Of an industry, ``industries.公路`` is where it is named.
        """
        return self.places.get(key, self.place)

    def in_force(self, day: date) -> bool:
        """Whether it is in force on the day by its own dates."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def read_header(tree: Mapping) -> Header:
    """The header of a policy file whose structure has been checked.

    Raises:
        Refused: where the time in force ends before it begins.
    """
    term = tree.get("in_force")
    start, end = child(term, "from"), child(term, "until")
    begins, until = date_at(start), date_at(end)
    assert start is not None and begins is not None
    if end is not None and until is not None and until < begins:
        words = {"from": text_at(start), "until": text_at(end)}
        raise Refused((Finding("PH703", end.place, words, (("first", start.place),)),))
    status: Status = text_at(tree.get("status"))  # type: ignore[assignment]
    applies: AppliesFrom = text_at(tree.get("applies_from"), "own_day")  # type: ignore[assignment]
    filing = tree.get("filing")
    return Header(
        id=text_at(tree.get("policy")),
        version=text_at(tree.get("version")),
        title=text_at(tree.get("title")),
        document=text_at(tree.get("document")),
        authority=text_at(tree.get("authority")),
        status=status,
        issuers=texts_at(tree.get("issuers")),
        valid_from=begins,
        valid_until=until,
        implements=text_at(tree.get("implements")) or None,
        digest=digest(tree),
        place=tree.place,
        tree=tree,
        supersedes=text_at(tree.get("supersedes")) or None,
        industries=texts_at(tree.get("industries")),
        applies_from=applies,
        due=date_at(child(filing, "due")),
        issued_on=date_at(child(filing, "issued_on")),
        filed_as=text_at(child(filing, "document")),
        places=_places(tree),
    )


def _places(tree: Mapping) -> dict[str, Place]:
    """Where the file says what it says of itself; of its industries, each by its name too."""
    said = {key: node for key in _PLACED if (node := tree.get(key)) is not None}
    found = {key: node.place for key, node in said.items()}
    if issuers := items_at(said.get("issuers")):
        found["issuers"] = issuers[0].place
    named = tree.get("industries")
    for item in items_at(named) or ((named,) if named is not None else ()):
        found.setdefault(f"industries.{text_at(item)}", item.place)
    return found


def digest(node: Node) -> str:
    """``sha256:…`` of what the node says, however it is written."""
    canonical = json.dumps(
        plain(node), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )
    return "sha256:" + hashlib.sha256(canonical.encode("utf-8")).hexdigest()
