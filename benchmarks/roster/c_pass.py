"""The physical limit: one pass in C over columns in memory, compiled when it is run; NumPy reads for it.

Beside the answer it prints how long reading, the pass and writing took, in seconds, as JSON.
"""

from __future__ import annotations

import ctypes
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from columns import Columns, read
from layout import ANSWER, Tables

INTEGERS = (
    "person",
    "matter",
    "day",
    "days",
    "minutes",
    "tenths",
    "author_order",
    "subjects_passed",
)
BYTES = (
    "kind",
    "assessment",
    "organiser_level",
    "degree",
    "ip_type",
    "role",
    "authorship",
    "status",
    "evidence",
    "obtained",
    "concluded",
)


class _Columns(ctypes.Structure):
    """`Columns` of ``pass.c``."""

    _fields_ = (
        ("rows", ctypes.c_int64),
        ("persons", ctypes.c_int64),
        *((name, ctypes.c_void_p) for name in INTEGERS + BYTES),
    )


def compiler() -> str | None:
    """The compiler, if there is one."""
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


def compiled(folder: Path) -> Any:
    """The library, from ``pass.c``.

    Raises:
        SystemExit: without a compiler.
    """
    found = compiler()
    if found is None:
        raise SystemExit("没有 C 编译器 · no C compiler")
    library = folder / "pass.so"
    source = Path(__file__).with_name("pass.c")
    subprocess.run(
        [found, "-O3", "-march=native", "-shared", "-fPIC", "-o", str(library), str(source)], check=True
    )
    return ctypes.CDLL(str(library))


def assess(library: Any, columns: Columns) -> tuple[Any, Any]:
    """The spans and the verdicts, as NumPy arrays."""
    arrays = {
        "person": columns.person,
        "matter": columns.matter,
        "day": columns.day,
        **columns.numbers,
        **columns.codes,
        **columns.flags,
    }
    kept = {name: np.ascontiguousarray(arrays[name], np.int32) for name in INTEGERS}
    kept |= {name: np.ascontiguousarray(arrays[name], np.uint8) for name in BYTES}
    pointers = {name: array.ctypes.data for name, array in kept.items()}
    persons = len(columns.ids)
    given = _Columns(rows=len(columns.day), persons=persons, **pointers)
    spans = np.empty((persons, 4), np.int32)
    found = np.empty(persons, np.uint8)
    if library.assess(
        ctypes.byref(given), ctypes.c_void_p(spans.ctypes.data), ctypes.c_void_p(found.ctypes.data)
    ):
        raise MemoryError
    return spans, found


def main(folder: Path, out: Path) -> None:
    """Files in, a file out."""
    with tempfile.TemporaryDirectory() as place:
        library = compiled(Path(place))
        times = [time.perf_counter()]
        columns = read(Tables(folder))
        times.append(time.perf_counter())
        spans, found = assess(library, columns)
        times.append(time.perf_counter())
    ends = [*spans.T, spans[:, 0] + spans[:, 2], spans[:, 1] + spans[:, 3]]
    verdict = pa.DictionaryArray.from_arrays(found, ["met", "undetermined", "not_met"])
    table = pa.table([columns.ids, verdict.cast(pa.string()), *ends], names=ANSWER)
    pq.write_table(table, out)
    times.append(time.perf_counter())
    named = zip(("reading", "pass", "writing"), times, times[1:], strict=False)
    print(json.dumps({name: end - start for name, start, end in named}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
