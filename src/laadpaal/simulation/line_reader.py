"""A simulated card reader that writes lines, on a serial device that comes and goes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from laadpaal.protocols.tags import Form
from laadpaal.simulation.wire import terminal


class SimulatedLineReader:
    """Writes the number of each card that is held to it; a running loop carries the bytes.

    Args:
        path: Where its device is while it is plugged in, as the system names those that come.
    """

    def __init__(self, path: Path, form: Form = Form.HEX, *, end: bytes = b"\r\n") -> None:
        self._path = path
        self._form = form
        self._end = end
        self._plugged = ExitStack()
        self.say: Callable[[bytes], None] = lambda _: None

    def plug(self) -> None:
        """Be there, under its name."""
        device, self.say = self._plugged.enter_context(terminal(lambda _: None))
        self._path.symlink_to(device)
        self._plugged.callback(self._path.unlink)

    def unplug(self) -> None:
        """Be gone; whoever has its device open is hung up."""
        self._plugged.close()

    def tell(self, uid: bytes) -> None:
        """Write the number of a card once."""
        number = int.from_bytes(uid, "big")
        text = uid.hex().upper() if self._form is Form.HEX else f"{number:010}"
        self.say(text.encode() + self._end)
