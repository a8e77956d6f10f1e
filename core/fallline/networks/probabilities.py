"""How sure a network is: what its outputs say of each class."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fallline.networks.cross_entropy import BinaryCrossEntropy, CrossEntropy
from fallline.networks.network import Network


def probabilities(network: Network, theta: ArrayLike, X: ArrayLike) -> NDArray[np.float64]:  # noqa: N803
    """Compute how probable a network trained by cross-entropy takes each class to be.

    pₖ = eᶻᵏ/Σᵢ eᶻⁱ of outputs z; with one output, 1 − σ(z) and σ(z), σ(z) = 1/(1 + e⁻ᶻ)

    Parameters
    ----------
    network, theta
        The network and its parameters.
    X
        Samples, (m, features).

    Returns
    -------
    NDArray[np.float64]
        Shape (m, classes); each row adds up to 1.

    Raises
    ------
    ValueError
        If the network's loss is not cross-entropy, or a shape does not fit.

    Notes
    -----
    Bridle, "Probabilistic Interpretation of Feedforward Classification Network Outputs", 1990, equation 4.

    Examples
    --------
    >>> probabilities(Network([1, 2]), [np.log(3.0), 0.0, 0.0, 0.0], [[0.0], [1.0]])
    array([[0.5 , 0.5 ],
           [0.75, 0.25]])
    """
    if network.criterion != "cross_entropy":
        raise ValueError(
            f"probabilities are for networks trained by 'cross_entropy', got {network.criterion!r}"
        )
    outputs, none = network.outputs(theta, X).T, np.empty(0)
    if len(outputs) > 1:
        found: NDArray[np.float64] = CrossEntropy(outputs, none).probabilities
    else:
        second = BinaryCrossEntropy(outputs, none).probabilities
        found = np.concatenate([1.0 - second, second])
    return found.T
