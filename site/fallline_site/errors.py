"""The one exception that a person who builds the site should ever meet."""


class BuildError(Exception):
    """A failure that the build foresaw: its message says what was got and what to do."""
