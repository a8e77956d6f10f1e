"""Rules that turn a slope into a step, from plain gradient descent to Newton's.

An optimizer is its settings; `init` makes the state it remembers, `step` moves on. Both are pure, so a run can be
stopped, compared and repeated. The conventions are PyTorch's where it has the method, to the last digit but rounding.

In the equations x is the point, g = ∇f(x), α the rate; squares, roots and quotients are taken coordinate by coordinate.

One family to a file. The public names are those of `fallline` itself, which imports a family when one of its names is first
asked for: a frozen dataclass takes about half a millisecond to make.
"""
