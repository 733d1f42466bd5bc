"""Comparisons line by line: a difference, and what it means for cases, before anything is laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from policyhours.assess.result import Verdict
from policyhours.desk.answer.labels import LABELS
from policyhours.desk.changes.changed import Pair, ReviewChange, YearChange
from policyhours.desk.changes.difference import Change, Difference, change_text
from policyhours.desk.changes.impact import Impact, Incomparable
from policyhours.desk.changes.terms import section_term
from policyhours.desk.wording import VERDICTS, articles, range_text, reason_text
from policyhours.text.finding import Finding
from policyhours.text.messages import catalogue
from policyhours.text.source import file_alone

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
        "untouched": "（本身没有改动）",
        "behind": "缘由：",
        "incomparable": "不能比较：{name}（{policy}）",
        "unreadable": "不能比较：{name}",
        "cases": "比较了{n}个个案：{changed}个有变化，{flips}个年度结论改变",
        "left": "，另有{n}个不能比较",
        "total": "合计",
        "matters": "对个案的影响",
        "nobody": "这些个案的结论和学时都没有变化",
        "line": "{policy} 第{line}行",
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
        "untouched": " (nothing of its own changed)",
        "behind": "behind it: ",
        "incomparable": "not comparable: {name} (under {policy})",
        "unreadable": "not comparable: {name}",
        "cases": "cases compared: {n}, changed: {changed}, verdicts that flip: {flips}",
        "left": ", not comparable: {n}",
        "total": "total",
        "matters": "for whom it matters",
        "nobody": "no verdict and no hours of these cases change",
        "line": "{policy} line {line}",
    },
}


Kind = Literal["plain", "head", "case", "flip", "part", "item", "place", "reason", "behind", "left"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, before it is laid out; an empty one parts what belongs together from what does not."""

    text: str
    kind: Kind = "plain"


def comparison_lines(found: Difference, met: Impact | None, lang: str = "zh") -> Iterator[Line]:
    """The difference line by line: what changed; with cases, what becomes of them."""
    teller = _Teller(lang)
    yield from teller.changes(found)
    if met is not None:
        yield Line("")
        yield from teller.impact(met)


def impact_lines(met: Impact, lang: str = "zh", *, folders: bool = True) -> Iterator[Line]:
    """For whom a difference matters, line by line.

    Args:
        met: what the difference means for cases.
        lang: ``zh`` or ``en``.
        folders: whether a file is told with its folders; a page that is handed over holds none.
    """
    yield from _Teller(lang, folders=folders).impact(met)


def year_lines(change: YearChange, lang: str = "zh") -> Iterator[Line]:
    """What of a year is other than before, line by line, without what lies behind it."""
    yield from _Teller(lang).year(change)


def review_line(change: ReviewChange, lang: str = "zh") -> Line:
    """A title review that gets another answer."""
    return _Teller(lang).review(change)


def count_text(found: Difference, lang: str = "zh") -> str:
    """How many changes there are, and of which kind; or that there is none."""
    return _Teller(lang).count(found.changes)


