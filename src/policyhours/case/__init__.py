"""What a case states: read from a file, checked against the policy, its dates settled."""
