"""What counts, in sentences: what is required, the named values, the standards and the ceilings."""

from __future__ import annotations

from collections.abc import Iterator

from policyhours.desk.sentences.phrase import amounts_phrase
from policyhours.desk.sentences.provision import VALUES, Provision
from policyhours.desk.sentences.teller import Teller
from policyhours.desk.wording import number_text
from policyhours.language.addresses import said
from policyhours.language.calculator import Calculator
from policyhours.language.expression import Table, Unfiled
from policyhours.language.number import Rational, as_range
from policyhours.language.rules import Ceiling, Completion, Origin, Span, Standard
from policyhours.language.unit import unit_title
from policyhours.language.values import TOTAL
from policyhours.language.words import child, entries_at, flag_at, text_at
from policyhours.text.tree import Node


def crediting(teller: Teller) -> Iterator[Provision]:
    """What a year requires, and what everything is worth."""
    yield from _requirements(teller)
    yield from _values(teller)
    for standard in teller.rules.standards.values():
        yield from _standard(teller, standard)
    yield from _joint_ceilings(teller)


def _requirements(teller: Teller) -> Iterator[Provision]:
    for requirement in teller.rules.requirements:
        titles = [f"“{teller.rules.standards[k].title}”" for k in sorted(requirement.kinds)]
        title = f"{'、'.join(titles)}的{teller.hour}" if titles else teller.titles[requirement.of]
        text = f"{_years(teller, requirement.over)}{title}不少于：{teller.phrase(requirement.hours)}。"
        yield teller.say("每年的要求", f"requirement.{requirement.of}", text, requirement.origin)


def _years(teller: Teller, over: Span | None) -> str:
    """For what years a limit holds."""
    return "每年" if over is None else f"{teller.span(over.first, over.last)}合计，"


def _values(teller: Teller) -> Iterator[Provision]:
    for entry in entries_at(teller.policy.tree.get("values")):
        named, node = teller.values.named(entry.key), entry.value
        unit = unit_title(named.unit) if named.unit else ""
        text = f"{teller.titles[entry.key]}：{teller.phrase(named)}{f'（{unit}）' if unit else ''}。"
        leeway = teller.leeways.get(entry.key)
        if child(node, "industry_may") is not None and leeway is not None:
            text += leeway.said
        if child(node, "decision_may") is not None:
            span = teller.rules.decidable[entry.key]
            text += f"第十条的决定可以为一人一年改定，{number_text(span.low)}至{number_text(span.high)}。"
        origin = teller.policy.origin_of(node)
        yield teller.say(VALUES, entry.key, text, origin, may=flag_at(child(node, "may")))


# ── standards ──


def _standard(teller: Teller, standard: Standard) -> Iterator[Provision]:
    subjects, section = teller.rules.subjects, standard.title
    subject = subjects[standard.subject].title
    then = "".join(f"，{subject}已达到要求的，余下的计入{subjects[s].title}" for s in standard.then)
    yield teller.say(section, standard.id, f"计入{subject}{then}。", standard.origin)
    for condition in standard.requires:
        yield teller.condition(condition, section, f"{standard.id}.requires", "须符合：")
    yield from _hours(teller, standard)
    yield from _ceilings(teller, standard)
    if standard.counts_in is not None:
        span, one = _in_years(teller, standard.counts_in)
        text = f"计入{span}。" if one else f"平均计入{span}。"
        yield teller.say(section, f"{standard.id}.years", text, standard.origin)
    if standard.completes is not None:
        done = standard.completes
        span, _ = _in_years(teller, done)
        whole = "全部要求" if done.subject == TOTAL else subjects[done.subject].title
        text = f"视为完成{whole}，{span}。"
        yield teller.say(section, f"{standard.id}.completes", text, done.origin, may=done.may)
    yield from _channel(teller, standard)
    yield from _once(teller, standard)


def _hours(teller: Teller, standard: Standard) -> Iterator[Provision]:
    """What it is worth."""
    if standard.hours is None:
        return
    node = _said(teller, standard, "hours")
    origin = standard.origin if node is None else teller.policy.origin_of(node)
    unfiled = isinstance(standard.hours.expression, Unfiled)
    text = f"{teller.hour}：{teller.phrase(standard.hours)}。" + (_open(teller, standard) if unfiled else "")
    article = origin.article or standard.origin.article[-1:]
    yield teller.say(standard.title, f"{standard.id}.hours", text, origin, may=standard.may, article=article)


