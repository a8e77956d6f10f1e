"""Smaller is not always better."""
