"""Wording: reasons, verdicts and numbers in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from policyhours.assess.result import Reason
from policyhours.language.number import Range, Rational, exact
from policyhours.language.unit import parse_unit, unit_title

VERDICTS: Final = {
    "zh": {
        "met": "达到要求",
        "not_met": "未达到要求",
        "undetermined": "不能确定",
        "not_assessable": "不能评定",
    },
    "en": {
        "met": "met",
        "not_met": "not met",
        "undetermined": "undetermined",
        "not_assessable": "not assessable",
    },
}
_STATUS: Final = {
    "zh": {"illustrative": "示例", "draft": "草稿", "filed": "已备案"},
    "en": {"illustrative": "illustrative", "draft": "a draft", "filed": "filed"},
}

# Each reason by its code, in both languages; `{others}` are the other activities it speaks of, `{u}` is what
# the policy counts in, and what a ceiling is of and over is put together in `_of_ceiling`.
_REASONS: Final = {
    "told": ("{text}", "{text}"),  # as an earlier result told it
    "condition": ("{otherwise}", "{otherwise}"),
    "void": ("{otherwise}", "{otherwise}"),
    "voided": ("已作废", "it is void"),
    "no_basis": ("活动日不在本办法有效期内，没有依据", "the policy was not in force on that day"),
    "spent": ("同一事项{year}年度已认定（{ids}）", "the same matter was counted in {year} ({ids})"),
    "elsewhere": ("同一事项已按{others}认定", "the same matter is counted as {others}"),
    "ceiling": (
        "超过{kinds}每年{ceiling}{u}的上限",
        "beyond the yearly ceiling of {ceiling} {u} for {kinds}",
    ),
    "ceiling_day": (
        "超过{kinds}每天{ceiling}{u}的上限",
        "beyond the daily ceiling of {ceiling} {u} for {kinds}",
    ),
    "ceiling_matter": (
        "超过{several}{matter}{whole}的上限{used}",
        "beyond the ceiling{whole} for {matter}{several}{used}",
    ),
    "ceiling_years": (
        "超过{several}{matter}{years}合计{whole}的上限，本年度只余{ceiling}{u}",
        "beyond the ceiling{whole} for {years} together{several}, which leaves {ceiling} {u} this year",
    ),
    "outside": ("所填的{found}不在{expected}之内", "{found} is not within {expected}"),
    "counts_in": ("分计入{years}年度，每年一份", "counts in {years}, in equal parts"),
    "beyond": (
        "{years}年度没有生效的规则，分到该年度的不能计入",
        "no policy is in force in {years}: that part cannot count",
    ),
    "years_open": ("计入哪一年度尚不能确定", "it is not known in which year it counts"),
    "no_years": ("没有可以计入的年度", "there is no year in which it counts"),
    "fact": ("没有填写“{fact}”{rest}", "“{fact}” is not stated{rest}"),
    "pending": ("尚未登记认定", "not registered yet"),
    "evidence": ("佐证材料不齐", "evidence is missing"),
    "base": ("{otherwise}", "{otherwise}"),
    "base_unknown": ("不能确认基地的认定是否有效", "it is not known whether the base's recognition is valid"),
    "unfiled": ("行业细则尚未规定{u}", "the industry has filed no value yet"),
    "not_yet_filed": (
        "本细则自{day}起适用，此前行业没有规定{u}",
        "the filing applies from {day} on; before that the industry had filed no value",
    ),
    "no_row": ("规则的表中没有这种情形（{fact}）", "the table has no row for this case ({fact})"),
    "may_be_spent": (
        "同一事项{year}年度可能已认定（{ids}）",
        "the same matter may have counted in {year} ({ids})",
    ),
    "attested": ("登记即视为“{fact}”", "registration attests “{fact}”"),
    "may": ("条文写“可以”，由认定机关掌握", "the article says “may”: at the office's discretion"),
    "needless": (
        "按所用的读法，不需要“{fact}”",
        "under the readings in use “{fact}” is not needed",
    ),
    "unused": ("所填“{fact}”对这种方式不起作用", "“{fact}” has no effect on this kind"),
    "no_policy": ("{day}没有生效的规则", "no policy is in force on {day}"),
    "no_policy_at_all": ("没有规则可以评定这些年度", "no policy covers these years"),
    "short": ("{of}尚缺{hours}{u}", "{of} lacks {hours} {u}"),
    "short_years": ("几年合计，{of}尚缺{hours}{u}", "over several years {of} lacks {hours} {u}"),
    "defer": (
        "第十条决定：{remedy}，可补足至{until}年度",
        "decision under article 10: {remedy}, until {until}",
    ),
    "reduce": ("第十条决定：{remedy}为{hours}{u}", "decision under article 10: {remedy}, {hours} {u}"),
    "deemed": ("可以视为已达到继续教育要求", "the requirement may be taken as met"),
    "status": ("{policy} 是{status}", "{policy} is {status}"),
    "switched": ("读法“{reading}”换成了“{option}”", "the reading “{reading}” is switched to “{option}”"),
}
_REMEDIES: Final = {
    "years_open": ("补填确定年度所需的内容", "state what settles the year"),
    "outside": ("核实所填的数", "check the number stated"),
    "fact": ("补填“{fact}”", "state “{fact}”"),
    "pending": ("{remedy}", "have it registered: {remedy}"),
    "evidence": ("{remedy}", "complete the evidence: {remedy}"),
    "base": ("{remedy}", "{remedy}"),
    "base_unknown": (
        "核实基地的授权期、取消日期和认定日期",
        "check the base's authorisation and the day of recognition",
    ),
    "unfiled": ("请行业主管部门在实施细则中规定", "the industry department has to file a value"),
    "not_yet_filed": (
        "请行业主管部门明确此前的活动怎样计算",
        "the industry department has to say how earlier activities count",
    ),
    "no_row": ("请行业主管部门在实施细则中补充", "the industry department has to complete its table"),
    "may_be_spent": ("先确定{year}年度的认定结果", "settle the year {year} first"),
    "no_policy": ("等待后续文件", "wait for a successor text"),
    "short": ("见建议", "see advice"),
    "short_years": ("见建议", "see advice"),
    "condition": ("核实是否适用", "check whether the policy applies"),
}


@dataclass(frozen=True, slots=True)
class Speech:
    """How reasons are put into words.

    Attributes:
        lang: ``zh`` or ``en``.
        titles: the titles of activities and subjects by their ids.
        unit: what the policy counts in: ``hour``, or another such as ``credit``.
        own: the title of the activity that a reason is about; another of that title is told by its id.
    """

    lang: str
    titles: Mapping[str, str]
    unit: str = "hour"
    own: str = ""

    def reason(self, reason: Reason) -> str:
        """What a reason says."""
        return self._fill(_REASONS[reason.code], reason)

    def remedy(self, reason: Reason) -> str:
        """What to do about it; empty where there is nothing to be done."""
        if reason.code not in _REMEDIES:
            return ""
        return self._fill(_REMEDIES[reason.code], reason).removesuffix(": ")

    @property
    def counted(self) -> str:
        """What is counted, in the plural: 学时, hours."""
        return unit_word(self.unit, self.lang)

    def _pick(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _fill(self, texts: tuple[str, str], reason: Reason) -> str:
        words = {"u": self.counted, **reason.words}
        if "of" in words:
            words["of"] = self.titles.get(words["of"], words["of"])
        if "status" in words:
            words["status"] = status_word(words["status"], self.lang)
        for key in ("hours", "ceiling", "whole", "used"):
            if key in words:
                words[key] = mixed(words[key], self.lang)
        if "kinds" in words:
            words |= self._of_ceiling(words)
        more = self._pick("，其余视其而定", "; what else is needed depends on it")
        words["rest"] = more if "rest" in words else ""
        words["ids"] = self._pick("、", ", ").join(reason.ids)
        words["others"] = self._others(reason.ids)
        return self._pick(*texts).format_map(words)

    def _others(self, ids: Sequence[str]) -> str:
        """Other activities by their titles; by their ids where the title does not tell them apart."""
        names = {i: self.titles.get(i, i) for i in ids}
        told = [f"“{name}”" if name != self.own else i for i, name in names.items()]
        text = self._pick("、", ", ").join(dict.fromkeys(told))
        by_id = [not name.startswith("“") for name in told]
        if self.lang != "zh" or not told:
            return text
        return f"{' ' if by_id[0] else ''}{text}{' ' if by_id[-1] else ''}"

    def _of_ceiling(self, words: Mapping[str, str]) -> dict[str, str]:
        """What a ceiling is of, and over; of one kind of activity only a yearly or daily one says which."""
        kinds = words["kinds"].split("\n")
        quoted = [f"“{kind}”" for kind in kinds]
        several = ""
        if len(kinds) > 1:
            several = self._pick(f"{'、'.join(quoted[:-1])}和{quoted[-1]}", f" of {_and(quoted)}")
        together = self._pick(f"{several}合计", f"{_and(quoted)} together") if several else kinds[0]
        matters = [m for m in words.get("matter", "").split("\n") if m]
        same = self._pick("", "each “{}”")
        matter = "、".join(m if m.startswith("同一") else f"同一{m}" for m in matters)
        if self.lang != "zh":
            matter = _and([same.format(m) for m in matters])
        first, last = words.get("first", ""), words.get("last", "")
        years = self._pick("几年", "several years")
        if first:
            years = self._pick(f"{first}～{last}年度", f"{first} to {last}")
        whole, unit = words.get("whole", ""), self.counted
        used = ""
        if not whole:
            left = f"{words['ceiling']} {unit}"
            used = self._pick(f"，本年度最多计{words['ceiling']}{unit}", f", {left} at most this year")
        elif words["used"] != "0":
            used = self._pick(
                f"（以前年度已计{words['used']}{unit}）",
                f" ({words['used']} {unit} counted in earlier years)",
            )
        return {
            "kinds": together,
            "several": several,
            "matter": matter,
            "years": years,
            "whole": self._pick(f"{whole}{unit}", f" of {whole} {unit}") if whole else "",
            "used": used,
        }


def _and(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), *names[-1:]] if len(names) > 1 else names)


def unit_word(unit: str, lang: str) -> str:
    """What is counted, in the plural: 学时, hours."""
    title = unit_title(parse_unit(unit), lang)
    return title if lang == "zh" else f"{title}s"


def reason_text(reason: Reason, lang: str, titles: Mapping[str, str]) -> str:
    """What a reason says, in hours; see `Speech`."""
    return Speech(lang, titles).reason(reason)


def status_word(status: str, lang: str) -> str:
    """A policy's status: 示例, 草稿, 已备案."""
    return _STATUS[lang].get(status, status)


