"""The answer: an evaluation as the sheet (答复单) that an office hands over, a page of A4.

It holds no name: that is written on it by hand. Of a decision it says 第十条决定, never its ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

from policyhours.desk.answer.account import Item, Sum, YearAccount, account
from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.answer.labels import LABELS
from policyhours.desk.answer.picture import MARKS
from policyhours.desk.before.since import Since
from policyhours.desk.before.told import since_lines
from policyhours.desk.certificate.labels import label
from policyhours.desk.html.changes import parts
from policyhours.desk.html.page import fill, page
from policyhours.desk.sentences.origins import only
from policyhours.desk.sentences.provision import VALUES, Provision, cited
from policyhours.desk.sentences.provisions import provisions
from policyhours.desk.wording import articles, number_text, range_text
from policyhours.language.number import Range, as_range
from policyhours.language.pattern import Given, Unknown
from policyhours.language.policy import Policy
from policyhours.language.rules import Fact
from policyhours.version import VERSION

_WORDS: Final = {
    "zh": {
        "sheet": "继续教育学时答复单",
        "lack": "尚缺",
        "lost": "不计",
        "together": "各项活动合计",
        "counts": "逐项认定：申报 － 不计 ＝ 计入",
        "method": "计算方法",
        "receipt": "核对凭据",
        "switched": "换用的读法",
        "adopted": "采用的读法是：",
        "name": "姓名",
        "unit": "单位",
        "by": "经办",
        "checked": "复核",
        "on": "日期（盖章）",
        "again": "用同样的个案、规则和程序可以算出同样的结果；本单不是合格证书。",
    },
    "en": {
        "sheet": "Answer on continuing-education hours",
        "lack": "lacking",
        "lost": "not counted",
        "together": "all activities",
        "counts": "activities: claimed − not counted = counted",
        "method": "how hours are worked out",
        "receipt": "receipt",
        "switched": "readings switched",
        "adopted": "adopted is: ",
        "name": "name",
        "unit": "employer",
        "by": "prepared by",
        "checked": "checked by",
        "on": "date, stamp",
        "again": "The same case, policies and program give the same result. This is no certificate.",
    },
}
_BAR: Final = 1000
"""The parts of a bar."""


def answer_html(evaluation: Evaluation, lang: str = "zh") -> str:
    """The sheet as a page of its own."""
    return answers_html([evaluation], lang)


def answers_html(
    evaluations: Iterable[Evaluation], lang: str = "zh", changes: Iterable[Since | None] = ()
) -> str:
    """Several sheets as one page, each printed on paper of its own.

    Args:
        evaluations: what is answered.
        lang: ``zh`` or ``en``.
        changes: of each, what changed since an earlier result; empty where none was compared.
    """
    from markupsafe import Markup

    since = zip_longest(evaluations, changes)
    bodies = [answer_body(evaluation, lang, changes=found) for evaluation, found in since]
    return page(_WORDS[lang]["sheet"], Markup("\n").join(bodies), lang, "answer")


def answer_body(
    evaluation: Evaluation, lang: str = "zh", *, level: int = 1, changes: Since | None = None
) -> str:
    """The sheet as markup, to stand in a page that has the style ``answer``.

    Args:
        evaluation: what is answered.
        lang: ``zh`` or ``en``.
        level: of its first heading.
        changes: what changed since an earlier result, where it was compared with one.
    """
    told = account(evaluation, lang)
    return fill(
        "answer",
        lang=lang,
        level=level,
        t=LABELS[lang] | _WORDS[lang],
        label={
            key: label(key, lang) for key in ("hours", "required", "policies", "case", "readings", "program")
        },
        case=evaluation.draft.id,
        told=told,
        trial=bool(told.why),
        colon="：" if lang == "zh" else ": ",
        years=[_year(evaluation, year, lang) for year in told.years],
        changes=[] if changes is None else parts(since_lines(changes, evaluation, lang)),
        methods=_methods(evaluation),
        receipt=_receipt(evaluation),
        program=f"policyhours {VERSION}",
    )


def _year(evaluation: Evaluation, year: YearAccount, lang: str) -> dict[str, Any]:
    """One year: what a template can't say by itself beside what is told."""
    return {
        "told": year,
        "mark": MARKS[year.verdict],
        "sums": [_sum(one, lang) for one in year.sums],
        "rows": [_row(evaluation, year.year, item, lang) for item in _items(evaluation, year)],
        "foot": _foot(year.items, lang),
    }


def _sum(one: Sum, lang: str) -> dict[str, Any]:
    sure, may = one.bar(_BAR)
    required = one.requirement
    return {
        "name": one.name,
        "have": range_text(one.have, lang),
        "required": range_text(required.required, lang) if required else "",
        "lack": range_text(required.shortfall, lang) if required else "",
        "mark": MARKS[required.verdict] if required else "",
        "article": articles(required.article) if required else "",
        "sure": sure,
        "may": may - sure,
    }


def _items(evaluation: Evaluation, year: YearAccount) -> Iterable[Item]:
    """The activities of a year, also of one that can't be assessed; there nothing is said of their hours."""
    if year.items:
        return year.items
    return [Item(activity, "—", "—", ()) for activity in evaluation.result.years[year.year].activities]


