"""Charts: drawings for the report, in SVG that stands within the page and needs nothing from elsewhere.

Lengths are whole numbers and tenths of a percent, worked out from numbers of people.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from policyhours.desk.wording import number_text
from policyhours.roster.results.figures import grouped
from policyhours.roster.results.histogram import Histogram
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.phrases import WORDS
from policyhours.roster.results.summary import Tally

PATTERNS: Final = (
    '<svg class="patterns" aria-hidden="true"><defs>'
    '<pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" class="open"/><rect width="2" height="6" class="stripe"/></pattern>'
    '<pattern id="dotted" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect width="5" height="5" class="ground"/><circle cx="2" cy="2" r="1" class="none"/></pattern>'
    "</defs></svg>"
)
"""Patterns for what is open, so that verdicts can be told apart without colours; once a page."""

_WIDTH: Final = 720
_HEIGHT: Final = 250
_TOP: Final = 46
_BOTTOM: Final = 34
_SIDE: Final = 16


def verdict_bar(tally: Tally) -> str:
    """A bar of the four verdicts; what it shows stands beside it in numbers."""
    parts, so_far = [], 0
    for verdict, number in tally.by_verdict.items():
        start, end = (_tenths(people, tally.people) for people in (so_far, so_far + number))
        so_far += number
        if end > start:
            gap = ' class="gap"' if start else ""
            parts.append(
                f'<g{gap}><rect class="{verdict}" x="{_percent(start)}" width="{_percent(end - start)}"'
                ' height="100%"/></g>'
            )
    return f'<svg class="bar" aria-hidden="true">{"".join(parts)}</svg>'


def bar(part: int, whole: int) -> str:
    """A bar of a part of the whole."""
    return (
        '<svg class="bar thin" aria-hidden="true"><rect class="ground" width="100%" height="100%"/>'
        f'<rect class="ink" width="{_percent(_tenths(part, whole))}" height="100%"/></svg>'
    )


def histogram(hours: Histogram, labels: Labels, description: str) -> str:
    """Columns of people by their hours, and a line at what is required; `description` is markup."""
    return (
        f'<svg class="histogram" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{description}">'
        f"{''.join(_drawn(hours, labels))}</svg>"
    )


def _drawn(hours: Histogram, labels: Labels) -> Iterator[str]:
    most = max(each.people for each in hours.bins)
    room, floor = _HEIGHT - _TOP - _BOTTOM, _HEIGHT - _BOTTOM
    step = (_WIDTH - 2 * _SIDE) // len(hours.bins)
    left = (_WIDTH - step * len(hours.bins)) // 2
    for number, each in enumerate(hours.bins):
        x = left + number * step
        height = each.people * room // most if most else 0
        height = max(height, 1) if each.people else 0
        enough = hours.required is not None and each.first >= hours.required
        yield (
            f'<rect class="{"met" if enough else "ink"}" x="{x + 2}" y="{floor - height}" width="{step - 4}"'
            f' height="{height}"/>'
        )
        if each.people:
            yield _text(x + step // 2, floor - height - 5, _short(each.people), "count")
        yield _text(x, floor + 16, str(each.first), "edge")
        if each.end is None:
            yield _text(x + step, floor + 16, "…", "edge")
    last = hours.bins[-1]
    if last.end is not None:
        yield _text(left + len(hours.bins) * step, floor + 16, str(last.end), "edge")
    yield f'<line class="floor" x1="{left}" x2="{_WIDTH - left}" y1="{floor}" y2="{floor}"/>'
    width = hours.bins[0].end
    if hours.required is not None and width and hours.required < len(hours.bins) * width:
        x = left + int(hours.required * step // width)
        yield f'<line class="wanted" x1="{x}" x2="{x}" y1="18" y2="{floor}"/>'
        said = labels.pick(*WORDS["required"]).format(number_text(hours.required, labels.lang))
        yield _text(x, 13, said, "said")


def _text(x: int, y: int, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(text)}</text>'


def _short(people: int) -> str:
    """A number of people in the width of a column; the table beside the chart has it in full."""
    if people < 10_000:
        return grouped(people)
    return f"{people // 1000:,}k"


def _tenths(part: int, whole: int) -> int:
    """A part in tenths of a percent."""
    return (2000 * part + whole) // (2 * whole) if whole else 0


def _percent(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}%"
