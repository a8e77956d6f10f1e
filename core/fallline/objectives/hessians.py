"""Second derivatives put into place, for one point and for a batch alike."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Points


def symmetric(xx: Any, xy: Any, yy: Any) -> NDArray[Any]:
    """Lay out the Hessian of a function of the plane.

    Parameters
    ----------
    xx, xy, yy
        Its second derivatives, numbers or arrays of shape (m,).

    Returns
    -------
    NDArray[Any]
        Shape (2, 2) or (2, 2, m).

    Examples
    --------
    >>> symmetric(1.0, 2.0, 3.0)
    array([[1., 2.],
           [2., 3.]])
    """
    xx, xy, yy = np.broadcast_arrays(xx, xy, yy)
    return np.stack([np.stack([xx, xy]), np.stack([xy, yy])])


def everywhere(matrix: NDArray[np.float64], x: Points) -> NDArray[Any]:
    """Give a quadratic's Hessian, which is the same at every point, one copy for each of them.

    Parameters
    ----------
    matrix
        The Hessian, shape (n, n).
    x
        The points, shape (n,) or (n, m).

    Returns
    -------
    NDArray[Any]
        Shape (n, n) or (n, n, m).

    Examples
    --------
    >>> everywhere(np.eye(2), np.zeros((2, 5))).shape
    (2, 2, 5)
    """
    extra = x.shape[1:]
    return np.tile(matrix.reshape(matrix.shape + (1,) * len(extra)), (1, 1, *extra))


def diagonal(curvatures: Points) -> NDArray[Any]:
    """Lay out the Hessian of a sum of functions of one coordinate each.

    Parameters
    ----------
    curvatures
        Their second derivatives, shape (n,) or (n, m).

    Returns
    -------
    NDArray[Any]
        Shape (n, n) or (n, n, m).

    Examples
    --------
    >>> diagonal(np.array([1.0, 2.0]))
    array([[1., 0.],
           [0., 2.]])
    """
    n = len(curvatures)
    hessian = np.zeros((n, *curvatures.shape), curvatures.dtype)
    hessian[np.arange(n), np.arange(n)] = curvatures
    return hessian
