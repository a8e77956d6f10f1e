"""Dense networks and their gradients: by backpropagation, and by finite differences at a cost close to it.

What each method of `Network.gradient` assumes, and what it costs for P parameters in n units:

- "backprop": the slopes of activation and loss are known; a pass forth and one back. Exact to rounding.
- "layerwise": nothing is known of either. Their slopes are differenced, 2 values a unit, and chained exactly: this is
  backpropagation through black boxes, and no finite difference of the network as a whole.
- "node": as "layerwise". Each unit's output is shifted both ways and what follows it computed anew, 2n times a part of the
  network. A small multiple of backpropagation for one hidden layer; it grows with width times depth, and deep networks
  are better off with "backprop" or "layerwise". Kinks are detected and redone as "weight".
- "weight": as "node", but each weight is perturbed, 2P times a part of the network.
- "naive": nothing at all, not even that the loss is a mean over samples. 2P runs of the network: the yardstick.
- "complex": as "node", and that activation and loss are analytic; n times a part of the network in complex numbers. Exact
  to rounding where that holds, wrong without notice where it does not.
- "spsa": nothing at all. 2 runs in all, for a slope along one random direction: right on average only.

"layerwise", "node", "weight", "complex" and "backprop" refuse losses and activations that mix samples or units, since each
rests on looking at them one by one. Differences of the named activations but GELU, and of the named losses, go by
addition theorems and lose no digits; those of GELU and of functions of one's own are subtractions with a step of 2⁻¹⁷,
and keep about ten.
"""

from fallline.networks.activations import ACTIVATIONS, Activation
from fallline.networks.gradients import METHODS
from fallline.networks.initialization import INITIALIZATIONS
from fallline.networks.losses import LOSSES
from fallline.networks.network import Network
from fallline.networks.probabilities import probabilities
from fallline.networks.surfaces import decision_surface, filter_normalized, loss_surface

__all__ = [
    "ACTIVATIONS",
    "INITIALIZATIONS",
    "LOSSES",
    "METHODS",
    "Activation",
    "Network",
    "decision_surface",
    "filter_normalized",
    "loss_surface",
    "probabilities",
]
