"""Provisions: a resolved policy as Chinese sentences, generated from the data and never stored.

Someone who knows the regulation can check the policy by reading them: every number, condition and 可以 of the
file comes out in a sentence with its articles and, where it was filed by an industry, its origin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from policyhours.desk.phrase import (
    amounts_phrase,
    condition_phrase,
    expression_phrase,
    pattern_phrase,
)
from policyhours.desk.slots import Leeway, leeways
from policyhours.desk.wording import articles, number_text
from policyhours.desk.years import span_phrase
from policyhours.language.addresses import said
from policyhours.language.calculator import Calculator, Quantity
from policyhours.language.expression import Table, Unfiled
from policyhours.language.header import Header
from policyhours.language.number import Rational, as_range
from policyhours.language.pattern import Anything
from policyhours.language.policy import Policy
from policyhours.language.rules import Ceiling, Condition, Conditions, Origin, Span, Standard
from policyhours.language.unit import parse_unit, unit_title
from policyhours.language.values import TOTAL
from policyhours.language.words import child, entries_at, flag_at, text_at, texts_at
from policyhours.text.tree import Node

VALUES: Final = "数和算法"
"""The section of the named values."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One sentence of the rendered policy.

    Attributes:
        key: the address of what it says, such as ``paper.hours``.
        title: the Chinese title of what it says something of: a value, a standard, a section.
        standard: the kind of activity that it belongs to, if it belongs to one.
        source: the text in which it stands.
        own: whether that is the policy's own file, not one above it.
        leeway: what an industry may set here, if anything.
    """

    section: str
    key: str
    text: str
    article: tuple[str, ...]
    may: bool
    origin: Origin
    own: bool
    title: str
    standard: str | None
    source: Header
    leeway: Leeway | None


def provisions(
    policy: Policy, upper: Policy | None = None, switched: Mapping[str, str] | None = None
) -> list[Provision]:
    """The policy under its adopted readings, sentence by sentence, in the order of the regulation.

    Args:
        policy: the policy.
        upper: for a filing, the text that it implements; it says what an industry may set.
        switched: readings to be taken otherwise than adopted (reading → option), where the policy has them.
    """
    taken = {name: option for name, option in (switched or {}).items() if name in policy.readings}
    return list(_Clerk(policy, upper, taken).all())


class _Clerk:
    def __init__(self, policy: Policy, upper: Policy | None, switched: Mapping[str, str]) -> None:
        self._policy, self._rules = policy, policy.rules(switched)
        rules = self._rules
        self._hour = unit_title(parse_unit(rules.unit))
        self._kinds = {standard.title: standard.id for standard in rules.standards.values()}
        self._headers = {header.ref: header for header in policy.layers}
        self._leeways = leeways(policy, upper)
        self._values_said = policy.values(switched)
        self._titles = {TOTAL: f"总{self._hour}"} | {f.id: f.title for f in rules.facts.values()}
        self._titles |= {s.id: f"{s.title}{self._hour}" for s in rules.subjects.values()}
        self._keys = dict(rules.keys)
        for entry in entries_at(policy.tree.get("values")):
            self._titles[entry.key] = text_at(child(entry.value, "title"), entry.key)
            measured = self._values_said.measure(entry.key) if entry.key not in self._keys else None
            self._keys |= {} if measured is None else {entry.key: measured}

    def all(self) -> Iterator[Provision]:
        yield from self._scope()
        yield from self._requirements()
        yield from self._values()
        for standard in self._rules.standards.values():
            yield from self._standard(standard)
        yield from self._joint_ceilings()
        yield from self._procedure()
        yield from self._readings()

    def _say(
        self,
        section: str,
        key: str,
        text: str,
        origin: Origin,
        *,
        may: bool = False,
        article: tuple[str, ...] = (),
    ) -> Provision:
        kind = self._kinds.get(section)
        return Provision(
            section=section,
            key=key,
            text=text,
            article=article or origin.article,
            may=may,
            origin=origin,
            own=origin.policy == self._policy.ref,
            title=self._titles.get(key, section) if section == VALUES else section,
            standard=kind,
            source=self._headers.get(origin.policy, self._policy.header),
            leeway=self._leeways.get(key) if kind or section == VALUES else None,
        )

    def _conditions(
        self, conditions: Conditions | None, section: str, key: str, start: str
    ) -> Iterator[Provision]:
        for condition in conditions.requires if conditions else ():
            yield self._condition(condition, section, key, start)

    def _condition(self, condition: Condition, section: str, key: str, start: str) -> Provision:
        phrase = condition_phrase(condition, self._keys)
        limited = any(not isinstance(pattern, Anything) for _, pattern in condition.patterns)
        text = f"{start}{phrase}；否则：{condition.otherwise}。" if limited else f"{phrase}。"
        return self._say(section, key, text, condition.origin, may=condition.may)

    # ── who and how much ──

    def _scope(self) -> Iterator[Provision]:
        rules = self._rules
        yield from self._conditions(rules.scope, "适用范围", "scope", "适用于：")
        if rules.term is not None:
            header = self._headers.get(rules.term.policy, self._policy.header)
            yield self._say("适用范围", "in_force", term_text(header), rules.term)

    def _requirements(self) -> Iterator[Provision]:
        for requirement in self._rules.requirements:
            titles = [f"“{self._rules.standards[k].title}”" for k in sorted(requirement.kinds)]
            title = f"{'、'.join(titles)}的{self._hour}" if titles else self._titles[requirement.of]
            amount = self._phrase(requirement.hours)
            text = f"{self._years(requirement.over)}{title}不少于：{amount}。"
            yield self._say("每年的要求", f"requirement.{requirement.of}", text, requirement.origin)

    def _phrase(self, quantity: Quantity) -> str:
        return expression_phrase(quantity.stated, self._titles, self._keys)

    def _years(self, over: Span | None) -> str:
        """For what years a limit holds."""
        if over is None:
            return "每年"
        return f"{self._span(over.first, over.last)}合计，"

    def _span(self, first: Quantity, last: Quantity) -> str:
        """A stretch of years, relative to the one at hand."""
        return span_phrase(first.stated, last.stated, self._titles, self._keys)

    def _values(self) -> Iterator[Provision]:
        values = self._values_said
        for entry in entries_at(self._policy.tree.get("values")):
            named = values.named(entry.key)
            amount = self._phrase(named)
            unit = unit_title(named.unit) if named.unit else ""
            text = f"{self._titles[entry.key]}：{amount}{f'（{unit}）' if unit else ''}。"
            node = entry.value
            if (
                child(node, "industry_may") is not None
                and (leeway := self._leeways.get(entry.key)) is not None
            ):
                text += leeway.said
            if child(node, "decision_may") is not None:
                span = self._rules.decidable[entry.key]
                text += f"第十条的决定可以为一人一年改定，{number_text(span.low)}至{number_text(span.high)}。"
            origin = Origin(self._policy.policy_of(node), texts_at(child(node, "article")), node.place)
            yield self._say(VALUES, entry.key, text, origin, may=flag_at(child(node, "may")))

    # ── standards ──

    def _standard(self, standard: Standard) -> Iterator[Provision]:
        rules = self._rules
        section = standard.title
        subject = rules.subjects[standard.subject].title
        then = "".join(f"，{subject}已达到要求的，余下的计入{rules.subjects[s].title}" for s in standard.then)
        yield self._say(section, standard.id, f"计入{subject}{then}。", standard.origin)
        for condition in standard.requires:
            yield self._condition(condition, section, f"{standard.id}.requires", "须符合：")
        if standard.hours is not None:
            amount = self._phrase(standard.hours)
            node = self._said(standard.id, "hours")
            origin = standard.origin
            if node is not None:
                origin = Origin(self._policy.policy_of(node), texts_at(child(node, "article")), node.place)
            unfiled = isinstance(standard.hours.expression, Unfiled)
            text = f"{self._hour}：{amount}。" + (self._open(standard) if unfiled else "")
            article = origin.article or standard.origin.article[-1:]
            yield self._say(section, f"{standard.id}.hours", text, origin, may=standard.may, article=article)
        for ceiling in rules.ceilings:
            if ceiling.of == frozenset({standard.id}):
                node = said(self._policy.tree, standard.id, "ceiling")
                main = node is not None and node.place == ceiling.origin.place
                lowered = main and text_at(child(node, "industry_may")) == "tighten"
                text = self._most(ceiling) + ("行业实施细则可以降低。" if lowered else "")
                key = f"{standard.id}.ceiling" if main else "ceilings"
                yield self._say(section, key, text, ceiling.origin)
        if standard.counts_in is not None:
            span = self._span(standard.counts_in.first, standard.counts_in.last)
            one = standard.counts_in.first.stated == standard.counts_in.last.stated
            text = f"计入{_in_year(span)}。" if one else f"平均计入{span}的各年度。"
            yield self._say(section, f"{standard.id}.years", text, standard.origin)
        if standard.completes is not None:
            done = standard.completes
            span = self._span(done.first, done.last)
            one = done.first.stated == done.last.stated
            span = _in_year(span) if one else f"{span}的各年度"
            whole = "全部要求" if done.subject == TOTAL else rules.subjects[done.subject].title
            text = f"视为完成{whole}，{span}。"
            yield self._say(section, f"{standard.id}.completes", text, done.origin, may=done.may)
        if standard.channel is not None and rules.registration is not None:
            ways = [rules.registration.channels[way] for _, way in standard.channel.rows]
            text = f"登记渠道：{'，或'.join(way.title for way in ways)}。"
            may = any(way.may for way in ways)
            yield self._say(section, f"{standard.id}.channel", text, rules.registration.origin, may=may)
        own = self._said(standard.id, "once_per")
        if own is not None:
            identity = rules.identities[standard.id][0]
            text = self._once(identity, "")
            article = (*standard.origin.article[-1:], *(rules.once.article if rules.once else ()))
            origin = Origin(self._policy.policy_of(own), article, own.place)
            yield self._say(section, f"{standard.id}.once_per", text, origin)

    def _once(self, identity: tuple[str, ...], where: str) -> str:
        names = "、".join("同一种方式" if n == "kind" else self._rules.facts[n].title for n in identity)
        return f"{where}属{names}的，只认定一次，取使总学时最多的一种。"

    def _said(self, kind: str, key: str) -> Node | None:
        return child(child(self._policy.tree.get("standards"), kind), key)

    def _open(self, standard: Standard) -> str:
        """What a value that nobody has set can come to."""
        most = [c for c in self._rules.ceilings if c.of == {standard.id} and not c.per and c.over is None]
        highs = [high for c in most if not c.hours.needs and (high := self._number(c)) is not None]
        within = f"：每年0至{number_text(min(highs))}{self._hour}" if highs else ""
        return f"尚未规定的，只能确定范围{within}。"

    def _most(self, ceiling: Ceiling) -> str:
        """How much may count at most."""
        where = self._years(ceiling.over)
        if ceiling.per:
            where = self._matter(ceiling) + (f"，{where}" if ceiling.over is not None else "")
        several = ceiling.over is None and ceiling.per and "date" not in ceiling.per
        years = "（几年合并计算）" if several else ""
        if not ceiling.hours.needs:
            return f"{where}最多计{number_text(self._number(ceiling))}{self._hour}{years}。"
        stated, short = ceiling.hours.stated, None
        if isinstance(stated, Table):
            short = amounts_phrase(stated, self._hour, self._keys)
        amount = short or f"{self._phrase(ceiling.hours)}（{self._hour}）"
        return f"{where.removesuffix('，')}的上限{years}：{amount}。"

    def _matter(self, ceiling: Ceiling) -> str:
        """What a ceiling is for each of."""
        titles = ["每天" if n == "date" else self._rules.facts[n].title for n in ceiling.per]
        return "、".join(t if t.startswith(("同一", "每")) else f"同一{t}" for t in titles)

    def _number(self, ceiling: Ceiling) -> Rational | None:
        return as_range(Calculator().value(ceiling.hours, {})).high

    def _joint_ceilings(self) -> Iterator[Provision]:
        for ceiling in self._rules.ceilings:
            if len(ceiling.of) > 1:
                kinds = "、".join(self._rules.standards[k].title for k in sorted(ceiling.of))
                yield self._say("合计上限", "ceilings", f"{kinds}合计，{self._most(ceiling)}", ceiling.origin)

    # ── procedure ──

    def _procedure(self) -> Iterator[Provision]:
        rules = self._rules
        if any(s.completes for s in rules.standards.values()):
            how = {
                "at_least": "该科目学时不足要求的，按要求计；超过的，按实得计",
                "added": "在实得学时之外另加要求的学时",
            }
            node = self._policy.tree.get("completion")
            if node is not None:
                origin = Origin(self._policy.policy_of(node), texts_at(child(node, "article")), node.place)
                yield self._say(
                    "视为完成", "completion", f"视为完成的年度，{how[rules.completion]}。", origin
                )
        everywhere = next((found[-1] for found in rules.identities.values() if found), ())
        if rules.once is not None and everywhere:
            yield self._say("同一事项", "once_per", self._once(everywhere, "各种方式中"), rules.once)
        if rules.validity is not None:
            yield self._say("有效年度", "validity", self._validity(), rules.validity)
        said = rules.title_review
        if said is not None:
            yield from self._conditions(said, "职称评审", "title_review", "参评时视为已达到要求，须：")
            text = "只回答职称评审，不增加学时，不生成证书。"
            yield self._say("职称评审", "title_review", text, said.origin, may=said.may)
        yield from self._relief()
        yield from self._review()
        yield from self._bases()
        yield from self._registration()
        yield from self._yields()

    def _validity(self) -> str:
        """In which years hours count."""
        carrying = self._rules.carrying
        month, day = self._rules.year_from
        begins = "" if (month, day) == (1, 1) else f"每年度自{month}月{day}日起。"
        if carrying is None:
            return f"{begins}{self._hour}仅在当年度有效，不得结转或顺延。"
        most = f"，每年最多{self._phrase(carrying.most)}" if carrying.most is not None else ""
        return f"{begins}超出要求的{self._hour}可以结转到以后{carrying.years}个年度{most}。"

    def _relief(self) -> Iterator[Provision]:
        relief = self._rules.relief
        if relief is None:
            return
        grounds, by = "、".join(relief.grounds.values()), "、".join(relief.certifiers.values())
        text = f"因{grounds}不能当年完成的，由{by}证明，凭有权机关的决定处理；没有决定的不予处理。"
        yield self._say("特殊原因", "relief", text, relief.origin)
        for remedy in relief.remedies.values():
            how = (
                "以后年度的学时先补所缺科目，再补总学时，每一学时只用一次"
                if remedy.sets is None
                else (f"改定“{self._titles[remedy.sets]}”，各科目按比例随之减少")
            )
            yield self._say(
                "特殊原因", f"relief.{remedy.id}", f"{remedy.title}：{how}。", relief.origin, may=remedy.may
            )

    def _review(self) -> Iterator[Provision]:
        review = self._rules.review
        if review is None:
            return
        facts = self._keys
        for patterns, steps in review.route.rows:
            who = [
                f"{facts[name].title}为{pattern_phrase(pattern, facts[name])}"
                for name, pattern in zip(review.route.by, patterns, strict=True)
                if pattern_phrase(pattern, facts[name]) != "不限"
            ]
            organs = " → ".join(step.replace("{", "〔").replace("}", "〕") for step in steps)
            for name, fact in facts.items():
                organs = organs.replace(f"〔{name}〕", f"〔{fact.title}〕")
            yield self._say("审核", "review", f"{'，'.join(who)}的：{organs}。", review.origin)

    def _bases(self) -> Iterator[Provision]:
        bases = self._rules.bases
        yield from self._conditions(bases, "授权基地", "bases", "基地的认定有效，须：")
        if bases is not None:
            text = f"授权基地承担认定；认定不生效的：{bases.remedy}。"
            yield self._say("授权基地", "bases", text, bases.origin, may=bases.may)

    def _registration(self) -> Iterator[Provision]:
        registration = self._rules.registration
        if registration is None:
            return
        for channel in registration.channels.values():
            text = f"{channel.title}{'，须有佐证材料' if channel.evidence else ''}。"
            key = f"registration.{channel.id}"
            yield self._say("登记", key, text, registration.origin, may=channel.may)
        text = "达到要求并经登记认定的，生成合格证书。"
        yield self._say("合格证书", "certificate", text, registration.certificate)
        yield self._say(
            "虚假材料", "void", f"{registration.void}，不计学时，重新计算。", registration.void_origin
        )

    def _yields(self) -> Iterator[Provision]:
        node = self._policy.tree.get("yields_to")
        if node is None:
            return
        over = "、".join(texts_at(child(node, "over")))
        issuer = text_at(child(node, "issuers_include"))
        origin = Origin(self._policy.policy_of(node), texts_at(child(node, "article")), node.place)
        text = f"{issuer}与中央国家机关有关部门联合发文，对{over}另有规定的，从其规定。"
        yield self._say("国家规定", "yields_to", text, origin)

    def _readings(self) -> Iterator[Provision]:
        for reading in self._rules.readings.values():
            others = "；".join(t for o, t in reading.options.items() if o != reading.adopted)
            ruled = f"（{reading.ruled}已作解释）" if reading.ruled else ""
            text = (
                f"{reading.question}采用：{reading.options[reading.adopted]}{ruled}。理由：{reading.because}"
            )
            text += f"另一种读法：{others}。"
            yield self._say("有争议的读法", f"readings.{reading.id}", text, reading.origin)


def term_text(header: Header) -> str:
    """The time in force of a text."""
    until = header.valid_until
    return f"自{header.valid_from.isoformat()}{f'至{until.isoformat()}' if until else '起长期'}有效。"


def _in_year(span: str) -> str:
    return span if span.endswith("年度") else f"{span}度"


def cited(provision: Provision) -> str:
    """The provision's articles, and 可以 where the article says so."""
    may = "，可以" if provision.may else ""
    return f"（{articles(provision.article)}{may}）" if provision.article else ""
