"""Numbers and errors in sentences."""

from __future__ import annotations

LONGEST = 400


def printed(number: float, digits: int = 3) -> str:
    """Print a few significant digits as the page does: a true minus sign, and powers of ten as in 1.5e−8 and 2e6."""
    digit, mark, power = f"{float(number):.{digits}g}".partition("e")
    return f"{digit}{mark}{int(power) if mark else ''}".replace("-", "−")


def power_of_ten(number: float) -> str:
    """Print a number with one digit and a power of ten, as 10⁻⁶ or 2·10⁻⁵, where it is far from 1."""
    mantissa, _, power = f"{number:.0e}".partition("e")
    if -3 < int(power) < 4:
        return f"{float(f'{number:.2g}'):g}"
    ten = "10" + str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return ten if mantissa == "1" else f"{mantissa}·{ten}"


def said(error: BaseException) -> str:
    """Say what kind of error it is and what it says, shortened; an error that cannot say anything is named alone."""
    name = type(error).__name__
    try:
        text = str(error)
    except BaseException:  # noqa: BLE001 (an error may be the visitor's own, and raise another)
        return name
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
    return f"{name}: {text}" if text else name
