"""The picture: an evaluation as a clerk reads it at a glance.

A bar per requirement; a line per activity with what was claimed and counted, and why the rest was not; then
what would close the gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import click

from policyhours.assess.result import ActivityResult, Reason, RequirementResult, YearResult
from policyhours.desk.evaluation import Evaluation
from policyhours.desk.labels import LABELS
from policyhours.desk.layout import fold, pad
from policyhours.desk.record import advice_text, titles_of, years_of
from policyhours.desk.wording import VERDICTS, Speech, articles, number_text, range_text
from policyhours.language.number import Range
from policyhours.text.telling import display_width

_MARKS: Final = {"met": ("✔", "green"), "not_met": ("✘", "red"), "undetermined": ("?", "yellow")}


def picture(evaluation: Evaluation, lang: str = "zh", *, width: int = 80, colour: bool = False) -> str:
    """The evaluation as text, at most `width` columns wide."""
    return "\n".join(_Painter(evaluation, lang, max(40, min(width, 120)), colour).lines())


class _Painter:
    def __init__(self, evaluation: Evaluation, lang: str, width: int, colour: bool) -> None:
        self.evaluation, self.lang, self.width, self.colour = evaluation, lang, width, colour
        self.words = LABELS[lang]
        self.colon, self.stop, self.comma = ("：", "；", "、") if lang == "zh" else (": ", "; ", ", ")
        self.titles = titles_of(evaluation) | {"total": self.words["total"]}
        self.speech = Speech(lang, self.titles)

    def lines(self) -> Iterator[str]:
        evaluation, words = self.evaluation, self.words
        unofficial = evaluation.unofficial
        kind = words["trial"] if unofficial else words["official"]
        head = f"{words['case']} {evaluation.draft.id}  {evaluation.draft.title}".rstrip()
        yield from self._wrapped(f"{head}  [{kind}]", "", bold=True)
        if unofficial:
            because = self.stop.join(self.speech.reason(r) for r in unofficial)
            yield from self._wrapped(f"{words['why']}{self.colon}{because}", "")
        for year in evaluation.result.years.values():
            yield ""
            yield from self._year(year)
        if not evaluation.result.years:
            yield words["no_years"]
        review = evaluation.result.review
        if review is not None:
            yield ""
            said = f"{words['review'].format(review.year)}{self.colon}{words[review.verdict]}"
            yield from self._wrapped(f"{said} — {self._cited(review.reason)}", "", bold=True)

    def _year(self, year: YearResult) -> Iterator[str]:
        words = self.words
        self.speech = Speech(self.lang, self.titles, self.evaluation.unit_of(year.year))
        mark, colour = _MARKS.get(year.verdict, ("─", "yellow"))
        title = f"{words['year'].format(year.year)}  {mark} {VERDICTS[self.lang][year.verdict]}"
        under = f"  {words['under']} {year.policy}" if year.policy else ""
        fits = display_width(title + under) <= self.width
        yield self._paint(title, colour, bold=True) + (under if fits else "")
        if not fits:
            yield under
        if year.why is not None:
            yield from self._wrapped(self._cited(year.why), "  ")
        if year.verdict == "not_assessable":
            return
        for reason in year.decided:
            yield from self._wrapped(self._cited(reason), "  ")
        if year.deferred_until is not None:
            yield f"  {words['deferred'].format(year.deferred_until)}"
        yield from self._bars(year)
        yield from self._moves(year)
        yield from self._activities(year)
        yield from self._rest(year)

    # ── bars ──

    def _bars(self, year: YearResult) -> Iterator[str]:
        own = {r.of: r for r in year.requirements if not r.kinds and r.over is None}
        rows: list[tuple[str, Range, RequirementResult | None]] = [
            (self.titles.get(of, of), hours, own.get(of))
            for of, hours in (("total", year.total), *year.subjects.items())
        ]
        others = [r for r in year.requirements if r is not own.get(r.of)]
        rows += [(self._required(r, year.year), r.have, r) for r in others]
        figures = [self._figures(hours, requirement) for _, hours, requirement in rows]
        figure_width = max(display_width(text) for text in figures)
        name_width = min(
            max(display_width(name) for name, _, _ in rows), max(12, self.width - figure_width - 16)
        )
        room = max(10, min(30, self.width - name_width - figure_width - 6))
        for (name, hours, requirement), figure in zip(rows, figures, strict=True):
            first, *more = fold(name, name_width)
            line = f"  {pad(first, name_width)}  {pad(figure, figure_width, right=True)}"
            bar = self._bar(hours, requirement, room) if requirement else ""
            yield f"{line}  {bar}".rstrip()
            yield from (f"  {rest}" for rest in more)

    def _required(self, requirement: RequirementResult, year: int) -> str:
        """What a requirement is of, where that is not simply a subject in one year."""
        title = self.titles.get(requirement.of, requirement.of)
        if requirement.over is None:
            return title
        first, last = years_of(requirement, year)
        years = f"{first or '…'}～{last or '…'}"
        return title + self._in_brackets(self.words["years"].format(years))

    def _figures(self, hours: Range, requirement: RequirementResult | None) -> str:
        have = range_text(hours, self.lang)
        return f"{have} / {range_text(requirement.required, self.lang)}" if requirement else have

    def _bar(self, hours: Range, requirement: RequirementResult, room: int) -> str:
        """Solid for what is sure, grey for what may be; full where the requirement is met."""
        wanted = requirement.required.high or 1
        sure = min(room, int((hours.low or 0) * room / wanted))
        may = room if hours.high is None else min(room, int(hours.high * room / wanted))
        if requirement.verdict == "met":
            sure = may = room
        elif requirement.verdict == "not_met":
            may = min(may, room - 1)
        sure = min(sure, may if requirement.verdict != "undetermined" else room - 1)
        colour = _MARKS[requirement.verdict][1]
        return self._paint("█" * sure + "▒" * (may - sure), colour) + "░" * (room - may)

    def _moves(self, year: YearResult) -> Iterator[str]:
        for done in year.completed:
            text = self.words["done" if done.certain else "maybe"]
            by = self.comma.join(done.by)
            title = self.titles.get(done.subject, done.subject)
            yield from self._wrapped(text.format(title, by) + self._in_brackets(articles(done.article)), "  ")
        for cured in year.cured:
            title = self.titles.get(cured.subject, cured.subject)
            hours = range_text(cured.hours, self.lang)
            moved = (title, hours, self.speech.counted, cured.from_year, cured.to_year)
            text = self.words["cured"].format(*moved)
            yield from self._wrapped(text + self._in_brackets(articles(cured.article)), "  ")

    # ── activities ──

    def _activities(self, year: YearResult) -> Iterator[str]:
        activities = year.activities
        if not activities:
            return
        names = [f"{a.id}  {a.title}" for a in activities]
        claimed = [range_text(a.claimed, self.lang) for a in activities]
        counted = [self._counted(a) for a in activities]
        claimed_width = max(display_width(t) for t in (self.words["claimed"], *claimed))
        counted_width = max(display_width(t) for t in (self.words["counted"], *counted))
        room = self.width - claimed_width - counted_width - 6
        name_width = min(room, max(display_width(t) for t in (self.words["activity"], *names)))

        def row(name: str, left: str, right: str) -> str:
            numbers = f"{pad(left, claimed_width, right=True)}  {pad(right, counted_width, right=True)}"
            return f"  {pad(name, name_width)}  {numbers}"

        yield ""
        yield row(self.words["activity"], self.words["claimed"], self.words["counted"])
        for activity, name, left, right in zip(activities, names, claimed, counted, strict=True):
            first, *more = fold(name, name_width)
            yield row(first, left, right)
            yield from (f"  {line}" for line in more)
            yield from self._explained(activity, year.year)

    def _counted(self, activity: ActivityResult) -> str:
        """The hours that count; of an activity that completes its subject, that it does."""
        if activity.outcome == "completes" and activity.hours == Range(0, 0):
            return self.words["completes"]
        return range_text(activity.hours, self.lang)

    def _explained(self, activity: ActivityResult, year: int) -> Iterator[str]:
        own = replace(self.speech, own=activity.title)
        for reason in activity.because:
            if reason.hours is not None and reason.hours != Range(0, 0):
                low, high = reason.hours.low or 0, reason.hours.high
                lost = Range(low, high) if high is None or low <= high else Range(high, low)
                text = self._lost(reason, lost, self._cited(reason, own))
                yield from self._wrapped(text, "    ↳ ", dim=True)
            elif reason.code in ("condition", "no_basis", "void", "spent"):
                yield from self._wrapped(self._cited(reason, own), "    ↳ ", dim=True)
        for reason in activity.unknown:
            text = self._cited(self.evaluation.told(reason, year, activity.id))
            yield from self._wrapped(self.words["open"].format(text), "    ↳ ", dim=True)
        for reason in activity.notes:
            if reason.code in ("unused", "needless"):
                text = self.words["note"].format(self._cited(reason))
                yield from self._wrapped(text, "    ↳ ", dim=True)

    def _lost(self, reason: Reason, lost: Range, because: str) -> str:
        """What is not counted, and why; of what is not known a ceiling takes whatever is beyond it."""
        if lost.low != lost.high and reason.code.startswith("ceiling"):
            return self.words["lost_beyond"].format(because)
        return self.words["lost"].format(range_text(lost, self.lang), self.speech.counted, because)

    # ── what remains to be done ──

    def _rest(self, year: YearResult) -> Iterator[str]:
        words = self.words
        open_items = [b for b in year.blockers if b.code not in ("short", "short_years", "no_policy")]
        if year.advice or open_items or year.depends_on:
            yield ""
        if open_items:
            yield f"  {words['open_items']}"
            for item in open_items:
                name = f"{item.ids[0]}{self.colon}" if item.ids else ""
                told = self.evaluation.told(item, year.year, item.ids[0]) if item.ids else item
                text = self.stop.join(t for t in (self._cited(told), self.speech.remedy(told)) if t)
                yield from self._wrapped(name + text, "    · ")
        if year.advice:
            yield f"  {words['advice']}"
            for added in year.advice:
                hours = number_text(added.hours, self.lang)
                text = advice_text(added.title, hours, self.lang, self.speech.unit)
                yield from self._wrapped(text, "    · ")
            if len(year.advice) > 1:
                yield f"    {words['all']}"
        if year.depends_on:
            yield f"  {words['readings']}"
            for effect in year.depends_on:
                verdict = VERDICTS[self.lang][effect.verdict]
                text = words["reading"].format(self._option(effect.reading, effect.option), verdict)
                name = f"{effect.reading}={effect.option}"
                yield from self._wrapped(
                    text + self._in_brackets(f"{articles(effect.article)}{self.stop}{name}"), "    · "
                )
        certificate = words["certificate" if year.verdict == "met" else "no_certificate"]
        yield ""
        yield f"  {certificate}"
        steps = " → ".join(year.route)
        missing = words["missing"].format(self.comma.join(year.route_missing)) if year.route_missing else ""
        if steps or missing:
            yield from self._wrapped(
                f"{words['route']}{self.colon}{self.stop.join(t for t in (steps, missing) if t)}", "  "
            )

    # ── helpers ──

    def _option(self, reading: str, option: str) -> str:
        for policy in self.evaluation.settled.policies.values():
            if reading in policy.readings:
                return policy.readings[reading].options[option]
        return option

    def _cited(self, reason: Reason, speech: Speech | None = None) -> str:
        text = (speech or self.speech).reason(reason)
        return text + self._in_brackets(articles(reason.article)) if reason.article else text

    def _in_brackets(self, text: str) -> str:
        return f"（{text}）" if self.lang == "zh" else f" ({text})"

    def _wrapped(self, text: str, indent: str, *, bold: bool = False, dim: bool = False) -> Iterator[str]:
        gap = display_width(indent)
        for number, line in enumerate(fold(text, self.width - gap)):
            start = indent if number == 0 else " " * gap
            yield self._paint(start + line, None, bold=bold, dim=dim)

    def _paint(self, text: str, colour: str | None, *, bold: bool = False, dim: bool = False) -> str:
        if not self.colour or not text:
            return text
        return click.style(text, fg=colour, bold=bold or None, dim=dim or None)
