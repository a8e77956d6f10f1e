"""np.gradient differentiates samples, not functions."""
