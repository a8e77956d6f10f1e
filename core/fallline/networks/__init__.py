"""Dense networks and their gradients: by backpropagation, and by finite differences at a cost close to it."""

from fallline.networks.activations import ACTIVATIONS, Activation
from fallline.networks.gradients import METHODS
from fallline.networks.losses import LOSSES
from fallline.networks.network import INITIALIZATIONS, Network

__all__ = ["ACTIVATIONS", "INITIALIZATIONS", "LOSSES", "METHODS", "Activation", "Network"]
