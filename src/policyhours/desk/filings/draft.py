"""Drafts: a filing with everything that its upper text leaves to industries laid out, to be filled in.

What has to be filled in says 待填, as a value or in a comment at the end of its line; lint tells each. Open
slots are comments, for what nobody has decided must not look decided. Every hint (bounds, articles, ceilings,
facts that fit) is read from the upper text; nothing about any regulation is known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from policyhours.desk.filings.fitting import fitting_facts
from policyhours.desk.sentences.slots import bounds_text
from policyhours.desk.wording import number_text
from policyhours.language.header import Header
from policyhours.language.policy import Policy
from policyhours.language.rules import Fact, Rules
from policyhours.language.slots import Slot, bounds_of, slots_of
from policyhours.language.unit import parse_unit, unit_title
from policyhours.language.words import child, entries_at, text_at, texts_at
from policyhours.text.blank import BLANK
from policyhours.text.tree import Mapping

_CLAUSE: Final = f"细则第{BLANK}条"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for.

    Attributes:
        id: the id that the filing gets, such as ``xinjiang/farm``.
        version: its version.
        title: its Chinese title, if it is known already.
        first: a first day in force that would do; the draft asks to check it.
    """

    id: str
    version: str
    title: str | None
    first: date


def first_day(upper: Header, today: date) -> date:
    """A first day in force to begin with: the next 1 January, within the time of the upper text."""
    january = date(today.year + 1, 1, 1)
    return january if upper.in_force(january) else max(upper.valid_from, min(today, _last(upper)))


def has_leeway(upper: Policy) -> bool:
    """Whether the text leaves anything to industries."""
    return bool(slots_of(upper.tree))


def draft(upper: Policy, wanted: Wanted) -> str:
    """The text of a filing under the upper text, ready to be filled in."""
    rules = upper.rules()
    slots = slots_of(upper.tree)
    open_ones = [slot for slot in slots.values() if "open_to" in slot.node]
    varied = [slot for slot in slots.values() if "open_to" not in slot.node]
    parts = [
        _header(upper, wanted),
        _values(upper, rules, open_ones),
        _facts(upper, rules),
        _additions(rules, open_ones),
        _sets(upper, rules, open_ones, varied),
    ]
    return "\n".join(line.rstrip() for part in parts for line in part) + "\n"


# ── the header ──


def _header(upper: Policy, wanted: Wanted) -> Iterator[str]:
    header = upper.header
    term = f"{header.valid_from.isoformat()}～{header.valid_until.isoformat() if header.valid_until else ''}"
    ends = f"（{header.valid_until.isoformat()}）" if header.valid_until else ""
    yield f"# 行业实施细则，实施《{header.title}》（{header.document}）。"
    yield f"# 怎样填写：① 把“{BLANK}”改成实际内容，行末写着“{BLANK}”的，核对以后删去“{BLANK}”二字；"
    yield "#           ② 最后一部分 sets 是留给行业规定的内容：去掉行首的“# ”（sets: 一行也要去掉），填写；"
    yield "#           ③ 用 policyhours lint 校验，还没有填写的会逐处列出。不需要的注释可以删去。"
    yield f"policy: {wanted.id}"
    yield f'version: "{wanted.version}"'
    yield _filled("title", wanted.title, "细则的全称")
    yield _filled("document", None, "细则的文号")
    yield "authority: industry"
    yield f"implements: {upper.ref}"
    yield f"issuers: [{BLANK}]  # 发文机关的全称，几个机关用逗号“,”隔开"
    yield f"industries: [{BLANK}]  # 适用哪些行业，写中文名称"
    yield "status: draft  # 草稿只能试算；备案以后改成 filed，并填写下面的 filing"
    yield f"in_force: {{from: {wanted.first.isoformat()}}}  # {BLANK}：核对从哪天起施行，须在{term}以内"
    yield f"#   另有终止日期的，写成 {{from: …, until: …}}；不写 until 的，随上位文件终止{ends}。"
    yield f"# filing: {{document: {BLANK}, issued_on: {wanted.first.isoformat()}}}  # 备案的文号、印发日期"
    yield "# applies_from: year  # 年底有效即适用于全年的活动；不写的，只适用于施行之日起的活动"
    yield ""


