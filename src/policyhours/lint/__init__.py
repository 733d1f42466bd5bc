"""Lint: what is wrong with policies and cases, where, and how to mend it."""
