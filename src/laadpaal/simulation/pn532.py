"""A simulated PN532 that speaks on a real serial line, and the cards before its antenna."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum

from laadpaal.protocols.pn532 import ABORT, Frames, framed
from laadpaal.protocols.pn532.frames import CHIP, HOST, SYNTAX
from laadpaal.simulation.wire import terminal

WAKING = 0x55
FIRMWARE = bytes.fromhex("32010607")
NOISE = bytes.fromhex("ff8000ff04fc")
"""Has the beginning of a frame in it, and its length."""
_ACK = ABORT
_FIELD, _TRIES = 0x01, 0x05
_ENDLESS = 0xFF
_ISO_14443_4 = 0x20
_SINGLE_BYTES = 4
_CARD, _PHONE = b"\x00\x04\x08", b"\x00\x44\x20"
_ABLE = bytes.fromhex("067577810280")
"""What a card of the kind that can do more tells of itself."""


class Pn532Trouble(Enum):
    """What can be wrong with the chip, or with the wire to it."""

    SILENT = "silent"
    """It says nothing."""
    NO_ACK = "no ack"
    """It answers, and never says that a command has come through."""
    WRONG_SUM = "wrong sum"
    """A bit of each answer is changed on the way."""
    HALF = "half"
    """Each answer breaks off in its middle."""
    NOISE = "noise"
    """Noise comes before whatever it says."""


class SimulatedPn532:
    """Answers commands as the chip does: it sleeps at first, and searches for cards when told to.

    A card that was found answers again only after its field was off.
    """

    def __init__(self) -> None:
        self.say: Callable[[bytes], None] = lambda _: None
        self._frames = Frames()
        self._trouble: Pn532Trouble | None = None
        self._times = 0
        self._held = b""
        self._taps: deque[bytes] = deque()
        self._there = True
        self._start()

    def _start(self) -> None:
        self._awake = self._normal = self._found = False
        self._endless = True
        self._frames.forget()

    # --- what people do ---

    def hold(self, uid: bytes) -> None:
        """Hold a card before it, until it is taken away."""
        self._held = uid

    def take(self) -> None:
        """Take the card away."""
        self._held, self._found = b"", False

    def tap(self, uid: bytes) -> None:
        """Hold a card before it until it has been read, and take it away.

        Those that wait for that come first.
        """
        self._taps += (uid, b"")

    def power_lost(self) -> None:
        """Forget everything, and have no card waiting."""
        self._taps.clear()
        self._start()

    def unplug(self) -> None:
        """Be gone, and without power."""
        self._there = False
        self.power_lost()

    def plug(self) -> None:
        """Be there again, asleep."""
        self._there = True

    def misbehave(self, trouble: Pn532Trouble, times: int = 0) -> None:
        """Have this trouble with so many answers, by default with all to come."""
        self._trouble, self._times = trouble, times

    def behave(self) -> None:
        """Have no trouble any more."""
        self._trouble = None

    # --- what the wire brings ---

    def hear(self, data: bytes) -> None:
        """Take what has come, and answer it."""
        self._awake = self._there and (self._awake or WAKING in data)
        if not self._awake:
            return
        for frame in self._frames.feed(data):
            if isinstance(frame, bytes) and frame[0] == HOST:
                self._answer(frame[1:])

    def _answer(self, command: bytes) -> None:
        told = self._told(command)
        trouble = self._trouble
        if self._times:
            self._times -= 1
            self._trouble = trouble if self._times else None
        if trouble is not Pn532Trouble.NO_ACK:
            self._utter(_ACK, trouble)
        if told is not None:
            self._utter(framed(told), trouble)

    def _utter(self, frame: bytes, trouble: Pn532Trouble | None) -> None:
        half = len(frame) // 2
        match trouble:
            case Pn532Trouble.SILENT:
                return
            case Pn532Trouble.WRONG_SUM if frame != _ACK:
                frame = frame[:-3] + bytes([frame[-3] ^ 1]) + frame[-2:]
            case Pn532Trouble.HALF if frame != _ACK:
                frame = frame[:half]
            case Pn532Trouble.NOISE:
                frame = NOISE + frame
            case _:
                pass
        self.say(frame)

    def _told(self, command: bytes) -> bytes | None:
        """Return what a command is answered with; None when that is nothing, for ever."""
        code, parameters = command[:1], command[1:]
        answer: bytes | None = b""
        match code:
            case b"\x02":
                answer = FIRMWARE
            case b"\x14":
                self._normal = True
            case b"\x32":
                self._configure(parameters)
            case b"\x4a" if self._normal:
                answer = self._searched()
            case b"\x52":
                answer = b"\x00"
            case _:
                return SYNTAX
        return None if answer is None else bytes([CHIP, code[0] + 1]) + answer

    def _configure(self, parameters: bytes) -> None:
        if parameters[0] == _TRIES:
            self._endless = parameters[-1] == _ENDLESS
        elif parameters[0] == _FIELD and not parameters[1]:
            self._found = False

    def _searched(self) -> bytes | None:
        uid = self._taps.popleft() if self._taps else self._held
        if not uid or self._found:
            return None if self._endless else b"\x00"
        self._found = True
        able = len(uid) > _SINGLE_BYTES
        kind, can = (_PHONE, _ABLE) if able else (_CARD, b"")
        return b"\x01\x01" + kind + bytes([len(uid)]) + uid + can


@contextmanager
def on_pty(chip: SimulatedPn532) -> Iterator[str]:
    """Let the chip hang on a serial line; yield the device at the other end."""
    with terminal(chip.hear) as (device, chip.say):
        yield device
