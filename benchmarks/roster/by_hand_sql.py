"""The peer that is a DuckDB query written by hand for these rules and nothing else, Parquet to Parquet.

Hours are whole ninetieths. What makes it quick is what only someone who knows the rules and the data may do:

- several sums travel in one BIGINT, for a person has fewer than 256 activities a year (21 bits for each kind
  that has a ceiling, 27 for those that have none);
- nearly all rows are certain, so only the most is summed for everyone; what is doubtful is taken off
  again for the few;
- of several activities of one kind on one matter the largest counts: all but it are taken off as well.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from layout import Tables

QUERY = """
WITH rows AS (
    SELECT person, kind, coalesce(event, work) AS matter,
        status = 'registered' AND evidence = 'complete' AND (assessment IS NOT NULL
            OR kind NOT IN ('public_course', 'training', 'advanced_seminar')) AS sure,
        CASE
            WHEN kind IN ('public_course', 'training') THEN learnt
            WHEN kind = 'attendance' THEN least(learnt, 1800)
            WHEN kind = 'other' THEN least(learnt, 2700)
            WHEN kind = 'lecture' THEN least(6 * learnt, 4500)
            WHEN kind = 'practice' THEN least(learnt, 2700)
            WHEN kind = 'further_study' THEN least(learnt, 5400)
            WHEN kind = 'paper' THEN
                CASE WHEN authorship = 'sole' THEN 1800 WHEN author_order = 1 THEN 1350 ELSE 450 END
            WHEN kind = 'research_project' THEN CASE role WHEN 'lead' THEN 3600 ELSE 1800 END
            WHEN kind = 'intellectual_property' THEN CASE ip_type WHEN 'invention' THEN 2700 ELSE 900 END
            WHEN kind = 'book' THEN CASE authorship WHEN 'sole' THEN 3600 ELSE 1800 END
            WHEN kind = 'qualification_exam' THEN 1800 * subjects_passed
            ELSE 0
        END::BIGINT AS most
    FROM (
        SELECT *, coalesce(days, 0) * 720 + coalesce(minutes, 0) * 2 + coalesce(hours * 10, 0)::INT * 9
            AS learnt
        FROM read_parquet('{activities}')
        WHERE date >= DATE '2025-01-01'
            AND (date < DATE '2026-01-01' OR (kind IN ('degree', 'party_school_degree')
                AND year(date) < 2025 + CASE degree WHEN 'bachelor' THEN 4 WHEN 'master' THEN 3 ELSE 2 END))
            AND status <> 'void'
            AND NOT coalesce(assessment <> 'passed'
                AND kind IN ('public_course', 'training', 'advanced_seminar'), FALSE)
            AND NOT coalesce(organiser_level = 'prefecture'
                AND kind IN ('lecture', 'attendance', 'advanced_seminar'), FALSE)
            AND NOT coalesce(NOT concluded AND kind = 'research_project', FALSE)
            AND NOT coalesce((NOT obtained OR degree = 'associate')
                AND kind IN ('degree', 'party_school_degree'), FALSE)
            AND NOT coalesce(subjects_passed = 0 AND kind = 'qualification_exam', FALSE)
    )
), tied AS (
    SELECT person, kind, (max(most) - sum(most))::BIGINT AS off,
        (max(most) FILTER (sure) - sum(most) FILTER (sure))::BIGINT AS off_sure
    FROM rows WHERE matter IS NOT NULL
    GROUP BY person, kind, matter HAVING count(*) > 1
), most AS (
    SELECT person, kind, most FROM rows
    UNION ALL
    SELECT person, kind, off FROM tied
), doubts AS (
    SELECT person, kind, most FROM rows WHERE NOT sure
    UNION ALL
    SELECT person, kind, off - coalesce(off_sure, 0) FROM tied WHERE off <> coalesce(off_sure, 0)
), high AS ({packed_most}
), off AS ({packed_doubts}
), ends AS (
    SELECT p.id AS person, {high}, {low}
    FROM read_parquet('{persons}') p LEFT JOIN high h ON p.id = h.person LEFT JOIN off o ON p.id = o.person
)
SELECT person,
    CASE WHEN professional_low >= 5400 AND professional_low + public_low >= 8100 THEN 'met'
        WHEN professional_high >= 5400 AND professional_high + public_high >= 8100 THEN 'undetermined'
        ELSE 'not_met' END AS verdict,
    professional_low, professional_high, public_low, public_high,
    professional_low + public_low AS total_low, professional_high + public_high AS total_high
FROM ends
"""

PACKED = """
    SELECT person,
        sum(CASE WHEN kind = 'attendance' THEN most WHEN kind = 'other' THEN most * 2097152
            WHEN kind = 'lecture' THEN most * 4398046511104 ELSE 0 END)::BIGINT AS a,
        sum(CASE WHEN kind = 'practice' THEN most WHEN kind = 'further_study' THEN most * 2097152
            WHEN kind = 'paper' THEN most * 4398046511104 ELSE 0 END)::BIGINT AS b,
        sum(CASE WHEN kind = 'research_project' THEN most WHEN kind = 'intellectual_property'
            THEN most * 2097152 WHEN kind = 'book' THEN most * 4398046511104 ELSE 0 END)::BIGINT AS c,
        sum(CASE WHEN kind = 'public_course' THEN most
            WHEN kind IN ('training', 'qualification_exam') THEN most * 134217728
            WHEN kind IN ('advanced_seminar', 'degree', 'party_school_degree') THEN 18014398509481984
            ELSE 0 END)::BIGINT AS d
    FROM {rows} GROUP BY person"""

END = """
    greatest(((d >> 27) & 134217727)
        + least(a & 2097151, 1800) + least((a >> 21) & 2097151, 2700) + least(a >> 42, 4500)
        + least(b & 2097151, 2700) + least((b >> 21) & 2097151, 5400) + least(b >> 42, 1800)
        + least(c & 2097151, 3600) + least((c >> 21) & 2097151, 3600) + least(c >> 42, 3600),
        CASE WHEN d >> 54 > 0 THEN 5400 ELSE 0 END) AS professional_{end},
    d & 134217727 AS public_{end}"""


def query(tables: Tables) -> str:
    """The query for the files."""
    high, low = END.format(end="high"), END.format(end="low")
    for name in "abcd":
        most = f"coalesce(h.{name}, 0)"
        for sign in ("&", ">>"):
            high = high.replace(f"{name} {sign}", f"{most} {sign}")
            low = low.replace(f"{name} {sign}", f"({most} - coalesce(o.{name}, 0)) {sign}")
    return QUERY.format(
        activities=tables.activities.as_posix(),
        persons=tables.persons.as_posix(),
        packed_most=PACKED.format(rows="most"),
        packed_doubts=PACKED.format(rows="doubts"),
        high=high,
        low=low,
    )


def main(folder: Path, out: Path) -> None:
    """Files in, a file out."""
    with duckdb.connect() as con:
        con.execute(f"COPY ({query(Tables(folder))}) TO '{out.as_posix()}' (FORMAT parquet)")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
