"""Findings as data for programs; every command gives them as lint does."""

from __future__ import annotations

from policyhours.lint.reports.json import finding_data

__all__ = ["finding_data"]
