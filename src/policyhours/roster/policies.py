"""The policies of a run: every filing that may be somebody's, and what is said of them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain

from policyhours.assess.result import Reason
from policyhours.case.force import force_of
from policyhours.desk.answer.evaluation import trial_because
from policyhours.language.library import Library
from policyhours.language.number import Rational
from policyhours.language.policy import Policy
from policyhours.language.reference import Reference
from policyhours.language.rules import Rules
from policyhours.language.values import TOTAL
from policyhours.roster.plan.people import PersonFacts
from policyhours.roster.plan.term import Beyond, term_of
from policyhours.roster.results.labels import Labels
from policyhours.roster.schemes import Scheme
from policyhours.roster.standing import Hours


def candidates(
    ref: Reference, library: Library, years: Iterable[int], as_of: date | None = None
) -> tuple[Policy, ...]:
    """Every policy under which somebody may be assessed, the one named for the run last.

    Raises:
        Refused: where a policy is unknown or faulty, or two filings are for one industry.
    """
    force = force_of(ref, library, as_of, None)
    found: dict[str, Policy] = {}
    uppers: dict[str, Policy] = {}
    for year in years:
        upper = force.of_year(year)
        if upper is None:
            continue
        uppers[upper.ref] = upper
        if upper.header.implements is None:
            for filing in _filings(library, upper, upper.rules().last_day(year)):
                found[filing.ref] = filing
    newest = force.newest()
    return (*found.values(), *(uppers or {newest.ref: newest}).values())


def _filings(library: Library, upper: Policy, day: date) -> Iterator[Policy]:
    versions, _ = library.every_version()
    names = sorted({name for header in versions.headers for name in header.industries})
    for industry in names:
        filing = library.filing_for(upper.header.id, industry, day)
        if filing is not None:
            yield filing


def rules_of(policies: Iterable[Policy], switched: Mapping[str, str]) -> tuple[Rules, ...]:
    """The rules of policies, with the readings of the run."""
    return tuple(
        policy.rules({name: o for name, o in switched.items() if name in policy.readings})
        for policy in policies
    )


def labels_of(rules: Sequence[Rules], lang: str) -> Labels:
    """What the ids in a result are called; where filings differ, as the first of the rules says."""
    kinds: dict[str, str] = {}
    subjects: dict[str, str] = {}
    facts: dict[str, str] = {}
    options: dict[str, Mapping[str, str]] = {}
    for each in reversed(rules):
        kinds |= {standard.id: standard.title for standard in each.standards.values()}
        subjects |= {name: subject.title for name, subject in each.subjects.items()}
        facts |= {fact.id: fact.title for fact in each.facts.values()}
        options |= {fact.id: fact.options for fact in each.facts.values() if fact.options}
    return Labels(lang, kinds, subjects, facts, options, rules[0].unit)


def hours_of(schemes: Iterable[Scheme]) -> Hours:
    """Of what the rows of a year have hours: every subject, requirement and kind of some scheme."""
    rules = [scheme.rules for scheme in schemes if scheme.rules is not None]
    subjects = dict.fromkeys(chain.from_iterable(each.subjects for each in rules))
    asked = dict.fromkeys(r.of for each in rules for r in each.requirements)
    kinds = dict.fromkeys(s.id for each in rules for s in each.standards.values() if s.hours is not None)
    return Hours(tuple(subjects), tuple(asked), tuple(kinds))


def policies_of_years(schemes: Mapping[int, Sequence[Scheme]]) -> tuple[Policy, ...]:
    """The policies that people are assessed under."""
    found = (s.policy for several in schemes.values() for s in several if s.policy is not None)
    return tuple(dict.fromkeys(found))


def trial(policies: Sequence[Policy], switched: Mapping[str, str]) -> tuple[Reason, ...]:
    """Why the results are a trial only; empty where they are official."""
    reasons = trial_because(policies, switched)
    return tuple(reasons) if policies else (*reasons, Reason("no_policy_at_all"))


def required_of(schemes: Mapping[int, Sequence[Scheme]]) -> dict[int, Rational]:
    """By year, the total hours that the text named for the run requires, where that is one number."""
    found: dict[int, Rational] = {}
    for year, several in schemes.items():
        rules = several[-1].rules
        for requirement in rules.requirements if rules is not None else ():
            assert rules is not None
            with suppress(Beyond):
                hours = term_of(requirement.hours.expression, PersonFacts(rules, year, {}).scope).value
                if requirement.of == TOTAL and hours is not None:
                    found[year] = hours
    return found