def _open(teller: Teller, standard: Standard) -> str:
    """What a value that nobody has set can come to."""
    most = [c for c in teller.rules.ceilings if c.of == {standard.id} and not c.per and c.over is None]
    highs = [high for c in most if not c.hours.needs and (high := _number(c)) is not None]
    within = f"：每年0至{number_text(min(highs))}{teller.hour}" if highs else ""
    return f"尚未规定的，只能确定范围{within}。"


def _in_years(teller: Teller, over: Span | Completion) -> tuple[str, bool]:
    """The years in which something counts, and whether they are one."""
    span = teller.span(over.first, over.last)
    if over.first.stated != over.last.stated:
        return f"{span}的各年度", False
    return span if span.endswith("年度") else f"{span}度", True


def _channel(teller: Teller, standard: Standard) -> Iterator[Provision]:
    """By which way it comes to be registered."""
    registration = teller.rules.registration
    if standard.channel is None or registration is None:
        return
    ways = [registration.channels[way] for _, way in standard.channel.rows]
    text = f"登记渠道：{'，或'.join(way.title for way in ways)}。"
    may = any(way.may for way in ways)
    yield teller.say(standard.title, f"{standard.id}.channel", text, registration.origin, may=may)


def _once(teller: Teller, standard: Standard) -> Iterator[Provision]:
    """What is one matter, where the standard says so itself."""
    own = _said(teller, standard, "once_per")
    if own is None:
        return
    once = teller.rules.once
    article = (*standard.origin.article[-1:], *(once.article if once else ()))
    origin = Origin(teller.policy.policy_of(own), article, own.place)
    text = teller.once(teller.rules.identities[standard.id][0])
    yield teller.say(standard.title, f"{standard.id}.once_per", text, origin)


def _said(teller: Teller, standard: Standard, key: str) -> Node | None:
    return child(child(teller.policy.tree.get("standards"), standard.id), key)


# ── ceilings ──


def _ceilings(teller: Teller, standard: Standard) -> Iterator[Provision]:
    """The ceilings of one standard alone, its own one and those that stand elsewhere."""
    for ceiling in teller.rules.ceilings:
        if ceiling.of == frozenset({standard.id}):
            node = said(teller.policy.tree, standard.id, "ceiling")
            main = node is not None and node.place == ceiling.origin.place
            lowered = main and text_at(child(node, "industry_may")) == "tighten"
            text = _most(teller, ceiling) + ("行业实施细则可以降低。" if lowered else "")
            key = f"{standard.id}.ceiling" if main else "ceilings"
            yield teller.say(standard.title, key, text, ceiling.origin)


def _joint_ceilings(teller: Teller) -> Iterator[Provision]:
    for ceiling in teller.rules.ceilings:
        if len(ceiling.of) > 1:
            kinds = "、".join(teller.rules.standards[k].title for k in sorted(ceiling.of))
            text = f"{kinds}合计，{_most(teller, ceiling)}"
            yield teller.say("合计上限", "ceilings", text, ceiling.origin)


def _most(teller: Teller, ceiling: Ceiling) -> str:
    """How much may count at most."""
    where = _years(teller, ceiling.over)
    if ceiling.per:
        where = _matter(teller, ceiling) + (f"，{where}" if ceiling.over is not None else "")
    several = ceiling.over is None and ceiling.per and "date" not in ceiling.per
    years = "（几年合并计算）" if several else ""
    if not ceiling.hours.needs:
        return f"{where}最多计{number_text(_number(ceiling))}{teller.hour}{years}。"
    stated, short = ceiling.hours.stated, None
    if isinstance(stated, Table):
        short = amounts_phrase(stated, teller.hour, teller.keys)
    amount = short or f"{teller.phrase(ceiling.hours)}（{teller.hour}）"
    return f"{where.removesuffix('，')}的上限{years}：{amount}。"


def _matter(teller: Teller, ceiling: Ceiling) -> str:
    """What a ceiling is for each of."""
    titles = ["每天" if n == "date" else teller.rules.facts[n].title for n in ceiling.per]
    return "、".join(t if t.startswith(("同一", "每")) else f"同一{t}" for t in titles)


def _number(ceiling: Ceiling) -> Rational | None:
    return as_range(Calculator().value(ceiling.hours, {})).high
