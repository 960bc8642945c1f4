"""What can be wrong with the number of a tag."""


class TagError(ValueError):
    """A line of a reader is no number of a tag; the text says why."""
