"""What can be wrong with an answer of the chip."""


class Pn532Error(ValueError):
    """An answer of the chip means nothing; the text says why."""
