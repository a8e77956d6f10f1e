"""A network learns by many small slopes."""
