"""A descent: the loop, the data it may be on, what it shows of itself, when it ends, and the script that repeats it."""
