"""Pages: what the desk says as HTML, each page one file that needs nothing else."""
