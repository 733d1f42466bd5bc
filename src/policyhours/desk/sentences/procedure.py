"""How it is done, in sentences: what counts once and when, relief, review, registration, national rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyhours.desk.sentences.phrase import pattern_phrase
from policyhours.desk.sentences.provision import Provision
from policyhours.desk.sentences.teller import Teller
from policyhours.language.words import child, text_at, texts_at

_COMPLETION: Final = {
    "at_least": "该科目学时不足要求的，按要求计；超过的，按实得计",
    "added": "在实得学时之外另加要求的学时",
}


def procedure(teller: Teller) -> Iterator[Provision]:
    """How hours come to count, for whom it is otherwise, and who decides."""
    yield from _completion(teller)
    yield from _once(teller)
    yield from _validity(teller)
    yield from _title_review(teller)
    yield from _relief(teller)
    yield from _review(teller)
    yield from _bases(teller)
    yield from _registration(teller)
    yield from _yields(teller)


def _completion(teller: Teller) -> Iterator[Provision]:
    node = teller.policy.tree.get("completion")
    if node is not None and any(s.completes for s in teller.rules.standards.values()):
        text = f"视为完成的年度，{_COMPLETION[teller.rules.completion]}。"
        yield teller.say("视为完成", "completion", text, teller.policy.origin_of(node))


def _once(teller: Teller) -> Iterator[Provision]:
    rules = teller.rules
    everywhere = next((found[-1] for found in rules.identities.values() if found), ())
    if rules.once is not None and everywhere:
        yield teller.say("同一事项", "once_per", teller.once(everywhere, "各种方式中"), rules.once)


def _validity(teller: Teller) -> Iterator[Provision]:
    """In which years hours count."""
    rules = teller.rules
    if rules.validity is None:
        return
    month, day = rules.year_from
    text = "" if (month, day) == (1, 1) else f"每年度自{month}月{day}日起。"
    if rules.carrying is None:
        text += f"{teller.hour}仅在当年度有效，不得结转或顺延。"
    else:
        most, years = rules.carrying.most, rules.carrying.years
        limit = f"，每年最多{teller.phrase(most)}" if most is not None else ""
        text += f"超出要求的{teller.hour}可以结转到以后{years}个年度{limit}。"
    yield teller.say("有效年度", "validity", text, rules.validity)


def _title_review(teller: Teller) -> Iterator[Provision]:
    asked = teller.rules.title_review
    if asked is not None:
        yield from teller.conditions(asked, "职称评审", "title_review", "参评时视为已达到要求，须：")
        text = "只回答职称评审，不增加学时，不生成证书。"
        yield teller.say("职称评审", "title_review", text, asked.origin, may=asked.may)


def _relief(teller: Teller) -> Iterator[Provision]:
    relief = teller.rules.relief
    if relief is None:
        return
    grounds, by = "、".join(relief.grounds.values()), "、".join(relief.certifiers.values())
    text = f"因{grounds}不能当年完成的，由{by}证明，凭有权机关的决定处理；没有决定的不予处理。"
    yield teller.say("特殊原因", "relief", text, relief.origin)
    for remedy in relief.remedies.values():
        how = (
            "以后年度的学时先补所缺科目，再补总学时，每一学时只用一次"
            if remedy.sets is None
            else f"改定“{teller.titles[remedy.sets]}”，各科目按比例随之减少"
        )
        text = f"{remedy.title}：{how}。"
        yield teller.say("特殊原因", f"relief.{remedy.id}", text, relief.origin, may=remedy.may)


def _review(teller: Teller) -> Iterator[Provision]:
    review = teller.rules.review
    if review is None:
        return
    facts = teller.keys
    for patterns, steps in review.route.rows:
        who = [
            f"{facts[name].title}为{said}"
            for name, pattern in zip(review.route.by, patterns, strict=True)
            if (said := pattern_phrase(pattern, facts[name])) != "不限"
        ]
        organs = " → ".join(step.replace("{", "〔").replace("}", "〕") for step in steps)
        for name, fact in facts.items():
            organs = organs.replace(f"〔{name}〕", f"〔{fact.title}〕")
        yield teller.say("审核", "review", f"{'，'.join(who)}的：{organs}。", review.origin)


def _bases(teller: Teller) -> Iterator[Provision]:
    bases = teller.rules.bases
    if bases is not None:
        yield from teller.conditions(bases, "授权基地", "bases", "基地的认定有效，须：")
        text = f"授权基地承担认定；认定不生效的：{bases.remedy}。"
        yield teller.say("授权基地", "bases", text, bases.origin, may=bases.may)


def _registration(teller: Teller) -> Iterator[Provision]:
    registration = teller.rules.registration
    if registration is None:
        return
    for channel in registration.channels.values():
        text = f"{channel.title}{'，须有佐证材料' if channel.evidence else ''}。"
        key = f"registration.{channel.id}"
        yield teller.say("登记", key, text, registration.origin, may=channel.may)
    text = "达到要求并经登记认定的，生成合格证书。"
    yield teller.say("合格证书", "certificate", text, registration.certificate)
    text = f"{registration.void}，不计学时，重新计算。"
    yield teller.say("虚假材料", "void", text, registration.void_origin)


def _yields(teller: Teller) -> Iterator[Provision]:
    node = teller.policy.tree.get("yields_to")
    if node is None:
        return
    over = "、".join(texts_at(child(node, "over")))
    issuer = text_at(child(node, "issuers_include"))
    text = f"{issuer}与中央国家机关有关部门联合发文，对{over}另有规定的，从其规定。"
    yield teller.say("国家规定", "yields_to", text, teller.policy.origin_of(node))
