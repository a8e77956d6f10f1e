"""Slopes of any function from its values alone."""

from fallline.differences.schemes import Scheme, backward, central, forward, gradient

__all__ = ["Scheme", "backward", "central", "forward", "gradient"]
