"""Numerical gradients, the descents they drive and the networks they train, in pure NumPy."""
