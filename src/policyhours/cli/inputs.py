"""Inputs: the documents that a command is given; lint reads them, and other commands as it does."""

from __future__ import annotations

from policyhours.lint.documents import Document, documents

__all__ = ["Document", "documents"]
