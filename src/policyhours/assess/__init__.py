"""The small evaluator: a case in, every year's standing out, with its trace. Start with `assessment`."""
