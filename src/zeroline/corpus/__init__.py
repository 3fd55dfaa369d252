"""A corpus: its models, loading and checking."""
