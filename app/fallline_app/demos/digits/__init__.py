"""No backprop anywhere."""
