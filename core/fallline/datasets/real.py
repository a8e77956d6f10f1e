"""Data that people measured: handwritten digits and flowers.

The bytes stand in modules of their own, not in data files, and come in with the package: in the browser Python starts
from an image of its memory, which has no files, so whatever is to be there must have been imported.
"""

import numpy as np
from numpy.typing import NDArray

from fallline.datasets.chance import Data
from fallline.datasets.digits_bytes import PACKED as DIGITS
from fallline.datasets.iris_bytes import PACKED as IRIS

IRIS_NAMES = ("sepal length", "sepal width", "petal length", "petal width")
IRIS_CLASSES = ("setosa", "versicolor", "virginica")


def digits() -> Data:
    """Give the 1 797 handwritten digits of 8 × 8 pixels that 13 people wrote.

    They stand in the order of the file, in which one writer follows another, so the last fifth is by other hands:
    `X[:1437]` to train on and `X[1437:]` to test on is the harder test; `split(X, y, test=0.2)`, which shuffles, the
    usual one. `X / 16` lies between 0 and 1.

    Returns
    -------
    tuple
        X, shape (1797, 64), whole numbers from 0 (paper) to 16 (ink), rows of the image one after the other;
        y, shape (1797,), the digit.

    Notes
    -----
    Alpaydin & Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning Repository (1998),
    https://doi.org/10.24432/C50P49, licence CC BY 4.0; the test file of that collection.

    Examples
    --------
    >>> X, y = digits()
    >>> X.shape, y[:3]
    ((1797, 64), array([0, 1, 2]))
    """
    table = _unpacked(DIGITS, 65)
    return table[:, :-1].astype(np.float64), table[:, -1].astype(np.int64)


def iris() -> Data:
    """Give the lengths and widths of 150 iris flowers' leaves, 50 of each of three species.

    The columns are `IRIS_NAMES`, the species `IRIS_CLASSES`.

    Returns
    -------
    tuple
        X, shape (150, 4), in centimetres; y, shape (150,), the species.

    Notes
    -----
    Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7 (1936), Table I; UCI Machine
    Learning Repository, https://doi.org/10.24432/C56C76, licence CC BY 4.0.

    Examples
    --------
    >>> X, y = iris()
    >>> X[0], np.bincount(y)
    (array([5.1, 3.5, 1.4, 0.2]), array([50, 50, 50]))
    """
    table = _unpacked(IRIS, 5)
    return table[:, :-1] / 10.0, table[:, -1].astype(np.int64)


def _unpacked(packed: str, columns: int) -> NDArray[np.uint8]:
    # Both are built into the interpreter, so that they are there without files too.
    import zlib
    from binascii import a2b_base64

    return np.frombuffer(zlib.decompress(a2b_base64(packed)), np.uint8).reshape(-1, columns)
