"""Terms: what the keys of a policy are called when two policies are compared.

A key without a term here is called by its own name, so that a new key is still told.
"""

from __future__ import annotations

from typing import Final

SECTIONS: Final = {
    "header": ("文件", "document"),
    "scope": ("适用范围", "scope"),
    "filing": ("行业实施细则", "filings"),
    "review": ("审核", "review"),
    "bases": ("授权基地", "authorised bases"),
    "subjects": ("科目", "subjects"),
    "requirement": ("每年的要求", "requirements"),
    "values": ("数和算法", "values"),
    "standards": ("认定标准", "standards"),
    "ceilings": ("合计上限", "joint ceilings"),
    "completion": ("视为完成", "completion"),
    "validity": ("有效年度", "validity"),
    "once_per": ("同一事项", "one matter"),
    "title_review": ("职称评审", "title review"),
    "relief": ("特殊原因", "relief"),
    "registration": ("登记", "registration"),
    "certificate": ("合格证书", "certificate"),
    "void": ("虚假材料", "void items"),
    "yields_to": ("国家规定", "national texts"),
    "facts": ("事实", "facts"),
    "readings": ("有争议的读法", "contested readings"),
    "structure": ("文件结构", "structure"),
    "not_encoded": ("未编入的条款", "clauses not encoded"),
}
"""The sections of a policy, in the order in which changes are told."""

KEYS: Final = {
    "adopted": "采用",
    "at_least": "不少于",
    "at_most": "不超过",
    "attested": "登记即已核实",
    "applies_from": "何时起适用",
    "article": "依据条款",
    "authority": "哪一级",
    "because": "理由",
    "by": "由谁",
    "ceiling": "上限",
    "certified_by": "由谁证明",
    "channel": "登记渠道",
    "channels": "登记渠道",
    "completes": "视为完成",
    "decision_may": "决定可改",
    "document": "文号",
    "due": "期限",
    "equivalence": "折合",
    "evidence": "须有佐证材料",
    "filing": "备案",
    "from": "自",
    "grounds": "原因",
    "hours": "学时",
    "implements": "实施哪个文件",
    "in_force": "有效期",
    "industries": "适用行业",
    "industry_may": "行业可改",
    "instead_of": "代替",
    "is": "取值",
    "issued_on": "印发日期",
    "issuers": "发文机关",
    "issuers_include": "发文机关须包括",
    "jointly": "联合发文",
    "may": "可以",
    "of": "哪一类",
    "on": "日期",
    "once_per": "同一事项",
    "one_of": "选项",
    "open_to": "由谁填写",
    "options": "读法",
    "otherwise": "不符合时",
    "over": "哪些事项",
    "per": "每",
    "prevails": "优先的国家规定",
    "question": "问题",
    "remedies": "处理",
    "remedy": "未登记时怎么办",
    "requires": "条件",
    "route": "审核路径的适用",
    "routes": "审核路径",
    "ruled": "权威解释",
    "sets": "改定",
    "status": "状态",
    "step": "最小单位",
    "subject": "科目",
    "title": "名称",
    "type": "类型",
    "unit": "单位",
    "until": "至",
    "values": "各种情形",
    "years": "年度",
}

WORDS: Final = {
    "year": "每年",
    "total": "总学时",
    "industry": "行业",
    "tighten": "可以降低",
    "extend": "可以增加选项",
    "filed": "已公布或备案",
    "draft": "草稿",
    "illustrative": "示例",
    "province": "自治区",
    "national": "国家",
    "at_least": "两者取高",
    "added": "相加",
    "met": "达到要求",
    "registered": "已登记认定",
    "kind": "同一种方式",
    "date": "同一天",
    "own_day": "自施行之日起",
    "hour": "学时",
    "credit": "学分",
    "person": "人员",
    "activity": "活动",
    "base": "基地",
    "review": "评审",
    "integer": "整数",
    "number": "数",
    "boolean": "是或否",
    "text": "文字",
    "identity": "同一事项的编号",
    "choice": "选项",
}
"""What the fixed words of the language are called."""


def key_term(key: str, lang: str = "zh") -> str:
    """What a key is called."""
    return KEYS.get(key, key) if lang == "zh" else key.replace("_", " ")


def section_term(section: str, lang: str = "zh") -> str:
    """What a section of a policy is called; the title of a standard is its own."""
    if section in SECTIONS:
        return SECTIONS[section][0 if lang == "zh" else 1]
    return section
