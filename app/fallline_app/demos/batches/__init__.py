"""Noise is the price of a cheap gradient."""
