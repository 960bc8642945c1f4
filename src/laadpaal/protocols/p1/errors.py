"""What can be wrong with a telegram."""


class TelegramError(ValueError):
    """A telegram cannot be believed or understood; the text says why."""
