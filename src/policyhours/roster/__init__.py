"""Rosters: whole tables of people at once, with the same answers as the evaluator gives case by case."""
