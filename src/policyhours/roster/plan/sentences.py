"""Sentences: what a printed plan says of itself, in Chinese and English."""

from __future__ import annotations

from typing import Final

PARTS: Final = {
    "people": (
        "每人适用哪个规则：由所属行业决定，其余的人适用最后一个。",
        "under which policy each person is assessed: the industry decides, the last is for all others",
    ),
    "claims": (
        "每项活动一行：属本年度（here）与否，折算成多少份学时（worth），有什么不能计入的原因（causes）。",
        "one row an activity: whether it is of the year (here), its worth in hours, what is against it",
    ),
    "naming": (
        "写明了同一事项的活动；已经确定不能计入的除外。",
        "activities that name a matter, but for those that surely count nothing",
    ),
    "matters": ("每个事项一行。", "one row for each matter that an activity names"),
    "tangles": (
        "同一事项有几项活动的：少计多少（lost），哪些须逐人核算（look）。",
        "matters that several activities name: what is lost, and what must be assessed singly (look)",
    ),
    "ties": ("每人因同一事项少计的学时。", "what each person loses to matters that count once"),
    "sums": (
        "每人每种方式的学时，确定的和还不能确定的（doubtful，如待登记、缺材料的）各一行；"
        "其他年度的活动只看是否使本年度视为完成。",
        "the hours of each person and kind, in one row what is certain, in another what is doubtful, such as "
        "pending ones; of other years only what they complete in this one",
    ),
    "joined": (
        "每人一行，把以上各项并到一起；有第十条一类决定的，逐人核算。",
        "one row a person with all of the above; whoever has a decision is assessed singly",
    ),
    "counted": (
        "上限以内计入的学时：至少（low）、至多（high）。",
        "what counts under the ceilings, at least (low) and at most (high)",
    ),
    "stood": ("各科目的学时，视为完成的按要求计。", "hours by subject, completions included"),
    "judged": ("各项要求还缺多少。", "what is lacking of each requirement"),
    "verdict": ("结论和原因。", "verdict and causes"),
}
"""What each part of the plan does."""

FALLS_TO: Final = {
    "requires": "claims", "hours": "claims", "completes": "claims", "bases": "claims", "void": "claims",
    "in_force": "claims", "once_per": "matters", "ceiling": "counted", "completion": "stood",
    "requirement": "judged", "relief": "joined", "scope": "verdict",
}  # fmt: skip
"""In which part a provision takes effect, by the first or the last word of its address."""

NEVER: Final = (
    "不能由查询判定（look 为真）的人，须逐人核算；其余各列对他们不算数：",
    "people of whom the query can't tell (look is true) have to be assessed singly; "
    "for them the other columns mean nothing:",
)
ALWAYS: Final = (
    ("有行政决定（减免、顺延）的", "who has a decision"),
    (
        "同一事项牵涉几种方式、几个年度，或尚有不确定之处的",
        "one matter across kinds or years, or not certain",
    ),
    ("几种方式合计的上限有所超过的", "a ceiling over several kinds cuts hours"),
    ("活动日适用另一文件的", "another text held on the day of an activity"),
    ("所填的内容不合规则，或缺了须有的", "what is stated does not fit the rules, or lacks what is needed"),
)
"""Whom a plan leaves to the evaluator whatever the policy."""

WHY: Final = {
    "counts_in": ("分计入几个年度", "it counts in several years"),
    "then": ("多余的学时转入其他科目", "hours that its subject does not need go to another"),
    "ceiling": (
        "上限按事项、跨年度或因人而异",
        "a ceiling is for each matter, for several years or for some people",
    ),
    "ceilings": ("单独的上限不止一个", "it has more than one ceiling of its own"),
    "completes": ("视为完成全部要求", "it completes the whole year"),
    "span": ("视为完成的年度数不是整数", "the years that it completes are no whole number"),
    "division": ("除以所填的数", "it divides by a number that is stated"),
    "rounding": ("对可能为负的数取整", "it rounds what may be negative"),
    "negative": ("算出的学时可能为负", "its hours may be negative"),
    "unbounded": ("所填的数没有上下限", "a number that is stated has no bounds"),
    "wide": ("数太大，超出整数范围", "its numbers are too large for whole numbers"),
    "person": ("与个人情况有关", "it goes by what is stated of the person"),
    "stated": ("各行业对同一项目的填法不同", "the filings state one fact in different ways"),
    "subject": ("各行业归入的科目不同", "the filings put it under different subjects"),
}
"""Why a kind is left to the evaluator, by the code of a `Beyond`."""
OTHERWISE: Final = ("查询无法表达", "the query can't say it")

TABLES: Final = {
    "persons": ("人员，每人一行", "one row a person"),
    "activities": ("活动，每项一行", "one row an activity"),
    "decisions": ("行政决定；只看是谁的", "decisions; only whose they are"),
    "bases": ("继续教育基地，每个一行", "one row a base"),
}
HEAD: Final = {
    "title": ("{year}年度的学时核算查询", "the hours of {year} as one query"),
    "policies": ("规则", "policies"),
    "everybody": ("其余的人", "everybody else"),
    "all": ("所有的人", "everybody"),
    "trial": ("尚未备案，结果为试算", "not filed: the results are a trial"),
    "switched": ("本查询所用的读法与采用的不同：{}", "readings other than the adopted ones: {}"),
    "tables": (
        "须有的表和列（没有数据的列，请建成空列）",
        "tables and columns that must be there (where there is no data, make the column empty)",
    ),
    "steps": ("以{}为1", "1 is {}"),
    "grid": (
        "学时都是整数，1{unit}分为{grid}份：各列除以{grid}即得{unit}。",
        "hours are whole numbers: one {unit_en} is {grid} parts, so divide each column by {grid}",
    ),
    "columns": ("结果各列，每人一行", "columns of the result, one row a person"),
    "ends": (
        "_low 是至少，_high 是至多；_high 为空表示没有上限",
        "_low is at least, _high at most; an empty _high has no upper end",
    ),
    "causes": ("causes 是下列各数之和", "causes is the sum of these"),
    "beyond": ("留给逐人核算的学习形式", "kinds of activity that are left to be assessed singly"),
    "whole": ("本规则的全部人员", "everybody under this policy"),
}
COLUMNS: Final = {
    "facts": ("id 和人员表的其他各列，照原样", "id and the other columns of persons, as they are"),
    "scheme": ("规则的序号，见上", "the number of the policy, as above"),
    "total": ("合计", "total"),
    "short": ("还缺：{}", "lacking: {}"),
    "verdict": (
        "met 达到要求、not_met 未达到、undetermined 不能确定、not_assessable 不适用",
        "met, not_met, undetermined, or not_assessable",
    ),
    "causes": ("原因，见下", "causes, see below"),
    "look": ("须逐人核算", "to be assessed singly"),
}
