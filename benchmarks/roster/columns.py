"""The tables as NumPy columns, texts as small codes: what the C pass and OpenFisca start from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from layout import Tables
from numpy.typing import NDArray

KINDS = (
    "public_course",
    "training",
    "qualification_exam",
    "further_study",
    "practice",
    "lecture",
    "attendance",
    "intellectual_property",
    "research_project",
    "paper",
    "book",
    "other",
    "advanced_seminar",
    "degree",
    "party_school_degree",
)
CODES = {
    "kind": KINDS,
    "assessment": ("passed", "failed", "none"),
    "organiser_level": ("national", "region", "prefecture"),
    "degree": ("doctor", "master", "bachelor", "associate"),
    "ip_type": ("invention", "software"),
    "role": ("lead", "member"),
    "authorship": ("sole", "joint"),
    "status": ("registered", "pending", "void"),
    "evidence": ("complete", "missing"),
}
"""The code of a text is its place here."""

ABSENT = 255
NUMBERS = ("days", "minutes", "author_order", "subjects_passed")
FLAGS = ("obtained", "concluded")


@dataclass(frozen=True, slots=True)
class Columns:
    """The activities, column by column.

    Attributes:
        ids: the persons' ids.
        person: the place of the person of each activity among `ids`.
        matter: the activities that share an event or a work share a number; -1 where none is stated.
        day: days since 1970.
        codes: the texts of `CODES`; `ABSENT` where there is none.
        numbers: those of `NUMBERS`, and ``tenths`` of stated hours; 0 where there is none.
        flags: those of `FLAGS`; 0 where there is none.
    """

    ids: pa.ChunkedArray
    person: NDArray[np.int32]
    matter: NDArray[np.int32]
    day: NDArray[np.int32]
    codes: dict[str, NDArray[np.uint8]]
    numbers: dict[str, NDArray[np.int32]]
    flags: dict[str, NDArray[np.uint8]]


def read(tables: Tables) -> Columns:
    """Read both tables; only one text column at a time."""
    file = pq.ParquetFile(tables.activities, read_dictionary=list(CODES))

    def column(name: str) -> Any:
        return file.read(columns=[name]).column(0)

    ids = pq.read_table(tables.persons, columns=["id"]).column(0)
    matter = pc.coalesce(column("event"), column("work")).combine_chunks().dictionary_encode().indices
    return Columns(
        ids,
        person=pc.index_in(column("person"), value_set=ids.combine_chunks()).to_numpy(),
        matter=matter.fill_null(-1).to_numpy(),
        day=column("date").cast(pa.int32()).to_numpy(),
        codes={name: _codes(column(name), values) for name, values in CODES.items()},
        numbers={name: column(name).fill_null(0).cast(pa.int32()).to_numpy() for name in NUMBERS}
        | {"tenths": pc.multiply(column("hours").fill_null(0), 10).cast(pa.int32()).to_numpy()},
        flags={name: column(name).fill_null(False).cast(pa.uint8()).to_numpy() for name in FLAGS},
    )


def _codes(column: pa.ChunkedArray, values: tuple[str, ...]) -> NDArray[np.uint8]:
    texts = column.unify_dictionaries().combine_chunks()
    known = pc.index_in(texts.dictionary, value_set=pa.array(values)).fill_null(ABSENT)
    # The place -1, of no text at all, is the last.
    codes = np.append(known.to_numpy(zero_copy_only=False), ABSENT).astype(np.uint8)
    found: NDArray[np.uint8] = codes[texts.indices.fill_null(-1).to_numpy()]
    return found
