"""Equations with the numbers of the current step in them: MathML, its numbers columns of a tape in braces.

The page writes a number wherever it finds `{column}`, with four significant digits, or with as many as `{column:17}` says.
"""

from __future__ import annotations

import re
from html import escape

_TOKENS = re.compile(
    r"(?P<mtext>[^\W\d_]+\xa0)|(?P<mn>\{\w+(?::\d+)?\}|\d[\d.]*(?:e[−\d]+)?)|(?P<mi>[^\W\d_]+′*)|(?P<mo>\S)"
)


def row(text: str) -> str:
    """Return what stands on one line, as it is read: numbers, names and, one character each, everything else.

    A word with a no-break space after it stays a word: it is no name.

    >>> row("x − {h}")
    '<mi>x</mi><mo>−</mo><mn>{h}</mn>'
    """
    return "".join(
        f"<{found.lastgroup}>{escape(found[0])}</{found.lastgroup}>" for found in _TOKENS.finditer(text)
    )


def fraction(above: str, below: str) -> str:
    """Return a fraction of two rows.

    >>> fraction("1", "h")
    '<mfrac><mrow><mn>1</mn></mrow><mrow><mi>h</mi></mrow></mfrac>'
    """
    return f"<mfrac><mrow>{row(above)}</mrow><mrow>{row(below)}</mrow></mfrac>"
