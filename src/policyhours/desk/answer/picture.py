"""The picture: an evaluation as a clerk reads it at a glance.

A bar per requirement; a line per activity with what was claimed and counted, and why the rest was not; then
what would close the gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import click

from policyhours.desk.answer.account import Item, Sum, YearAccount, account
from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.answer.labels import LABELS
from policyhours.desk.layout import fold, pad
from policyhours.text.telling import display_width

MARKS: Final = {"met": "✔", "not_met": "✘", "undetermined": "?", "not_assessable": "─"}
"""The mark of a verdict, which needs no colour."""

_COLOURS: Final = {"met": "green", "not_met": "red"}
_OTHER_COLOUR: Final = "yellow"


def picture(evaluation: Evaluation, lang: str = "zh", *, width: int = 80, colour: bool = False) -> str:
    """The evaluation as text, at most `width` columns wide."""
    return "\n".join(_Painter(lang, max(40, min(width, 120)), colour).lines(evaluation))


class _Painter:
    def __init__(self, lang: str, width: int, colour: bool) -> None:
        self.lang, self.width, self.colour = lang, width, colour
        self.words = LABELS[lang]
        self.colon = "：" if lang == "zh" else ": "

    def lines(self, evaluation: Evaluation) -> Iterator[str]:
        words, told = self.words, account(evaluation, self.lang)
        head = f"{words['case']} {evaluation.draft.id}  {evaluation.draft.title}".rstrip()
        yield from self._wrapped(f"{head}  [{told.kind}]", "", bold=True)
        if told.why:
            yield from self._wrapped(f"{words['why']}{self.colon}{told.why}", "")
        for year in told.years:
            yield ""
            yield from self._year(year)
        if not told.years:
            yield words["no_years"]
        if told.review:
            yield ""
            yield from self._wrapped(told.review, "", bold=True)

    def _year(self, year: YearAccount) -> Iterator[str]:
        title = f"{year.title}  {MARKS[year.verdict]} {year.said}"
        under = f"  {self.words['under']} {year.policy}" if year.policy else ""
        fits = display_width(title + under) <= self.width
        colour = _COLOURS.get(year.verdict, _OTHER_COLOUR)
        yield self._paint(title, colour, bold=True) + (under if fits else "")
        if not fits:
            yield under
        for text in year.because:
            yield from self._wrapped(text, "  ")
        if year.verdict == "not_assessable":
            return
        yield from self._bars(year.sums)
        for text in year.moves:
            yield from self._wrapped(text, "  ")
        yield from self._activities(year.items)
        yield from self._rest(year)

    def _bars(self, sums: tuple[Sum, ...]) -> Iterator[str]:
        figures = [one.figures(self.lang) for one in sums]
        figure_width = max(display_width(text) for text in figures)
        name_width = min(
            max(display_width(one.name) for one in sums), max(12, self.width - figure_width - 16)
        )
        room = max(10, min(30, self.width - name_width - figure_width - 6))
        for one, figure in zip(sums, figures, strict=True):
            first, *more = fold(one.name, name_width)
            line = f"  {pad(first, name_width)}  {pad(figure, figure_width, right=True)}"
            yield f"{line}  {self._bar(one, room)}".rstrip()
            yield from (f"  {rest}" for rest in more)

    def _bar(self, one: Sum, room: int) -> str:
        """Solid for what is sure, grey for what may be."""
        if one.requirement is None:
            return ""
        sure, may = one.bar(room)
        colour = _COLOURS.get(one.requirement.verdict, _OTHER_COLOUR)
        return self._paint("█" * sure + "▒" * (may - sure), colour) + "░" * (room - may)

    def _activities(self, items: tuple[Item, ...]) -> Iterator[str]:
        if not items:
            return
        names = [f"{item.result.id}  {item.result.title}" for item in items]
        claimed_width = max(display_width(t) for t in (self.words["claimed"], *(i.claimed for i in items)))
        counted_width = max(display_width(t) for t in (self.words["counted"], *(i.counted for i in items)))
        room = self.width - claimed_width - counted_width - 6
        name_width = min(room, max(display_width(t) for t in (self.words["activity"], *names)))

        def row(name: str, left: str, right: str) -> str:
            numbers = f"{pad(left, claimed_width, right=True)}  {pad(right, counted_width, right=True)}"
            return f"  {pad(name, name_width)}  {numbers}"

        yield ""
        yield row(self.words["activity"], self.words["claimed"], self.words["counted"])
        for item, name in zip(items, names, strict=True):
            first, *more = fold(name, name_width)
            yield row(first, item.claimed, item.counted)
            yield from (f"  {line}" for line in more)
            for text in item.because:
                yield from self._wrapped(text, "    ↳ ", dim=True)

    def _rest(self, year: YearAccount) -> Iterator[str]:
        """What remains to be done."""
        words = self.words
        if year.advice or year.open_items or year.readings:
            yield ""
        for title, texts in (
            ("open_items", year.open_items),
            ("advice", year.advice),
            ("readings", year.readings),
        ):
            if texts:
                yield f"  {words[title]}"
            for text in texts:
                yield from self._wrapped(text, "    · ")
            if title == "advice" and len(texts) > 1:
                yield f"    {words['all']}"
        yield ""
        yield f"  {year.certificate}"
        if year.route:
            yield from self._wrapped(year.route, "  ")

    def _wrapped(self, text: str, indent: str, *, bold: bool = False, dim: bool = False) -> Iterator[str]:
        gap = display_width(indent)
        for number, line in enumerate(fold(text, self.width - gap)):
            start = indent if number == 0 else " " * gap
            yield self._paint(start + line, None, bold=bold, dim=dim)

    def _paint(self, text: str, colour: str | None, *, bold: bool = False, dim: bool = False) -> str:
        if not self.colour or not text:
            return text
        return click.style(text, fg=colour, bold=bold or None, dim=dim or None)
