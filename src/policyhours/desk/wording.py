"""Wording: reasons, verdicts and numbers in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policyhours.assess.result import Reason
from policyhours.language.number import Range, Rational, exact

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
    "zh": {"illustrative": "示例", "draft": "草稿"},
    "en": {"illustrative": "illustrative", "draft": "a draft"},
}

# Each reason by its code, in both languages; `{others}` are the titles of the other activities it speaks of.
_REASONS: Final = {
    "condition": ("{otherwise}", "{otherwise}"),
    "void": ("{otherwise}", "{otherwise}"),
    "voided": ("已作废", "it is void"),
    "no_basis": ("活动日不在本办法有效期内，没有依据", "the policy was not in force on that day"),
    "spent": ("同一事项{year}年度已认定（{ids}）", "the same matter was counted in {year} ({ids})"),
    "elsewhere": ("同一事项已按{others}认定", "the same matter is counted as {others}"),
    "ceiling": (
        "超过{kinds}每年{ceiling}学时的上限",
        "beyond the yearly ceiling of {ceiling} hours for {kinds}",
    ),
    "ceiling_day": (
        "超过{kinds}每天{ceiling}学时的上限",
        "beyond the daily ceiling of {ceiling} hours for {kinds}",
    ),
    "ceiling_matter": (
        "超过{kinds}每一事项的上限，本年度最多计{ceiling}学时",
        "beyond the ceiling for one matter of {kinds}, {ceiling} hours at most this year",
    ),
    "ceiling_years": (
        "超过{kinds}几年合计的上限，本年度最多计{ceiling}学时",
        "beyond the ceiling of several years for {kinds}, {ceiling} hours at most this year",
    ),
    "outside": ("所填{found}学时不在{expected}学时之内", "{found} hours are not within {expected}"),
    "counts_in": ("分计入{years}年度，每年一份", "counts in {years}, in equal parts"),
    "beyond": (
        "{years}年度没有生效的规则，分到该年度的不能计入",
        "no policy is in force in {years}: that part cannot count",
    ),
    "years_open": ("计入哪一年度尚不能确定", "it is not known in which year it counts"),
    "no_years": ("没有可以计入的年度", "there is no year in which it counts"),
    "fact": ("没有填写“{fact}”", "“{fact}” is not stated"),
    "pending": ("尚未登记认定", "not registered yet"),
    "evidence": ("佐证材料不齐", "evidence is missing"),
    "base": ("{otherwise}", "{otherwise}"),
    "base_unknown": ("不能确认基地的认定是否有效", "it is not known whether the base's recognition is valid"),
    "unfiled": ("行业细则尚未规定学时", "the industry has filed no value yet"),
    "no_row": ("规则的表中没有这种情形（{fact}）", "the table has no row for this case ({fact})"),
    "may_be_spent": (
        "同一事项{year}年度可能已认定（{ids}）",
        "the same matter may have counted in {year} ({ids})",
    ),
    "attested": ("登记即视为“{fact}”", "registration attests “{fact}”"),
    "may": ("条文写“可以”，由认定机关掌握", "the article says “may”: at the office's discretion"),
    "unused": ("所填“{fact}”对这种方式不起作用", "“{fact}” has no effect on this kind"),
    "no_policy": ("{day}没有生效的规则", "no policy is in force on {day}"),
    "no_policy_at_all": ("没有规则可以评定这些年度", "no policy covers these years"),
    "short": ("{of}尚缺{hours}学时", "{of} lacks {hours} hours"),
    "short_years": ("几年合计，{of}尚缺{hours}学时", "over several years {of} lacks {hours} hours"),
    "defer": (
        "第十条决定：{remedy}，可补足至{until}年度",
        "decision under article 10: {remedy}, until {until}",
    ),
    "reduce": ("第十条决定：{remedy}为{hours}学时", "decision under article 10: {remedy}, {hours} hours"),
    "deemed": ("可以视为已达到继续教育要求", "the requirement may be taken as met"),
    "status": ("{policy} 是{status}", "{policy} is {status}"),
    "switched": ("读法“{reading}”换成了“{option}”", "the reading “{reading}” is switched to “{option}”"),
}
_REMEDIES: Final = {
    "years_open": ("补填确定年度所需的内容", "state what settles the year"),
    "outside": ("核实所填学时", "check the hours stated"),
    "fact": ("补填“{fact}”", "state “{fact}”"),
    "pending": ("{remedy}", "have it registered: {remedy}"),
    "evidence": ("{remedy}", "complete the evidence: {remedy}"),
    "base": ("{remedy}", "{remedy}"),
    "base_unknown": (
        "核实基地的授权期、取消日期和认定日期",
        "check the base's authorisation and the day of recognition",
    ),
    "unfiled": ("请行业主管部门在实施细则中规定", "the industry department has to file a value"),
    "no_row": ("请行业主管部门在实施细则中补充", "the industry department has to complete its table"),
    "may_be_spent": ("先确定{year}年度的认定结果", "settle the year {year} first"),
    "no_policy": ("等待后续文件", "wait for a successor text"),
    "short": ("见建议", "see advice"),
    "short_years": ("见建议", "see advice"),
    "condition": ("核实是否适用", "check whether the policy applies"),
}


def reason_text(reason: Reason, lang: str, titles: Mapping[str, str]) -> str:
    """What a reason says; `titles` gives the titles of activities and subjects by their ids."""
    return _fill(_REASONS[reason.code], reason, lang, titles)


def remedy_text(reason: Reason, lang: str, titles: Mapping[str, str]) -> str:
    """What to do about it; empty where there is nothing to be done."""
    return _fill(_REMEDIES[reason.code], reason, lang, titles) if reason.code in _REMEDIES else ""


def _fill(texts: tuple[str, str], reason: Reason, lang: str, titles: Mapping[str, str]) -> str:
    words = dict(reason.words)
    if "of" in words:
        words["of"] = titles.get(words["of"], words["of"])
    if "status" in words:
        words["status"] = _STATUS[lang].get(words["status"], words["status"])
    for key in ("hours", "ceiling"):
        if key in words:
            words[key] = mixed(words[key], lang)
    comma = "、" if lang == "zh" else ", "
    words["ids"] = comma.join(reason.ids)
    words["others"] = comma.join(dict.fromkeys(f"“{titles.get(i, i)}”" for i in reason.ids))
    return texts[0 if lang == "zh" else 1].format_map(words)


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
    from fractions import Fraction

    return text if text == "∞" else number_text(Fraction(text), lang)


def range_text(value: Range, lang: str = "zh") -> str:
    """A range for people: ``60`` where it is certain, else ``50～60``."""
    if value.low == value.high:
        return number_text(value.low, lang)
    if value.high is None:
        return f"≥{number_text(value.low, lang)}"
    return f"{number_text(value.low, lang)}～{number_text(value.high, lang)}"
