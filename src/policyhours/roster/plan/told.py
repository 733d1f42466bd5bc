"""The plan as told: its query in an engine's words, commented by article, for whoever runs it by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlglot import exp

from policyhours.desk.sentences.provision import VALUES
from policyhours.desk.sentences.provisions import provisions
from policyhours.desk.wording import articles, unit_word
from policyhours.language.unit import parse_unit, unit_title
from policyhours.language.values import TOTAL
from policyhours.language.words import shown
from policyhours.roster.intake.columns import Column, Table
from policyhours.roster.intake.vocabulary import vocabulary
from policyhours.roster.plan.claims import rules_of
from policyhours.roster.plan.counted import is_beyond
from policyhours.roster.plan.parted import Dialect
from policyhours.roster.plan.plan import Plan
from policyhours.roster.plan.sentences import (
    ALWAYS,
    COLUMNS,
    FALLS_TO,
    HEAD,
    NEVER,
    OTHERWISE,
    PARTS,
    TABLES,
    WHY,
)
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.wording import cause_text
from policyhours.roster.schemes import Scheme

_LAST = "verdict"
"""The name of the plan's last query, where it stands among the others."""

_TYPES: Mapping[Dialect, Mapping[str, str]] = {
    "duckdb": {"VARCHAR": "VARCHAR"},
    "postgres": {"VARCHAR": "TEXT"},
    "spark": {"VARCHAR": "STRING"},
}
"""What an engine calls a type, where it is not as intake calls it."""


def told_sql(plan: Plan, dialect: Dialect, labels: tuple[Labels, Labels]) -> str:
    """The query of a plan over all the columns of its policies, with what a reader must know as comments.

    Args:
        plan: of a year; its tables are those of `tables.tables_for`.
        dialect: of the engine that will run it.
        labels: what ids are called, in Chinese and in English.

    Returns:
        SQL that the engine runs as it stands.
    """
    rules = _rules_by_part(plan)
    query = exp.select("*").from_(_LAST)
    for name, part in (*plan.parts, (_LAST, plan.last)):
        told = part.copy()
        # The first select of a union has the comment of the whole.
        first = told.find(exp.Select, bfs=False) if isinstance(told, exp.SetOperation) else told
        assert first is not None
        first.add_comments([_one_line(line) for line in (_both(PARTS[name]), *rules.get(name, ()))])
        query = query.with_(name, as_=told, materialized=plan.kept(name, dialect), copy=False)
    head = "\n".join(f"-- {_one_line(line)}".rstrip() for line in _head(plan, dialect, labels))
    return f"{head}\n{query.sql(dialect, pretty=True, copy=False)}\n"


# ── rules ──


def _rules_by_part(plan: Plan) -> dict[str, list[str]]:
    """The sentences of the policies by the part of the plan in which they take effect."""
    found: dict[str, list[str]] = {}
    for number, scheme in enumerate(plan.schemes):
        assert scheme.policy is not None
        # What filings have in common is said once, of the text above them all.
        shared = number < len(plan.schemes) - 1
        for said in provisions(scheme.policy):
            first, *_, last = said.key.split(".") if "." in said.key else (said.key, said.key)
            part = "claims" if said.section == VALUES else FALLS_TO.get(last if said.standard else first)
            if part is None or (shared and not said.own):
                continue
            whose = f"{scheme.policy.ref} " if len(plan.schemes) > 1 else ""
            what = _kind(plan, said.standard, said.title) if said.standard else said.title
            text = said.text if said.section == VALUES else f"{what}：{said.text}"
            found.setdefault(part, []).append(f"{whose}{articles(said.article)} {text}")
    return found


def _kind(plan: Plan, kind: str, title: str) -> str:
    return f"{title}（{kind}，code = {plan.codes[kind]}）"


# ── the head ──


def _head(plan: Plan, dialect: Dialect, labels: tuple[Labels, Labels]) -> Iterator[str]:
    year = plan.schemes[0].year
    yield _both(HEAD["title"], year=year)
    for title, lines in (
        ("policies", _policies(plan)),
        ("tables", _tables(plan, dialect)),
        ("columns", _columns(plan, labels)),
        ("causes", _causes(plan, labels)),
    ):
        yield ""
        yield _both(HEAD[title])
        yield from (f"  {line}" for line in lines)
    yield ""
    yield _both(NEVER)
    yield from (f"  {_both(words)}" for words in ALWAYS)
    if beyond := [*_beyond(plan, labels)]:
        yield ""
        yield _both(HEAD["beyond"])
        yield from (f"  {line}" for line in beyond)


