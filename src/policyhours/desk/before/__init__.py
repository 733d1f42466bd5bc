"""Before: an earlier result of the same case, and why it comes out otherwise now."""
