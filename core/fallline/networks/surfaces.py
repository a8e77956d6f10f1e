"""What a network looks like: its outputs over the plane of two features, and its loss over a plane of parameters."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fallline.arrays import as_vector
from fallline.networks.network import Network

Vector: TypeAlias = NDArray[np.float64]


def decision_surface(network: Network, theta: ArrayLike, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
    """Compute the outputs of a network with two features on a grid.

    Parameters
    ----------
    network, theta
        The network and its parameters.
    x, y
        Values of the first feature, (n,), and of the second, (m,).

    Returns
    -------
    NDArray[np.float64]
        Shape (m, n, outputs): row by row up y, as images and contours are drawn. A class is preferred where its output
        is largest, or with one output, class 1 where it is above 0.

    Raises
    ------
    ValueError
        If the network has not two features.

    Examples
    --------
    >>> decision_surface(Network([2, 1]), [1.0, 10.0, 0.0], [0.0, 1.0], [0.0, 1.0, 2.0])[:, :, 0]
    array([[ 0.,  1.],
           [10., 11.],
           [20., 21.]])
    """
    if network.sizes[0] != 2:
        raise ValueError(f"a decision surface needs a network with 2 features, got {network.sizes[0]}")
    columns, rows = np.meshgrid(as_vector(x, "x"), as_vector(y, "y"))
    outputs = network.outputs(theta, np.column_stack([columns.ravel(), rows.ravel()]))
    return outputs.reshape(*columns.shape, -1)


def filter_normalized(network: Network, theta: ArrayLike, rng: np.random.Generator) -> Vector:
    """Draw a direction in which loss surfaces of different networks can be compared.

    A normal vector, of which the part that belongs to each unit's weights gets the length of those weights: scaling a
    unit's weights up and the next layer's down changes nothing for ReLU, and with this nothing in the picture either.
    Biases stay where they are.

    Parameters
    ----------
    network, theta
        The network, and its parameters, shape (n,), whose lengths the direction takes.
    rng
        The source of chance.

    Returns
    -------
    Vector
        The direction, shape (n,).

    Notes
    -----
    Li, Xu, Taylor, Studer and Goldstein, "Visualizing the Loss Landscape of Neural Nets", 2018, section 4.

    Examples
    --------
    >>> network = Network([2, 1])
    >>> direction = filter_normalized(network, [3.0, 4.0, 1.0], np.random.default_rng(0))
    >>> float(np.linalg.norm(direction).round(9)), float(direction[2])
    (5.0, 0.0)
    """
    direction = np.zeros(network.size)
    for (weights, _), (drawn, _) in zip(network.layers(theta), network.layers(direction), strict=True):
        drawn[:] = rng.standard_normal(weights.shape)
        drawn *= np.linalg.norm(weights, axis=0) / np.linalg.norm(drawn, axis=0)
    return direction


def loss_surface(
    network: Network,
    theta: ArrayLike,
    X: ArrayLike,  # noqa: N803 (as the field calls it)
    y: ArrayLike,
    across: ArrayLike,
    up: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
) -> NDArray[np.float64]:
    """Loss at θ + α·across + β·up, for the α of `first`, (n,), and the β of `second`, (m,).

    Parameters
    ----------
    network, theta
        The network, and the parameters in the middle.
    X, y
        Samples and targets, as for `Network.loss`.
    across, up
        Two directions, (size,): from `filter_normalized`, or from one run to another.
    first, second
        How far to go in each.

    Returns
    -------
    NDArray[np.float64]
        Shape (m, n): row by row up β. Each value is one run of the network.

    Examples
    --------
    >>> network = Network([1, 1], loss="mean_squared")
    >>> loss_surface(network, [0.0, 0.0], [[1.0]], [0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [0.0, 2.0])
    array([[0., 1.],
           [4., 9.]])
    """
    middle, a, b = (as_vector(v, name) for v, name in ((theta, "theta"), (across, "across"), (up, "up")))
    alphas, betas = as_vector(first, "first"), as_vector(second, "second")
    return np.array(
        [[network.loss(middle + alpha * a + beta * b, X, y) for alpha in alphas] for beta in betas]
    )
