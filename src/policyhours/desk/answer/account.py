"""An account: an evaluation in words, piece by piece, before anything is laid out.

The picture on a console and the printed answer are both made from it, so that they say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policyhours.assess.result import ActivityResult, Reason, RequirementResult, Verdict, YearResult
from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.answer.labels import LABELS
from policyhours.desk.answer.record import advice_text, titles_of, years_of
from policyhours.desk.wording import VERDICTS, Speech, articles, number_text, range_text
from policyhours.language.number import Range


@dataclass(frozen=True, slots=True)
class Sum:
    """What a subject, the total or a requirement comes to.

    Attributes:
        name: what it is of, in words.
        have: the hours there are; a range where not all is known.
        requirement: what is required of it, if anything is.
    """

    name: str
    have: Range
    requirement: RequirementResult | None

    def figures(self, lang: str) -> str:
        """What there is, and of how much: ``45 / 90``."""
        have = range_text(self.have, lang)
        return f"{have} / {range_text(self.requirement.required, lang)}" if self.requirement else have

    def bar(self, room: int) -> tuple[int, int]:
        """How far a bar is filled: by what is sure, and by what may be; full where the requirement is met."""
        if self.requirement is None:
            return 0, 0
        wanted = self.requirement.required.high or 1
        sure = min(room, int((self.have.low or 0) * room / wanted))
        may = room if self.have.high is None else min(room, int(self.have.high * room / wanted))
        if self.requirement.verdict == "met":
            sure = may = room
        elif self.requirement.verdict == "not_met":
            may = min(may, room - 1)
        return min(sure, may if self.requirement.verdict != "undetermined" else room - 1), may


@dataclass(frozen=True, slots=True)
class Item:
    """One activity.

    Attributes:
        result: what it is credited with.
        claimed, counted: in words.
        because: why it does not count in full, or not surely; empty where it does.
    """

    result: ActivityResult
    claimed: str
    counted: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearAccount:
    """One year in words.

    Attributes:
        policy: ``id@version`` under which it was assessed; ``None`` where none was in force.
        verdict, said: the verdict, and its words.
        because: why it stands so where that is no matter of hours, and what has been decided.
        sums: the total, the subjects, further requirements; none where the year can't be assessed.
        moves: what counts as completed, and hours of another year.
        items: the activities; none where the year can't be assessed.
        open_items, advice, readings: what is to be settled, what would do, and what hangs on a reading.
        certificate: whether one can be issued; empty where the year can't be assessed.
        route: who reviews, with its label; empty where that is not ruled.
    """

    year: int
    title: str
    policy: str | None
    verdict: Verdict
    said: str
    because: tuple[str, ...] = ()
    sums: tuple[Sum, ...] = ()
    moves: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    open_items: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    certificate: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """An evaluation in words.

    Attributes:
        kind: 试算 or 正式.
        why: why it is a trial only; empty where it is official.
        review: whether a title review may take the requirement as met; empty where that is not asked.
    """

    kind: str
    why: str
    years: tuple[YearAccount, ...]
    review: str


def account(evaluation: Evaluation, lang: str = "zh") -> Account:
    """The evaluation in words."""
    words = LABELS[lang]
    titles = titles_of(evaluation) | {"total": words["total"]}
    speech = Speech(lang, titles)
    unofficial = evaluation.unofficial
    because = ("；" if lang == "zh" else "; ").join(speech.reason(r) for r in unofficial)
    years = [
        _Teller(evaluation, year, Speech(lang, titles, evaluation.unit_of(year.year))).told()
        for year in evaluation.result.years.values()
    ]
    review, said = evaluation.result.review, ""
    if review is not None:
        colon = "：" if lang == "zh" else ": "
        head = f"{words['review'].format(review.year)}{colon}{words[review.verdict]}"
        said = f"{head} — {_cited(review.reason, speech)}"
    return Account(words["trial" if unofficial else "official"], because, tuple(years), said)


class _Teller:
    """Puts one year into words."""

    def __init__(self, evaluation: Evaluation, year: YearResult, speech: Speech) -> None:
        self._evaluation, self._year, self._speech = evaluation, year, speech
        self._lang, self._titles, self._words = speech.lang, speech.titles, LABELS[speech.lang]
        self._colon, self._stop, self._comma = (
            ("：", "；", "、") if speech.lang == "zh" else (": ", "; ", ", ")
        )

    def told(self) -> YearAccount:
        """The year in words."""
        year, words = self._year, self._words
        head = YearAccount(
            year=year.year,
            title=words["year"].format(year.year),
            policy=year.policy,
            verdict=year.verdict,
            said=VERDICTS[self._lang][year.verdict],
            because=() if year.why is None else (self._cited(year.why),),
        )
        if year.verdict == "not_assessable":
            return head
        deferred = year.deferred_until
        return replace(
            head,
            because=(
                *head.because,
                *(self._cited(reason) for reason in year.decided),
                *(() if deferred is None else (words["deferred"].format(deferred),)),
            ),
            sums=tuple(self._sums()),
            moves=tuple(self._moves()),
            items=tuple(self._item(activity) for activity in year.activities),
            open_items=tuple(self._open_items()),
            advice=tuple(
                advice_text(a.title, number_text(a.hours, self._lang), self._lang, self._speech.unit)
                for a in year.advice
            ),
            readings=tuple(self._readings()),
            certificate=words["certificate" if year.verdict == "met" else "no_certificate"],
            route=self._route(),
        )

    # ── sums ──

    def _sums(self) -> Iterator[Sum]:
        year = self._year
        own = {r.of: r for r in year.requirements if not r.kinds and r.over is None}
        for of, hours in (("total", year.total), *year.subjects.items()):
            yield Sum(self._titles.get(of, of), hours, own.get(of))
        for requirement in year.requirements:
            if requirement is not own.get(requirement.of):
                yield Sum(self._required(requirement), requirement.have, requirement)

    def _required(self, requirement: RequirementResult) -> str:
        """What a requirement is of, where that is not simply a subject in one year."""
        title = self._titles.get(requirement.of, requirement.of)
        if requirement.over is None:
            return title
        first, last = years_of(requirement, self._year.year)
        years = f"{first or '…'}～{last or '…'}"
        return title + _in_brackets(self._words["years"].format(years), self._lang)

    def _moves(self) -> Iterator[str]:
        for done in self._year.completed:
            text = self._words["done" if done.certain else "maybe"]
            title = self._titles.get(done.subject, done.subject)
            said = text.format(title, self._comma.join(done.by))
            yield said + _in_brackets(articles(done.article), self._lang)
        for cured in self._year.cured:
            title = self._titles.get(cured.subject, cured.subject)
            hours = range_text(cured.hours, self._lang)
            moved = (title, hours, self._speech.counted, cured.from_year, cured.to_year)
            said = self._words["cured"].format(*moved)
            yield said + _in_brackets(articles(cured.article), self._lang)

    # ── activities ──

    def _item(self, activity: ActivityResult) -> Item:
        claimed = range_text(activity.claimed, self._lang)
        return Item(activity, claimed, self._counted(activity), tuple(self._because(activity)))

    def _counted(self, activity: ActivityResult) -> str:
        """The hours that count; of an activity that completes its subject, that it does."""
        if activity.outcome == "completes" and activity.hours == Range(0, 0):
            return self._words["completes"]
        return range_text(activity.hours, self._lang)

    def _because(self, activity: ActivityResult) -> Iterator[str]:
        own = replace(self._speech, own=activity.title)
        for reason in activity.because:
            if reason.hours is not None and reason.hours != Range(0, 0):
                low, high = reason.hours.low or 0, reason.hours.high
                lost = Range(low, high) if high is None or low <= high else Range(high, low)
                yield self._lost(reason, lost, self._cited(reason, own))
            elif reason.code in ("condition", "no_basis", "void", "spent"):
                yield self._cited(reason, own)
        for reason in activity.unknown:
            told = self._evaluation.told(reason, self._year.year, activity.id)
            yield self._words["open"].format(self._cited(told))
        for reason in activity.notes:
            if reason.code in ("unused", "needless"):
                yield self._words["note"].format(self._cited(reason))

    def _lost(self, reason: Reason, lost: Range, because: str) -> str:
        """What is not counted, and why; of what is not known a ceiling takes whatever is beyond it."""
        if lost.low != lost.high and reason.code.startswith("ceiling"):
            return self._words["lost_beyond"].format(because)
        return self._words["lost"].format(range_text(lost, self._lang), self._speech.counted, because)

    # ── what remains to be done ──

    def _open_items(self) -> Iterator[str]:
        for item in self._year.blockers:
            if item.code in ("short", "short_years", "no_policy"):
                continue
            name = f"{item.ids[0]}{self._colon}" if item.ids else ""
            told = self._evaluation.told(item, self._year.year, item.ids[0]) if item.ids else item
            yield name + self._stop.join(t for t in (self._cited(told), self._speech.remedy(told)) if t)

    def _readings(self) -> Iterator[str]:
        for effect in self._year.depends_on:
            option = self._option(effect.reading, effect.option)
            text = self._words["reading"].format(option, VERDICTS[self._lang][effect.verdict])
            name = f"{effect.reading}={effect.option}"
            yield text + _in_brackets(f"{articles(effect.article)}{self._stop}{name}", self._lang)

    def _option(self, reading: str, option: str) -> str:
        for policy in self._evaluation.settled.policies.values():
            if reading in policy.readings:
                return policy.readings[reading].options[option]
        return option

    def _route(self) -> str:
        steps = " → ".join(self._year.route)
        lacking = self._year.route_missing
        missing = self._words["missing"].format(self._comma.join(lacking)) if lacking else ""
        said = self._stop.join(t for t in (steps, missing) if t)
        return f"{self._words['route']}{self._colon}{said}" if said else ""

    def _cited(self, reason: Reason, speech: Speech | None = None) -> str:
        return _cited(reason, speech or self._speech)


def _cited(reason: Reason, speech: Speech) -> str:
    """What a reason says, with its clauses."""
    text = speech.reason(reason)
    return text + _in_brackets(articles(reason.article), speech.lang) if reason.article else text


def _in_brackets(text: str, lang: str) -> str:
    return f"（{text}）" if lang == "zh" else f" ({text})"
