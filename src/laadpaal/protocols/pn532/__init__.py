"""The NFC controller PN532: frames and commands as its maker's user manual has them."""

from laadpaal.protocols.pn532.errors import Pn532Error
from laadpaal.protocols.pn532.frames import ABORT, WAKE, Frames, Signal, framed

__all__ = ["ABORT", "WAKE", "Frames", "Pn532Error", "Signal", "framed"]
