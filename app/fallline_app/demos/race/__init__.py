"""Race: optimizers start from one point and each takes its own way down."""
