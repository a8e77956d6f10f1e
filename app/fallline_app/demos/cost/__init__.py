"""The demo of what a network's gradient costs."""
