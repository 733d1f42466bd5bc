"""What comes out of a roster run: files, a summary, a report, and what changed since an earlier run."""
