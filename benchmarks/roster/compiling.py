"""How long it takes to compile the policy into the plan: in a fresh process, printed in seconds as JSON.

The library that writes the SQL imports an engine's dialect when first asked for it; that is timed apart.
"""

from __future__ import annotations

import json
import time

from layout import ACTIVITIES, PERSONS, YEAR
from regulation import POLICY, REPOSITORY
from sqlglot.dialects.dialect import Dialect

from policyhours.language.files import folders
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.roster.plan.plan import plan_of
from policyhours.roster.plan.tables import Stored, Tables, stored
from policyhours.roster.schemes import Scheme, schemes_of

FIXED = {
    "person": "text",
    "id": "text",
    "kind": "choice",
    "date": "date",
    "status": "choice",
    "evidence": "choice",
}
STATED = {"persons": PERSONS, "activities": ACTIVITIES}


def tables_of(scheme: Scheme) -> Tables:
    """The columns, typed by the facts of the policy."""
    assert scheme.rules is not None
    facts = scheme.rules.facts
    return {
        table: {name: Stored(FIXED[name]) if name in FIXED else stored(facts[name]) for name in names}
        for table, names in STATED.items()
    }


def main() -> None:
    """Load the policy, compile it, and compile it again, warm."""
    times = [time.perf_counter()]
    schemes = schemes_of(parse_reference(POLICY), Library(folders(REPOSITORY / "policies")), YEAR, ())
    tables = tables_of(schemes[0])
    times.append(time.perf_counter())
    Dialect.get_or_raise("duckdb")
    for _ in range(2):
        times.append(time.perf_counter())
        plan_of(schemes, tables).sql("duckdb")
    times.append(time.perf_counter())
    named = zip(("loading", "dialect", "first", "again"), times, times[1:], strict=False)
    print(json.dumps({name: end - start for name, start, end in named}))


if __name__ == "__main__":
    main()
