"""One case of fifteen activities, warm: policyhours beside zen-engine and a function written by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

import by_hand
from decision import decision
from policyhours.assess.assessment import assess
from policyhours.assess.result import Result
from policyhours.case.read import read_draft
from policyhours.case.settle import Settled, settle
from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.answer.record import record
from policyhours.language.library import Library
from policyhours.text.reader import read_document
from policyhours.text.source import read_source
from roster.regulation import GRID
from timing import Row, take_turns

HERE = Path(__file__).parent
YEAR = 2025
PENDING = frozenset({"a01", "a03", "a05", "a06", "a07", "a15"})

LEFT_OUT = (
    "没有：精确分数，28/3 成为小数 · no exact fractions",
    "没有：未知、待登记的区间 · no ranges for what is open",
    "没有：逐项扣减及其理由、条款 · no loss per activity, no reasons",
    "没有：任意的同一事项，只会授课与参会 · one matter: lectures and attendance only",
    "没有：跨年、读法、决定、流程、建议 · no other years, readings, decisions, route, advice",
)
"""What the decision for zen-engine does not do."""

Totals = dict[str, Any]
"""What all peers have to agree on: claims by activity, hours by kind and subject, and the verdict."""


def settled_case(library: Library) -> Settled:
    """The case of fifteen activities, with its policies."""
    return settle(read_draft(read_document(read_source(HERE / "fifteen.yaml"))), library)


def pending_case(settled: Settled) -> Settled:
    """The same case with some activities not yet registered: ranges, and advice for what is lacking."""
    activities = tuple(
        replace(a, status="pending") if a.id in PENDING else a for a in settled.case.activities
    )
    return replace(settled, case=replace(settled.case, activities=activities))


def one_case(library: Library, rounds: int) -> tuple[list[Row], list[str]]:
    """The rows of the table, and what is to be said below it."""
    settled = settled_case(library)
    pending = pending_case(settled)
    rules = settled.rules_of()
    stated = yaml.safe_load((HERE / "fifteen.yaml").read_text(encoding="utf-8"))["activities"]
    for activity in stated:
        activity["date"] = activity["date"].isoformat()
    tenths = [{**a, "hours": round(a["hours"] * 10)} if "hours" in a else a for a in stated]

    policy = next(iter(settled.policies.values()))

    def to_json() -> str:
        found = Evaluation(settled, assess(settled.case, rules), policy)
        return json.dumps(record(found), ensure_ascii=False)

    peers: dict[str, Callable[[], object]] = {
        "trace": lambda: assess(settled.case, rules),
        "readings": lambda: assess(settled.case, rules, settled.rules_of),
        "json": to_json,
        "pending": lambda: assess(pending.case, rules),
        "pending, readings": lambda: assess(pending.case, rules, pending.rules_of),
        "by hand": lambda: by_hand.assess(tenths),
    }
    found = {
        "policyhours": _of_policyhours(assess(settled.case, rules)),
        "by hand": _of_by_hand(by_hand.assess(tenths)),
    }
    zen = _zen()
    if zen is not None:
        peers["zen"] = lambda: zen.evaluate({"activities": stated})
        peers["zen, trace"] = lambda: zen.evaluate({"activities": stated}, {"trace": True})
        found["zen-engine"] = _of_zen(zen.evaluate({"activities": stated})["result"])
    times = take_turns(peers, rounds, warm_up=max(10, rounds // 20))
    peer = times.get("zen, trace") or times["by hand"]
    named = "zen-engine, trace" if zen else "plain Python"
    rows = [
        Row(
            "**1 · 一个个案，十五项活动 · one case of fifteen activities**",
            note=f"倍数对照 · ratio to: {named}",
        ),
        Row(
            "policyhours：评定，逐条说明 · assess, full trace",
            times["trace"],
            peer,
            "< 1 ms (0.22–0.38)",
            "括号内是更高目标 · in brackets: stretch",
        ),
        Row("policyhours：并试各种读法 · readings tried too", times["readings"], peer, "< 3 ms"),
        Row("policyhours：评定并写成 JSON · assess, to JSON text", times["json"], peer),
        Row(
            f"policyhours：其中{len(PENDING)}项待登记 · {len(PENDING)} of them pending",
            times["pending"],
            peer,
            note="区间和建议 · ranges and advice",
        ),
        Row("policyhours：同上，并试读法 · the same, readings tried", times["pending, readings"], peer),
    ]
    if zen is None:
        rows.append(Row("zen-engine", note="没有安装，略过 · not installed, left out"))
    else:
        rows += [
            Row("zen-engine：带 trace · with its trace", times["zen, trace"], peer, note=LEFT_OUT[0]),
            Row("zen-engine：不带 trace · without trace", times["zen"], peer, note=LEFT_OUT[1]),
            *(Row("", note=left_out) for left_out in LEFT_OUT[2:]),
        ]
    rows.append(
        Row(
            "手写 Python · plain Python by hand",
            times["by hand"],
            peer,
            note="只求和，无任何说明 · sums only, explains nothing",
        )
    )
    return rows, [_agreement(found)]


def _zen() -> Any:
    """The decision, compiled, or nothing where zen-engine is missing."""
    try:
        import zen
    except ImportError:
        return None
    return zen.ZenEngine().create_decision(zen.ZenDecisionContent(decision()))


# ── do all come to the same? ──


def _of_policyhours(result: Result) -> Totals:
    year = result.years[YEAR]
    kinds: dict[str, Any] = {}
    for activity in year.activities:
        assert activity.hours.low is not None and activity.hours.low == activity.hours.high
        kinds[activity.kind] = kinds.get(activity.kind, 0) + activity.hours.low
    claims = {a.id: 0 if a.outcome == "not_counted" else a.claimed.low for a in year.activities}
    subjects = {name: hours.low for name, hours in year.subjects.items()}
    return _flat(claims, kinds, {**subjects, "total": year.total.low}, year.verdict)


def _of_by_hand(found: dict[str, Any]) -> Totals:
    def hours(amounts: dict[str, int]) -> dict[str, Fraction]:
        return {name: Fraction(amount, GRID) for name, amount in amounts.items()}

    subjects = {name: found[name] for name in ("professional", "public", "total")}
    return _flat(hours(found["claims"]), hours(found["kinds"]), hours(subjects), found["verdict"])


def _of_zen(found: dict[str, Any]) -> Totals:
    def hours(amounts: dict[str, float]) -> dict[str, Fraction]:
        return {name: _nearest(amount) for name, amount in amounts.items()}

    claims = {claim["id"]: claim["claimed"] for claim in found["claims"]}
    kinds = {claim["kind"]: found.get(claim["kind"], 0) for claim in found["claims"]}
    subjects = {name: found[name] for name in ("professional", "public", "total")}
    return _flat(hours(claims), hours(kinds), hours(subjects), found["verdict"])


def _nearest(amount: float) -> Fraction:
    """The ninetieth that zen-engine's number stands for: it has no fractions, so 28/3 is 9.333… there."""
    ninetieths = Fraction(round(amount * GRID), GRID)
    return ninetieths if abs(float(ninetieths) - amount) < 1e-9 else Fraction(amount)


def _flat(claims: dict[str, Any], kinds: dict[str, Any], subjects: dict[str, Any], verdict: str) -> Totals:
    return {
        **{f"claim {name}": hours for name, hours in claims.items()},
        **{f"hours {name}": hours for name, hours in kinds.items()},
        **subjects,
        "verdict": verdict,
    }


def _agreement(found: dict[str, Totals]) -> str:
    ours = found["policyhours"]
    lines = []
    for name, theirs in found.items():
        for key in {**ours, **theirs}:
            if ours.get(key) != theirs.get(key):
                lines.append(f"  {key}: policyhours {ours.get(key)}, {name} {theirs.get(key)}")
    names = "、".join(found)
    told = ", ".join(f"{key} {ours[key]}" for key in ("total", "professional", "public", "verdict"))
    if lines:
        return "\n".join([f"结果不同 · differs ({names}):", *lines])
    return f"结果相同 · same ({names}): {len(ours)} numbers; {told}"
