"""What a device may fail with; the adapter turns each into an event, once."""


class DeviceError(Exception):
    """Base of the room: something is wrong with a device."""


class DeviceLost(DeviceError):  # noqa: N818  the field's word, see the glossary
    """The device does not answer within its own timeout."""


class DeviceStuck(DeviceError):  # noqa: N818  the field's word, see the glossary
    """The device answers, but did not reach the position it was told to."""