def articles(article: tuple[str, ...]) -> str:
    """The clauses in one text."""
    return "、".join(article)


def exact_text(value: Rational | None) -> str | None:
    """A number for data: ``60`` or ``181/3``; ``None`` stays."""
    return None if value is None else str(exact(value))


def number_text(value: Rational | None, lang: str = "zh") -> str:
    """A number for people: ``60``, ``0.3``, ``60又1/3``."""
    if value is None:
        return "不限" if lang == "zh" else "no end"
    value = exact(value)
    if isinstance(value, int):
        return str(value)
    for places in (1, 2):
        if (value * 10**places).denominator == 1:
            digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
            return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    whole, rest = divmod(value.numerator, value.denominator)
    joint = "又" if lang == "zh" else " "
    return f"{whole}{joint}{rest}/{value.denominator}" if whole else f"{rest}/{value.denominator}"


def mixed(text: str, lang: str) -> str:
    """A number of a reason's words, for people."""
    return text if text == "∞" else number_text(Fraction(text), lang)


def range_text(value: Range, lang: str = "zh") -> str:
    """A range for people: ``60`` where it is certain, else ``50～60``."""
    if value.low == value.high:
        return number_text(value.low, lang)
    if value.high is None:
        return f"≥{number_text(value.low, lang)}"
    return f"{number_text(value.low, lang)}～{number_text(value.high, lang)}"
