"""Comparisons: a difference, and what it means for cases, as text for people and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import click

from policyhours.assess.result import Verdict
from policyhours.desk.changed import Pair, YearChange
from policyhours.desk.difference import Change, Difference, change_data, change_text
from policyhours.desk.impact import Impact, Incomparable
from policyhours.desk.labels import LABELS
from policyhours.desk.layout import fold
from policyhours.desk.terms import section_term
from policyhours.desk.wording import VERDICTS, articles, exact_text, range_text, reason_text
from policyhours.language.number import Range
from policyhours.text.finding import Finding
from policyhours.text.messages import catalogue

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {
        "none": "没有变化",
        "count": "共{n}处变化：收紧{stricter}处，放宽{looser}处，其余{rest}处",
        "year": "个案 {case}  {year}年度  {verdicts}",
        "absent": "没有这一年度",
        "required": "要求",
        "completed": "视为完成",
        "was": "原：",
        "now": "现：",
        "all": "全部计入",
        "behind": "缘由：",
        "incomparable": "不能比较：{name}（{policy}）",
        "unreadable": "不能比较：{name}",
        "cases": "比较了{n}个个案：{changed}个有变化，{flips}个年度结论改变",
        "left": "，另有{n}个不能比较",
        "total": "合计",
        "matters": "对个案的影响",
        "nobody": "这些个案的结论和学时都没有变化",
    },
    "en": {
        "none": "no change",
        "count": "changes: {n} ({stricter} stricter, {looser} looser, {rest} neither)",
        "year": "case {case}  year {year}  {verdicts}",
        "absent": "no such year",
        "required": "required",
        "completed": "completes",
        "was": "was: ",
        "now": "now: ",
        "all": "all of it counts",
        "behind": "behind it: ",
        "incomparable": "not comparable: {name} (under {policy})",
        "unreadable": "not comparable: {name}",
        "cases": "cases compared: {n}, changed: {changed}, verdicts that flip: {flips}",
        "left": ", not comparable: {n}",
        "total": "total",
        "matters": "for whom it matters",
        "nobody": "no verdict and no hours of these cases change",
    },
}


def comparison_text(
    found: Difference, met: Impact | None, lang: str = "zh", *, width: int = 80, colour: bool = False
) -> str:
    """The difference as text, at most `width` columns wide; with cases, for whom it matters."""
    return "\n".join(_Writer(lang, max(40, min(width, 120)), colour).lines(found, met))


def comparison_data(found: Difference, met: Impact | None, lang: str = "zh") -> dict[str, Any]:
    """The same as data that JSON can hold; numbers are exact texts."""
    data: dict[str, Any] = {
        "old": found.old.ref,
        "new": found.new.ref,
        "changes": [change_data(change, lang) for change in found.changes],
    }
    if met is not None:
        data["cases"] = [_year_data(year, lang) for year in met.years]
        data["title_reviews"] = [
            {"case": r.case, "year": r.year, "before": r.verdicts[0], "after": r.verdicts[1]}
            for r in met.reviews
        ]
        data["not_comparable"] = [
            {
                "case": one.name,
                "policy": one.policy,
                "why": [{"code": f.code, "text": _said(f, lang)} for f in one.findings],
            }
            for one in met.incomparable
        ]
        data["summary"] = {
            "compared": met.compared,
            "changed": met.changed,
            "flips": [
                {"before": before, "after": after, "years": count}
                for (before, after), count in met.flips.items()
            ],
            "not_comparable": len(met.incomparable),
        }
    return data


class _Writer:
    def __init__(self, lang: str, width: int, colour: bool) -> None:
        self.lang, self.width, self.colour, self.words = lang, width, colour, _WORDS[lang]
        self.comma, self.stop, self.colon = ("，", "；", "：") if lang == "zh" else (", ", "; ", ": ")

    def lines(self, found: Difference, met: Impact | None) -> Iterator[str]:
        yield from self._folded(f"{found.old.ref} → {found.new.ref}", "", "", bold=True)
        if not found.changes:
            yield self.words["none"]
        section = None
        for change in found.changes:
            if change.said.section != section:
                section = change.said.section
                yield ""
                yield from self._folded(section_term(section, self.lang), "", "", bold=True)
            yield from self._folded(change_text(change, self.lang), "  · ", "    ")
            places = " → ".join(f"{place.source.name}:{place.line}" for place in change.places)
            yield from self._folded(places, "    ", "    ", dim=True)
        if found.changes:
            yield ""
            yield from self._folded(self._count(found.changes), "", "")
        if met is not None:
            yield from self._impact(met)

    def _count(self, changes: tuple[Change, ...]) -> str:
        ways = [change.direction for change in changes]
        stricter, looser = ways.count("stricter"), ways.count("looser")
        rest = len(changes) - stricter - looser
        return self.words["count"].format(n=len(changes), stricter=stricter, looser=looser, rest=rest)

    # ── cases ──

    def _impact(self, met: Impact) -> Iterator[str]:
        words = self.words
        yield ""
        yield self._painted(words["matters"], bold=True)
        if met.compared and not (met.years or met.reviews):
            yield from self._folded(words["nobody"], "", "")
        for year in met.years:
            yield ""
            yield from self._year(year)
        for review in met.reviews:
            labels = LABELS[self.lang]
            answers = " → ".join(labels[verdict] if verdict else "—" for verdict in review.verdicts)
            head = f"{labels['case']} {review.case}  {labels['review'].format(review.year)}"
            yield ""
            yield from self._folded(f"{head}{self.colon}{answers}", "", "    ", bold=True)
        for one in met.incomparable:
            yield ""
            yield from self._incomparable(one)
        yield ""
        text = words["cases"].format(n=met.compared, changed=met.changed, flips=sum(met.flips.values()))
        ways = self.comma.join(
            f"{self._verdicts(*flip)}{self.colon}{count}" for flip, count in met.flips.items()
        )
        if ways:
            text += f"（{ways}）" if self.lang == "zh" else f" ({ways})"
        if met.incomparable:
            text += words["left"].format(n=len(met.incomparable))
        yield from self._folded(text, "", "")

    def _year(self, year: YearChange) -> Iterator[str]:
        words = self.words
        titles = {**year.titles, "total": words["total"]}
        head = words["year"].format(case=year.case, year=year.year, verdicts=self._verdicts(*year.verdicts))
        yield from self._folded(head, "", "    ", bold=year.flips)
        if year.hours:
            yield from self._folded(self._pairs(year.hours, titles), "  ", "  ")
        if year.required:
            text = f"{words['required']}{self.colon}{self._pairs(year.required, titles)}"
            yield from self._folded(text, "  ", "  ")
        for subject, before, after in year.completed:
            ids = " → ".join("、".join(side) or "—" for side in (before, after))
            text = f"{words['completed']} {titles.get(subject, subject)}{self.colon}{ids}"
            yield from self._folded(text, "  · ", "    ")
        for activity in year.activities:
            name = (
                f"{activity.id}（{activity.title}）"
                if self.lang == "zh"
                else f"{activity.id} ({activity.title})"
            )
            yield from self._folded(f"{name} {self._pair(activity.hours)}", "  · ", "    ")
            sides = ((words["was"], activity.was), (words["now"], activity.now))
            for (label, reasons), whole in zip(sides, activity.whole, strict=True):
                text = self.stop.join(
                    self._cited(reason_text(r, self.lang, titles), r.article) for r in reasons
                )
                text = text or (words["all"] if whole and (activity.was or activity.now) else "")
                if text:
                    yield from self._folded(label + text, "      ", "      ", dim=True)
        for change in year.behind:
            yield from self._folded(words["behind"] + change_text(change, self.lang), "  ", "    ")

    def _incomparable(self, one: Incomparable) -> Iterator[str]:
        which = "incomparable" if one.policy else "unreadable"
        yield from self._folded(self.words[which].format(name=one.name, policy=one.policy), "", "  ")
        for finding in one.findings:
            where = f"{finding.place.source.name}:{finding.place.line} " if finding.place else ""
            yield from self._folded(where + _said(finding, self.lang), "  · ", "    ")

    def _verdicts(self, before: Verdict | None, after: Verdict | None) -> str:
        names = [VERDICTS[self.lang][v] if v else self.words["absent"] for v in (before, after)]
        return names[0] if before == after else f"{names[0]} → {names[1]}"

    def _pairs(self, pairs: tuple[tuple[str, Pair], ...], titles: Mapping[str, str]) -> str:
        return self.comma.join(f"{titles.get(of, of)} {self._pair(pair)}" for of, pair in pairs)

    def _pair(self, pair: Pair) -> str:
        ends = ["—" if side is None else range_text(side, self.lang) for side in (pair.before, pair.after)]
        return ends[0] if ends[0] == ends[1] else f"{ends[0]} → {ends[1]}"

    # ── lines ──

    def _cited(self, text: str, article: tuple[str, ...]) -> str:
        if not article:
            return text
        return f"{text}（{articles(article)}）" if self.lang == "zh" else f"{text} ({articles(article)})"

    def _folded(
        self, text: str, first: str, other: str, *, bold: bool = False, dim: bool = False
    ) -> Iterator[str]:
        for number, line in enumerate(fold(text, self.width - max(len(first), len(other)))):
            yield self._painted((other if number else first) + line, bold=bold, dim=dim)

    def _painted(self, text: str, *, bold: bool = False, dim: bool = False) -> str:
        if not self.colour or not (bold or dim):
            return text
        return click.style(text, bold=bold or None, dim=dim or None)


def _said(finding: Finding, lang: str) -> str:
    """What a finding says and what to do, without the line of the case, which is a person's."""
    message = catalogue()[finding.code]
    says, do = (part[lang].format_map(finding.args) for part in (message.says, message.do))
    return f"{finding.code} {says}{'；' if lang == 'zh' else '; '}{do}"


def _year_data(year: YearChange, lang: str) -> dict[str, Any]:
    titles = {**year.titles, "total": _WORDS[lang]["total"]}
    return {
        "case": year.case,
        "year": year.year,
        "verdict": {"before": year.verdicts[0], "after": year.verdicts[1]},
        "flips": year.flips,
        "hours": {of: _pair_data(pair) for of, pair in year.hours},
        "required": {of: _pair_data(pair) for of, pair in year.required},
        "completed": [
            {"subject": subject, "before": list(before), "after": list(after)}
            for subject, before, after in year.completed
        ],
        "activities": [
            {
                "id": activity.id,
                "hours": _pair_data(activity.hours),
                "was": [reason_text(r, lang, titles) for r in activity.was],
                "now": [reason_text(r, lang, titles) for r in activity.now],
            }
            for activity in year.activities
        ],
        "behind": [change.address for change in year.behind],
    }


def _pair_data(pair: Pair) -> dict[str, Any]:
    return {"before": _range_data(pair.before), "after": _range_data(pair.after)}


def _range_data(value: Range | None) -> dict[str, str | None] | None:
    return None if value is None else {"low": exact_text(value.low), "high": exact_text(value.high)}
