"""What a device or the vault may fail with; an adapter turns a device's into an event, once."""


class DeviceError(Exception):
    """Base of the room: something is wrong with a device."""


class DeviceLost(DeviceError):  # noqa: N818  the field's word, see the glossary
    """The device does not answer within its own timeout."""


class LineLost(DeviceLost):
    """The line to a device cannot be opened, or is gone."""


class DeviceStuck(DeviceError):  # noqa: N818  the field's word, see the glossary
    """The device answers, but did not reach the position it was told to."""


class VaultFailed(Exception):  # noqa: N818  a plain sentence, as everywhere in the project
    """A certificate or key could not be kept or removed for good; all others are as they were."""


class VaultFull(VaultFailed):
    """There is no room for another root."""
