"""Dense networks and their gradients: by backpropagation, and by finite differences at a cost close to it."""

from fallline.networks.activations import ACTIVATIONS, Activation
from fallline.networks.gradients import METHODS
from fallline.networks.initialization import INITIALIZATIONS
from fallline.networks.losses import LOSSES
from fallline.networks.network import Network
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
]
