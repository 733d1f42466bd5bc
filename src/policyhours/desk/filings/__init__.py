"""Filings: how one is begun, its next version, and whether it conforms to its upper text."""
