"""The plan: a resolved policy as one relational query over whole tables, on whole numbers."""
