"""A policy: one or several files resolved, its readings, and the rules that follow from it."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field, replace
from datetime import date

from policyhours.language.build import Memo, build_rules, build_values
from policyhours.language.header import Header
from policyhours.language.rules import Origin, Reading, Rules
from policyhours.language.values import Values
from policyhours.language.vocabulary import unknown
from policyhours.language.words import child, entries_at, text_at, texts_at
from policyhours.text.finding import Refused
from policyhours.text.place import Place
from policyhours.text.tree import Mapping, Node, Scalar


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
                self.tree, self.ref, self.readings, chosen, self.origin_of, self._memo
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
            self._valued[key] = build_values(self.tree, readings, self.origin_of, self._memo)
        return self._valued[key]

    def policy_of(self, node: Node) -> str:
        """The ``id@version`` of the layer in which the node stands."""
        return self.policy_at(node.place)

    def policy_at(self, place: Place) -> str:
        """The ``id@version`` of the layer in which a place is."""
        return next((h.ref for h in self.layers if h.place.source is place.source), self.ref)

    def origin_of(self, node: Node) -> Origin:
        """Where the provision that a node states comes from."""
        ref = self.policy_of(node)
        national = (h.document for h in self.layers[2:] if h.ref == ref and h.authority == "national")
        return Origin(ref, texts_at(child(node, "article")), node.place, next(national, ""))


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