def _row(evaluation: Evaluation, year: int, item: Item, lang: str) -> dict[str, Any]:
    found = item.result
    known = found.outcome != "not_assessed"
    return {
        "id": found.id,
        "title": found.title,
        "day": found.day.isoformat(),
        "stated": _stated(evaluation, year, found.id),
        "article": _article(evaluation, year, found.kind),
        "claimed": item.claimed,
        "lost": _difference(found.claimed, found.hours, lang) if known else "—",
        "counted": item.counted,
        "because": item.because,
    }


def _foot(items: tuple[Item, ...], lang: str) -> dict[str, str] | None:
    """The sums of the columns; ``None`` where one of them is a range: those of a year are no mere sums."""
    spans = [span for item in items for span in (item.result.claimed, item.result.hours)]
    if len(items) < 2 or any(span.low != span.high for span in spans):
        return None
    claimed = sum((item.result.claimed.low or 0 for item in items), start=0)
    counted = sum((item.result.hours.low or 0 for item in items), start=0)
    parts = {"claimed": claimed, "lost": claimed - counted, "counted": counted}
    return {name: number_text(value, lang) for name, value in parts.items()}


def _difference(claimed: Range, counted: Range, lang: str) -> str:
    """What does not count of what is claimed; empty where that is not known, and the reasons tell."""
    if (
        claimed.low is None
        or claimed.low != claimed.high
        or counted.low is None
        or counted.low != counted.high
    ):
        return ""
    return number_text(claimed.low - counted.low, lang)


def _stated(evaluation: Evaluation, year: int, activity: str) -> list[str]:
    """The numbers and choices that are stated of an activity; free text, such as a title, is left out."""
    policy = evaluation.settled.policies.get(year)
    facts = policy.rules().facts if policy is not None else {}
    stated = next(a.facts for a in evaluation.settled.case.activities if a.id == activity)
    return [text for name, given in stated.items() if name in facts and (text := _fact(facts[name], given))]


def _fact(fact: Fact, given: Given) -> str:
    if isinstance(given, str) and given in fact.options:
        return f"{fact.title}：{fact.options[given]}"
    if fact.kind in ("integer", "number") and not isinstance(given, Unknown | bool | str):
        span = as_range(given)
        return f"{fact.title}{range_text(span)}"
    return ""


def _article(evaluation: Evaluation, year: int, kind: str) -> str:
    """The clause by which a kind of activity counts."""
    policy = evaluation.settled.policies.get(year)
    standard = policy.rules().standards.get(kind) if policy is not None else None
    return articles(standard.origin.article[-1:]) if standard is not None else ""


def _methods(evaluation: Evaluation) -> list[dict[str, str]]:
    """How the hours of the activities are worked out, by the provisions of each policy that took part."""
    kinds: dict[Policy, dict[str, None]] = {}
    for year, result in evaluation.result.years.items():
        policy = evaluation.settled.policies.get(year)
        if policy is not None:
            standards = policy.rules().standards
            kinds.setdefault(policy, {}).update(
                {a.kind: None for a in result.activities if a.kind in standards}
            )
    switched = evaluation.settled.switched
    return [method for policy, of in kinds.items() for method in _together(_used(policy, list(of), switched))]


def _together(used: Iterable[Provision]) -> list[dict[str, str]]:
    """Provisions that say the same of several kinds, once, each with its clauses."""
    told: dict[str, list[Provision]] = {}
    for provision in used:
        told.setdefault(provision.text.removeprefix(f"{provision.title}："), []).append(provision)
    return [
        {
            "titles": "、".join(p.title + (cited(p) if len(those) > 1 else "") for p in those),
            "text": text + (cited(those[0]) if len(those) == 1 else ""),
        }
        for text, those in told.items()
    ]


def _used(policy: Policy, kinds: list[str], switched: Mapping[str, str]) -> Iterator[Provision]:
    """What the policy says of the hours of these kinds, then of the values that it needs for that."""
    said = provisions(policy, switched=switched)
    wanted = {id(p): p for kind in kinds for p in only(kind, policy, said)}
    keys = {f"{kind}.{part}" for kind in kinds for part in ("hours", "completes")}
    yield from (p for p in wanted.values() if p.key in keys)
    yield from (p for p in said if id(p) in wanted and p.section == VALUES)


def _receipt(evaluation: Evaluation) -> dict[str, Any]:
    """By what the result can be worked out again."""
    readings = {name: r for policy in evaluation.policies for name, r in policy.readings.items()}
    chosen = sorted(evaluation.result.readings.items())
    return {
        "policies": sorted(evaluation.layers.values(), key=lambda header: header.ref),
        "case": evaluation.draft.digest,
        "readings": [
            (name, option, readings[name].options[option]) for name, option in chosen if name in readings
        ],
        "switched": [
            (name, readings[name].question, readings[name].options[option], readings[name].adopted)
            for name, option in evaluation.settled.switched.items()
            if name in readings and option != readings[name].adopted
        ],
    }
