"""Intake: workbooks, CSV and Parquet in, four canonical relations in a database out.

`tables.take_in` is the way in. `vocabulary.vocabulary` says what may stand in the tables, `rows.read_row`
reads one row again under the rules of its own person, `rejected.write_rejected` writes what was not assessed,
`template.write_template` writes the workbook to be filled in.

Three ways lead from a file to a relation. The columns of a typed file that hold numbers, days and options are
only checked, in SQL (`readings`). Texts are read once for every text that stands in a column (`distinct`).
Names and codes are trimmed and folded, in SQL as in Python (`folding`). All three agree with
`cells.read_cell`.
"""
