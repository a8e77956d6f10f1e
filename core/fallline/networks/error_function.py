"""The complementary error function in NumPy, for those who cannot have SciPy."""

import numpy as np

from fallline.networks.products import Array

# ln(erfc(x)·exp(x²)/t) as a Chebyshev series in 2t − 1, where t = 2/(2 + x): computed with 60 digits.
_SERIES = (
    -0.6513268598908547171,
    0.6419697923564902603,
    0.019476473204185836312,
    -0.0095615147868086316419,
    -0.0009465953444820368663,
    0.00036683949785276145187,
    0.000042523324806907771645,
    -0.000020278578112534243154,
    -1.6242900046470255135e-6,
    1.3036558355805232018e-6,
    1.5626441722066143178e-8,
    -8.5238095914926542525e-8,
    6.5290544390988514964e-9,
    5.0593434955514689418e-9,
    -9.9136415649303308674e-10,
    -2.2736512229318358557e-10,
    9.646791102015526802e-11,
    2.3940380830391147447e-12,
    -6.8860275264975533984e-12,
    8.9448792730907257167e-13,
    3.1309213993429580783e-13,
    -1.1270822361367252366e-13,
    3.8109052551892320552e-16,
    7.1060976136092369878e-15,
    -1.5230282014571043043e-15,
    -9.4574945712912340005e-17,
    1.2102371892242789923e-16,
    -2.8166630877471769718e-17,
)


def erfc(x: Array) -> Array:
    """Complementary error function, to a relative 2e-14 between −6 and 6.

    erfc(x) = t·exp(−x² + P(t)), t = 2/(2 + x), for x ≥ 0, and 2 − erfc(−x) below 0. Complex arguments close to the real
    line are continued analytically, as the complex step needs.

    Notes
    -----
    The form is that of Press et al., *Numerical Recipes*, 3rd edition, section 6.2.2; the coefficients are our own.

    Examples
    --------
    >>> erfc(np.array([0.0, 1.0, -1.0])).round(6)
    array([1.      , 0.157299, 1.842701])
    """
    positive = x.real >= 0.0
    size = np.where(positive, x, -x)
    t = 2.0 / (2.0 + size)
    twice = 4.0 * t - 2.0
    # Clenshaw's recurrence.
    last, before = np.zeros_like(t), np.zeros_like(t)
    for coefficient in _SERIES[:0:-1]:
        last, before = twice * last - before + coefficient, last
    tail = t * np.exp(0.5 * twice * last - before + _SERIES[0] - size * size)
    return np.where(positive, tail, 2.0 - tail)
