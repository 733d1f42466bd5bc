"""The peer that is OpenFisca: variables over whole columns, persons as groups of activities.

Its amounts are floats of 32 bits. It has no "largest of those on one matter", so that formula is NumPy.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from columns import ABSENT, CODES, FLAGS, NUMBERS, Columns, read
from layout import ANSWER, SPANS, YEAR, Tables
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from regulation import (
    ASSESSED,
    BOOK,
    CEILINGS,
    FREE,
    LESSON,
    LEVELS,
    PATENT,
    PROFESSIONAL,
    PROJECT,
    REQUIRED,
    SPAN,
)

COUNTED = ("public_course", *FREE, *CEILINGS)
ENDS = ("low", "high")

activity = Entity("activity", "activities", "An activity", "")
person = GroupEntity("person", "persons", "A person", "", [{"key": "activity", "plural": "activities"}])
enums: dict[str, Any] = {
    name: Enum(name, {value: value for value in (*values, "absent")}) for name, values in CODES.items()
}


def _variable(name: str, of: Any, type_: type, formula: Any = None, **more: Any) -> type[Variable]:
    said = {"value_type": type_, "entity": of, "definition_period": DateUnit.YEAR, "label": name, **more}
    return type(name, (Variable,), {**said, **({"formula": formula} if formula else {})})


# ── one activity ──


def _holds(of: Any, period: Any) -> Any:
    def fits(name: str, *values: str) -> Any:
        found = of(name, period)
        return np.isin(found, [list(enums[name].__members__).index(value) for value in values])

    assessed = ~fits("kind", *ASSESSED)
    hosted = ~fits("kind", "lecture", "attendance", "advanced_seminar")
    graduated = ~fits("kind", "degree", "party_school_degree")
    return (
        ~fits("status", "void")
        & (assessed | fits("assessment", "passed", "absent"))
        & (hosted | fits("organiser_level", *LEVELS))
        & (graduated | (fits("degree", *SPAN) & of("obtained", period)))
        & (~fits("kind", "research_project") | of("concluded", period))
        & (~fits("kind", "qualification_exam") | (of("subjects_passed", period) >= 1))
    )


def _sure(of: Any, period: Any) -> Any:
    kind = of("kind", period)
    kinds = enums["kind"]
    assessed = (kind == kinds.public_course) | (kind == kinds.training) | (kind == kinds.advanced_seminar)
    known = of("assessment", period) != enums["assessment"].absent
    registered = of("status", period) == enums["status"].registered
    return registered & (of("evidence", period) == enums["evidence"].complete) & (~assessed | known)


def _claimed(of: Any, period: Any) -> Any:
    kind, kinds = of("kind", period), enums["kind"]
    learnt = of("days", period) * LESSON + of("minutes", period) / 45 + of("tenths", period) / 10
    sole = of("authorship", period) == enums["authorship"].sole
    first = of("author_order", period) == 1
    invention = of("ip_type", period) == enums["ip_type"].invention
    leads = of("role", period) == enums["role"].lead
    worth = np.select(
        [
            kind == kinds.lecture,
            kind == kinds.intellectual_property,
            kind == kinds.research_project,
            kind == kinds.paper,
            kind == kinds.book,
            kind == kinds.qualification_exam,
        ],
        [
            6 * learnt,
            np.where(invention, PATENT["invention"], PATENT["software"]),
            np.where(leads, PROJECT["lead"], PROJECT["member"]),
            np.where(sole, 20, np.where(first, 15, 5)),
            np.where(sole, BOOK["sole"], BOOK["joint"]),
            20 * of("subjects_passed", period),
        ],
        learnt,
    )
    return worth * of("holds", period) * (of("year", period) == YEAR)


def _credited(end: str) -> Any:
    def formula(of: Any, period: Any) -> Any:
        claimed = of("claimed", period)
        if end == "low":
            claimed = claimed * of("sure", period)
        credited = claimed.copy()
        stated = np.flatnonzero(of("matter", period) >= 0)
        who = of.simulation.populations["person"].members_entity_id[stated].astype(np.int64)
        kind = np.asarray(of("kind", period))[stated].astype(np.int64)
        key = who << 36 | kind << 32 | of("matter", period)[stated]
        order = np.lexsort((-claimed[stated], key))
        again = np.append(False, key[order][1:] == key[order][:-1])
        credited[stated[order[again]]] = 0
        return credited

    return formula


def _completes(of: Any, period: Any) -> Any:
    kind, kinds, degree = of("kind", period), enums["kind"], np.asarray(of("degree", period))
    graduated = (kind == kinds.degree) | (kind == kinds.party_school_degree)
    # The codes of a doctor's, a master's and a bachelor's degree are 0, 1 and 2.
    span = np.where(graduated, degree.astype(np.int32) + 2, 1)
    year = of("year", period)
    within = (year >= YEAR) & (year - span < YEAR)
    return (graduated | (kind == kinds.advanced_seminar)) & of("holds", period) & within


# ── one person ──


def _hours(kind: str, end: str) -> Any:
    def formula(of: Any, period: Any, parameters: Any) -> Any:
        members = of.members
        kinds = members("kind", period)
        hours = of.sum(members(f"credited_{end}", period) * (kinds == enums["kind"][kind]))
        return np.minimum(hours, parameters(period).ceilings[kind]) if kind in CEILINGS else hours

    return formula


def _professional(end: str) -> Any:
    def formula(of: Any, period: Any) -> Any:
        earned = sum(of(f"{kind}_{end}", period) for kind in COUNTED if kind != "public_course")
        completes = of.members("completes", period)
        if end == "low":
            completes = completes & of.members("sure", period)
        return np.where(of.any(completes), np.maximum(earned, PROFESSIONAL), earned)

    return formula


def _total(end: str) -> Any:
    return lambda of, period: of(f"professional_{end}", period) + of(f"public_course_{end}", period)


def _met(end: str) -> Any:
    return lambda of, period: (
        (of(f"total_{end}", period) >= REQUIRED) & (of(f"professional_{end}", period) >= PROFESSIONAL)
    )


def system() -> TaxBenefitSystem:
    """The rules."""
    built = TaxBenefitSystem([activity, person])
    built.parameters = ParameterNode(
        "", data={"ceilings": {k: {"values": {"2023-02-01": {"value": v}}} for k, v in CEILINGS.items()}}
    )
    for name, enum in enums.items():
        built.add_variable(
            _variable(name, activity, Enum, possible_values=enum, default_value=enum["absent"])
        )
    for name in (*NUMBERS, "tenths", "year", "matter"):
        built.add_variable(_variable(name, activity, int))
    for name in FLAGS:
        built.add_variable(_variable(name, activity, bool))
    for name, type_, formula in (
        ("holds", bool, _holds),
        ("sure", bool, _sure),
        ("claimed", float, _claimed),
        ("completes", bool, _completes),
    ):
        built.add_variable(_variable(name, activity, type_, formula))
    for end in ENDS:
        built.add_variable(_variable(f"credited_{end}", activity, float, _credited(end)))
        for kind in COUNTED:
            built.add_variable(_variable(f"{kind}_{end}", person, float, _hours(kind, end)))
        built.add_variable(_variable(f"professional_{end}", person, float, _professional(end)))
        built.add_variable(_variable(f"total_{end}", person, float, _total(end)))
        built.add_variable(_variable(f"met_{end}", person, bool, _met(end)))
    return built


def simulated(columns: Columns) -> Any:
    """A simulation with all inputs set."""
    built, builder = system(), SimulationBuilder()
    builder.create_entities(built)
    builder.declare_person_entity("activity", np.arange(len(columns.day)))
    groups = builder.declare_entity("person", np.arange(len(columns.ids)))
    groups.members_entity_id = columns.person
    simulation = builder.build(built)
    years = columns.day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + 1970
    inputs = {**columns.numbers, "year": years, "matter": columns.matter, **columns.flags}
    for name, codes in columns.codes.items():
        inputs[name] = enums[name].encode(np.where(codes == ABSENT, len(CODES[name]), codes))
    for name, values in inputs.items():
        simulation.set_input(name, YEAR, values)
    return simulation


def main(folder: Path, out: Path) -> None:
    """Files in, a file out."""
    columns = read(Tables(folder))
    simulation = simulated(columns)
    met = [simulation.calculate(f"met_{end}", YEAR) for end in ENDS]
    verdict = np.where(met[0], "met", np.where(met[1], "undetermined", "not_met"))
    found = [
        simulation.calculate(span.replace("public", "public_course"), YEAR).astype(np.float64)
        for span in SPANS
    ]
    pq.write_table(pa.table([columns.ids, verdict, *found], names=ANSWER), out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
