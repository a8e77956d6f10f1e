"""Why backprop exists."""
