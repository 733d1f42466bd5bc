"""Certificates (article 12): what a year comes to, issued under a key, on paper, and checked again."""