def _filled(key: str, value: str | None, hint: str) -> str:
    return f"{key}: {BLANK}  # {hint}" if value is None else f"{key}: {quoted(value)}"


def quoted(text: str) -> str:
    """A text as a YAML scalar that is surely text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# ── the filing's own names ──


def _values(upper: Policy, rules: Rules, open_ones: Sequence[Slot]) -> Iterator[str]:
    yield "# ── 数与公式：公式里只写名称，数都写在这里，各注明单位和条款 ──"
    yield "# 上位文件已有、可以直接使用的："
    for entry in entries_at(upper.tree.get("values")):
        unit = text_at(child(entry.value, "unit"))
        counted = f"（{unit_title(parse_unit(unit))}）" if unit else ""
        yield f"#   {entry.key}：{text_at(child(entry.value, 'title'), entry.key)}{counted}"
    yield "# values:"
    for slot in open_ones:
        fact = measure_of(fitting_facts(upper, rules, slot.path[1]))
        if fact is not None:
            unit = f"{text_at(upper.tree.get('unit'), 'hour')}/{fact.unit}"
            words = f"每{unit_title(parse_unit(fact.unit))}折算"
            title = f"{rules.standards[slot.path[1]].title}{words}{_counted(upper)}"
            name = _each(slot)
            yield f"#   {name}: {{is: {BLANK}, unit: {unit}, article: {_CLAUSE}, title: {title}}}"
    yield ""


def _facts(upper: Policy, rules: Rules) -> Iterator[str]:
    yield "# ── 事实：登记时填写的内容。可以增加选项，也可以另设事实 ──"
    yield "# facts:"
    for entry in entries_at(upper.tree.get("facts")):
        if text_at(child(entry.value, "industry_may")) == "extend":
            fact = rules.facts[entry.key]
            yield f"#   # {fact.title}：已有 {_options(fact)}；可以增加选项"
            yield f"#   {entry.key}: {{extends: {{{BLANK}: {BLANK}}}}}"
    yield "#   # 选项写成“标识: 中文名称”，标识用小写英文字母、数字和下划线"
    yield f"#   my_level: {{title: {BLANK}, one_of: {{first: {BLANK}, second: {BLANK}}}}}"
    yield f"#   my_count: {{title: {BLANK}, type: integer, at_least: 1, at_most: 100}}"
    yield ""


def _additions(rules: Rules, open_ones: Sequence[Slot]) -> Iterator[str]:
    kind = open_ones[0].path[1] if open_ones else next(iter(rules.standards))
    title = rules.standards[kind].title
    yield f"# ── 另加的条件、另加的上限：只能收紧；以“{title}”为例 ──"
    yield "# requires:"
    yield f"#   {kind}:"
    yield f"#     - {{my_count: 1.., article: {_CLAUSE}, otherwise: {BLANK}}}"
    yield "# ceilings:"
    yield f"#   - {{of: [{kind}], at_most: {BLANK}, per: year, article: {_CLAUSE}}}"
    yield ""


# ── what is set ──


def _sets(upper: Policy, rules: Rules, open_ones: Sequence[Slot], varied: Sequence[Slot]) -> Iterator[str]:
    yield "# ── 留给行业规定的内容 ──"
    yield "# 一个数写 is，按情形取值写 by 和 values（即表），例如："
    yield "#   {is: 10, article: 细则第六条}"
    yield "#   {by: 事实, values: {选项一: 12, 选项二: 6}, otherwise: 0, article: 细则第六条}"
    yield "#   {by: 事实, values: {..5: 1, 6..10: 2, 11..: 3}, article: 细则第六条}"
    yield "#   {by: [事实一, 事实二], values: {选项一: {1: 12, 2..: 6}, 选项二: 4}, article: 细则第六条}"
    yield "# 没有列出、又没有 otherwise 的情形，学时不能确定，不是零。"
    yield "# sets:"
    for slot in open_ones:
        yield "#"
        yield from _open(upper, rules, slot)
    if varied:
        yield "#"
        yield "#   # 以下各项已有规定，细则可以（不是必须）在范围以内改定；不改的，删去或留作注释。"
    for slot in varied:
        yield from _varied(upper, rules, slot)


def _open(upper: Policy, rules: Rules, slot: Slot) -> Iterator[str]:
    kind = slot.path[1]
    article = "、".join(texts_at(child(slot.node, "article")))
    within = bounds_text(bounds_of(slot, upper)) + most_text(upper, rules, kind)
    yield f"#   # {rules.standards[kind].title}（{article}）：{within}。"
    yield f"#   # 没有填写以前，学时不能确定{_until_set(upper, kind)}，不按零计。"
    facts = fitting_facts(upper, rules, kind)
    for fact in facts:
        yield f"#   # 可用的事实 {fact.id}：{fact.title}（{domain_text(fact)}）"
    if not facts:
        yield "#   # 上位文件没有现成的事实：写一个数，或先在 facts 中另设事实"
    yield f"#   {slot.address}: {_example(slot, facts)}"


def _varied(upper: Policy, rules: Rules, slot: Slot) -> Iterator[str]:
    article = "、".join(texts_at(child(slot.node, "article")))
    within = bounds_text(bounds_of(slot, upper))
    if slot.path[-1] == "ceiling":
        title = f"{rules.standards[slot.path[1]].title}的上限"
        stands = f"{{hours: {BLANK}, per: {text_at(child(slot.node, 'per'), BLANK)}, article: {_CLAUSE}}}"
    else:
        title = text_at(child(slot.node, "title"), slot.address)
        stands = f"{{is: {BLANK}, article: {_CLAUSE}}}"
    yield f"#   # {title}（{article}）：{within}"
    yield f"#   {slot.address}: {stands}"


def _example(slot: Slot, facts: Sequence[Fact]) -> str:
    """The slot set by the facts that fit it, its numbers left to fill in."""
    measure = measure_of(facts)
    if measure is not None:
        return f"{{is: {_each(slot)} * {measure.id}, article: {_CLAUSE}}}"
    if not facts:
        return f"{{is: {BLANK}, article: {_CLAUSE}}}"
    fact = facts[0]
    keys = list(fact.options) or ["1", "2.."]
    rows = ", ".join(f"{key}: {BLANK}" for key in keys)
    # an industry may add options; what it adds is not in the table yet
    return f"{{by: {fact.id}, values: {{{rows}}}, article: {_CLAUSE}}}"


def measure_of(facts: Sequence[Fact]) -> Fact | None:
    """The fact that counts something, where the hours would go by so much each; else ``None``."""
    return next((fact for fact in facts if fact.unit), None) if not any(f.options for f in facts) else None


def _each(slot: Slot) -> str:
    return f"{slot.path[1]}_each"


def _options(fact: Fact) -> str:
    return "、".join(f"{option} {label}" for option, label in fact.options.items())


def domain_text(fact: Fact) -> str:
    """What a fact may be, in words."""
    if fact.options:
        return _options(fact)
    if fact.kind == "boolean":
        return "true 是、false 否"
    kind = "整数" if fact.kind == "integer" else "数"
    ends = (fact.at_least, fact.at_most)
    return kind + "".join(
        f"，{word}{number_text(end)}"
        for word, end in zip(("不低于", "不高于"), ends, strict=True)
        if end is not None
    )


def _counted(upper: Policy) -> str:
    return unit_title(parse_unit(text_at(upper.tree.get("unit"), "hour")))


def most_text(upper: Policy, rules: Rules, kind: str) -> str:
    """What ceiling there is over the hours of a kind, in words, behind what else is said of them."""
    limit = _limit(upper, kind)
    if limit is not None:
        return f"；每年最多计{limit}{_counted(upper)}"
    return "；另有上限" if any(kind in ceiling.of for ceiling in rules.ceilings) else "；没有上限"


def _until_set(upper: Policy, kind: str) -> str:
    limit = _limit(upper, kind)
    return f"（每年0至{limit}{_counted(upper)}之间）" if limit else ""


def _limit(upper: Policy, kind: str) -> str | None:
    """The yearly ceiling of a standard as a number, where it has one that is the same for everybody."""
    node = child(child(upper.tree.get("standards"), kind), "ceiling")
    if not isinstance(node, Mapping) or text_at(child(node, "per")) != "year":
        return None
    values = upper.values()
    stands = child(node, "hours")
    assert stands is not None
    hours = values.quantity(stands, parse_unit(text_at(upper.tree.get("unit"), "hour")))
    span = values.reach(hours)
    return number_text(span.high) if span.high is not None and span.low == span.high else None


def _last(header: Header) -> date:
    return header.valid_until or date.max
