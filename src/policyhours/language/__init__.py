"""What a policy says: its words, its formulas, its layers; and the rules that follow from it."""
