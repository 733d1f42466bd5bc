"""Figures: what a certificate says of a year, taken from an evaluation that may be certified.

Only a year that is met, official and settled to the last hour is certified (article 12). What blocks it is
told, one finding each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from policyhours.assess.result import Reason, YearResult
from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.answer.record import titles_of
from policyhours.desk.wording import Speech, articles, exact_text, number_text, unit_word
from policyhours.language.number import Rational
from policyhours.language.rules import Rules
from policyhours.text.finding import Finding, Refused
from policyhours.version import VERSION

_LANGUAGES: Final = {"why": "zh", "why_en": "en"}


@dataclass(frozen=True, slots=True)
class Figures:
    """What is certified of a year; every number is an exact text, every other text is Chinese, as printed.

    Attributes:
        policy: ``id@version`` under which the year was assessed.
        under: the document that it encodes, and its article on certificates.
        unit: what is counted: 学时.
        hours: of each subject, by its title.
        required: of the total and of each subject of which something is required, by title.
        basis: completions, decisions (第十条; never their ground) and hours made up for another year.
        title: the person's title or qualification, as the case states it; empty where it states none.
        policies: every policy that took part, with its digest; and `case` is the case's.
        readings: the contested readings that were consulted, with the option chosen.
    """

    year: int
    policy: str
    under: str
    unit: str
    hours: tuple[tuple[str, str], ...]
    total: str
    required: tuple[tuple[str, str], ...]
    basis: tuple[str, ...]
    title: str
    policies: Mapping[str, str]
    case: str
    readings: Mapping[str, str]
    program: str = VERSION

    def data(self) -> dict[str, Any]:
        """The figures as data that JSON can hold; the title apart, which the office may say more exactly."""
        return {
            "year": self.year,
            "policy": self.policy,
            "under": self.under,
            "unit": self.unit,
            "hours": [list(row) for row in self.hours],
            "total": self.total,
            "required": [list(row) for row in self.required],
            "basis": list(self.basis),
            "policies": dict(self.policies),
            "case": self.case,
            "readings": dict(self.readings),
            "program": self.program,
        }


def figures(evaluation: Evaluation, year: int) -> Figures:
    """What a certificate of the year says.

    Raises:
        Refused: where none may be issued, with everything that blocks it.
    """
    blocked = tuple(_blockers(evaluation, year))
    if blocked:
        raise Refused(blocked)
    result = evaluation.result.years[year]
    titles = titles_of(evaluation)
    speech = Speech("zh", titles, evaluation.unit_of(year))
    policy = evaluation.settled.policies[year]
    rules = policy.rules(evaluation.settled.switched)
    return Figures(
        year=year,
        policy=policy.ref,
        under=_under(evaluation, year, rules),
        unit=unit_word(rules.unit, "zh"),
        hours=tuple((titles[s], _exact(hours.low)) for s, hours in result.subjects.items()),
        total=_exact(result.total.low),
        required=tuple(
            (titles[r.of], _exact(r.required.low))
            for r in result.requirements
            if not r.kinds and r.over is None
        ),
        basis=tuple(_basis(result, speech)),
        title=_title(evaluation, year, rules),
        policies={ref: header.digest for ref, header in sorted(evaluation.layers.items())},
        case=evaluation.draft.digest,
        readings=dict(sorted(evaluation.result.readings.items())),
    )


def _blockers(evaluation: Evaluation, year: int) -> Iterator[Finding]:
    """What keeps the certificate of the year from being issued."""
    words = {"year": str(year), "case": evaluation.draft.id}
    result = evaluation.result.years.get(year)
    if result is None:
        known = "、".join(str(y) for y in evaluation.result.years) or "—"
        yield Finding("DK210", None, {**words, "years": known})
        return
    if evaluation.unofficial:
        yield Finding("DK211", None, words | _said(evaluation, result, evaluation.unofficial))
    match result.verdict:
        case "not_met":
            yield Finding("DK212", None, words | _said(evaluation, result, result.blockers))
        case "undetermined":
            yield Finding("DK213", None, words | _said(evaluation, result, result.blockers))
        case "not_assessable":
            why = (result.why,) if result.why is not None else ()
            yield Finding("DK214", None, words | _said(evaluation, result, why))
        case "met":
            yield from _unsettled(evaluation, result, words)


def _unsettled(evaluation: Evaluation, result: YearResult, words: dict[str, str]) -> Iterator[Finding]:
    """What is still open in a year that is met whatever comes of it: no figure may change after issue."""
    open_items = [a for a in result.activities if a.unknown]
    for activity in open_items:
        told = _said(evaluation, result, activity.unknown, activity.id)
        yield Finding("DK215", None, {**words, **told, "activity": activity.id})
    ranges = [result.total, *result.subjects.values(), *(r.required for r in result.requirements)]
    ranges += [moved.hours for moved in result.cured]
    certain = all(r.low == r.high for r in ranges) and all(done.certain for done in result.completed)
    if not certain and not open_items:
        yield Finding("DK216", None, words)


def _said(
    evaluation: Evaluation, year: YearResult, reasons: tuple[Reason, ...], activity: str = ""
) -> dict[str, str]:
    """The reasons in both languages, as the words of a finding."""
    said = {}
    for key, lang in _LANGUAGES.items():
        speech = Speech(lang, titles_of(evaluation), evaluation.unit_of(year.year))
        texts = []
        for reason in reasons:
            own = activity or (reason.ids[0] if reason.ids else "")
            told = evaluation.told(reason, year.year, own) if own else reason
            name = "" if activity or not own else own + ("：" if lang == "zh" else ": ")
            texts.append(name + speech.reason(told))
        said[key] = ("；" if lang == "zh" else "; ").join(dict.fromkeys(texts)) or "—"
    return said


def _under(evaluation: Evaluation, year: int, rules: Rules) -> str:
    """The documents that the year was assessed under, the filing's own first, and the article."""
    headers = evaluation.settled.policies[year].layers
    documents = "、".join(f"《{h.title}》（{h.document}）" for h in headers)
    return documents + (articles(rules.registration.certificate.cited) if rules.registration else "")


def _basis(result: YearResult, speech: Speech) -> Iterator[str]:
    for done in result.completed:
        yield f"{speech.titles.get(done.subject, done.subject)}视为完成（{articles(done.article)}）"
    for reason in result.decided:
        yield speech.reason(reason)
    for moved in result.cured:
        title, hours = speech.titles.get(moved.subject, moved.subject), number_text(moved.hours.low)
        yield (
            f"{title}中{hours}{speech.counted}由{moved.from_year}年度计入{moved.to_year}年度"
            f"（{articles(moved.article)}）"
        )


def _title(evaluation: Evaluation, year: int, rules: Rules) -> str:
    """The title or the qualification by its label, the first of the two that the case states."""
    person = evaluation.settled.case.person_in(year)
    for name in ("title_level", "qualification_level"):
        given, fact = person.get(name), rules.facts.get(name)
        if isinstance(given, str) and given != "none" and fact is not None:
            return f"{fact.title}：{fact.options.get(given, given)}"
    return ""


def _exact(value: Rational | None) -> str:
    text = exact_text(value)
    assert text is not None  # nothing open is certified
    return text
