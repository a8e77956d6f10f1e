"""Numbers in sentences."""

from __future__ import annotations


def printed(number: float, digits: int = 3) -> str:
    """Print a few significant digits, with a true minus sign."""
    return f"{float(number):.{digits}g}".replace("-", "−")
