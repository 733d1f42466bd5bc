"""A run: files in; everybody judged by the plan or singly; the results, whole, where they belong."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from policyhours.case.switching import check_switched
from policyhours.desk.wording import Speech
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.rules import Rules
from policyhours.roster.amiss import Amiss, find_amiss, rejected_of
from policyhours.roster.assessing import Assessing, workers_of
from policyhours.roster.collect import (
    Year,
    collect_planned,
    collect_singles,
    collect_unruled,
    facts_of,
    put_together,
)
from policyhours.roster.database import one, opened
from policyhours.roster.engines import Spark, run_on_duckdb
from policyhours.roster.gather import KEYS, names_of, papers_of, raw_rows
from policyhours.roster.intake.columns import TABLES, Table, Value
from policyhours.roster.intake.rejected import Rejected, write_rejected
from policyhours.roster.intake.relation import Intake
from policyhours.roster.intake.tables import take_in
from policyhours.roster.intake.vocabulary import vocabulary
from policyhours.roster.plan.plan import Plan, plan_of
from policyhours.roster.plan.tables import Columns, Stored
from policyhours.roster.plan.term import Beyond
from policyhours.roster.policies import (
    candidates,
    hours_of,
    labels_of,
    policies_of_years,
    required_of,
    rules_of,
    trial,
)
from policyhours.roster.request import Request
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.output import Further, Outputs, left_over, ready, write_outputs
from policyhours.roster.results.summary import Rows, Summary, summarise
from policyhours.roster.schemes import Scheme, schemes_of
from policyhours.roster.singly import Desk, Setting
from policyhours.text.finding import Finding, Refused
