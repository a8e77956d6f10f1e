"""Numbers and errors in sentences."""

from __future__ import annotations

LONGEST = 400


def printed(number: float, digits: int = 3) -> str:
    """Print a few significant digits, with a true minus sign."""
    return f"{float(number):.{digits}g}".replace("-", "−")


def said(error: BaseException) -> str:
    """Say what kind of error it is and what it says, shortened; an error that cannot say anything is named alone."""
    name = type(error).__name__
    try:
        text = str(error)
    except BaseException:  # noqa: BLE001 (an error may be the visitor's own, and raise another)
        return name
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
    return f"{name}: {text}" if text else name
