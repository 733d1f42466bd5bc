"""The report: a summary as one page that needs nothing but itself, for a screen and for paper.

What is drawn also stands in tables, so that it can be read aloud; nothing on it tells who somebody is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Final

from policyhours.desk.wording import VERDICTS
from policyhours.roster.results.changed import changes_section
from policyhours.roster.results.charts import PATTERNS, bar, histogram, verdict_bar
from policyhours.roster.results.figures import grouped, share
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.markup import cell, head, heads, say, section, table
from policyhours.roster.results.names import group_name, in_order, span
from policyhours.roster.results.summary import SMALLEST, Counted, Group, Summary, YearSummary
from policyhours.roster.results.wording import cause_text
from policyhours.version import VERSION

_STYLE: Final = Path(__file__).with_name("report.css")
_MOST_CAUSES: Final = 12


@dataclass(frozen=True, slots=True)
class PolicyNamed:
    """A policy that took part: its reference, its title, its status in words, and its digest."""

    ref: str
    title: str
    status: str
    digest: str


@dataclass(frozen=True, slots=True)
class ReadingNamed:
    """A contested reading: the question, the option in use, its articles, whether it is the adopted one."""

    question: str
    option: str
    article: str
    adopted: bool = True


@dataclass(frozen=True, slots=True)
class About:
    """What a report says of the run beside its numbers.

    Attributes:
        made_on: the day of the run.
        title: of the text under which people are assessed.
    """

    made_on: date
    title: str = ""
    policies: tuple[PolicyNamed, ...] = ()
    readings: tuple[ReadingNamed, ...] = ()


def report_html(summary: Summary, about: About, labels: Labels) -> str:
    """The report as a page of HTML, in the language of the labels."""
    years = labels.pick("、", ", ").join(str(year.year) for year in summary.years)
    title = say("title", labels, years)
    body = "".join(_body(summary, about, labels, title))
    lang = labels.pick("zh-CN", "en")
    style = _STYLE.read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n{PATTERNS}\n{body}</body>\n</html>\n"
    )


def _body(summary: Summary, about: About, labels: Labels, title: str) -> Iterator[str]:
    kind = "trial" if summary.trial else "official"
    yield f'<header>\n<p class="kicker">{say("heading", labels)}</p>\n<h1>{title}</h1>\n'
    if about.title:
        yield f'<p class="under">{escape(about.title)}</p>\n'
    yield f'<p class="made">{say("made_on", labels, about.made_on.isoformat())}</p>\n'
    yield f'<p class="stamp {kind}">{say(kind, labels)}</p>\n</header>\n<main>\n'
    if summary.trial:
        because = labels.pick("；", "; ").join(summary.trial)
        yield f'<p class="trial-why">{say("why_trial", labels, because)}</p>\n'
    for year in summary.years:
        yield from _year(year, labels)
    if not summary.years:
        yield f"<p>{say('nobody', labels)}</p>\n"
    if summary.changes is not None:
        yield changes_section(summary.changes, labels)
    yield from _basis(summary, about, labels)
    yield f"</main>\n<footer>\n<p>{say('private', labels, SMALLEST)}{say('ranges', labels)}</p>\n"
    yield f"<p>{say('made_by', labels, VERSION)}</p>\n</footer>\n"


def _year(year: YearSummary, labels: Labels) -> Iterator[str]:
    people = year.tally.people
    yield section(say("year", labels, year.year, grouped(people)), _verdicts(year, labels), "verdicts")
    if any(each.people for each in year.hours.bins):
        yield section(say("hours", labels, labels.counted), _hours(year, labels), "hours")
    tables = [_causes(title, found, whole, labels) for title, found, whole in year.causes if found]
    if tables:
        yield section(say("why", labels), f'<div class="pair">{"".join(tables)}</div>\n')
    groups = [_groups(fact, found, labels) for fact, found in year.groups.items() if found]
    if groups:
        yield section(say("groups", labels), "".join(groups))


def _verdicts(year: YearSummary, labels: Labels) -> str:
    rows = [
        f'<tr class="{verdict}"><th scope="row"><i></i>{escape(VERDICTS[labels.lang][verdict])}</th>'
        f"{cell(grouped(number))}{cell(share(number, year.tally.people))}</tr>"
        for verdict, number in year.tally.by_verdict.items()
    ]
    caption, columns = say("verdicts", labels), heads("verdict", "people", "share", labels=labels)
    return f'<div class="whole">{verdict_bar(year.tally)}</div>\n' + table(caption, columns, rows, "tiles")


def _hours(year: YearSummary, labels: Labels) -> str:
    hours = year.hours
    people = sum(each.people for each in hours.bins)
    fullest = max(hours.bins, key=lambda each: each.people)
    told = (labels.counted, grouped(people), span(fullest, labels), grouped(fullest.people))
    drawing = histogram(hours, labels, say("histogram", labels, *told))
    rows = [
        f'<tr><th scope="row">{span(each, labels)}</th>{cell(grouped(each.people))}'
        f"{cell(share(each.people, people))}</tr>"
        for each in hours.bins
    ]
    columns = [head(say("span_head", labels, labels.counted)), *heads("people", "share", labels=labels)]
    behind = table(say("hours", labels, labels.counted), columns, rows)
    return (
        f'<figure tabindex="0">{drawing}</figure>\n'
        f"<details><summary>{say('numbers', labels)}</summary>{behind}</details>\n"
    )


def _causes(title: str, causes: Counted, people: int, labels: Labels) -> str:
    rows = [
        f'<tr><th scope="row">{escape(cause_text(cause, labels))}</th>{cell(grouped(number))}'
        f'{cell(share(number, people))}<td class="drawn">{bar(number, people)}</td></tr>'
        for cause, number in causes[:_MOST_CAUSES]
    ]
    columns = heads("cause", "people", "share", "part", labels=labels)
    more = len(causes) - _MOST_CAUSES
    rest = f'<p class="more">{say("more", labels, more)}</p>' if more > 0 else ""
    return f"<div>{table(say(title, labels), columns, rows)}{rest}</div>\n"


def _groups(fact: str, groups: Sequence[Group], labels: Labels) -> str:
    verdicts = [v for v in VERDICTS[labels.lang] if any(g.tally.by_verdict[v] for g in groups)]
    rows = []
    for group in in_order(fact, groups, labels):
        numbers = "".join(cell(grouped(group.tally.by_verdict[verdict])) for verdict in verdicts)
        rows.append(
            f'<tr><th scope="row">{escape(group_name(fact, group, labels))}</th>'
            f'{cell(grouped(group.tally.people))}<td class="drawn">{verdict_bar(group.tally)}</td>{numbers}'
            f"{cell(share(group.tally.met, group.tally.people))}</tr>"
        )
    columns = [head(escape(labels.fact(fact))), *heads("people", "part", labels=labels)]
    columns += [head(escape(VERDICTS[labels.lang][verdict]), figure=True) for verdict in verdicts]
    columns.append(head(say("met", labels), figure=True))
    return table(say("by", labels, labels.fact(fact)), columns, rows, "groups")


def _basis(summary: Summary, about: About, labels: Labels) -> Iterator[str]:
    parts = []
    if about.policies:
        rows = [
            f'<tr><th scope="row" class="short">{escape(p.ref)}</th><td>{escape(p.title)}</td>'
            f'<td class="short">{escape(p.status)}</td>'
            f'<td class="digest">{escape(p.digest.removeprefix("sha256:"))}</td></tr>'
            for p in about.policies
        ]
        columns = heads("policy", "name", "status", "digest", labels=labels)
        parts.append(table(say("policies", labels), columns, rows))
    if about.readings:
        rows = [
            f'<tr><th scope="row">{escape(r.question)}</th><td>{escape(r.option)}</td>'
            f'<td>{escape(r.article)}</td><td class="short">'
            f"{say('adopted' if r.adopted else 'switched', labels)}</td></tr>"
            for r in about.readings
        ]
        columns = heads("question", "reading", "article", "status", labels=labels)
        parts.append(table(say("readings", labels), columns, rows))
    numbers = list(_numbers(summary, labels))
    if numbers:
        rows = [f'<tr><th scope="row">{name}</th>{cell(grouped(number))}</tr>' for name, number in numbers]
        columns = heads("rows_head", "numbers_head", labels=labels, figures=("numbers_head",))
        parts.append(table(say("input", labels), columns, rows))
    if parts:
        yield section(say("basis", labels), "".join(parts), "basis")


def _numbers(summary: Summary, labels: Labels) -> Iterator[tuple[str, int]]:
    rows = summary.rows
    if rows is not None:
        yield say("given", labels), rows.given
        yield say("assessed", labels), rows.assessed
        yield say("rejected", labels), rows.rejected
        if rows.left_out:
            yield say("left_out", labels), rows.left_out
    for year in summary.years:
        prefix = f"{year.year} " if len(summary.years) > 1 else ""
        yield prefix + say("touched_head", labels), year.touched
        yield prefix + say("singly", labels), year.evaluated
