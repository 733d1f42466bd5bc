"""Tables: values by facts, by readings, by other values, nested in each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from policyhours.language.chosen import Chosen
from policyhours.language.expression import Expression, Row, Table
from policyhours.language.meaning import Meaning, alike, any_last, refusal
from policyhours.language.rules import Fact
from policyhours.language.unit import Unit
from policyhours.language.vocabulary import covers, key_pattern, overlap
from policyhours.language.words import are_rows, child, entries_at, text_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Node, Sequence


@dataclass(frozen=True, slots=True)
class Tables:
    """Reads tables.

    Attributes:
        chosen: the choice of readings: of a table by a reading, the chosen row remains.
        meaning: what a value of a table means.
        gone_by: the fact by which a table goes, and for a named value what works it out.
    """

    chosen: Chosen
    meaning: Callable[[Node, Unit], Meaning]
    gone_by: Callable[[Node], tuple[Fact, Expression | None]]

    def read(self, node: Node, unit: Unit) -> Meaning:
        """What a table means, whose values count `unit`.

        Raises:
            Refused: where it goes by what there is not, two of its rows overlap, or a row is none.
        """
        otherwise = child(node, "otherwise")
        by = child(node, "by")
        return self._rows(
            list(by.items) if isinstance(by, Sequence) else [by] if by is not None else [],
            child(node, "values"),
            self.meaning(otherwise, unit) if otherwise is not None else None,
            unit,
            node,
        )

    def _rows(
        self, by: list[Node], rows: Node | None, otherwise: Meaning | None, unit: Unit, table: Node
    ) -> Meaning:
        """The table whose rows are keyed by the first of `by`, nested by the others."""
        name = text_at(by[0])
        if name in self.chosen.options:
            options: list[Meaning] = []

            def option(leaf: Node) -> Meaning:
                options.append(self._leaf(by[1:], leaf, otherwise, unit, table))
                return options[-1]

            chosen = self.chosen.by_reading(by[0], rows, option)
            alike(options, table)
            return chosen
        fact, measure = self.gone_by(by[0])
        done: list[Row] = []
        stated: list[Row] = []
        meanings: list[Meaning] = []
        for entry in entries_at(rows):
            pattern = key_pattern(entry, fact)
            for earlier, row in zip(entries_at(rows), done, strict=False):
                if overlap(pattern, row.key, fact):
                    words = {"first": earlier.key, "second": entry.key, "fact": fact.title}
                    raise Refused(
                        (Finding("PH601", entry.key_place, words, (("first", earlier.key_place),)),)
                    )
            meaning = self._leaf(by[1:], entry.value, otherwise, unit, table)
            done.append(Row(pattern, meaning.worked))
            stated.append(Row(pattern, meaning.stated))
            meanings.append(meaning)
        whole = covers([row.key for row in done], fact)
        last = otherwise.worked if otherwise else None
        worked = Table(name, any_last(done), last, whole, measure, fact.step)
        other = otherwise.stated if otherwise else None
        shown = Table(name, any_last(stated), other, whole, measure, fact.step)
        return Meaning(worked, shown, alike(meanings, table))

    def _leaf(
        self, by: list[Node], node: Node, otherwise: Meaning | None, unit: Unit, table: Node
    ) -> Meaning:
        if not are_rows(node):
            return self.meaning(node, unit)
        if not by:
            raise refusal("PH602", node)
        return self._rows(by, node, otherwise, unit, table)
