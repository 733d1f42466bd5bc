"""The overview: a summary as text for a console, at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import click

from policyhours.desk.layout import fold, pad
from policyhours.desk.wording import VERDICTS, number_text
from policyhours.roster.results.changed import told_changes
from policyhours.roster.results.compare import Changes
from policyhours.roster.results.figures import grouped, share
from policyhours.roster.results.histogram import Bin, Histogram
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.names import group_name, in_order, span
from policyhours.roster.results.phrases import WORDS
from policyhours.roster.results.summary import Counted, Group, Rows, Summary, YearSummary
from policyhours.roster.results.wording import cause_text
from policyhours.text.telling import display_width

_MARKS: Final = {
    "met": ("✔", "green"),
    "not_met": ("✘", "red"),
    "undetermined": ("?", "yellow"),
    "not_assessable": ("─", "yellow"),
}
_WIDTHS: Final = (40, 100)
_MOST_CAUSES: Final = 8


def summary_text(summary: Summary, labels: Labels, width: int = 80, *, colour: bool = False) -> str:
    """The summary as text, at most `width` columns wide (at least 40)."""
    least, most = _WIDTHS
    return "\n".join(_Painter(labels, max(least, min(width, most)), colour).lines(summary))


class _Painter:
    def __init__(self, labels: Labels, width: int, colour: bool) -> None:
        self.labels, self.width, self.colour = labels, width, colour

    def lines(self, summary: Summary) -> Iterator[str]:
        if summary.trial:
            because = self.labels.pick("；", "; ").join(summary.trial)
            yield from fold(self._say("why_trial").format(because), self.width)
        if summary.rows is not None:
            yield from self._rows(summary.rows)
        for number, year in enumerate(summary.years):
            if number or summary.trial or summary.rows is not None:
                yield ""
            yield from self._year(year)
        if not summary.years:
            yield self._say("nobody")
        if summary.changes is not None:
            yield ""
            yield from self._changes(summary.changes)

    def _rows(self, rows: Rows) -> Iterator[str]:
        numbers = (grouped(n) for n in (rows.given, rows.assessed, rows.rejected, rows.left_out))
        said = self._say("rows_left_out" if rows.left_out else "rows")
        yield from fold(said.format(*numbers), self.width)

    def _year(self, year: YearSummary) -> Iterator[str]:
        people = year.tally.people
        yield self._bold(self._say("year").format(year.year, grouped(people)))
        verdicts = {v: n for v, n in year.tally.by_verdict.items() if n or v != "not_assessable"}
        names = [f"{_MARKS[v][0]} {VERDICTS[self.labels.lang][v]}" for v in verdicts]
        colours = [_MARKS[v][1] for v in verdicts]
        yield from self._bars(names, list(verdicts.values()), people, colours)
        for title, causes, whole in year.causes:
            yield from self._causes(self._say(title), causes, whole)
        for fact, groups in year.groups.items():
            yield from self._groups(fact, groups)
        yield from self._hours(year.hours)
        yield ""
        if year.touched:
            yield from self._said(self._say("touched").format(grouped(year.touched)))
        yield from self._said(self._say("evaluated").format(grouped(year.evaluated)))

    def _causes(self, title: str, causes: Counted, people: int) -> Iterator[str]:
        if not causes:
            return
        yield ""
        yield from self._said(title)
        shown = causes[:_MOST_CAUSES]
        yield from self._bars([cause_text(c, self.labels) for c, _ in shown], [n for _, n in shown], people)
        if len(causes) > len(shown):
            yield from self._said(self._say("more").format(len(causes) - len(shown)))

    def _groups(self, fact: str, groups: Sequence[Group]) -> Iterator[str]:
        groups = in_order(fact, groups, self.labels)
        if not groups:
            return
        yield ""
        yield from self._said(self._say("by_met").format(self.labels.fact(fact)))
        names = [group_name(fact, group, self.labels) for group in groups]
        met = [group.tally.met for group in groups]
        yield from self._bars(names, met, [group.tally.people for group in groups])

    def _hours(self, hours: Histogram) -> Iterator[str]:
        people = [each.people for each in hours.bins]
        if not any(people):
            return
        yield ""
        yield from self._said(self._say("hours").format(self.labels.counted))
        names = [self._span(each, hours) for each in hours.bins]
        yield from self._bars(names, people, max(people), percent=False)

    def _span(self, each: Bin, hours: Histogram) -> str:
        named = span(each, self.labels)
        if hours.required is None or each.end is None or not each.first <= hours.required < each.end:
            return named
        return f"{named} {self._say('required').format(number_text(hours.required, self.labels.lang))}"

    def _changes(self, changes: Changes) -> Iterator[str]:
        years = self.labels.pick("、", ", ").join(str(year) for year in changes.years)
        yield self._bold(self._say("compared").format(years))
        told = told_changes(changes, self.labels)
        yield from self._bars([text for text, _ in told], [number for _, number in told], None)
        for title, causes in (("appeared", changes.appeared), ("vanished", changes.vanished)):
            if causes:
                yield ""
                yield from self._said(self._say(title))
                shown = causes[:_MOST_CAUSES]
                yield from self._bars(
                    [cause_text(c, self.labels) for c, _ in shown], [n for _, n in shown], None
                )

    # ── helpers ──

    def _bars(
        self,
        names: Sequence[str],
        numbers: Sequence[int],
        wholes: Sequence[int] | int | None,
        colours: Sequence[str | None] = (),
        *,
        percent: bool = True,
    ) -> Iterator[str]:
        """A line each: its name, how many, which share of the whole, and that share as a bar."""
        if not names:
            return
        each_whole = wholes if isinstance(wholes, Sequence) else [wholes or 0] * len(names)
        figures = [grouped(number) for number in numbers]
        shares = [
            share(n, whole) if percent and whole else "" for n, whole in zip(numbers, each_whole, strict=True)
        ]
        figures_width = max(display_width(text) for text in figures)
        shares_width = max(display_width(text) for text in shares)
        # The name may take half of the line; what is left is for the bar.
        taken = 4 + 2 + figures_width + (2 + shares_width if shares_width else 0) + 2
        name_width = min(max(display_width(name) for name in names), max(16, self.width - taken - 10))
        bar_width = min(30, self.width - taken - name_width)
        paints = [*colours, *[None] * (len(names) - len(colours))]
        for name, figure, part, number, whole, paint in zip(
            names, figures, shares, numbers, each_whole, paints, strict=True
        ):
            first, *more = fold(name, name_width)
            line = f"    {pad(first, name_width)}  {pad(figure, figures_width, right=True)}"
            if shares_width:
                line += f"  {pad(part, shares_width, right=True)}"
            if whole and bar_width >= 5:
                filled = number * bar_width // whole or (1 if number else 0)
                bar = "█" * filled
                line += "  " + (self._paint(bar, paint) if bar else "") + "░" * (bar_width - filled)
            yield line.rstrip()
            yield from (f"    {rest}" for rest in more)

    def _said(self, text: str) -> Iterator[str]:
        yield from (f"  {line}" for line in fold(text, self.width - 2))

    def _say(self, word: str) -> str:
        return self.labels.pick(*WORDS[word])

    def _paint(self, text: str, colour: str | None) -> str:
        return click.style(text, fg=colour) if self.colour and colour else text

    def _bold(self, text: str) -> str:
        return click.style(text, bold=True) if self.colour else text
