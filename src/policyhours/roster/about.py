"""About: what a report says of the run beside its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policyhours.desk.wording import articles, status_word
from policyhours.language.policy import Policy
from policyhours.roster.request import Request
from policyhours.roster.results.report import About, PolicyNamed, ReadingNamed


def about_run(policies: Iterable[Policy], request: Request, today: date) -> About:
    """The policies of a run with their digests, and the readings in use."""
    known = tuple(policies)
    headers = {header.ref: header for policy in known for header in policy.layers}
    named = tuple(
        PolicyNamed(h.ref, h.title, status_word(h.status, request.lang), h.digest) for h in headers.values()
    )
    readings = {}
    for policy in known:
        for name, reading in policy.readings.items():
            option = request.readings.get(name, reading.adopted)
            readings[name] = ReadingNamed(
                reading.question,
                reading.options.get(option, option),
                articles(reading.origin.cited),
                option == reading.adopted,
            )
    title = known[-1].layers[-1].title if known else ""
    return About(today, title, named, tuple(readings.values()))
