"""Workbooks as files and as cells, for every room that reads or writes some."""
