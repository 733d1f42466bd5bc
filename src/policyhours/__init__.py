"""policyhours: continuing-education hours by a regulation that is kept as data."""
