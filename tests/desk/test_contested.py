"""What is contested: every reading of the repository's policies changes something, and it is told exactly."""

from __future__ import annotations

import pytest

from helpers import LIBRARY
from policyhours.desk.sentences.contested import otherwise
from policyhours.desk.sentences.provisions import provisions
from policyhours.language.reference import parse_reference


def upper_of(policy):
    return LIBRARY.policy(parse_reference(policy.layers[1].ref)) if len(policy.layers) > 1 else None


@pytest.mark.parametrize("ref", LIBRARY.refs())
def test_every_option_that_is_not_adopted_says_something_otherwise(ref):
    policy = LIBRARY.policy(parse_reference(ref))
    found = otherwise(policy, upper_of(policy))
    open_ones = {(r.id, o) for r in policy.readings.values() for o in r.options if o != r.adopted}
    assert {(other.reading.id, other.option) for other in found} == open_ones


@pytest.mark.parametrize("ref", LIBRARY.refs())
def test_with_what_changes_put_in_place_it_reads_as_under_the_other_reading(ref):
    policy = LIBRARY.policy(parse_reference(ref))
    upper = upper_of(policy)
    said, found = provisions(policy, upper), otherwise(policy, upper)
    for name, option in {(other.reading.id, other.option) for other in found}:
        those = [other for other in found if (other.reading.id, other.option) == (name, option)]
        gone = {(p.key, p.text) for other in those for p in other.gone}
        come = {(p.key, p.text) for other in those for p in other.come}
        instead = {(p.key, p.text) for p in provisions(policy, upper, {name: option})}
        assert ({(p.key, p.text) for p in said} - gone) | come == instead


def test_what_is_not_contested_hangs_on_nothing():
    assert otherwise(LIBRARY.policy(parse_reference("national/accounting@2018.1"))) == []