def _policies(plan: Plan) -> Iterator[str]:
    several = len(plan.schemes) > 1
    for number, scheme in enumerate(plan.schemes):
        assert scheme.policy is not None
        people = "、".join(scheme.industries) or _both(HEAD["everybody" if several else "all"])
        yield f"{f'{number} ' if several else ''}{scheme.policy.ref} {scheme.policy.header.title}：{people}"
        if any(header.status != "filed" for header in scheme.policy.layers):
            yield f"  {_both(HEAD['trial'])}"
        if switched := [*_switched(scheme)]:
            yield f"  {_both(HEAD['switched'])}".format(*["、".join(switched)] * 2)


def _switched(scheme: Scheme) -> Iterator[str]:
    rules = rules_of(scheme)
    for name, option in rules.chosen.items():
        reading = rules.readings[name]
        if option != reading.adopted:
            yield f"{name} = {option}（{reading.options[option]}）"


def _tables(plan: Plan, dialect: Dialect) -> Iterator[str]:
    """The tables and columns that the query reads."""
    queries = [part for _, part in plan.parts]
    named = {column.name for query in queries for column in query.find_all(exp.Column)}
    there = {table.name for query in queries for table in query.find_all(exp.Table)}
    for table, columns in vocabulary([rules_of(scheme) for scheme in plan.schemes]).tables.items():
        if table in there:
            yield f"{table}：{_both(TABLES[table])}"
            yield from (f"  {_column(c, dialect)}" for c in columns.values() if _reads(table, c.id, named))


def _reads(table: Table, column: str, named: set[str]) -> bool:
    if table == "decisions":
        return column == "person"
    if table == "bases":
        return column == "id" or f"base_{column}" in named
    # The id of an activity is nothing to a query over the sums of them.
    return column in named and (table, column) != ("activities", "id")


def _column(column: Column, dialect: Dialect) -> str:
    type_ = _TYPES[dialect].get(column.stored, column.stored)
    step = shown(column.step) if column.step not in (None, 1) else ""
    words = [column.title]
    if column.unit:
        unit, unit_en = (unit_title(parse_unit(column.unit), lang) for lang in ("zh", "en"))
        words.append(_both(HEAD["steps"]).format(f"{step}{unit}", f"{step} {unit_en}") if step else unit)
    if column.options:
        words.append("、".join(f"{option} {label}" for option, label in column.options.items()))
    return f"{column.id} {type_}：{'；'.join(words)}"


def _columns(plan: Plan, labels: tuple[Labels, Labels]) -> Iterator[str]:
    unit, unit_en = (unit_word(each.unit, each.lang) for each in labels)
    yield HEAD["grid"][0].format(unit=unit, grid=plan.grid)
    yield HEAD["grid"][1].format(unit_en=unit_en.removesuffix("s"), grid=plan.grid)
    yield _both(HEAD["ends"])
    yield _both(COLUMNS["facts"])
    if len(plan.schemes) > 1:
        yield f"scheme：{_both(COLUMNS['scheme'])}"
    for subject in plan.subjects:
        yield f"{subject}_low、{subject}_high：{labels[0].subjects.get(subject, subject)}"
    yield f"{TOTAL}_low、{TOTAL}_high：{_both(COLUMNS['total'])}"
    for of in plan.asked:
        lacking = _both(COLUMNS["short"]).format(*(each.requirement(of) for each in labels))
        yield f"short_{of}_low、short_{of}_high：{lacking}"
    for kind in plan.kinds:
        yield f"kind_{kind}_low、kind_{kind}_high：{labels[0].kind(kind)}"
    for name in ("verdict", "causes", "look"):
        yield f"{name}：{_both(COLUMNS[name])}"


def _causes(plan: Plan, labels: tuple[Labels, Labels]) -> Iterator[str]:
    for cause, bit in plan.bits.causes.items():
        yield f"{bit} {cause}：{_both([cause_text(cause, each) for each in labels])}"


def _beyond(plan: Plan, labels: tuple[Labels, Labels]) -> Iterator[str]:
    for number, scheme in enumerate(plan.schemes):
        assert scheme.policy is not None
        whose = f"{scheme.policy.ref} " if len(plan.schemes) > 1 else ""
        if is_beyond(scheme):
            yield f"{whose}{_both(HEAD['whole'])}"
        for of, kind, why in plan.beyond:
            if of == number:
                yield f"{whose}{labels[0].kind(kind)}（{kind}）：{_both(WHY.get(why, OTHERWISE))}"


def _both(words: Sequence[str], **more: object) -> str:
    """Chinese and English in one line."""
    return " · ".join(dict.fromkeys(each.format(**more) if more else each for each in words))


def _one_line(text: str) -> str:
    """A text that can end no comment and begin none, whatever a policy says."""
    return " ".join(text.splitlines()).replace("/*", "/ *").replace("*/", "* /")
