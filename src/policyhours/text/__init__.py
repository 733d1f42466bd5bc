"""YAML in, exactly: positions, strict scalars, limits; and findings, told to people."""
