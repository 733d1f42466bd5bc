"""The database of a run: what it may use, and what is said where that is not enough."""

from __future__ import annotations

import subprocess
import sys

import pytest

from policyhours.roster.database import one, opened
from policyhours.text.finding import Refused

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a process is given little room as POSIX does it")
A_MILLION_ROWS = "CREATE TABLE t AS SELECT hash(i) AS h, i FROM range(1000000) r(i)"


def test_tables_are_packed_in_the_folder_of_the_run(tmp_path):
    with opened(tmp_path, None) as con:
        con.execute(A_MILLION_ROWS)
        assert one(con, "SELECT count(DISTINCT h) FROM t") == 1_000_000
    assert [path.name for path in tmp_path.iterdir() if path.stat().st_size > 1_000_000] == ["run.duckdb"]


@pytest.mark.parametrize("memory", ["much", "3 pounds", "'; DROP TABLE t"])
def test_what_is_no_amount_of_memory_is_refused(tmp_path, memory):
    with pytest.raises(Refused) as refused, opened(tmp_path, memory):
        pass
    assert [finding.code for finding in refused.value.findings] == ["RO117"]


def test_what_fits_into_no_memory_is_refused(tmp_path):
    with pytest.raises(Refused) as refused, opened(tmp_path, "20MB") as con:
        con.execute(
            "SET max_temp_directory_size = '1MB'; SELECT list(i ORDER BY hash(i)) FROM range(9000000) r(i)"
        )
    assert [finding.code for finding in refused.value.findings] == ["RO412"]


@POSIX
@pytest.mark.parametrize("most", [100, 1_000_000])
def test_a_full_disk_is_told_as_such(tmp_path, most):
    """A disk that takes no more than so many bytes of a file stands for a full one."""
    program = f"""
import resource
from pathlib import Path
from policyhours.roster.database import opened
from policyhours.text.finding import Refused
resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))
try:
    with opened(Path({str(tmp_path)!r}), None) as con:
        con.execute({A_MILLION_ROWS!r})
except Refused as refused:
    print(*(finding.code for finding in refused.findings))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("RO413\n", "")


@pytest.mark.parametrize("fault", [KeyError("k"), RuntimeError("other")])
def test_a_fault_of_ours_is_not_taken_for_one_of_the_machine(tmp_path, fault):
    with pytest.raises(type(fault)), opened(tmp_path, None):
        raise fault
