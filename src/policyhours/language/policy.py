"""A policy: what a file says of itself, its readings, and the rules that follow from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from policyhours.language.build import Memo, build_rules, build_values
from policyhours.language.rules import Origin, Reading, Rules
from policyhours.language.values import Values
from policyhours.language.vocabulary import unknown
from policyhours.language.words import child, date_at, entries_at, items_at, text_at, texts_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.place import Place
from policyhours.text.tree import Mapping, Node, Scalar, plain

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


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """One resolved policy: its own file over the text that it implements.

    Attributes:
        layers: the headers, its own first, then the upper texts'.
        tree: what they say together; every node still knows the file in which it stands.
    """

    layers: tuple[Header, ...]
    tree: Mapping
    readings: ReadOnly[str, Reading]
    _memo: Memo = field(default_factory=dict, repr=False)
    _built: dict[tuple[tuple[str, str], ...], Rules] = field(default_factory=dict, repr=False)
    _valued: dict[tuple[tuple[str, str], ...], Values] = field(default_factory=dict, repr=False)

    @property
    def header(self) -> Header:
        """The header of its own file."""
        return self.layers[0]

    @property
    def ref(self) -> str:
        """``id@version``."""
        return self.header.ref

    def in_force(self, day: date) -> bool:
        """Whether the policy and every text above it are in force on the day."""
        return all(header.in_force(day) for header in self.layers)

    def rules(self, switched: ReadOnly[str, str] | None = None) -> Rules:
        """The rules under the adopted readings, but for those switched (reading → option).

        Raises:
            Refused: where the policy does not say what rules need; the findings name every fault.
            KeyError: for a reading or an option that the policy does not have.
        """
        switched = switched or {}
        for name, option in switched.items():
            if option not in self.readings[name].options:
                raise KeyError(option)
        chosen = {name: switched.get(name, reading.adopted) for name, reading in self.readings.items()}
        key = tuple(chosen.items())
        if key not in self._built:
            self._built[key] = build_rules(
                self.tree, self.ref, self.readings, chosen, self.policy_of, self._memo, self._documents()
            )
        return self._built[key]

    def values(self, switched: ReadOnly[str, str] | None = None) -> Values:
        """The values of the policy, for questions about bounds; each choice of readings is built once.

        Args:
            switched: reading → option; what is not named is as adopted.
        """
        key = tuple((switched or {}).items())
        if key not in self._valued:
            readings = {
                name: replace(reading, adopted=(switched or {}).get(name, reading.adopted))
                for name, reading in self.readings.items()
            }
            self._valued[key] = build_values(
                self.tree, readings, self.policy_of, self._memo, self._documents()
            )
        return self._valued[key]

    def _documents(self) -> dict[str, str]:
        """By ``id@version``, the document of the national texts, which a citation has to name."""
        return {h.ref: h.document for h in self.layers[2:] if h.authority == "national"}

    def policy_of(self, node: Node) -> str:
        """The ``id@version`` of the layer in which the node stands."""
        for header in self.layers:
            if node.place.source is header.place.source:
                return header.ref
        return self.ref


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


def read_readings(tree: Mapping, ref: str) -> dict[str, Reading]:
    """The contested readings that a policy declares.

    Raises:
        Refused: where the adopted option is not one of the options.
    """
    readings = {}
    for entry in entries_at(tree.get("readings")):
        node = entry.value
        options = {e.key: text_at(e.value) for e in entries_at(child(node, "options"))}
        adopted = child(node, "adopted")
        assert isinstance(adopted, Scalar)
        if adopted.raw not in options:
            raise Refused((unknown("PH306", adopted, adopted.raw, options, reading=entry.key),))
        ruled = child(node, "ruled")
        words = [text_at(child(ruled, key)) for key in ("by", "document", "on")] if ruled else None
        readings[entry.key] = Reading(
            id=entry.key,
            question=text_at(child(node, "question")),
            options=options,
            adopted=adopted.raw,
            because=text_at(child(node, "because")),
            ruled="，".join(w for w in words if w) if words else None,
            origin=Origin(ref, texts_at(child(node, "article")), node.place),
        )
    return readings


def digest(node: Node) -> str:
    """``sha256:…`` of what the node says, however it is written."""
    canonical = json.dumps(
        plain(node), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )
    return "sha256:" + hashlib.sha256(canonical.encode("utf-8")).hexdigest()
