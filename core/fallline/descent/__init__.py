"""The loop that everything here is about: look at the slope, take a step, look again."""
