"""A gradient is a limit that a computer cannot reach."""
