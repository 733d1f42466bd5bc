"""What changed since an earlier run, as a part of the report."""

from __future__ import annotations

from html import escape

from policyhours.desk.wording import VERDICTS
from policyhours.roster.results.compare import Changes
from policyhours.roster.results.figures import grouped
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.markup import cell, heads, say, section, table
from policyhours.roster.results.phrases import WORDS
from policyhours.roster.results.wording import cause_text


def told_changes(changes: Changes, labels: Labels) -> list[tuple[str, int]]:
    """The changes in words, with how many people each concerns: those of the verdict first."""
    verdicts = VERDICTS[labels.lang]
    told = [(f"{verdicts[before]} → {verdicts[now]}", number) for before, now, number in changes.verdicts]
    others = {
        "same": changes.same,
        "totals": changes.totals,
        "other_policies": changes.policies,
        "new": changes.new,
        "gone": changes.gone,
    }
    return told + [(labels.pick(*WORDS[what]), number) for what, number in others.items() if number]


def changes_section(changes: Changes, labels: Labels) -> str:
    """The changes as tables."""
    years = labels.pick("、", ", ").join(str(year) for year in changes.years)
    columns = heads("change", "people", labels=labels)
    tables = [_table(say("compared", labels, years), columns, told_changes(changes, labels))]
    columns = heads("cause", "people", labels=labels)
    for title, causes in (("appeared", changes.appeared), ("vanished", changes.vanished)):
        if causes:
            tables.append(
                _table(say(title, labels), columns, [(cause_text(c, labels), n) for c, n in causes])
            )
    return section(say("changes", labels), f'<div class="pair">{"".join(tables)}</div>\n')


def _table(caption: str, columns: list[str], told: list[tuple[str, int]]) -> str:
    rows = [f'<tr><th scope="row">{escape(text)}</th>{cell(grouped(number))}</tr>' for text, number in told]
    return f"<div>{table(caption, columns, rows)}</div>\n"
