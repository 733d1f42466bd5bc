"""Since, told: what changed since an earlier result, line by line and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.answer.labels import LABELS
from policyhours.desk.answer.stated import DIGEST, UNKNOWN, facts_of, kind_titles
from policyhours.desk.before.since import Cause, Other, Since
from policyhours.desk.changes.compared import Line, review_line, year_lines
from policyhours.desk.changes.comparison import review_data, year_data
from policyhours.desk.wording import mixed
from policyhours.language.rules import Fact

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {
        "head": "与以前的结果相比",
        "count": "{n}个年度有变化，其中{flips}个结论改变",
        "same": "各年度的结论和学时都没有变化",
        "official": "{before} → {after}",
        "stated": "改动了什么",
        "behind": "缘由：",
        "elsewhere": "缘由（在别的年度）：",
        "activity": "{of}（{title}）",
        "person": "人员情况",
        "decision": "第十条决定（{of}年度）",
        "title_review": "职称评审",
        "policy": "依据",
        "years": "（{years}年度）",
        "content": "{of} 的内容有改动，版本号没有变",
        "layers": "所依据的文件",
        "reading": "读法",
        "program": "程序版本",
        "case": "个案有改动，但改动的是结果中不记的内容",
        "unexplained": "个案、规则、读法和程序都没有变，结果却不同："
        "以前的结果可能被改动过，请用当时的个案重新评定",
        "new": "新增",
        "gone": "删去",
        "none": "没有",
        "text": "换了一个",
        "stated_now": "已填",
    },
    "en": {
        "head": "compared with the earlier result",
        "count": "years that changed: {n}, with another verdict: {flips}",
        "same": "no verdict and no hours of any year changed",
        "official": "{before} → {after}",
        "stated": "what is other than before",
        "behind": "because: ",
        "elsewhere": "because (in other years): ",
        "activity": "{of} ({title})",
        "person": "the person",
        "decision": "decision under article 10 ({of})",
        "title_review": "title review",
        "policy": "policy",
        "years": " ({years})",
        "content": "{of} has another content under the same version",
        "layers": "the texts it rests on",
        "reading": "reading",
        "program": "release",
        "case": "the case has changed, in what a result does not record",
        "unexplained": "case, policies, readings and program are the same, yet the result is another: the "
        "earlier one may have been altered; assess the former case again",
        "new": "new",
        "gone": "gone",
        "none": "none",
        "text": "another one",
        "stated_now": "stated",
    },
}
_KEYS: Final[Mapping[str, tuple[str, str]]] = {
    "kind": ("方式", "kind"),
    "date": ("日期", "date"),
    "status": ("登记状态", "status"),
    "evidence": ("佐证材料", "evidence"),
    "year": ("年度", "year"),
    "remedy": ("处理", "remedy"),
    "until": ("补足期限", "until"),
    "required_hours": ("应完成学时", "hours required"),
}
_VALUES: Final[Mapping[str, tuple[str, str]]] = {
    "registered": ("已登记", "registered"),
    "pending": ("待登记", "pending"),
    "void": ("已作废", "void"),
    "complete": ("齐全", "complete"),
    "missing": ("不齐", "missing"),
    "defer": ("顺延", "defer"),
    "reduce": ("减少", "reduce"),
    "true": ("是", "yes"),
    "false": ("否", "no"),
    UNKNOWN: ("不清楚", "unknown"),
}
_BRIEF: Final = ("date", "hours", "days", "minutes", "remedy", "until", "required_hours")
"""What is told of something that came or went."""


def since_lines(found: Since, evaluation: Evaluation, lang: str = "zh") -> Iterator[Line]:
    """What changed, line by line: what is other than before, then every year with why."""
    yield from _Teller(evaluation, lang).lines(found)


def since_data(found: Since, evaluation: Evaluation, lang: str = "zh") -> dict[str, Any]:
    """The same as data that JSON can hold; numbers are exact texts."""
    teller = _Teller(evaluation, lang)
    return {
        "official": {"before": found.official[0], "after": found.official[1]},
        "causes": [teller.cause_data(cause) for cause in found.causes],
        "years": [
            {
                **year_data(year.change, lang),
                "untouched": [a.id for a in year.change.activities if a.untouched],
                "causes": [found.causes.index(cause) for cause in year.causes],
                "elsewhere": year.elsewhere,
            }
            for year in found.years
        ],
        "title_review": None if found.review is None else review_data(found.review),
    }


class _Teller:
    def __init__(self, evaluation: Evaluation, lang: str) -> None:
        self._facts: Mapping[str, Fact] = facts_of(evaluation)
        self._readings = {n: r for policy in evaluation.policies for n, r in policy.readings.items()}
        self._kinds = kind_titles(evaluation)
        self._lang, self._words = lang, _WORDS[lang]
        self._colon, self._comma, self._stop = ("：", "，", "；") if lang == "zh" else (": ", ", ", "; ")

    def lines(self, found: Since) -> Iterator[Line]:
        words = self._words
        yield Line(words["head"], "head")
        if found.official[0] != found.official[1]:
            kinds = [LABELS[self._lang]["official" if side else "trial"] for side in found.official]
            yield Line(words["official"].format(before=kinds[0], after=kinds[1]), "part")
        if found.causes:
            yield Line(words["stated"] + self._colon, "part")
            yield from (Line(self.cause(cause), "item") for cause in found.causes)
        for year in found.years:
            yield Line("")
            yield from year_lines(year.change, self._lang)
            label = words["elsewhere" if year.elsewhere else "behind"]
            yield from (Line(label + self.cause(cause), "behind") for cause in year.causes)
        if found.review is not None:
            yield Line("")
            yield review_line(found.review, self._lang)
        yield Line("")
        flips = sum(year.change.flips and None not in year.change.verdicts for year in found.years)
        text = words["count"].format(n=len(found.years), flips=flips) if found.years else words["same"]
        yield Line(text)

    def cause(self, cause: Cause) -> str:
        """A cause in words."""
        name = self._words[cause.kind].format(of=cause.of, title=cause.title)
        if cause.kind == "policy" and cause.years:
            years = "、".join(str(year) for year in sorted(cause.years))
            name += self._words["years"].format(years=years)
        if cause.change == "other":
            said = self._comma.join(self._other(other) for other in cause.what)
            return f"{name}{self._colon}{said}" if said else name
        stated = {other.key: other.after or other.before or "" for other in cause.what}
        brief = self._comma.join(self._brief(key, stated[key]) for key in _BRIEF if key in stated)
        told = f"{self._words[cause.change]} {name}"
        return f"{told}{self._colon}{brief}" if brief else told

    def cause_data(self, cause: Cause) -> dict[str, Any]:
        """A cause as data that JSON can hold."""
        return {
            "kind": cause.kind,
            "of": cause.of,
            "change": cause.change,
            "what": [{"key": o.key, "before": o.before, "after": o.after} for o in cause.what],
            "years": None if cause.years is None else sorted(cause.years),
            "text": self.cause(cause),
        }

    def _brief(self, key: str, value: str) -> str:
        said = self._value(key, value)
        return said if key in ("date", "remedy") else f"{self._key(key)} {said}"

    def _other(self, other: Other) -> str:
        if other.key.partition("@")[2]:  # a text that came or went
            return f"{self._words['new' if other.before is None else 'gone']} {other.key}"
        before, after = (self._value(other.key, side) for side in (other.before, other.after))
        free = [side is not None and side.startswith(DIGEST) for side in (other.before, other.after)]
        said = self._words["text"] if all(free) else f"{before} → {after}"
        return f"{self._key(other.key)} {said}".lstrip()

    def _key(self, key: str) -> str:
        if key in self._readings:
            return self._readings[key].question
        if key in self._facts:
            return self._facts[key].title
        return _KEYS[key][self._lang != "zh"] if key in _KEYS else ""

    def _value(self, key: str, value: str | None) -> str:
        if value is None:
            return self._words["none"]
        if value.startswith(DIGEST):
            return self._words["stated_now"]
        if key in self._readings:
            return self._readings[key].options.get(value, value)
        if key == "kind":
            return self._kinds.get(value, value)
        fact = self._facts.get(key)
        if fact is not None and value in fact.options:
            return fact.options[value]
        if fact is not None and fact.kind in ("integer", "number") and value.replace("/", "").isdecimal():
            return mixed(value, self._lang)
        return _VALUES[value][self._lang != "zh"] if value in _VALUES else value