class _Teller:
    def __init__(self, lang: str, *, folders: bool = True) -> None:
        self.lang, self.words, self.folders = lang, _WORDS[lang], folders
        self.comma, self.stop, self.colon = ("，", "；", "：") if lang == "zh" else (", ", "; ", ": ")

    def changes(self, found: Difference) -> Iterator[Line]:
        yield Line(f"{found.old.ref} → {found.new.ref}", "head")
        section = None
        for change in found.changes:
            if change.said.section != section:
                section = change.said.section
                yield Line("")
                yield Line(section_term(section, self.lang), "head")
            yield Line(change_text(change, self.lang), "item")
            yield Line(places_text(change), "place")
        if found.changes:
            yield Line("")
        yield Line(self.count(found.changes))

    def count(self, changes: tuple[Change, ...]) -> str:
        if not changes:
            return self.words["none"]
        ways = [change.direction for change in changes]
        stricter, looser = ways.count("stricter"), ways.count("looser")
        rest = len(changes) - stricter - looser
        return self.words["count"].format(n=len(changes), stricter=stricter, looser=looser, rest=rest)

    # ── cases ──

    def impact(self, met: Impact) -> Iterator[Line]:
        words = self.words
        yield Line(words["matters"], "head")
        if met.compared and not (met.years or met.reviews):
            yield Line(words["nobody"])
        for year in met.years:
            yield Line("")
            yield from self.year(year)
            for change in year.behind:
                yield Line(words["behind"] + change_text(change, self.lang), "behind")
        for review in met.reviews:
            yield Line("")
            yield self.review(review)
        for one in met.incomparable:
            yield Line("")
            yield from self._incomparable(one)
        yield Line("")
        text = words["cases"].format(n=met.compared, changed=met.changed, flips=sum(met.flips.values()))
        ways = self.comma.join(
            f"{self._verdicts(*flip)}{self.colon}{count}" for flip, count in met.flips.items()
        )
        if ways:
            text += f"（{ways}）" if self.lang == "zh" else f" ({ways})"
        if met.incomparable:
            text += words["left"].format(n=len(met.incomparable))
        yield Line(text)

    def review(self, change: ReviewChange) -> Line:
        labels = LABELS[self.lang]
        answers = " → ".join(labels[verdict] if verdict else "—" for verdict in change.verdicts)
        head = f"{labels['case']} {change.case}  {labels['review'].format(change.year)}"
        return Line(f"{head}{self.colon}{answers}", "flip")

    def year(self, year: YearChange) -> Iterator[Line]:
        words = self.words
        titles = {**year.titles, "total": words["total"]}
        head = words["year"].format(case=year.case, year=year.year, verdicts=self._verdicts(*year.verdicts))
        yield Line(head, "flip" if year.flips else "case")
        if year.hours:
            yield Line(self._pairs(year.hours, titles), "part")
        if year.required:
            text = f"{words['required']}{self.colon}{self._pairs(year.required, titles)}"
            yield Line(text, "part")
        for subject, before, after in year.completed:
            ids = " → ".join("、".join(side) or "—" for side in (before, after))
            text = f"{words['completed']} {titles.get(subject, subject)}{self.colon}{ids}"
            yield Line(text, "item")
        for activity in year.activities:
            name = (
                f"{activity.id}（{activity.title}）"
                if self.lang == "zh"
                else f"{activity.id} ({activity.title})"
            )
            own = words["untouched"] if activity.untouched else ""
            yield Line(f"{name} {self._pair(activity.hours)}{own}", "item")
            sides = ((words["was"], activity.was), (words["now"], activity.now))
            for (label, reasons), whole in zip(sides, activity.whole, strict=True):
                text = self.stop.join(
                    self._cited(reason_text(r, self.lang, titles), r.article) for r in reasons
                )
                text = text or (words["all"] if whole and (activity.was or activity.now) else "")
                if text:
                    yield Line(label + text, "reason")

    def _incomparable(self, one: Incomparable) -> Iterator[Line]:
        shown = str if self.folders else file_alone
        which, name = ("incomparable", one.name) if one.policy else ("unreadable", shown(one.name))
        yield Line(self.words[which].format(name=name, policy=one.policy), "left")
        for finding in one.findings:
            where = f"{shown(finding.place.source.name)}:{finding.place.line} " if finding.place else ""
            yield Line(where + finding_text(finding, self.lang, folders=self.folders), "item")

    def _verdicts(self, before: Verdict | None, after: Verdict | None) -> str:
        names = [VERDICTS[self.lang][v] if v else self.words["absent"] for v in (before, after)]
        return names[0] if before == after else f"{names[0]} → {names[1]}"

    def _pairs(self, pairs: tuple[tuple[str, Pair], ...], titles: Mapping[str, str]) -> str:
        return self.comma.join(f"{titles.get(of, of)} {self._pair(pair)}" for of, pair in pairs)

    def _pair(self, pair: Pair) -> str:
        ends = ["—" if side is None else range_text(side, self.lang) for side in (pair.before, pair.after)]
        return ends[0] if ends[0] == ends[1] else f"{ends[0]} → {ends[1]}"

    def _cited(self, text: str, article: tuple[str, ...]) -> str:
        if not article:
            return text
        return f"{text}（{articles(article)}）" if self.lang == "zh" else f"{text} ({articles(article)})"


def places_text(change: Change) -> str:
    """Where it stood, and where it stands, by file and line."""
    return " → ".join(f"{place.source.name}:{place.line}" for place in change.places)


def lines_text(change: Change, found: Difference, lang: str = "zh") -> str:
    """Where it stood, and where it stands, by policy and line, which say the same on every machine."""
    sides = ((found.old, change.before), (found.new, change.after))
    return " → ".join(
        _WORDS[lang]["line"].format(policy=policy.policy_at(said.place), line=said.place.line)
        for policy, said in sides
        if said is not None
    )


def finding_text(finding: Finding, lang: str, *, folders: bool = True) -> str:
    """What a finding says and what to do, without the line of the case, which is a person's."""
    message, args = catalogue()[finding.code], finding.args
    if not folders:
        args = {name: file_alone(word) if name.endswith("file") else word for name, word in args.items()}
    says, do = (part[lang].format_map(args) for part in (message.says, message.do))
    return f"{finding.code} {says}{'；' if lang == 'zh' else '; '}{do}"
