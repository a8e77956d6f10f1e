"""The settings that many optimizers share, each with its range."""

from fallline.hyperparameters import FRACTION, NOT_NEGATIVE, POSITIVE, setting


def rate_field(default: float, help: str) -> float:
    """Declare a learning rate."""
    return setting(default, low=1e-5, high=10.0, scale="log", valid=POSITIVE, help=help)


def decay_field(default: float, help: str, high: float = 0.999) -> float:
    """Declare how much of something survives each step."""
    return setting(default, low=0.0, high=high, scale="complement", valid=FRACTION, help=help)


def beta1_field() -> float:
    """Declare how Adam's mean of the slope decays."""
    return decay_field(0.9, "How much of the mean slope survives each step.")


def beta2_field(help: str = "How much of the mean squared slope survives each step.") -> float:
    """Declare how Adam's measure of the slope's size decays."""
    return decay_field(0.999, help, high=0.9999)


def epsilon_field(default: float = 1e-8) -> float:
    """Declare what is added to a divisor."""
    help = "Keeps flat coordinates from a division by 0."
    return setting(default, low=1e-12, high=1e-2, scale="log", valid=NOT_NEGATIVE, help=help)


def weight_decay_field(default: float) -> float:
    """Declare how strongly weights are pulled towards 0."""
    help = "How strongly the point is pulled towards 0, in parts of the rate."
    return setting(default, low=0.0, high=1.0, valid=NOT_NEGATIVE, help=help)
