"""Wording: causes, heads of columns and outcomes as a clerk reads them."""

from __future__ import annotations

from typing import Final

from policyhours.assess.result import Reason
from policyhours.desk.wording import Speech
from policyhours.roster.results.labels import Labels

HEADS: Final = {
    "person": ("人员编号", "person"),
    "year": ("年度", "year"),
    "policy": ("依据", "policy"),
    "verdict": ("结论", "verdict"),
    "reasons": ("原因代码", "reason codes"),
    "words": ("原因", "reasons"),
    "evaluated": ("逐人核算", "assessed singly"),
    "touched": ("有行被拒收", "rows rejected"),
    "id": ("活动编号", "activity"),
    "kind": ("学习形式", "kind"),
    "date": ("日期", "date"),
    "outcome": ("认定结果", "outcome"),
    "article": ("条文", "article"),
    "claimed": ("申报", "claimed"),
    "counted": ("计入", "counted"),
    "lost": ("未计", "lost"),
    "what": ("变化代码", "change codes"),
    "change": ("变化", "change"),
    "verdict_old": ("原结论", "verdict before"),
    "policy_old": ("原依据", "policy before"),
    "total_old": ("原合计", "total before"),
    "appeared": ("新出现的原因代码", "new reason codes"),
    "gone": ("不再有的原因代码", "gone reason codes"),
}
"""The heads of columns that are no facts, in Chinese and English."""

OUTCOMES: Final = {
    "counted": ("计入", "counted"),
    "partly_counted": ("部分计入", "partly counted"),
    "not_counted": ("不计", "not counted"),
    "counted_elsewhere": ("已按同一事项计入", "counted elsewhere"),
    "completes": ("视为完成", "completes"),
    "void": ("作废", "void"),
    "no_basis": ("没有依据", "no basis"),
    "not_assessed": ("未评定", "not assessed"),
    "uncertain": ("不能确定", "uncertain"),
}
"""What became of an activity, in Chinese and English."""

_FAMILIES: Final = {
    "short": ("{}不足", "{} is lacking"),
    "ceiling": ("{}超过上限", "beyond the ceiling of {}"),
    "condition": ("不符合{}的条件", "a condition of {} fails"),
    "fact": ("没有填写“{}”", "“{}” is not stated"),
}
_CAUSES: Final = {
    "base": ("基地的认定无效", "the base's recognition is not valid"),
    "may_be_spent": ("同一事项以前年度可能已认定", "the same matter may have counted in an earlier year"),
    "spent": ("同一事项以前年度已认定", "the same matter was counted in an earlier year"),
    "elsewhere": ("同一事项已按另一项认定", "the same matter is counted as another activity"),
    "no_basis": ("活动日不在办法有效期内", "no policy was in force on the day of an activity"),
    "void": ("登记已作废", "a registration is void"),
    "no_row": ("规则的表中没有这种情形", "the table of the policy has no row for a case"),
    "outside": ("所填的数不在规则允许的范围内", "a number stated is not within its bounds"),
    "not_yet_filed": ("活动日行业尚未规定", "the industry had filed no value yet"),
    "rejected": ("有行被拒收", "a row was rejected"),
    "too_many": (
        "同一事项可选的组合太多，无法核定",
        "too many ways to choose between activities on one matter",
    ),
    "no_policy": ("年末没有生效的规则", "no policy is in force at the end of the year"),
    "completes": ("视为完成", "a subject counts as completed"),
    "cured": ("由以后年度补足", "made up by a later year"),
    "defer": ("第十条决定：延期", "decision under article 10: deferred"),
    "reduce": ("第十条决定：减免", "decision under article 10: reduced"),
    "counts_in": ("分计入几个年度", "counts in several years"),
    "beyond": ("分到没有规则的年度", "a part falls to a year without a policy"),
}
# These the evaluator's own sentences say as well, for they quote nothing of the case.
_PLAIN: Final = ("pending", "evidence", "base_unknown", "unfiled", "years_open", "no_years", "voided")

_REFUSALS: Final = frozenset(("condition", "base", "spent", "elsewhere", "no_basis", "void", "voided"))
_SETTLED: Final = frozenset(
    ("short", "ceiling", "completes", "cured", "defer", "reduce", "counts_in", "beyond", "no_policy")
)


def family(cause: str) -> str:
    """What a cause begins with: ``fact`` of ``fact:assessment``."""
    return cause.partition(":")[0]


def is_doubt(cause: str) -> bool:
    """Whether a cause leaves something open, rather than settles it."""
    return family(cause) not in _REFUSALS | _SETTLED


def is_refusal(cause: str) -> bool:
    """Whether a cause is why an activity does not count at all."""
    return family(cause) in _REFUSALS


def cause_text(cause: str, labels: Labels) -> str:
    """A cause in words: ``fact:assessment`` is 没有填写“考核结果”; an unknown code stays as it is."""
    kind, _, of = cause.partition(":")
    if kind in _FAMILIES and of:
        named = {"short": labels.requirement, "ceiling": labels.kind, "fact": labels.fact}.get(kind, str)
        return labels.pick(*_FAMILIES[kind]).format(named(of))
    if kind in _PLAIN:
        return Speech(labels.lang, {}, labels.unit).reason(Reason(kind))
    return labels.pick(*_CAUSES[kind]) if kind in _CAUSES else cause


def causes_text(causes: str, labels: Labels) -> str:
    """Causes joined by spaces, in words joined by semicolons."""
    return labels.pick("；", "; ").join(cause_text(cause, labels) for cause in causes.split())
