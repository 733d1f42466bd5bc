"""Explaining columns: what each means, which kinds of activity need it, and under which articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from policyhours.language.rules import Rules, Standard
from policyhours.roster.intake.columns import Column, Table, described
from policyhours.roster.intake.fixed import FIXED

_MEANS: Final = {
    "id": "一行一个编号，不要用姓名和身份证号",
    "person": "与人员表中的编号相同",
    "kind": "按哪一种学习形式认定",
    "date": "须考核的填完成日，其他填活动日",
    "from": "活动开始的日期",
    "status": "不填即已登记",
    "evidence": "不填即齐全",
    "recognised_by": "由基地认定的，填基地编号",
    "recognised_on": "基地作出认定的日期",
    "year": "决定针对哪个年度",
    "ground": "伤、病、孕等原因",
    "remedy": "顺延到以后年度，或减少当年学时",
    "until": "顺延的，最迟在哪个年度补足",
    "required_hours": "减少的，减少后应完成的总学时",
    "certified_by": "由谁证明",
    "decided_by": "作出决定的机关",
    "decided_on": "作出决定的日期",
    "level": "基地的级别",
    "authorised_from": "授权的第一天",
    "authorised_until": "授权的最后一天",
    "revoked_on": "权限被取消之日",
}
_ATTESTED: Final = "完成登记即视为属实，不必另填；不属实的填否"
_MATTER: Final = "同一事项填同一个编号，只认定一次"
_FEW: Final = 20


@dataclass(frozen=True, slots=True)
class Explanation:
    """A column in the words of a clerk.

    Attributes:
        when: whether and when it has to be filled in.
        holds: what may be written.
        kinds: the kinds of activity that need it; empty where it does not depend on the kind.
        articles: where that is laid down.
    """

    column: Column
    head: str
    when: str
    holds: str
    kinds: str
    articles: str


def explained(table: Table, columns: Sequence[Column], rules: Sequence[Rules]) -> Iterator[Explanation]:
    """What each column means under these rules."""
    fixed = {column.id for column in FIXED[table]}
    for column in columns:
        own = column.id in fixed
        readers = [] if own or table != "activities" else list(_readers(column.id, rules))
        articles = dict.fromkeys(
            a for each, standard in readers for a in _articles(column.id, standard, each)
        )
        yield Explanation(
            column,
            head(column),
            _when(column, own, rules),
            _holds(column),
            "、".join(dict.fromkeys(standard.title for _, standard in readers)),
            "、".join(articles),
        )


def head(column: Column) -> str:
    """The head of a column: its title, with the unit where it has one."""
    return f"{column.title}（{column.unit_word}）" if column.unit_word else column.title


def _when(column: Column, own: bool, rules: Sequence[Rules]) -> str:
    means = _MEANS.get(column.id, "") if own else ""
    if not own and attested(column, rules):
        means = _ATTESTED
    if not own and any(_tells_matters(column.id, each) for each in rules):
        means = _MATTER
    must = "必填" if column.needed else ""
    return "；".join(part for part in (must, means) if part)


def attested(column: Column, rules: Sequence[Rules]) -> bool:
    """Whether registration itself establishes the fact under all the rules that know it."""
    facts = [each.facts[column.id] for each in rules if column.id in each.facts]
    return bool(facts) and all(fact.attested is not None for fact in facts)


def _holds(column: Column) -> str:
    words = described(column)
    return words if len(column.options) <= _FEW else f"{len(column.options)}种，见下拉列表"


def _tells_matters(fact: str, rules: Rules) -> bool:
    """Whether activities are one matter where they agree in the fact."""
    return any(fact in facts for several in rules.identities.values() for facts in several)


def _readers(fact: str, rules: Sequence[Rules]) -> Iterator[tuple[Rules, Standard]]:
    """The kinds of activity for which the fact matters."""
    for each in rules:
        for standard in each.standards.values():
            tied = any(fact in facts for facts in each.identities.get(standard.id, ()))
            if fact in standard.matters or tied:
                yield each, standard


def _articles(fact: str, standard: Standard, rules: Rules) -> Iterator[str]:
    """The clauses that ask for the fact: of the conditions that name it, else of the value."""
    if _tells_matters(fact, rules):
        yield from rules.once.article if rules.once is not None else ()
        return
    conditions = [c for c in standard.requires if fact in {name for name, _ in c.patterns}]
    for condition in conditions:
        yield from condition.origin.article
    if not conditions:
        yield from standard.worth.article
